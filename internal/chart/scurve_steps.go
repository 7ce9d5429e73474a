package chart

import (
	"math"
	"slices"
	"sort"
)

// box is a rectangle in units; y grows downwards.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// crossed tells whether a straight line touches the box: Liang and Barsky's clipping (ACM Transactions on Graphics 3(1),
// 1984) leaves something of it.
func (b box) crossed(x1, y1, x2, y2 float64) bool {
	from, to := 0.0, 1.0
	for _, side := range [][2]float64{{x1 - x2, x1 - b.left}, {x2 - x1, b.right - x1}, {y1 - y2, y1 - b.top}, {y2 - y1, b.bottom - y1}} {
		step, room := side[0], side[1]
		switch {
		case step == 0 && room < 0:
			return false
		case step < 0:
			from = max(from, room/step)
		case step > 0:
			to = min(to, room/step)
		}
	}
	return from <= to
}

// targetStep is a stretch of columns with one target.
type targetStep struct {
	value    Value
	from, to float64
}

// steps are the stretches of the target track; a gap ends one.
func (p scurvePlan) steps() []targetStep {
	var steps []targetStep
	for i, v := range p.Targets {
		switch {
		case !v.known:
		case i > 0 && p.Targets[i-1] == v:
			steps[len(steps)-1].to = p.edge(i + 1)
		default:
			steps = append(steps, targetStep{v, p.edge(i), p.edge(i + 1)})
		}
	}
	return steps
}

// nameSteps writes the target of each step where it covers nothing; a step without such a place has its words in the
// table alone. The last step is named at its end where there is room for names.
func (p scurvePlan) nameSteps(c *canvas) {
	steps := p.steps()
	if p.labelWidth > 0 && len(steps) > 0 {
		steps = steps[:len(steps)-1]
	}
	taken := p.marks()
	for _, step := range steps {
		text := p.say(step.value)
		if place, ok := p.place(step, textWidth(text, smallSize*boldness), taken); ok {
			c.halo(text, place.left, place.bottom-3)
			taken = append(taken, place)
		}
	}
}

// marks are the boxes of points and letters of the curves that are brought out.
func (p scurvePlan) marks() []box {
	var marks []box
	for _, k := range p.bright {
		for i, v := range p.Curves[k].Values {
			if v.known {
				x, y := p.xs[i], p.y.at(v.number)
				marks = append(marks, box{x - 6, y - 6, x + 6, y + 6})
			}
			for _, place := range p.oddityPlaces(p.Curves[k], i) {
				marks = append(marks, box{place.x - 9, place.y - 9, place.x + 9, place.y + 9})
			}
		}
	}
	return marks
}

// place finds where a text beside a step covers least: at its beginning, then further along it, over it and under it.
// Nothing may cover what is brought out; grey lines are worse than none.
func (p scurvePlan) place(step targetStep, width float64, taken []box) (best box, ok bool) {
	const height, gap = 13, 3
	least, y, steps := math.MaxInt, p.y.at(step.value.number), p.steps()
	for _, share := range []float64{0, 0.5, 1, 0.25, 0.75} {
		x := step.from + 5 + share*max(0, step.to-step.from-width-10)
		for _, top := range []float64{y - gap - height, y + gap} {
			b := box{x, top, x + width, top + height}
			if b.right > p.right || b.top < p.top || b.bottom > p.bottom || p.hides(b, steps, taken) {
				continue
			}
			if grey := p.crossings(b); grey < least {
				best, least, ok = b, grey, true
			}
		}
	}
	return best, ok
}

// hides tells whether a box lies on the target track, a mark, or a curve that is brought out or its band's edge.
func (p scurvePlan) hides(b box, steps []targetStep, taken []box) bool {
	for i, step := range steps {
		y := p.y.at(step.value.number)
		if b.crossed(step.from, y, step.to, y) || i > 0 && b.crossed(step.from, p.y.at(steps[i-1].value.number), step.from, y) {
			return true
		}
	}
	if slices.ContainsFunc(taken, b.meets) {
		return true
	}
	return slices.ContainsFunc(p.bright, func(k int) bool {
		curve := p.Curves[k]
		return p.crosses(b, curve.Values) || p.crosses(b, curve.Low) || p.crosses(b, curve.High)
	})
}

// crossings counts the grey curves under a box.
func (p scurvePlan) crossings(b box) (count int) {
	for k, curve := range p.Curves {
		if !slices.Contains(p.bright, k) && p.crosses(b, curve.Values) {
			count++
		}
	}
	return count
}

// crosses tells whether the line through values touches a box with a little room round it.
func (p scurvePlan) crosses(b box, values []Value) bool {
	b = box{b.left - 2, b.top - 2, b.right + 2, b.bottom + 2}
	for i := max(1, sort.SearchFloat64s(p.xs, b.left)); i < len(values) && p.xs[i-1] <= b.right; i++ {
		from, to := values[i-1], values[i]
		if from.known && to.known && p.next(i) && b.crossed(p.xs[i-1], p.y.at(from.number), p.xs[i], p.y.at(to.number)) {
			return true
		}
	}
	return false
}
