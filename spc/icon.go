package spc

// Variation is the Making Data Count icon for variation: the class of the
// latest point of a part.
type Variation string

// The variation icons.
const (
	VariationCommonCause Variation = "common_cause"
	ImprovementHigh      Variation = "improvement_high"
	ImprovementLow       Variation = "improvement_low"
	ConcernHigh          Variation = "concern_high"
	ConcernLow           Variation = "concern_low"
	NeutralHigh          Variation = "neutral_high"
	NeutralLow           Variation = "neutral_low"
	VariationNotEnough   Variation = "not_enough_data" // no limits can be set
	NoVariation          Variation = "none"            // a run chart has none
)

// Assurance is the icon that says whether the process, left as it is, will
// meet its target: that of the last date of the part.
type Assurance string

// The assurance icons.
const (
	Pass               Assurance = "pass"
	Fail               Assurance = "fail"
	HitOrMiss          Assurance = "hit_or_miss" // the target lies between or on the limits
	AssuranceNotEnough Assurance = "not_enough_data"
	NoAssurance        Assurance = "none" // no target then, or neither direction is better
)

// setIcons sets both icons of a part that has been flagged.
func (part *Part) setIcons(points []PointResult, better Direction) {
	latest := -1
	for i := range points {
		if points[i].used() {
			latest = i
		}
	}
	if latest < 0 || !part.Upper.defined {
		part.Variation = VariationNotEnough
	} else {
		part.Variation = variation(points[latest].Class, points[latest].Side)
	}
	part.Assurance = assurance(part, points[len(points)-1].Target, better)
}

func variation(class Class, side Side) Variation {
	if class == CommonCause {
		return VariationCommonCause
	}
	return Variation(string(class) + "_" + string(side))
}

// assurance compares the target with the limits. A target on a limit is hit or
// miss; but where nothing varies and the limits are the mean, a target on the
// mean is met.
func assurance(part *Part, target Figure, better Direction) Assurance {
	if !target.defined || better == Neutral {
		return NoAssurance
	}
	if !part.Upper.defined {
		return AssuranceNotEnough
	}
	above := compare(target.value, part.Upper.value, part.rounding)
	below := compare(part.Lower.value, target.value, part.rounding)
	constant := compare(part.Upper.value, part.Lower.value, part.rounding) == 0
	switch {
	case constant && above == 0 && below == 0:
		return Pass
	case above > 0 && better == Increase, below > 0 && better == Decrease:
		return Fail
	case above > 0, below > 0:
		return Pass
	}
	return HitOrMiss
}
