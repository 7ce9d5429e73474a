package adoption

import (
	"fmt"

	"sir/internal/fault"
	"sir/internal/setting"
	"sir/spc"
)

// widerThanChance is Laney's sigma z from which a P' chart takes the place of a
// P chart: the proportions then vary half as much again as their denominators
// explain, which is more than the estimate errs by with a dozen points.
const widerThanChance = 1.5

// judge chooses the chart of a series and analyses it. Of all the programme's
// targets it takes those that hold for the series as it is read.
func judge(series Series, targets []Target, marks []Mark, rules setting.ChartRules, choice SignalChoice) (Signal, error) {
	s := Signal{Series: series, Choice: choice, Rules: rules, Reading: choice.reading(series), Kind: NoChart, Marks: marks}
	hold := goalsOf(targets, series, s.targetBasis())
	s.Targets, s.Path, s.OwnGoal = hold.steps, hold.path, hold.own
	if series.Last() < 0 {
		return s, nil
	}
	data, err := s.data()
	if err != nil {
		return s, err
	}
	if s.Reading == RateBasis {
		return s.curve(data)
	}
	settings := choice.settings(rules)
	if s.Reading == ShareBasis {
		if settings.Chart, err = s.proportions(data, settings); err != nil {
			return s, err
		}
	}
	return s.chart(data, settings)
}

// reading is what the values are: what the choice asks for, where the series
// can be read so.
func (c SignalChoice) reading(series Series) Basis {
	basis := series.Basis()
	switch {
	case series.Published: // the periods between those published are not known
	case c.Show == EachBasis && basis == TotalBasis:
		return EachBasis
	case c.Show == FlowBasis && basis != ShareBasis:
		return FlowBasis
	}
	return basis
}

// data is the series for the library of charts, with the marks that stand.
func (s Signal) data() (spc.Series, error) {
	data := spc.Series{Name: s.Measure.Name, Improvement: spc.Direction(s.Measure.Direction)}
	dates := map[spc.Date]bool{}
	for _, p := range s.Points {
		point := s.point(p)
		dates[point.Date] = true
		data.Points = append(data.Points, point)
	}
	for _, m := range s.Marks {
		note := spc.Note{Date: spc.DateOf(m.Period.Start()), Reason: m.Body}
		switch {
		case !m.Stands() || !dates[note.Date]:
		case m.Kind == RebaseMark:
			data.Rebases = append(data.Rebases, note)
		case m.Kind == ExcludeMark:
			data.Exclusions = append(data.Exclusions, note)
		}
	}
	target, err := s.Choice.target()
	if err != nil {
		return data, fault.Invalid("The target to try is no number.")
	}
	if _, ok := target.Value(); ok {
		data.Targets = []spc.Step{{Value: s.scaled(target)}}
	} else if s.Reading != FlowBasis {
		data.Targets, data.Trajectory = s.steps()
	}
	if s.Reading != FlowBasis {
		return data, nil
	}
	return flow(data)
}

// flow is the change from period to period; what was said about the targets
// and points of the level is said about the change.
func flow(data spc.Series) (spc.Series, error) {
	change, err := data.Increments()
	if err != nil {
		return change, fmt.Errorf("take changes: %w", err)
	}
	change.Targets = data.Targets
	for _, e := range data.Exclusions {
		if len(change.Points) > 0 && e.Date >= change.Points[0].Date {
			change.Exclusions = append(change.Exclusions, e)
		}
	}
	return change, nil
}

// scaled is a target as the values are kept: proportions are shares of 1, and
// targets are in percent.
func (s Signal) scaled(f spc.Figure) spc.Figure {
	if value, ok := f.Value(); ok && s.Reading == ShareBasis {
		return spc.Defined(value / 100)
	}
	return f
}

// point is what is plotted of a period; nobody's report is a missing value,
// never a zero.
func (s Signal) point(p SeriesPoint) spc.Point {
	point := spc.Point{Date: spc.DateOf(p.Period.Start())}
	switch {
	case s.Basis() == RateBasis && s.Reading == FlowBasis:
		if p.Reported > 0 {
			point.Value = spc.Defined(float64(p.Rate.Adopted))
		}
	case s.Basis() == RateBasis:
		if p.Rate.Known && (p.Reported > 0 || p.Rate.Published) {
			point.Value = spc.Defined(p.Rate.Percent())
		}
	case p.Reported == 0:
	case s.Reading == EachBasis:
		point.Value = spc.Defined(float64(p.Total) / float64(p.Reported))
	case s.Reading == ShareBasis:
		if p.WholeReported > 0 && p.Whole > 0 && p.Total <= p.Whole {
			point = spc.Proportion(point.Date, float64(p.Total), float64(p.Whole))
		}
	default:
		point.Value = spc.Defined(float64(p.Total))
	}
	return point
}

// curve judges a rate that builds up: when it came to its targets, and how
// fast.
func (s Signal) curve(data spc.Series) (Signal, error) {
	s.Kind = CurveChart
	var err error
	if !s.Published { // whose points are not a period apart
		if s.Pace, err = data.Pace(); err != nil {
			return s, fmt.Errorf("measure the pace: %w", err)
		}
	}
	for _, t := range s.Targets {
		if t.Direction == Decrease { // it is a level to stay below, not one to come to
			continue
		}
		cut := spc.MoreThan
		if t.Inclusive {
			cut = spc.AtLeast
		}
		reached, err := data.TimeTo(t.Value, cut)
		if err != nil {
			return s, fmt.Errorf("find when a target was reached: %w", err)
		}
		one := TargetReached{Target: t, Reached: reached}
		for _, p := range s.Points {
			if reached.Is && spc.DateOf(p.Period.Start()) == reached.Date {
				one.Period, one.After = p.Period, p.Period.Since(s.Points[0].Period)
			}
		}
		s.Reached = append(s.Reached, one)
	}
	return s, nil
}

// proportions chooses between the charts of proportions, and notes what the
// choice rests on.
func (s *Signal) proportions(data spc.Series, settings spc.Settings) (spc.Chart, error) {
	settings.Chart = spc.PPrimeChart
	a, err := spc.Analyse(data, settings)
	if err != nil {
		return "", fmt.Errorf("analyse proportions: %w", err)
	}
	s.Sigma = longest(a).SigmaZ
	sigma, known := s.Sigma.Value()
	switch {
	case s.Choice.Chart == PChart:
		return spc.PChart, nil
	case s.Choice.Chart == PPrimeChart, known && sigma >= widerThanChance:
		return spc.PPrimeChart, nil
	}
	return spc.PChart, nil
}

// longest is the part with the most values.
func longest(a *spc.Analysis) spc.Part {
	most := a.Parts[0]
	for _, part := range a.Parts {
		if part.Used > most.Used {
			most = part
		}
	}
	return most
}

// chart analyses a series that is no curve with the best chart that its number
// of points allows.
func (s Signal) chart(data spc.Series, settings spc.Settings) (Signal, error) {
	a, err := spc.Analyse(data, settings)
	if err != nil {
		return s, fmt.Errorf("analyse %s: %w", s.Measure.Code, err)
	}
	s.Used, s.Analysis = longest(a).Used, a
	switch {
	case a.Cumulative.Is && s.Reading == TotalBasis:
		s.Kind = GrowthChart
		hide(a, len(data.Points)+1)
	case s.Used >= s.Rules.LimitsFrom && s.Choice.Chart != RunChart:
		s.Kind = ChartKind(a.Settings.Chart)
		hide(a, s.Rules.LimitsFrom)
	default:
		return s.runs(data, settings)
	}
	return s, nil
}

// runs analyses a series as a run chart, or leaves it a line.
func (s Signal) runs(data spc.Series, settings spc.Settings) (Signal, error) {
	settings.Chart = spc.RunChart
	if s.Reading == ShareBasis { // a run chart is of values, not of counts
		for i := range data.Points {
			data.Points[i].Numerator, data.Points[i].Denominator = spc.Figure{}, spc.Figure{}
		}
	}
	a, err := spc.Analyse(data, settings)
	if err != nil {
		return s, fmt.Errorf("analyse %s: %w", s.Measure.Code, err)
	}
	s.Analysis, s.Kind = a, LineChart
	if s.Used >= spc.FewUseful {
		s.Kind = RunChart
	}
	hide(a, spc.FewUseful)
	return s, nil
}

// hide takes out of an analysis what its parts of fewer values than enough do
// not allow to say.
func hide(a *spc.Analysis, enough int) {
	for i := range a.Parts {
		part := &a.Parts[i]
		if part.Used >= enough {
			continue
		}
		for j := part.First; j <= part.Last; j++ {
			p := &a.Points[j]
			p.Mean, p.Median, p.Limits = spc.Figure{}, spc.Figure{}, spc.Limits{}
			p.Flags, p.Rule, p.Side, p.Class, p.Conflict = 0, "", "", spc.CommonCause, false
		}
		part.Result = spc.Result{Variation: spc.VariationNotEnough, Assurance: part.Assurance, Runs: spc.Runs{Useful: part.Runs.Useful}}
		if part.Assurance != spc.NoAssurance {
			part.Assurance = spc.AssuranceNotEnough
		}
	}
	a.Result = a.Parts[len(a.Parts)-1].Result
}
