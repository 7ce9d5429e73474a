package signals

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/period"
	"sir/spc"
)

// drawing is the chart of a signal: every number, flag and word in it comes
// from the signal's one analysis. It is nil where there is no value.
func drawing(s area.Signal, cycles []cycleMark, title string, heading bool) chart.Responsive {
	frame := chart.Frame{ID: "signal-chart", Title: title, Heading: heading, Note: caption(s.Programme.Name, s.Unit) + "."}
	switch s.Kind {
	case area.NoChart:
		return nil
	case area.CurveChart:
		return curveOf(s, cycles, frame)
	}
	return annotated(controlOf(s, frame), s, cycles)
}

// scale says how values are written: a proportion is kept as a share of 1 and
// shown in percent; a count is whole.
func scale(s area.Signal) (measure chart.Measure, factor float64) {
	switch s.Reading {
	case area.ShareBasis:
		return chart.Measure{Unit: "%", Decimals: 1}, 100
	case area.RateBasis:
		return chart.Measure{Unit: "%"}, 1
	case area.EachBasis:
		return chart.Measure{Decimals: 1}, 1
	}
	return chart.Measure{}, 1
}

// moreDigits are what the lines of a chart of small counts have after the
// point: their mean is no count.
func moreDigits(s area.Signal) int {
	if s.Reading != area.TotalBasis && s.Reading != area.FlowBasis || slices.ContainsFunc(s.Points, func(p area.SeriesPoint) bool { return p.Total >= 1000 }) {
		return 0
	}
	return 1
}

func valueOf(f spc.Figure, factor float64, missing string) chart.Value {
	if v, ok := f.Value(); ok {
		return chart.Number(v * factor)
	}
	return chart.Missing(missing)
}

// controlOf draws everything but curves.
func controlOf(s area.Signal, frame chart.Frame) chart.ControlChart {
	measure, factor := scale(s)
	cc := chart.ControlChart{Frame: frame, Measure: measure, MoreDigits: moreDigits(s), Settings: settings(s)}
	if s.Kind == area.RunChart {
		cc.Centre = "Median"
	}
	index := map[spc.Date]int{}
	for i, p := range s.Analysis.Points {
		index[p.Date] = i
		cc.Points = append(cc.Points, chart.ControlPoint{
			Date: p.Date.Time(), Label: labelOf(s, p.Date), Value: valueOf(p.Value, factor, "not reported"),
			Centre: valueOf(p.Centre(), factor, ""), Lower: valueOf(p.Lower, factor, ""), Upper: valueOf(p.Upper, factor, ""),
			Class: classOf(p), Signal: signalOf(p), Incomplete: incomplete(s, p.Date),
		})
	}
	for _, part := range s.Analysis.Parts[1:] {
		reason := part.Reason
		if reason == "" {
			reason = "the process changed"
		}
		cc.Breaks = append(cc.Breaks, chart.Break{At: part.First, Reason: reason})
	}
	for _, m := range s.Marks {
		at, ok := index[spc.DateOf(m.Period.Start())]
		if !ok || !m.Stands() || m.Kind == area.RebaseMark {
			continue
		}
		text := m.Body
		if m.Kind == area.ExcludeMark {
			text = "left out: " + text
		}
		cc.Annotations = append(cc.Annotations, chart.Annotation{At: at, Text: text})
	}
	cc.Targets, cc.Trajectory = goals(s.Analysis.Points, factor)
	return cc
}

// goals are the targets where they change, and the trajectory, of the points.
func goals(points []spc.PointResult, factor float64) (steps []chart.DatedStep, path []chart.DatedValue) {
	for _, p := range points {
		if value, ok := p.Target.Value(); ok {
			if n := len(steps); n == 0 || steps[n-1].Value != value*factor {
				steps = append(steps, chart.DatedStep{From: p.Date.Time(), Value: value * factor})
			}
		}
		if value, ok := p.Trajectory.Value(); ok {
			path = append(path, chart.DatedValue{Date: p.Date.Time(), Value: value * factor})
		}
	}
	return steps, path
}

// labelOf is the period that begins on a date.
func labelOf(s area.Signal, date spc.Date) string {
	return periodOf(s, date).Label()
}

func periodOf(s area.Signal, date spc.Date) period.Period { return s.Points[indexOf(s, date)].Period }

func indexOf(s area.Signal, date spc.Date) int {
	return slices.IndexFunc(s.Points, func(p area.SeriesPoint) bool { return spc.DateOf(p.Period.Start()) == date })
}

// incomplete says how many reported where that is not all of those expected;
// of a change also where the period before lacks some.
func incomplete(s area.Signal, date spc.Date) string {
	at := indexOf(s, date)
	if s.Published {
		return ""
	}
	if p := s.Points[at]; p.Reported < p.Expected {
		return fmt.Sprintf("%d of %d reported", p.Reported, p.Expected)
	}
	if s.Reading == area.FlowBasis && at > 0 {
		if p := s.Points[at-1]; p.Reported < p.Expected {
			return fmt.Sprintf("%d of %d reported for %s", p.Reported, p.Expected, p.Period.Label())
		}
	}
	return ""
}

// classOf is what a point says, as its mark in the chart.
func classOf(p spc.PointResult) chart.PointClass {
	switch {
	case p.Excluded:
		return chart.Excluded
	case p.Class == spc.Improvement:
		return chart.Improvement
	case p.Class == spc.Concern:
		return chart.Concern
	case p.Class == spc.SpecialNeutral && p.Side == spc.Low:
		return chart.NeutralLow
	case p.Class == spc.SpecialNeutral:
		return chart.NeutralHigh
	}
	return chart.CommonCause
}

func signalOf(p spc.PointResult) string {
	if p.Excluded {
		return p.Reason
	}
	return p.Rule.Text()
}

// settings are printed on the chart: the rules, and what a reader chose.
func settings(s area.Signal) []string {
	var lines []string
	if s.Kind.HasLimits() || s.Kind == area.RunChart {
		lines = append(lines, s.Analysis.Rules)
	}
	if s.Kind.HasLimits() {
		lines = append(lines, fmt.Sprintf("A part has limits from %d values on.", s.Rules.LimitsFrom))
	}
	if s.Choice.Target != "" {
		lines = append(lines, "The target of "+s.Choice.Target+" was typed in to try it. Nobody agreed it.")
	}
	return lines
}

// withoutRules takes out of a drawing what it says of rules and notes: a page
// has that as text below it, which wraps on a phone. A file keeps it.
func withoutRules(c chart.Responsive) (chart.Responsive, string) {
	control, ok := c.(chart.ControlChart)
	if !ok {
		return c, ""
	}
	rules := strings.Join(control.Settings, " ")
	control.Settings = nil
	return control, rules
}

// curveOf draws a rate that builds up, with its target track.
func curveOf(s area.Signal, cycles []cycleMark, frame chart.Frame) chart.SCurve {
	frame.Desc = "The line is the rate in percent; the stepped line is the target in force. The band is what the rate could be, had all reported."
	curve := chart.Curve{Name: s.Measure.Name, Highlight: true}
	drawing := chart.SCurve{Frame: frame, Measure: chart.Measure{Unit: "%"}}
	for i, p := range s.Points {
		drawing.Periods = append(drawing.Periods, p.Period)
		curve.Values = append(curve.Values, rateValue(p))
		low, high := bounds(p.Rate)
		curve.Low, curve.High = append(curve.Low, low), append(curve.High, high)
		target := chart.Missing("no target yet")
		if t, ok := area.InForce(s.Targets, p.Period); ok {
			target = chart.Number(t.Value)
		}
		drawing.Targets = append(drawing.Targets, target)
		if i > 0 {
			if change := p.Rate.ChangeFrom(s.Points[i-1].Rate); change.Known && change.Points < 0 {
				curve.Oddities = append(curve.Oddities, chart.Oddity{At: i, Kind: chart.OddFall, Text: fmt.Sprintf("fell by %d points", -change.Points)})
			}
		}
		for _, m := range s.Marks {
			if m.Stands() && m.Period == p.Period {
				curve.Oddities = append(curve.Oddities, chart.Oddity{At: i, Kind: chart.OddNote, Text: m.Body})
			}
		}
		if text := cycleWords(s, cycles, p.Period); text != "" {
			curve.Oddities = append(curve.Oddities, chart.Oddity{At: i, Kind: chart.OddNote, Text: text})
		}
	}
	if s.Published {
		curve.Low, curve.High = nil, nil
		drawing.Desc = "The line is the published rate in percent; the stepped line is the target in force."
	}
	if len(s.Targets) == 0 {
		drawing.Targets = nil
	}
	drawing.Curves = []chart.Curve{curve}
	if len(s.Path) > 0 {
		drawing.Curves = append(drawing.Curves, pathOf(s))
	}
	return drawing
}

// pathOf is the trajectory of a rate.
func pathOf(s area.Signal) chart.Curve {
	curve := chart.Curve{Name: "Trajectory", Highlight: true}
	for _, p := range s.Points {
		at := chart.Missing("none")
		if value, ok := area.PathAt(s.Path, p.Period); ok {
			at = chart.Number(value)
		}
		curve.Values = append(curve.Values, at)
	}
	return curve
}

func rateValue(p area.SeriesPoint) chart.Value {
	if !p.Rate.Known || p.Reported == 0 && !p.Rate.Published {
		return chart.Missing("not known")
	}
	return chart.Number(float64(p.Rate.Rounded()))
}

// bounds are the least and the most that a rate could be: none, or all, of the
// sites that did not report have adopted.
func bounds(r area.Rate) (low, high chart.Value) {
	if !r.Known || r.Reported == 0 {
		return chart.Missing("not known"), chart.Missing("not known")
	}
	most := area.Computed(r.Adopted+r.Eligible-r.Reported, r.Eligible, r.Eligible)
	return chart.Number(float64(r.Rounded())), chart.Number(float64(most.Rounded()))
}

// spark is the course of a signal in a cell.
func spark(s area.Signal, axis chart.Range) chart.Sparkline {
	measure, factor := scale(s)
	line := chart.Sparkline{Measure: measure, Title: s.Measure.Name, Axis: axis}
	if s.Unit.Name != "" {
		line.Title += ", " + s.Unit.Name
	}
	if s.Kind == area.CurveChart || s.Analysis == nil {
		for _, p := range s.Points {
			line.Periods, line.Values = append(line.Periods, p.Period), append(line.Values, rateValue(p))
		}
		return line
	}
	for _, p := range s.Analysis.Points {
		line.Periods, line.Values = append(line.Periods, periodOf(s, p.Date)), append(line.Values, valueOf(p.Value, factor, "not reported"))
	}
	return line
}

// variationIcon and assuranceIcon are the icons that the analysis names.
func variationIcon(v spc.Variation) chart.Icon {
	return chart.Icon{Kind: chart.ShowVariation, Silent: true, Variation: map[spc.Variation]chart.Variation{
		spc.VariationCommonCause: chart.VariationCommon, spc.ImprovementHigh: chart.ImprovementHigh, spc.ImprovementLow: chart.ImprovementLow,
		spc.ConcernHigh: chart.ConcernHigh, spc.ConcernLow: chart.ConcernLow, spc.NeutralHigh: chart.UnusualHigh, spc.NeutralLow: chart.UnusualLow,
	}[v]}
}

func assuranceIcon(a spc.Assurance) chart.Icon {
	return chart.Icon{Kind: chart.ShowAssurance, Silent: true, Assurance: map[spc.Assurance]chart.Assurance{
		spc.Pass: chart.Passes, spc.Fail: chart.Fails, spc.HitOrMiss: chart.HitOrMiss,
	}[a]}
}

// svg is a small drawing as a component.
func svg(c interface{ Render(w io.Writer) error }) (templ.Component, error) {
	var drawn bytes.Buffer
	if err := c.Render(&drawn); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	return templ.Raw(drawn.String()), nil
}

// figureOf is a chart in every layout, as a component.
func figureOf(c chart.Responsive) (templ.Component, error) {
	var drawn bytes.Buffer
	if err := chart.Figure(&drawn, c); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return templ.Raw(drawn.String()), nil
}

// file is a chart as a file of its own, with its heading.
func file(c chart.Responsive) ([]byte, error) {
	var drawn bytes.Buffer
	if err := c.In(chart.Wide).Render(&drawn); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return drawn.Bytes(), nil
}
