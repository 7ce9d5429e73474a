package qca

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Calibration turns the raw values of one column into set values: memberships
// from 0 to 1, or whole numbers from 0. It answers an InputError when its
// anchors or thresholds are no use, or do not suit the values.
type Calibration interface {
	Calibrate(values []float64) ([]float64, error)
}

// CrispCalibration gives each value the number of thresholds that it reaches: one
// threshold makes a crisp set, more a multi-value one.
type CrispCalibration struct{ Thresholds []float64 }

// Calibrate is described with the type.
func (c CrispCalibration) Calibrate(values []float64) ([]float64, error) {
	if err := checkThresholds(c.Thresholds); err != nil {
		return nil, err
	}
	set := make([]float64, len(values))
	for i, v := range values {
		set[i] = float64(reached(c.Thresholds, v))
	}
	return set, nil
}

// reached counts the thresholds that are not above v.
func reached(thresholds []float64, v float64) int {
	n := 0
	for _, t := range thresholds {
		if v >= t {
			n++
		}
	}
	return n
}

func checkThresholds(thresholds []float64) error {
	switch {
	case len(thresholds) == 0:
		return &InputError{Problem: "no threshold is given", Remedy: "give one or more, separated by commas"}
	case len(thresholds) >= MaxLevels:
		return &InputError{Problem: fmt.Sprintf("%d thresholds", len(thresholds)), Remedy: fmt.Sprintf("give at most %d", MaxLevels-1)}
	case slices.ContainsFunc(thresholds, func(t float64) bool { return math.IsNaN(t) || math.IsInf(t, 0) }):
		return &InputError{Problem: "a threshold is not a finite number", Remedy: "give numbers"}
	}
	for i := 1; i < len(thresholds); i++ {
		if thresholds[i] <= thresholds[i-1] {
			return &InputError{Value: formatNumber(thresholds[i]), Problem: "the threshold is not above the one before it", Remedy: "give them in increasing order"}
		}
	}
	return nil
}

// Shape is how membership moves between the anchors of a direct calibration.
type Shape int

// The shapes.
const (
	Logistic     Shape = iota // an S curve through the three anchors (Ragin 2008)
	Power                     // straight lines, or powers of them
	Distribution              // the share of the values below
)

// DirectCalibration gives memberships through anchors: full exclusion,
// crossover and full inclusion (Ragin 2008; Dusa 2019). Where exclusion is
// above inclusion, membership decreases.
type DirectCalibration struct {
	// Out, Cross and In have one value each, or two for a bell: the first on
	// its left side, the second on its right. A bell has no Logistic shape.
	Out, Cross, In []float64
	Shape          Shape
	// Degree is the membership at full inclusion of the Logistic shape, and one
	// less that at full exclusion; zero means 0.95.
	Degree float64
	// Below and Above are the powers of the Power shape under and over the
	// crossover; zero means 1, a straight line.
	Below, Above float64
}

// Calibrate is described with the type.
func (d DirectCalibration) Calibrate(values []float64) ([]float64, error) {
	d.Degree, d.Below, d.Above = cmp.Or(d.Degree, 0.95), cmp.Or(d.Below, 1), cmp.Or(d.Above, 1)
	if err := d.check(); err != nil {
		return nil, err
	}
	left := side{d.Out[0], d.Cross[0], d.In[0], d}
	member := make([]float64, len(values))
	for i, v := range values {
		member[i] = settle(left.membership(v, values))
	}
	if len(d.Out) == 1 {
		return member, nil
	}
	// A bell is as much in as its sides both are, a trough as its sides either are.
	right := side{d.Out[1], d.Cross[1], d.In[1], d}
	join := func(a, b float64) float64 { return min(a, b) }
	if left.out > left.in {
		join = func(a, b float64) float64 { return max(a, b) }
	}
	for i, v := range values {
		member[i] = join(member[i], settle(right.membership(v, values)))
	}
	return member, nil
}

func (d DirectCalibration) check() error {
	n := len(d.Out)
	if n != len(d.Cross) || n != len(d.In) || n < 1 || n > 2 {
		return &InputError{Problem: "there are not three anchors, or six", Remedy: "give e, c and i, or e1, c1, i1, i2, c2 and e2"}
	}
	for s := range n {
		order := []float64{d.Out[s], d.Cross[s], d.In[s]}
		if d.Out[s] > d.In[s] {
			slices.Reverse(order)
		}
		if !(order[0] < order[1] && order[1] < order[2]) {
			return &InputError{Value: fmt.Sprintf("%g, %g, %g", d.Out[s], d.Cross[s], d.In[s]), Problem: "the crossover does not lie between exclusion and inclusion",
				Remedy: "give anchors that only rise or only fall"}
		}
	}
	switch {
	case n == 2 && d.Shape != Power:
		return &InputError{Problem: "a bell has straight or power sides", Remedy: "ask for the linear shape"}
	case n == 2 && (d.Out[0] < d.In[0]) == (d.Out[1] < d.In[1]):
		return &InputError{Problem: "both sides of the bell rise, or both fall", Remedy: "give e1, c1, i1, i2, c2, e2 in this order, or all reversed"}
	case n == 2 && max(d.Out[0], d.In[0]) > min(d.Out[1], d.In[1]):
		return &InputError{Problem: "the sides of the bell overlap", Remedy: "end the left side before the right one begins"}
	case d.Degree <= 0.5 || d.Degree >= 1:
		return &InputError{Value: formatNumber(d.Degree), Problem: "the degree of membership at the anchors is not between 0.5 and 1", Remedy: "give for example 0.95"}
	case !(d.Below > 0 && d.Above > 0) || math.IsInf(d.Below+d.Above, 0):
		return &InputError{Problem: "a power is not above zero", Remedy: "give for example 1 or 2"}
	}
	return nil
}

// side is one slope of a calibration.
type side struct {
	out, cross, in float64
	DirectCalibration
}

// membership of a value; all values make up the distribution.
func (s side) membership(v float64, values []float64) float64 {
	if s.Shape == Logistic {
		return s.logistic(v)
	}
	sign := 1.0 // of a rising side
	if s.out > s.in {
		sign = -1
	}
	switch at, out, cross, in := sign*v, sign*s.out, sign*s.cross, sign*s.in; {
	case at <= out:
		return 0
	case at >= in:
		return 1
	case s.Shape == Distribution:
		return s.share(v, values, sign)
	case at <= cross:
		return math.Pow((at-out)/(cross-out), s.Below) / 2
	default:
		return 1 - math.Pow((in-at)/(in-cross), s.Above)/2
	}
}

// logistic is 1 / (1 + exp(-L (v-c)/(a-c))) with L the log odds of the degree
// and a the anchor on v's side of the crossover, with its sign.
func (s side) logistic(v float64) float64 {
	odds := math.Log(s.Degree / (1 - s.Degree))
	reach := s.in - s.cross
	if (v < s.cross) == (s.cross < s.in) {
		reach = s.cross - s.out
	}
	return inverseLogit(odds * (v - s.cross) / reach)
}

// settle makes memberships within 0.0001 of 0 and 1 full ones, as the R package
// does.
func settle(membership float64) float64 {
	switch {
	case membership < 0.0001:
		return 0
	case membership > 0.9999:
		return 1
	}
	return membership
}

// share is half the share of the values from exclusion to crossover that are
// not beyond v, or a half and half the share from crossover to inclusion.
func (s side) share(v float64, values []float64, sign float64) float64 {
	at, cross := sign*v, sign*s.cross
	within, below := 0, 0
	for _, other := range values {
		o := sign * other
		if at <= cross && o >= sign*s.out && o <= cross || at > cross && o > cross && o <= sign*s.in {
			within++
			if o <= at {
				below++
			}
		}
	}
	if at <= cross {
		return float64(below) / float64(within) / 2
	}
	return 0.5 + float64(below)/float64(within)/2
}

// RelativeCalibration is the totally fuzzy and relative one (Cheli and Lemmi
// 1995) for ordered categories: with F the share of values not above,
// membership is (F(v) - F(lowest)) / (1 - F(lowest)).
type RelativeCalibration struct{}

// Calibrate is described with the type.
func (RelativeCalibration) Calibrate(values []float64) ([]float64, error) {
	if len(values) == 0 {
		return nil, &InputError{Problem: "there are no values to calibrate", Remedy: "give at least two"}
	}
	sorted := slices.Sorted(slices.Values(values))
	notAbove := func(v float64) float64 {
		n, _ := slices.BinarySearchFunc(sorted, v, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		return float64(n) / float64(len(sorted))
	}
	lowest := notAbove(sorted[0])
	if lowest == 1 {
		return nil, &InputError{Value: formatNumber(sorted[0]), Problem: "every value is the same", Remedy: "calibrate a column that varies"}
	}
	member := make([]float64, len(values))
	for i, v := range values {
		member[i] = (notAbove(v) - lowest) / (1 - lowest)
	}
	return member, nil
}
