package spc

// Analysis is a series as a chart, its table and its icons show it: all three
// are drawn from this one value, so that they cannot disagree.
type Analysis struct {
	Name        string    `json:"name,omitempty"`
	Improvement Direction `json:"improvement"`
	Settings    Settings  `json:"settings"`
	Rules       string    `json:"rules"` // the settings as a sentence to print on the chart
	// Latest is the index of the latest point with a value that is not
	// excluded, which the variation icon is about; -1 if there is none.
	Latest int `json:"latest"`
	Result     // of the last part
	// Cumulative says whether the series is a growth curve, which no chart of
	// a stable process fits.
	Cumulative Cumulative    `json:"cumulative"`
	Warnings   []Warning     `json:"warnings"`
	Parts      []Part        `json:"parts"`
	Points     []PointResult `json:"points"`
}

// Result is what is said about one part of a series.
type Result struct {
	Mean   Figure `json:"mean,omitzero"`   // centre line of all charts but run charts
	Median Figure `json:"median,omitzero"` // centre line of a run chart
	Limits        // at the latest point; undefined on a run chart
	// AverageMovingRange is that of an XmR chart, after screening.
	AverageMovingRange Figure `json:"average_moving_range,omitzero"`
	// SigmaZ is Laney's factor of a P' chart: above 1 the points vary more
	// than their denominators explain.
	SigmaZ    Figure    `json:"sigma_z,omitzero"`
	Variation Variation `json:"variation_icon"`
	Assurance Assurance `json:"assurance_icon"`
	Runs      Runs      `json:"runs"`
}

// Limits are natural process limits, at three standard deviations, and near
// limits at two thirds of the way to them.
type Limits struct {
	Lower     Figure `json:"lower_limit"`
	Upper     Figure `json:"upper_limit"`
	NearLower Figure `json:"near_lower_limit"`
	NearUpper Figure `json:"near_upper_limit"`
}

// Part is a stretch of the series between rebases.
type Part struct {
	Number int    `json:"number"` // from 1
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Reason string `json:"reason,omitempty"` // of the rebase that began it
	First  int    `json:"first"`            // index of its first point
	Last   int    `json:"last"`             // index of its last point
	Used   int    `json:"used"`             // points with a value that is not excluded
	Result
	rounding float64 // figures that differ by no more are equal
}

// PointResult is a point as it is plotted.
type PointResult struct {
	Date        Date   `json:"date"`
	Value       Figure `json:"value"` // null: missing
	Numerator   Figure `json:"numerator,omitzero"`
	Denominator Figure `json:"denominator,omitzero"`
	Part        int    `json:"part"` // from 1
	Excluded    bool   `json:"excluded,omitempty"`
	Reason      string `json:"reason,omitempty"` // why it is excluded
	Baseline    bool   `json:"baseline"`         // centre and limits come from it
	Mean        Figure `json:"mean,omitzero"`
	Median      Figure `json:"median,omitzero"`
	Limits
	Target     Figure `json:"target"`
	Trajectory Figure `json:"trajectory,omitzero"`
	// Flags are all the rules that hold; Rule is the one that names the point.
	Flags Flags `json:"flags"`
	Rule  Rule  `json:"rule"`
	Side  Side  `json:"side"`
	Class Class `json:"class"`
	// Conflict marks a point that two rules class differently.
	Conflict bool `json:"conflict,omitempty"`
}

// used reports that the point takes part in calculations and rules.
func (p *PointResult) used() bool { return p.Value.defined && !p.Excluded }

// Centre is the point's centre line, mean or median.
func (p *PointResult) Centre() Figure {
	if p.Median.defined {
		return p.Median
	}
	return p.Mean
}

// Analyse computes the chart of a series. Series and settings that cannot be
// used give an InputError: no points, two points of one date, a rebase or
// exclusion of a date that the series does not have, a value that is not
// finite, unknown settings.
func Analyse(s Series, settings Settings) (*Analysis, error) {
	settings, err := settings.withDefaults()
	if err != nil {
		return nil, err
	}
	setDefault(&s.Improvement, Neutral)
	if s.Improvement != Increase && s.Improvement != Decrease && s.Improvement != Neutral {
		return nil, &InputError{Value: string(s.Improvement), Problem: "unknown direction of improvement", Remedy: "use increase, decrease or neutral"}
	}
	points, err := s.results(settings.Chart)
	if err != nil {
		return nil, err
	}
	a := &Analysis{Name: s.Name, Improvement: s.Improvement, Settings: settings, Rules: settings.sentence(s.Improvement), Latest: -1, Points: points}
	a.Parts = partsOf(points, s.Rebases)
	for i := range a.Parts {
		a.analyse(&a.Parts[i])
	}
	a.Result = a.Parts[len(a.Parts)-1].Result
	for i := range points {
		if points[i].used() {
			a.Latest = i
		}
	}
	a.Cumulative = cumulative(points)
	a.Warnings = a.warnings(s)
	return a, nil
}

// partsOf cuts points where their number of part changes.
func partsOf(points []PointResult, rebases []Note) []Part {
	parts := make([]Part, 0, len(rebases)+1)
	for i, p := range points {
		if i == 0 || p.Part != points[i-1].Part {
			part := Part{Number: p.Part, From: p.Date, First: i}
			for _, r := range rebases {
				if r.Date == p.Date {
					part.Reason = r.Reason
				}
			}
			parts = append(parts, part)
		}
		last := &parts[len(parts)-1]
		last.To, last.Last = p.Date, i
	}
	return parts
}

// analyse computes one part: baseline, centre and limits, runs, rules, icons.
func (a *Analysis) analyse(part *Part) {
	points := a.Points[part.First : part.Last+1]
	largest := 0.0
	for i := range points {
		p := &points[i]
		p.Baseline = p.used() && (a.Settings.Baseline == 0 || i < a.Settings.Baseline)
		if p.used() {
			part.Used++
			largest = max(largest, p.Value.value, -p.Value.value)
		}
	}
	part.rounding = 1e-12 * largest
	stretches := a.Settings.stretches(points)
	switch a.Settings.Chart {
	case RunChart:
		part.setMedian(points, a.Settings.Centre)
	case PChart, PPrimeChart:
		part.setProportionLimits(points, stretches, a.Settings)
	default:
		part.setXmRLimits(points, stretches, a.Settings)
	}
	part.Runs = runsOf(points, part.rounding)
	if a.Settings.Chart == RunChart {
		part.Variation, part.Assurance = NoVariation, NoAssurance
		return
	}
	if part.Upper.defined { // without limits no point is flagged, as the icon says
		a.flag(points, stretches, part.rounding)
	}
	part.setIcons(points, a.Improvement)
}

// stretches are the indices of the used points, cut where a gap breaks the
// sequence.
func (s Settings) stretches(points []PointResult) [][]int {
	all := make([]int, 0, len(points))
	stretches := make([][]int, 0, 1)
	start := 0
	for i := range points {
		gap := s.Missing
		switch {
		case points[i].used():
			all = append(all, i)
			continue
		case points[i].Excluded:
			gap = s.Excluded
		}
		if gap == Break && len(all) > start {
			stretches = append(stretches, all[start:])
			start = len(all)
		}
	}
	if len(all) > start {
		stretches = append(stretches, all[start:])
	}
	return stretches
}

// compare is the sign of y - line, 0 where they differ by rounding only.
func compare(y, line, rounding float64) int {
	switch d := y - line; {
	case d > rounding:
		return 1
	case d < -rounding:
		return -1
	}
	return 0
}
