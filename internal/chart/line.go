package chart

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sir/internal/period"
)

// MaxSeries is how many lines can be told apart by marker; MaxPeriods is 30 years of months.
const (
	MaxSeries  = len(seriesStyles)
	MaxPeriods = 360
)

// maxStops is the most periods that are stops for the keyboard.
const maxStops = 24

// Line shows up to MaxSeries measures by period, with an optional target that changes by steps.
type Line struct {
	Frame
	Measure
	Periods     []period.Period // ascending, of one kind; a period left out is a gap for every series
	Series      []Series
	Axis        Range  // chosen to show every value and zero when zero
	Targets     []Step // ascending
	TargetLabel string // "Target" when empty
}

// Series is one line.
type Series struct {
	Name   string
	Values []Value // one for each of Periods
}

// Step is the value of a target from a period on, until the next step.
type Step struct {
	From  period.Period
	Value float64
}

// In returns the same chart for the other layout.
func (l Line) In(layout Layout) Chart {
	l.Layout = layout
	return l
}

// Validate implements Chart.
func (l Line) Validate() error {
	for _, err := range []error{l.Frame.validate(), l.Measure.validate(), l.Axis.validate(), validatePeriods(l.ID, l.Periods)} {
		if err != nil {
			return err
		}
	}
	if len(l.Series) == 0 || len(l.Series) > MaxSeries {
		return fmt.Errorf("%w: %s has %d series; use 1 to %d", ErrInvalid, l.ID, len(l.Series), MaxSeries)
	}
	for i, series := range l.Series {
		if err := l.validateSeries(series); err != nil {
			return fmt.Errorf("series %d: %w", i+1, err)
		}
	}
	return l.validateTargets()
}

// validatePeriods is shared with Sparkline.
func validatePeriods(name string, periods []period.Period) error {
	if len(periods) == 0 || len(periods) > MaxPeriods {
		return fmt.Errorf("%w: %.64s has %d periods; use 1 to %d", ErrInvalid, name, len(periods), MaxPeriods)
	}
	for i, p := range periods {
		if p.IsZero() || p.Kind() != periods[0].Kind() {
			return fmt.Errorf("%w: %.64s: period %d (%v) is not a %v like the first", ErrInvalid, name, i+1, p, periods[0].Kind())
		}
		if i > 0 && period.Compare(periods[i-1], p) >= 0 {
			return fmt.Errorf("%w: %.64s: %v follows %v; sort the periods, each once", ErrInvalid, name, p, periods[i-1])
		}
	}
	if slots := periods[len(periods)-1].Since(periods[0]) + 1; slots > MaxPeriods {
		return fmt.Errorf("%w: %.64s spans %d periods; use at most %d", ErrInvalid, name, slots, MaxPeriods)
	}
	return nil
}

func (l Line) validateSeries(series Series) error {
	if strings.TrimSpace(series.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	return validateValues(series.Name, series.Values, l.Periods, l.Axis)
}

// validateValues is shared with Sparkline.
func validateValues(name string, values []Value, periods []period.Period, axis Range) error {
	if len(values) != len(periods) {
		return fmt.Errorf("%w: %.60q has %d values for %d periods", ErrInvalid, name, len(values), len(periods))
	}
	for i, v := range values {
		if err := v.validate(periods[i].Label()); err != nil {
			return err
		}
		if v.known && !axis.holds(v.number) {
			return fmt.Errorf("%w: %.60q, %v: %v is off the axis (%v to %v)", ErrInvalid, name, periods[i], v.number, axis.Min, axis.Max)
		}
	}
	return nil
}

func (l Line) validateTargets() error {
	for i, step := range l.Targets {
		if step.From.Kind() != l.Periods[0].Kind() || i > 0 && period.Compare(l.Targets[i-1].From, step.From) >= 0 {
			return fmt.Errorf("%w: %s: target step %d from %v; sort the steps and use the kind of the periods", ErrInvalid, l.ID, i+1, step.From)
		}
		if err := Number(step.Value).validate("target"); err != nil {
			return err
		}
		if !l.Axis.holds(step.Value) {
			return fmt.Errorf("%w: %s: target %v is off the axis", ErrInvalid, l.ID, step.Value)
		}
	}
	return nil
}

// Render implements Chart.
func (l Line) Render(w io.Writer) error {
	if err := l.Validate(); err != nil {
		return err
	}
	_, err := w.Write(l.draw())
	return err
}

// Table implements Chart: a row for each period, a column for each series, and one for the target when there is any.
func (l Line) Table() Table {
	t := Table{Caption: l.Title, Headers: []string{"Period"}}
	for _, series := range l.Series {
		t.Headers = append(t.Headers, l.header(series.Name))
	}
	if len(l.Targets) > 0 {
		t.Headers = append(t.Headers, l.header(l.targetLabel()))
	}
	for i, p := range l.Periods {
		cells := []string{p.Label()}
		for _, series := range l.Series {
			cells = append(cells, l.cell(series.Values[i]))
		}
		if len(l.Targets) > 0 {
			cells = append(cells, l.cell(l.targetAt(p)))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (l Line) targetLabel() string {
	if l.TargetLabel == "" {
		return "Target"
	}
	return l.TargetLabel
}

// targetAt is the target in force in p.
func (l Line) targetAt(p period.Period) Value {
	for _, step := range slices.Backward(l.Targets) {
		if period.Compare(step.From, p) <= 0 {
			return Number(step.Value)
		}
	}
	return Missing("none")
}

func (l Line) describe() string {
	first, last := l.Periods[0], l.Periods[len(l.Periods)-1]
	var names []string
	for _, series := range l.Series {
		names = append(names, phrase(series.Name))
	}
	text := fmt.Sprintf("Line chart by %v from %s to %s: %s.", first.Kind(), first.Label(), last.Label(), strings.Join(names, ", "))
	if len(l.Targets) > 0 {
		text += " A dashed line shows the " + strings.ToLower(phrase(l.targetLabel())) + " of each period."
	}
	return text
}
