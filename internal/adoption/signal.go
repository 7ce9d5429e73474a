package adoption

import (
	"strconv"

	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/setting"
	"sir/spc"
)

// Signal is what a series says: the chart that fits it, and the one analysis
// that chart, table, file and icons are drawn from. What too few points do not
// allow is not in it: no limits, no flags, no icon.
type Signal struct {
	Series
	Choice   SignalChoice
	Rules    setting.ChartRules // by which it is judged, where the choice has no others
	Reading  Basis              // what the values are, as the choice has it
	Kind     ChartKind
	Used     int           // values of the longest part that count
	Analysis *spc.Analysis // nil without any value
	Sigma    spc.Figure    // of a proportion: Laney's sigma z, by which its chart was chosen
	Targets  []Target      // that hold for it, by date
	Path     []Target      // points of the trajectory that holds for it, by date
	OwnGoal  bool          // whether the targets are the unit's own
	Reached  []TargetReached
	Pace     spc.Pace // of a curve
	Marks    []Mark   // also those withdrawn
}

// ChartKind is how a series is shown.
type ChartKind string

// The kinds of charts, by what they can tell.
const (
	NoChart     ChartKind = "none"    // there is no value yet
	CurveChart  ChartKind = "curve"   // a rate that builds up: its course against the target track
	GrowthChart ChartKind = "growth"  // a total that rises nearly all the way: the line alone
	LineChart   ChartKind = "line"    // too few points for anything but the line
	RunChart    ChartKind = "run"     // a median, and the Anhøj rules
	XmRChart    ChartKind = "xmr"     // mean, limits, rules and icons
	PChart      ChartKind = "p"       // the same for proportions, limits by denominator
	PPrimeChart ChartKind = "p_prime" // and by the variation between the points
)

// HasLimits tells whether the chart has limits, and so icons.
func (k ChartKind) HasLimits() bool { return k == XmRChart || k == PChart || k == PPrimeChart }

// SignalChoice is how a reader wants a series to be read. The zero choice is
// the usual one.
type SignalChoice struct {
	Show     Basis     // empty, EachBasis or FlowBasis
	Chart    ChartKind // empty, RunChart; of proportions also PChart and PPrimeChart
	Trend    int       // points of a trend, 6 or 7; 0: as the instance has it
	Baseline int       // first points of each part that set the limits; 0: all
	Screen   Screening // whether unusually large moving ranges are left out
	Target   string    // a number to try as a target; empty for none
}

// Screening says whether unusually large moving ranges are left out before
// limits are set. Empty: as the instance has it.
type Screening string

// The ways of screening.
const (
	Screened   Screening = "yes"
	Unscreened Screening = "no"
)

// smallestBaseline and largestBaseline bound a baseline.
const (
	smallestBaseline = spc.ShortBaseline
	largestBaseline  = 120
)

// Faults lists what is wrong with a choice, by name of the field.
func (c SignalChoice) Faults() (wrong fault.Fields) {
	if c.Show != "" && c.Show != EachBasis && c.Show != FlowBasis {
		wrong.Add("show", "Choose what to show from the list.")
	}
	if c.Chart != "" && c.Chart != RunChart && c.Chart != PChart && c.Chart != PPrimeChart {
		wrong.Add("chart", "Choose a chart from the list.")
	}
	if c.Trend != 0 && c.Trend != 6 && c.Trend != 7 {
		wrong.Add("trend", "A trend is 6 or 7 points.")
	}
	if c.Baseline != 0 && (c.Baseline < smallestBaseline || c.Baseline > largestBaseline) {
		wrong.Add("baseline", "A baseline is %d to %d points. Leave the field empty to use all points.", smallestBaseline, largestBaseline)
	}
	if c.Screen != "" && c.Screen != Screened && c.Screen != Unscreened {
		wrong.Add("screen", "Choose what to do with large steps from the list.")
	}
	if _, err := c.target(); err != nil {
		wrong.Add("target", "Enter a number from 0 to 1,000,000,000, such as 40, or leave the field empty.")
	}
	return wrong
}

// settings are the rules with what the choice has instead.
func (c SignalChoice) settings(rules setting.ChartRules) spc.Settings {
	settings := rules.Settings()
	settings.Baseline = c.Baseline
	if c.Trend != 0 {
		settings.Trend = c.Trend
	}
	if c.Screen != "" {
		settings.Screen = c.Screen == Screened
	}
	return settings
}

// target is the target to try; undefined where there is none.
func (c SignalChoice) target() (spc.Figure, error) {
	if c.Target == "" {
		return spc.Figure{}, nil
	}
	value, err := strconv.ParseFloat(c.Target, 64)
	if err == nil && !(value >= 0 && value <= 1e9) { // also NaN
		err = strconv.ErrRange
	}
	return spc.Defined(value), err
}

// TargetReached says when a rate came to a target.
type TargetReached struct {
	Target  Target
	Reached spc.Reached
	Period  period.Period // in which it did
	After   int           // periods since the first of the series
}

// Variation is the icon that the reader may see: none of a chart without
// limits.
func (s Signal) Variation() spc.Variation {
	if s.Analysis == nil || !s.Kind.HasLimits() {
		return spc.NoVariation
	}
	return s.Analysis.Variation
}

// Assurance is the icon that compares the limits with the target.
func (s Signal) Assurance() spc.Assurance {
	if s.Analysis == nil || !s.Kind.HasLimits() {
		return spc.NoAssurance
	}
	return s.Analysis.Assurance
}

// Missing is how many more values the next better chart needs: a run chart
// where there is a line, limits where there is a run chart.
func (s Signal) Missing() int {
	switch s.Kind {
	case LineChart, NoChart:
		return max(spc.FewUseful-s.Used, 1)
	case RunChart:
		return max(s.Rules.LimitsFrom-s.Used, 0)
	}
	return 0
}
