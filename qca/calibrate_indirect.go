package qca

import (
	"fmt"
	"math"
	"slices"
)

// IndirectModel is the regression of an indirect calibration.
type IndirectModel int

// The models. With q the value's qualitative group as a membership and x the
// value, all are regressions of q on x with a logit link.
const (
	FractionalLogit IndirectModel = iota // on log x, sqrt x, x and x squared (Dusa 2019); x above 0
	LinearLogit                          // on x
	LinearBeta                           // on x, with q beta distributed (Ferrari and Cribari-Neto 2004)
)

// IndirectCalibration groups the values by thresholds, gives the groups equally
// spaced memberships from 0 to 1, and takes the memberships that a regression
// on the values predicts (Ragin 2008).
type IndirectCalibration struct {
	Thresholds []float64
	Model      IndirectModel
}

// Calibrate is described with the type.
func (c IndirectCalibration) Calibrate(values []float64) ([]float64, error) {
	if err := checkThresholds(c.Thresholds); err != nil {
		return nil, err
	}
	groups := make([]float64, len(values))
	design := make([][]float64, len(values))
	for i, v := range values {
		if v <= 0 && c.Model == FractionalLogit {
			return nil, &InputError{Value: formatNumber(v), Problem: "the indirect method takes logarithms and so values above 0",
				Remedy: "use the logit model, or shift the values"}
		}
		groups[i] = float64(c.group(v)) / float64(len(c.Thresholds))
		design[i] = []float64{1, v}
		if c.Model == FractionalLogit {
			design[i] = []float64{1, math.Log(v), math.Sqrt(v), v, v * v}
		}
	}
	fit := logitFit
	if c.Model == LinearBeta {
		fit = betaFit
	}
	member, err := fit(design, groups)
	if err != nil {
		return nil, fmt.Errorf("indirect calibration: %w", err)
	}
	for i, m := range member {
		if c.Model == FractionalLogit {
			member[i] = settle(m)
		}
	}
	return member, nil
}

// group counts the thresholds below v. One at v counts as well, but not for
// the fractional model, which follows the R package here.
func (c IndirectCalibration) group(v float64) int {
	n := reached(c.Thresholds, v)
	if c.Model == FractionalLogit && slices.Contains(c.Thresholds, v) {
		n--
	}
	return n
}
