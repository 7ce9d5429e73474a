package spc

import (
	"cmp"
	"fmt"
	"slices"
)

// Series is one measure over time. Its lists may come in any order.
type Series struct {
	Name   string
	Points []Point
	// Improvement says which way is better; empty is Neutral.
	Improvement Direction
	// Targets by the date from which each applies, until the next. An
	// undefined value ends a target.
	Targets []Step
	// Trajectory is the planned path through dated values, straight between
	// them, nothing before the first and after the last.
	Trajectory []Step
	// Rebases start a new part at a date of the series. Parts are analysed on
	// their own: no run, trend or moving range crosses a rebase.
	Rebases []Note
	// Exclusions leave points out of every calculation and rule; they stay in
	// the result, marked with the reason ("ghosted" in Making Data Count).
	Exclusions []Note
}

// Point is what was observed in the period that begins on Date.
type Point struct {
	Date  Date
	Value Figure // undefined: missing
	// Numerator and Denominator are the counts behind a proportion. P and P'
	// charts need them and take no Value.
	Numerator, Denominator Figure
}

// Proportion is the point k of n; with n = 0 its value is missing.
func Proportion(date Date, k, n float64) Point {
	p := Point{Date: date, Numerator: Defined(k), Denominator: Defined(n)}
	if n != 0 {
		p.Value = Defined(k / n)
	}
	return p
}

// Step is a value that holds from a date; the zero date is the beginning.
type Step struct {
	From  Date
	Value Figure
}

// Note is a decision about a date and why it was taken.
type Note struct {
	Date   Date
	Reason string
}

// Direction is the direction in which a measure improves.
type Direction string

// The directions of improvement.
const (
	Increase Direction = "increase"
	Decrease Direction = "decrease"
	Neutral  Direction = "neutral"
)

// results checks the series and returns its points by date, with targets,
// trajectory, parts and exclusions marked.
func (s Series) results(chart Chart) ([]PointResult, error) {
	if len(s.Points) == 0 {
		return nil, &InputError{Problem: "the series has no points", Remedy: "give at least one dated value"}
	}
	points := make([]PointResult, len(s.Points))
	for i, p := range s.Points {
		value, err := p.value(chart)
		if err != nil {
			return nil, err
		}
		points[i] = PointResult{Date: p.Date, Value: value, Numerator: p.Numerator, Denominator: p.Denominator, Part: 1, Class: CommonCause}
	}
	byDate := func(a, b PointResult) int { return cmp.Compare(a.Date, b.Date) }
	if !slices.IsSortedFunc(points, byDate) {
		slices.SortFunc(points, byDate)
	}
	for i := 1; i < len(points); i++ {
		if points[i].Date == points[i-1].Date {
			return nil, &InputError{Date: points[i].Date.String(), Problem: "the series has two points of this date", Remedy: "keep one of them"}
		}
	}
	if err := s.markParts(points); err != nil {
		return nil, err
	}
	if err := s.markExclusions(points); err != nil {
		return nil, err
	}
	return points, s.markTargets(points)
}

// value is what the chart plots of a point: of proportions, k/n.
func (p Point) value(chart Chart) (Figure, error) {
	for _, f := range []Figure{p.Value, p.Numerator, p.Denominator} {
		if !f.finite() {
			return Figure{}, &InputError{Date: p.Date.String(), Value: fmt.Sprint(f.value), Problem: "not a finite number", Remedy: "give a number, or leave the value out"}
		}
	}
	if chart != PChart && chart != PPrimeChart {
		return p.Value, nil
	}
	k, n := p.Numerator, p.Denominator
	refuse := func(problem, remedy string) (Figure, error) {
		return Figure{}, &InputError{Date: p.Date.String(), Value: fmt.Sprintf("%s of %s", k, n), Problem: problem, Remedy: remedy}
	}
	switch {
	case !k.defined && !n.defined && p.Value.defined:
		return refuse("a proportion without its counts", "give numerator and denominator, or use an XmR chart")
	case k.value < 0 || n.value < 0:
		return refuse("a count below 0", "check both counts")
	case k.defined && n.defined && k.value > n.value:
		return refuse("the numerator is above the denominator", "check both counts")
	case !k.defined || !n.defined || n.value == 0:
		return Figure{}, nil
	}
	return Defined(k.value / n.value), nil
}

// markParts numbers the parts; each rebase must be the date of a point, or it
// would silently do nothing.
func (s Series) markParts(points []PointResult) error {
	for i, r := range s.Rebases {
		at := indexOf(points, r.Date)
		if at < 0 {
			return &InputError{Date: r.Date.String(), Problem: "rebase on a date that the series does not have", Remedy: "use the date of the first point of the new part"}
		}
		if slices.ContainsFunc(s.Rebases[:i], func(n Note) bool { return n.Date == r.Date }) {
			return &InputError{Date: r.Date.String(), Problem: "two rebases on the same date", Remedy: "keep one of them"}
		}
		if at == 0 {
			continue // the first part starts here anyway
		}
		for j := at; j < len(points); j++ {
			points[j].Part++
		}
	}
	return nil
}

func (s Series) markExclusions(points []PointResult) error {
	for _, e := range s.Exclusions {
		at := indexOf(points, e.Date)
		if at < 0 {
			return &InputError{Date: e.Date.String(), Problem: "exclusion of a date that the series does not have", Remedy: "use the date of the point to leave out"}
		}
		points[at].Excluded, points[at].Reason = true, e.Reason
	}
	return nil
}

// indexOf returns where a date stands among points in order, or -1.
func indexOf(points []PointResult, date Date) int {
	at, found := slices.BinarySearchFunc(points, date, func(p PointResult, d Date) int { return cmp.Compare(p.Date, d) })
	if !found {
		return -1
	}
	return at
}
