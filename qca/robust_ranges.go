package qca

import (
	"fmt"
	"math"
	"slices"
)

// Range is how far one choice can be moved, all others as they are, before the
// models change.
type Range struct {
	// Choice is "inclusion", "pri", "n-cut", or an anchor such as "RATE c" or
	// "RATE threshold 1".
	Choice string  `json:"choice"`
	Value  float64 `json:"value"`
	// Low and High bound the range; they are undefined where no change was found
	// on that side. High belongs to it, Low does unless LowOpen.
	Low     Figure `json:"low"`
	High    Figure `json:"high"`
	LowOpen bool   `json:"low_open"`
	// Below and Above are the models just beyond.
	Below []Expression `json:"models_below"`
	Above []Expression `json:"models_above"`
}

// ranges moves every choice.
func (r *robustness) ranges() []Range {
	cuts := func(of func(*Row) Figure) []float64 {
		var values []float64
		for i := range r.truth.Rows {
			if v, ok := of(&r.truth.Rows[i]).Value(); ok {
				values = append(values, v)
			}
		}
		return values
	}
	ranges := []Range{
		r.steps("inclusion", r.settings.Inclusion, cuts(func(row *Row) Figure { return row.Inclusion }), func(cut float64) answer {
			return r.underCuts(func(s *Settings) { s.Inclusion = cut })
		}),
		r.steps("pri", r.settings.PRICut, cuts(func(row *Row) Figure { return row.PRI }), func(cut float64) answer {
			return r.underCuts(func(s *Settings) { s.PRICut = cut })
		}),
		r.steps("n-cut", float64(r.settings.NCut), cuts(func(row *Row) Figure { return Defined(float64(row.N)) }), func(cut float64) answer {
			return r.underCuts(func(s *Settings) { s.NCut = int(cut) })
		}),
	}
	for i, c := range r.options.Calibrations {
		ranges = append(ranges, r.anchorRanges(i, c)...)
	}
	return ranges
}

// underCuts judges the same rows by other cuts.
func (r *robustness) underCuts(change func(*Settings)) answer {
	other := *r.truth
	change(&other.settings)
	other.Rows = slices.Clone(r.truth.Rows)
	for i := range other.Rows {
		other.Rows[i].Output = other.settings.output(&other.Rows[i])
	}
	return r.minimize(&other)
}

// steps finds the exact range of a choice for which only the places matter
// where it passes one of the values: a cut from above one value up to the next
// one does the same.
func (r *robustness) steps(choice string, value float64, values []float64, solve func(float64) answer) Range {
	slices.Sort(values)
	values = slices.CompactFunc(values, func(a, b float64) bool { return math.Abs(a-b) <= tolerance })
	values = slices.DeleteFunc(values, func(v float64) bool { return v <= 0 })
	result := Range{Choice: choice, Value: value, Below: []Expression{}, Above: []Expression{}}
	at, _ := slices.BinarySearch(values, value-tolerance) // the value that the present choice stands for
	for i := at; i <= len(values); i++ {
		if i < len(values) {
			if a := solve(values[i]); a.key != r.initial.key {
				result.Above = a.models
			} else {
				continue
			}
		}
		if i > at {
			result.High = Defined(values[i-1])
		} else {
			result.High = Defined(value)
		}
		break
	}
	for i := at - 1; i >= 0; i-- {
		if a := solve(values[i]); a.key != r.initial.key {
			result.Low, result.LowOpen, result.Below = Defined(values[i]), true, a.models
			break
		}
	}
	return result
}

// anchorRanges moves each anchor or threshold of calibration i.
func (r *robustness) anchorRanges(i int, c NamedCalibration) []Range {
	column, err := r.raw.column(c.Column)
	if err != nil {
		return nil
	}
	solve := func(moved Calibration) answer {
		list := slices.Clone(r.options.Calibrations)
		list[i].Calibration = moved
		table, err := r.calibrated(list)
		if err != nil {
			return answer{key: "refused"}
		}
		return r.solve(table, r.settings)
	}
	var ranges []Range
	switch c := c.Calibration.(type) {
	case CrispCalibration:
		for j, t := range c.Thresholds {
			values := slices.DeleteFunc(slices.Clone(column.values), func(v float64) bool {
				return j > 0 && v <= c.Thresholds[j-1] || j+1 < len(c.Thresholds) && v >= c.Thresholds[j+1]
			})
			ranges = append(ranges, r.steps(fmt.Sprintf("%s threshold %d", column.name, j+1), t, values, func(v float64) answer {
				moved := CrispCalibration{slices.Clone(c.Thresholds)}
				moved.Thresholds[j] = v
				return solve(moved)
			}))
		}
	case DirectCalibration:
		for s := range c.Out {
			for _, anchor := range []string{"e", "c", "i"} {
				name := column.name + " " + anchor
				if len(c.Out) > 1 {
					name += fmt.Sprint(s + 1)
				}
				ranges = append(ranges, r.slide(name, column.values, *c.anchor(anchor, s), func(v float64) answer {
					moved := c
					moved.Out, moved.Cross, moved.In = slices.Clone(c.Out), slices.Clone(c.Cross), slices.Clone(c.In)
					*moved.anchor(anchor, s) = v
					return solve(moved)
				}))
			}
		}
	}
	return ranges
}

func (d *DirectCalibration) anchor(name string, side int) *float64 {
	return &map[string][]float64{"e": d.Out, "c": d.Cross, "i": d.In}[name][side]
}

// Anchors move memberships smoothly: the range is looked for in slideSteps
// steps over the span of the values to each side, and its ends are then halved
// down to a millionth of the span. A change that reverses within one step is
// not seen.
const slideSteps = 60

func (r *robustness) slide(name string, values []float64, value float64, solve func(float64) answer) Range {
	span := slices.Max(values) - slices.Min(values)
	result := Range{Choice: name, Value: value, Below: []Expression{}, Above: []Expression{}}
	for _, sign := range []float64{-1, 1} {
		same := 0.0
		for step := 1; step <= slideSteps; step++ {
			away := span * float64(step) / slideSteps
			a := solve(value + sign*away)
			if a.key == r.initial.key {
				same = away
				continue
			}
			for away-same > span*1e-6 {
				middle := (same + away) / 2
				if b := solve(value + sign*middle); b.key == r.initial.key {
					same = middle
				} else {
					away, a = middle, b
				}
			}
			end := Defined(value + sign*math.Floor(same/span*1e6)*span/1e6)
			if sign < 0 {
				result.Low, result.Below = end, a.models
			} else {
				result.High, result.Above = end, a.models
			}
			break
		}
	}
	return result
}
