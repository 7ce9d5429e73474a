package spc

import (
	"encoding/json"
	"slices"
)

// Rule is a rule of Making Data Count, in the order in which they name a
// point. Empty: none holds.
type Rule string

// The rules.
const (
	Outside    Rule = "outside"      // beyond a limit
	Trend      Rule = "trend"        // in a run of strictly rising or falling points
	TwoOfThree Rule = "two_of_three" // near a limit, as 2 of 3 points on one side of the mean
	Shift      Rule = "shift"        // in a run on one side of the mean
)

var rulesInOrder = [...]Rule{Outside, Trend, TwoOfThree, Shift}

// Flags is a set of rules.
type Flags uint8

// A bit each, in the order of rulesInOrder.
const (
	outsideFlag Flags = 1 << iota
	trendFlag
	twoOfThreeFlag
	shiftFlag
)

// Has reports whether the rule holds.
func (f Flags) Has(rule Rule) bool {
	i := slices.Index(rulesInOrder[:], rule)
	return i >= 0 && f&(1<<i) != 0
}

// List is the rules that hold, in order.
func (f Flags) List() []Rule {
	rules := []Rule{}
	for _, rule := range rulesInOrder {
		if f.Has(rule) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// MarshalJSON writes a list of rules.
func (f Flags) MarshalJSON() ([]byte, error) { return json.Marshal(f.List()) }

// UnmarshalJSON reads a list of rules.
func (f *Flags) UnmarshalJSON(data []byte) error {
	var rules []Rule
	if err := json.Unmarshal(data, &rules); err != nil {
		return err
	}
	*f = 0
	for _, rule := range rules {
		i := slices.Index(rulesInOrder[:], rule)
		if i < 0 {
			return &InputError{Value: string(rule), Problem: "no such rule", Remedy: "use outside, trend, two_of_three or shift"}
		}
		*f |= 1 << i
	}
	return nil
}

// Side is where a flagged point points: the side of the mean, or for a trend
// the direction of the slope. Empty: not flagged.
type Side string

// The sides.
const (
	High Side = "high"
	Low  Side = "low"
)

// Class is what a point means for the measure.
type Class string

// The classes.
const (
	CommonCause    Class = "common_cause"
	Improvement    Class = "improvement"
	Concern        Class = "concern"
	SpecialNeutral Class = "neutral" // special cause where no direction is better
)

// class of a point on a side, given which way is better.
func (d Direction) class(side Side) Class {
	switch {
	case side == "":
		return CommonCause
	case d == Neutral:
		return SpecialNeutral
	case (d == Increase) == (side == High):
		return Improvement
	}
	return Concern
}

// marks is what the rules find at one point, before the first is chosen.
type marks struct {
	flags Flags
	side  int // of the mean: -1, 0, 1
	slope int // of the trend: -1, 0, 1
}

// flag applies the rules to the stretches of a part.
func (a *Analysis) flag(points []PointResult, stretches [][]int, rounding float64) {
	found := make([]marks, len(points))
	for _, stretch := range stretches {
		markOutside(found, points, stretch, rounding)
		markTrends(found, points, stretch, rounding, a.Settings.Trend)
		if !a.Settings.NoTwoOfThree {
			markTwoOfThree(found, points, stretch, rounding)
		}
		markShifts(found, stretch, a.Settings.Shift)
	}
	for i := range points {
		points[i].decide(found[i], a.Improvement, a.Settings.Conflict)
	}
}

// markOutside also notes the side of the mean, which the other rules need.
func markOutside(found []marks, points []PointResult, stretch []int, rounding float64) {
	for _, i := range stretch {
		p := &points[i]
		found[i].side = compare(p.Value.value, p.Mean.value, rounding)
		if p.Upper.defined && (compare(p.Value.value, p.Upper.value, rounding) > 0 || compare(p.Value.value, p.Lower.value, rounding) < 0) {
			found[i].flags |= outsideFlag
		}
	}
}

// markTrends flags every point of a run of least or more points that strictly
// rise, or strictly fall; a tie ends it. A peak that ends one trend and begins
// the next belongs to the next.
func markTrends(found []marks, points []PointResult, stretch []int, rounding float64, least int) {
	start, slope := 0, 0
	for j := 1; j <= len(stretch); j++ {
		step := 0
		if j < len(stretch) {
			step = compare(points[stretch[j]].Value.value, points[stretch[j-1]].Value.value, rounding)
			if step == slope && step != 0 {
				continue
			}
		}
		if slope != 0 && j-start >= least {
			for _, i := range stretch[start:j] {
				found[i].flags |= trendFlag
				found[i].slope = slope
			}
		}
		start, slope = j-1, step
	}
}

// markTwoOfThree flags the near points where of three consecutive points on
// one side of the mean at least two lie between near limit and limit. A point
// beyond the limit is not near.
func markTwoOfThree(found []marks, points []PointResult, stretch []int, rounding float64) {
	near := func(i int) bool {
		p := &points[i]
		return p.Upper.defined && found[i].flags&outsideFlag == 0 &&
			(compare(p.Value.value, p.NearUpper.value, rounding) > 0 || compare(p.Value.value, p.NearLower.value, rounding) < 0)
	}
	for j := 2; j < len(stretch); j++ {
		three := stretch[j-2 : j+1]
		side, n := found[three[0]].side, 0
		for _, i := range three {
			if found[i].side != side {
				side = 0
			}
			if near(i) {
				n++
			}
		}
		if side == 0 || n < 2 {
			continue
		}
		for _, i := range three {
			if near(i) {
				found[i].flags |= twoOfThreeFlag
			}
		}
	}
}

// markShifts flags every point of a run of least or more points strictly on
// one side of the mean; a point on the mean ends it.
func markShifts(found []marks, stretch []int, least int) {
	for start := 0; start < len(stretch); {
		end := start + 1
		for end < len(stretch) && found[stretch[end]].side == found[stretch[start]].side {
			end++
		}
		if found[stretch[start]].side != 0 && end-start >= least {
			for _, i := range stretch[start:end] {
				found[i].flags |= shiftFlag
			}
		}
		start = end
	}
}

// decide sets the rule that names the point and what it means.
func (p *PointResult) decide(m marks, better Direction, policy Conflict) {
	p.Flags, p.Class = m.flags, CommonCause
	for i, rule := range rulesInOrder {
		if m.flags&(1<<i) == 0 {
			continue
		}
		side := sideOf(m.side)
		if rule == Trend {
			side = sideOf(m.slope)
		}
		class := better.class(side)
		if p.Rule != "" {
			p.Conflict = p.Conflict || side != p.Side
			if policy == FirstRule || p.Class == Improvement || class != Improvement {
				continue
			}
		}
		p.Rule, p.Side, p.Class = rule, side, class
	}
}

func sideOf(sign int) Side {
	switch {
	case sign > 0:
		return High
	case sign < 0:
		return Low
	}
	return ""
}
