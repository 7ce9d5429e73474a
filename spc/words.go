package spc

// Text says what the icon means.
func (v Variation) Text() string {
	switch v {
	case VariationCommonCause:
		return "common cause: no sign of change"
	case ImprovementHigh:
		return "special cause, improvement: higher"
	case ImprovementLow:
		return "special cause, improvement: lower"
	case ConcernHigh:
		return "special cause, concern: higher"
	case ConcernLow:
		return "special cause, concern: lower"
	case NeutralHigh:
		return "special cause: higher"
	case NeutralLow:
		return "special cause: lower"
	case VariationNotEnough:
		return "not enough data"
	}
	return "not shown on a run chart"
}

// Text says what the icon means.
func (a Assurance) Text() string {
	switch a {
	case Pass:
		return "pass: the process, as it is, will meet the target each time"
	case Fail:
		return "fail: the process, as it is, will not meet the target"
	case HitOrMiss:
		return "hit or miss: the process, as it is, will sometimes meet the target"
	case AssuranceNotEnough:
		return "not enough data"
	}
	return "no target to judge"
}

// Text says why the rule names a point; without a rule, nothing.
func (r Rule) Text() string {
	switch r {
	case Outside:
		return "outside the limits"
	case Trend:
		return "part of a trend"
	case TwoOfThree:
		return "2 of 3 points near a limit"
	case Shift:
		return "part of a shift"
	}
	return ""
}

// Text says what the class means.
func (c Class) Text() string {
	switch c {
	case Improvement:
		return "improvement"
	case Concern:
		return "concern"
	case SpecialNeutral:
		return "special cause"
	}
	return "common cause"
}
