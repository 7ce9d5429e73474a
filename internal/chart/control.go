package chart

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// MaxPoints bounds a control chart: three years of days.
const MaxPoints = 1100

// ControlChart is a run chart or a control chart: dated values with a centre line, limits where there are any, and a class
// for each point. The chart computes none of them; whoever does gives the same classes to the icon and the table.
type ControlChart struct {
	Frame
	Measure
	MoreDigits  int            // that lines have after the point, beyond those of values: the mean of counts is no count
	Points      []ControlPoint // ascending by date, each date once
	Centre      string         // what the centre line is: "Mean", or "Median" for a run chart; "Mean" when empty
	Breaks      []Break        // ascending: where centre and limits start anew
	Targets     []DatedStep    // ascending
	Trajectory  []DatedValue   // ascending: the planned course, joined by a line
	Annotations []Annotation   // numbered in this order; the text stands in the table
	Settings    []string       // the rules and their settings, printed beneath the chart
	Axis        Range          // chosen to show every value when zero; 0 is included where that costs less than half the height
}

// ControlPoint is one date. A missing Value is a gap. Missing centre and limits are not drawn: a run chart has a centre
// only, and a series that is too short neither.
type ControlPoint struct {
	Date                 time.Time
	Label                string // how the date is written: "Apr 2026"; day, month and year when empty
	Value                Value
	Centre               Value
	Lower, Upper         Value // limits; they may change from point to point
	NearLower, NearUpper Value // optional: two thirds of the way to the limits
	Class                PointClass
	Signal               string // the rule behind the class: "7 points below the mean"
	Incomplete           string // what the value is over, where that is not all: "104 of 107 reported"; the mark is hollow
}

// line is how values of lines are written.
func (cc ControlChart) line() Measure {
	return Measure{Unit: cc.Unit, Decimals: cc.Decimals + cc.MoreDigits}
}

// goal is how a target or a point of the trajectory is written: no finer than it has to be.
func (cc ControlChart) goal(v Value) Measure {
	if v.known && v.number != math.Trunc(v.number) {
		return cc.line()
	}
	return cc.Measure
}

// Break is a place where centre line and limits are computed anew.
type Break struct {
	At     int    // index of the first point of the new stretch
	Reason string // drawn beside it: "New clinic opened"
}

// DatedStep is a target from a date on, until the next.
type DatedStep struct {
	From  time.Time
	Value float64
}

// DatedValue is a value on a date.
type DatedValue struct {
	Date  time.Time
	Value float64
}

// Annotation is a numbered note on a point.
type Annotation struct {
	At   int // index of the point
	Text string
}

// PointClass is what a point says.
type PointClass uint8

// The classes of points. Each has a shape and a word of its own.
const (
	CommonCause PointClass = iota
	Improvement
	Concern
	NeutralHigh
	NeutralLow
	Excluded // shown, but left out of centre, limits and rules
)

var pointClasses = [...]struct {
	word  string
	style style
	size  float64
}{
	CommonCause: {"common cause", style{shape: disc, colour: "#768692", edge: "#4c6272", class: "sir-chart__common"}, 4},
	Improvement: {"improvement", style{shape: square, colour: "#41b6e6", edge: "#003087", class: "sir-chart__improvement"}, 4.6},
	Concern:     {"concern", style{shape: diamond, colour: "#ed8b00", edge: "#6b3000", class: "sir-chart__concern"}, 6.2},
	NeutralHigh: {"high, neither good nor bad", style{shape: triangle, colour: "#7c2855", edge: "#330072", class: "sir-chart__neutral"}, 4.8},
	NeutralLow:  {"low, neither good nor bad", style{shape: wedge, colour: "#7c2855", edge: "#330072", class: "sir-chart__neutral"}, 4.8},
	Excluded:    {"left out of the limits", style{shape: cross, colour: muted, class: "sir-chart__excluded"}, 4},
}

// mark is how the class of the point looks, and its half width; hollow where not all reported.
func (p ControlPoint) mark() (style, float64) {
	look := pointClasses[p.Class]
	if p.Incomplete != "" {
		return look.style.hollowed(), look.size
	}
	return look.style, look.size
}

// Word is the class in words: "improvement".
func (p PointClass) Word() string { return pointClasses[p].word }

// In returns the same chart for another layout.
func (cc ControlChart) In(layout Layout) Chart {
	cc.Layout = layout
	return cc
}

// Validate implements Chart.
func (cc ControlChart) Validate() error {
	for _, err := range []error{cc.Frame.validate(), cc.Measure.validate(), cc.line().validate(), cc.Axis.validate()} {
		if err != nil {
			return err
		}
	}
	if len(cc.Points) == 0 || len(cc.Points) > MaxPoints {
		return fmt.Errorf("%w: %s has %d points; use 1 to %d", ErrInvalid, cc.ID, len(cc.Points), MaxPoints)
	}
	for i, p := range cc.Points {
		if i > 0 && !p.Date.After(cc.Points[i-1].Date) {
			return fmt.Errorf("%w: point %d of %s is not after the one before; sort the points, each date once", ErrInvalid, i+1, cc.ID)
		}
		if err := cc.validatePoint(p); err != nil {
			return fmt.Errorf("point %d: %w", i+1, err)
		}
	}
	for _, err := range []error{cc.validateMarks(), cc.validateTargets(), cc.validateTrajectory()} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (cc ControlChart) validatePoint(p ControlPoint) error {
	if int(p.Class) >= len(pointClasses) {
		return fmt.Errorf("%w: class %d is unknown", ErrInvalid, p.Class)
	}
	if y := p.Date.Year(); y < 1800 || y > 2200 {
		return fmt.Errorf("%w: the year is %d; use 1800 to 2200", ErrInvalid, y)
	}
	for _, v := range []Value{p.Value, p.Centre, p.Lower, p.Upper, p.NearLower, p.NearUpper} {
		if err := v.validate(p.label()); err != nil {
			return err
		}
	}
	if p.Value.known && !cc.Axis.holds(p.Value.number) {
		return fmt.Errorf("%w: %v is off the axis (%v to %v)", ErrInvalid, p.Value.number, cc.Axis.Min, cc.Axis.Max)
	}
	return nil
}

func (cc ControlChart) validateMarks() error {
	for i, b := range cc.Breaks {
		if b.At < 1 || b.At >= len(cc.Points) || i > 0 && b.At <= cc.Breaks[i-1].At || strings.TrimSpace(b.Reason) == "" {
			return fmt.Errorf("%w: break %d of %s at point %d; it needs a reason, a point after the first, and its turn", ErrInvalid, i+1, cc.ID, b.At)
		}
	}
	for i, a := range cc.Annotations {
		if a.At < 0 || a.At >= len(cc.Points) || strings.TrimSpace(a.Text) == "" {
			return fmt.Errorf("%w: note %d of %s is on point %d; it needs text and a point of the chart", ErrInvalid, i+1, cc.ID, a.At)
		}
	}
	return nil
}

func (cc ControlChart) validateTargets() error {
	for i, step := range cc.Targets {
		if i > 0 && !step.From.After(cc.Targets[i-1].From) {
			return fmt.Errorf("%w: target %d of %s is not after the one before", ErrInvalid, i+1, cc.ID)
		}
		if err := cc.validateLevel("target", step.Value); err != nil {
			return err
		}
	}
	return nil
}

func (cc ControlChart) validateTrajectory() error {
	for i, v := range cc.Trajectory {
		if i > 0 && !v.Date.After(cc.Trajectory[i-1].Date) {
			return fmt.Errorf("%w: value %d of the trajectory of %s is not after the one before", ErrInvalid, i+1, cc.ID)
		}
		if err := cc.validateLevel("trajectory", v.Value); err != nil {
			return err
		}
	}
	return nil
}

func (cc ControlChart) validateLevel(what string, v float64) error {
	if err := Number(v).validate(what); err != nil {
		return err
	}
	if !cc.Axis.holds(v) {
		return fmt.Errorf("%w: %s: %s %v is off the axis (%v to %v)", ErrInvalid, cc.ID, what, v, cc.Axis.Min, cc.Axis.Max)
	}
	return nil
}

// Render implements Chart.
func (cc ControlChart) Render(w io.Writer) error {
	if err := cc.Validate(); err != nil {
		return err
	}
	_, err := w.Write(cc.draw())
	return err
}

func (p ControlPoint) label() string {
	if p.Label == "" {
		return p.Date.Format("2 Jan 2006")
	}
	return p.Label
}

func (cc ControlChart) centre() string {
	if cc.Centre == "" {
		return "Mean"
	}
	return cc.Centre
}
