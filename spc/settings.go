package spc

import (
	"fmt"
	"strings"
)

// Chart is a kind of chart.
type Chart string

// The charts.
const (
	XmRChart    Chart = "xmr"     // individual values and moving ranges
	RunChart    Chart = "run"     // values about their median
	PChart      Chart = "p"       // proportions k of n, binomial limits
	PPrimeChart Chart = "p_prime" // Laney's P', for large denominators
)

// Gap says what a point without a usable value does to the points beside it.
type Gap string

// The treatments of a gap.
const (
	Break  Gap = "break"  // no moving range, run or trend goes across
	Bridge Gap = "bridge" // its neighbours count as consecutive
)

// Conflict says which rule names a point that two rules class differently: a
// falling trend above the mean, say.
type Conflict string

// The policies.
const (
	FirstRule         Conflict = "first_rule"         // the first in the order of the rules
	PreferImprovement Conflict = "prefer_improvement" // the first that says improvement, if one does
)

// Scaling constants of an XmR chart: limits are mean ± constant × average
// moving range.
const (
	Rounded     = 2.66      // as in Making Data Count and NHSRplotthedots
	ThreeOverD2 = 3 / 1.128 // as in qicharts2 and Power BI
)

// Settings are the choices behind an analysis. The zero Settings are those of
// the Making Data Count workbook, with a trend of 7.
type Settings struct {
	Chart    Chart `json:"chart"`    // empty: XmRChart
	Baseline int   `json:"baseline"` // first dates of each part that centre and limits come from; 0: all
	Trend    int   `json:"trend"`    // points that make a trend, 6 or 7; 0: 7
	Shift    int   `json:"shift"`    // points that make a shift, 6 to 9; 0: 7
	// NoTwoOfThree leaves the rule of two of three points near a limit out:
	// not all who use the other three rules use it.
	NoTwoOfThree bool `json:"no_two_of_three,omitempty"`
	// Screen drops moving ranges of 3.267 times their average or more, once,
	// before the limits are set. The mean keeps every point.
	Screen  bool    `json:"screen"`
	Scaling float64 `json:"scaling"` // Rounded or ThreeOverD2; 0: Rounded
	// Missing and Excluded say whether a missing value and an excluded point
	// break the sequence (for moving ranges, trends, shifts and two of three)
	// or are bridged. Empty: a missing value breaks it, for nobody knows what
	// it was; an excluded point is bridged, for it was judged not to belong.
	Missing  Gap      `json:"missing"`
	Excluded Gap      `json:"excluded"`
	Conflict Conflict `json:"conflict"` // empty: FirstRule
	Centre   Figure   `json:"centre"`   // centre line, where it is given and not computed
}

// withDefaults fills in what is empty and refuses what no rule knows.
func (s Settings) withDefaults() (Settings, error) {
	setDefault(&s.Chart, XmRChart)
	setDefault(&s.Trend, 7)
	setDefault(&s.Shift, 7)
	setDefault(&s.Scaling, Rounded)
	setDefault(&s.Missing, Break)
	setDefault(&s.Excluded, Bridge)
	setDefault(&s.Conflict, FirstRule)
	refuse := func(value any, problem, remedy string) (Settings, error) {
		return s, &InputError{Value: fmt.Sprint(value), Problem: problem, Remedy: remedy}
	}
	switch {
	case s.Chart != XmRChart && s.Chart != RunChart && s.Chart != PChart && s.Chart != PPrimeChart:
		return refuse(s.Chart, "no such chart", "use xmr, run, p or p_prime")
	case s.Baseline < 0:
		return refuse(s.Baseline, "a baseline of fewer than no points", "give the number of points, or 0 for all")
	case s.Trend != 6 && s.Trend != 7:
		return refuse(s.Trend, "no rule knows a trend of so many points", "use 6 or 7")
	case s.Shift < 6 || s.Shift > 9:
		return refuse(s.Shift, "no rule knows a shift of so many points", "use 6 to 9")
	case s.Scaling != Rounded && s.Scaling != ThreeOverD2:
		return refuse(s.Scaling, "unknown scaling constant", "use 2.66 or 3/1.128")
	case s.Missing != Break && s.Missing != Bridge:
		return refuse(s.Missing, "unknown treatment of missing values", "use break or bridge")
	case s.Excluded != Break && s.Excluded != Bridge:
		return refuse(s.Excluded, "unknown treatment of excluded points", "use break or bridge")
	case s.Conflict != FirstRule && s.Conflict != PreferImprovement:
		return refuse(s.Conflict, "unknown policy for conflicts", "use first_rule or prefer_improvement")
	case !s.Centre.finite():
		return refuse(s.Centre.value, "the centre line is not a finite number", "give a number, or let it be computed")
	}
	return s, nil
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// sentence says the settings so that a chart can print them.
func (s Settings) sentence(improvement Direction) string {
	var b strings.Builder
	from := "all points of each part"
	if s.Baseline > 0 {
		from = fmt.Sprintf("the first %d points of each part", s.Baseline)
	}
	switch s.Chart {
	case RunChart:
		fmt.Fprintf(&b, "Run chart: median of %s. Signal (Anhøj rules): an unusually long run on one side of the median, or unusually few crossings of it.", from)
	case PChart:
		fmt.Fprintf(&b, "P chart: mean proportion of %s, limits at 3 binomial standard deviations.", from)
	case PPrimeChart:
		fmt.Fprintf(&b, "P' chart (Laney): mean proportion of %s, limits at 3 standard deviations with the variation between points%s.", from, s.screening())
	default:
		constant := "2.66"
		if s.Scaling == ThreeOverD2 {
			constant = "3/1.128"
		}
		fmt.Fprintf(&b, "XmR chart: mean of %s, limits at %s average moving ranges%s.", from, constant, s.screening())
	}
	if s.Centre.defined {
		fmt.Fprintf(&b, " The centre line %s was given, not computed.", s.Centre)
	}
	if s.Chart != RunChart {
		near := " 2 of 3 points on one side of the mean near a limit;"
		if s.NoTwoOfThree {
			near = ""
		}
		fmt.Fprintf(&b, " Special cause, first rule that holds: a point outside the limits; %d points in a row rising or falling;%s %d points in a row on one side of the mean.", s.Trend, near, s.Shift)
		if s.Conflict == PreferImprovement {
			b.WriteString(" Where rules disagree, improvement is shown.")
		}
	}
	switch improvement {
	case Increase, Decrease:
		fmt.Fprintf(&b, " Improvement: %s.", improvement)
	default:
		b.WriteString(" Neither direction counts as improvement.")
	}
	return b.String()
}

func (s Settings) screening() string {
	if s.Screen {
		return ", ranges of 3.267 times their average or more left out"
	}
	return ", no range left out"
}
