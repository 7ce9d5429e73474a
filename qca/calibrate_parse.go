package qca

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ParseCalibration reads a calibration as text: a method, then its numbers.
//
//	crisp 50             one threshold, or several for a multi-value set
//	direct e=5,c=10,i=20 anchors of the logistic; also idm=0.99
//	linear e=5,c=10,i=20 straight lines; also below=2,above=2
//	linear e1=..,c1=..,i1=..,i2=..,c2=..,e2=..  a bell, or a trough (i1 .. e1, e2 .. i2)
//	ecdf e=5,c=10,i=20   by the share of the values below
//	indirect 5,10,20     groups by thresholds; also indirect-logit, indirect-beta
//	tfr                  totally fuzzy and relative
func ParseCalibration(text string) (Calibration, error) {
	method, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	switch method {
	case "crisp":
		thresholds, err := parseNumbers(rest)
		return CrispCalibration{thresholds}, err
	case "direct":
		return parseDirect(rest, Logistic)
	case "linear":
		return parseDirect(rest, Power)
	case "ecdf":
		return parseDirect(rest, Distribution)
	case "indirect", "indirect-logit", "indirect-beta":
		thresholds, err := parseNumbers(rest)
		model := map[string]IndirectModel{"indirect": FractionalLogit, "indirect-logit": LinearLogit, "indirect-beta": LinearBeta}[method]
		return IndirectCalibration{thresholds, model}, err
	case "tfr":
		if strings.TrimSpace(rest) != "" {
			return nil, &InputError{Value: rest, Problem: "the totally fuzzy and relative method takes no numbers", Remedy: "write tfr"}
		}
		return RelativeCalibration{}, nil
	}
	return nil, &InputError{Value: method, Problem: "no such method of calibration", Remedy: "use crisp, direct, linear, ecdf, indirect, indirect-logit, indirect-beta or tfr"}
}

func parseNumbers(text string) ([]float64, error) {
	var numbers []float64
	for part := range strings.SplitSeq(text, ",") {
		v, err := parseNumber(part)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, v)
	}
	return numbers, checkThresholds(numbers)
}

func parseNumber(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, &InputError{Value: strings.TrimSpace(text), Problem: "not a number", Remedy: "write numbers with a decimal point, separated by commas"}
	}
	return v, nil
}

func parseDirect(text string, shape Shape) (Calibration, error) {
	d := DirectCalibration{Shape: shape}
	values := make(map[string]float64)
	for part := range strings.SplitSeq(text, ",") {
		name, number, assigned := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		known := []string{"e", "c", "i", "e1", "c1", "i1", "e2", "c2", "i2", "idm", "below", "above"}
		if _, twice := values[name]; !assigned || twice || !slices.Contains(known, name) {
			return nil, &InputError{Value: strings.TrimSpace(part), Problem: "not an anchor, or one given twice", Remedy: "write for example e=5,c=10,i=20"}
		}
		v, err := parseNumber(number)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values[name] = v
	}
	for _, suffix := range []string{"", "1", "2"} {
		for name, list := range map[string]*[]float64{"e": &d.Out, "c": &d.Cross, "i": &d.In} {
			if v, given := values[name+suffix]; given {
				*list = append(*list, v)
			}
		}
	}
	d.Degree, d.Below, d.Above = values["idm"], values["below"], values["above"]
	_, err := d.Calibrate(nil)
	return d, err
}
