package spc

// What makes a series cumulative: at least so many moves one way, more than
// half of all steps, and no step back of more than the tolerance.
const (
	cumulativeMoves     = 5
	CumulativeTolerance = 0.02 // as a share of the range of the values
)

// Cumulative is the judgement whether a series is a growth curve, such as an
// adoption rate or a running total: from its first move to its last more than
// half of its steps go the same way, at least five do, and none goes back by
// more than CumulativeTolerance of its range. On such a series every chart of
// a stable process flags nearly every point and says only that it rose.
type Cumulative struct {
	Is    bool `json:"is"`
	Side  Side `json:"direction,omitempty"` // high: it rises; low: it falls
	Steps int  `json:"steps"`               // between neighbouring values, first move to last
	Moves int  `json:"moves"`               // steps that way
	// StepBack is the largest step the other way, as a share of the range.
	StepBack float64 `json:"largest_step_back"`
}

// cumulative judges points in order of their dates; missing and excluded ones
// are passed over.
func cumulative(points []PointResult) Cumulative {
	var first, last, low, high float64
	known := false
	for i := range points {
		if !points[i].used() {
			continue
		}
		last = points[i].Value.value
		if !known {
			first, low, high, known = last, last, last, true
		}
		low, high = min(low, last), max(high, last)
	}
	c := Cumulative{Side: sideOf(compare(last, first, 1e-12*max(high, -low)))}
	if c.Side == "" {
		return c
	}
	sign := 1.0
	if c.Side == Low {
		sign = -1
	}
	c.count(points, sign, high-low)
	c.Is = c.Moves >= cumulativeMoves && 2*c.Moves > c.Steps && c.StepBack <= CumulativeTolerance
	return c
}

// count counts steps in the direction of sign; level steps before the first
// move and after the last do not count, for a curve may start and end flat.
func (c *Cumulative) count(points []PointResult, sign, span float64) {
	previous, level := Figure{}, 0
	for i := range points {
		if !points[i].used() {
			continue
		}
		value := points[i].Value
		move := sign * (value.value - previous.value)
		switch {
		case !previous.defined:
		case move == 0 && c.Moves == 0:
		case move > 0:
			c.Steps += level + 1
			c.Moves++
			level = 0
		default:
			level++
			c.StepBack = max(c.StepBack, -move/span)
		}
		previous = value
	}
}
