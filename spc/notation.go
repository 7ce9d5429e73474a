package spc

import "strings"

// ParseStep reads a value that holds from a date, 2019-04-01=60, or from the
// beginning, 60. 2020-04-01= ends it.
func ParseStep(text string) (Step, error) {
	date, value, dated := strings.Cut(text, "=")
	var step Step
	var err error
	if !dated {
		value = date
	} else if step.From, err = ParseDate(strings.TrimSpace(date)); err != nil {
		return Step{}, err
	}
	value = strings.TrimSpace(value)
	if step.Value, err = parseFigure(value); err != nil {
		return Step{}, err
	}
	if !dated && !step.Value.defined {
		return Step{}, &InputError{Value: text, Problem: "no value", Remedy: "write 60, or 2019-04-01=60"}
	}
	return step, nil
}

// ParseNote reads a date and the reason for what is done there,
// 2019-04-01=new clinic; the reason may be left out.
func ParseNote(text string) (Note, error) {
	date, reason, _ := strings.Cut(text, "=")
	d, err := ParseDate(strings.TrimSpace(date))
	if err != nil {
		return Note{}, err
	}
	return Note{Date: d, Reason: strings.TrimSpace(reason)}, nil
}
