package spc

import "fmt"

// How many points a chart needs.
const (
	// ShortPart is the number of values below which limits are provisional.
	// The library still gives them; a page should not show them.
	ShortPart = 13
	// ShortBaseline is the fewest values a baseline should have.
	ShortBaseline = 12
	// FewUseful is the fewest useful points for which the limits of runs and
	// crossings are published.
	FewUseful = 10
)

// Code names a kind of warning.
type Code string

// The warnings.
const (
	CumulativeSeries Code = "cumulative"     // the series is a growth curve
	ShortSeries      Code = "short_series"   // fewer than ShortPart values
	NoLimits         Code = "no_limits"      // no two values to take a moving range of
	NoVariance       Code = "constant"       // all values equal
	BaselineShort    Code = "short_baseline" // fewer than ShortBaseline values
	FewRuns          Code = "few_useful"     // fewer than FewUseful useful points
	LatestMissing    Code = "latest_missing" // icons are about an earlier point
	NoReason         Code = "no_reason"      // a rebase or exclusion without a reason
)

// Warning is what a reader of the chart has to know.
type Warning struct {
	Code Code   `json:"code"`
	Part int    `json:"part,omitempty"` // from 1; 0: the whole series
	Text string `json:"text"`
}

// warnings lists them for the series, then for each part.
func (a *Analysis) warnings(s Series) []Warning {
	list := []Warning{}
	add := func(code Code, part int, format string, args ...any) {
		list = append(list, Warning{Code: code, Part: part, Text: fmt.Sprintf(format, args...)})
	}
	if c := a.Cumulative; c.Is {
		word := "rises"
		if c.Side == Low {
			word = "falls"
		}
		add(CumulativeSeries, 0, "The series %s nearly all the way, as a rate or total that builds up does. A chart of a stable process flags most of its points and says no more than that. Show the curve with its target instead, or chart the change from period to period.", word)
	}
	if last := len(a.Points) - 1; a.Latest >= 0 && a.Latest < last {
		add(LatestMissing, 0, "The latest point, %s, is missing or excluded; the last one used is %s.", a.Points[last].Date, a.Points[a.Latest].Date)
	}
	for _, r := range s.Rebases {
		if r.Reason == "" {
			add(NoReason, 0, "The rebase on %s has no reason. Say what changed in the process.", r.Date)
		}
	}
	for _, e := range s.Exclusions {
		if e.Reason == "" {
			add(NoReason, 0, "The exclusion of %s has no reason. Say why the point does not belong.", e.Date)
		}
	}
	for i := range a.Parts {
		a.warnPart(&a.Parts[i], add)
	}
	return list
}

func (a *Analysis) warnPart(part *Part, add func(Code, int, string, ...any)) {
	if a.Settings.Chart == RunChart {
		if part.Runs.Useful < FewUseful {
			add(FewRuns, part.Number, "Part %d has %d useful points. The rules for runs need %d.", part.Number, part.Runs.Useful, FewUseful)
		}
	} else {
		a.warnLimits(part, add)
	}
	if a.Settings.Baseline == 0 {
		return
	}
	n := 0
	for i := part.First; i <= part.Last; i++ {
		if a.Points[i].Baseline {
			n++
		}
	}
	if n < ShortBaseline {
		add(BaselineShort, part.Number, "The baseline of part %d has %d values. It needs %d.", part.Number, n, ShortBaseline)
	}
}

func (a *Analysis) warnLimits(part *Part, add func(Code, int, string, ...any)) {
	switch {
	case part.Used < ShortPart:
		add(ShortSeries, part.Number, "Part %d has %d values. Limits and icons are provisional below %d: do not act on them.", part.Number, part.Used, ShortPart)
	case part.Upper.defined && compare(part.Upper.value, part.Lower.value, part.rounding) == 0:
		add(NoVariance, part.Number, "Nothing varies in part %d, so the limits are the mean.", part.Number)
	}
	if !part.Upper.defined {
		add(NoLimits, part.Number, "Part %d, or its baseline, has too few values side by side to set limits.", part.Number)
	}
}
