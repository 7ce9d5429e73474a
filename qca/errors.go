package qca

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInput marks every error that the caller's data, settings or expression
// caused, as opposed to a failing reader or a cancelled context. Its message
// names what is wrong, where, and what to do.
var ErrInput = errors.New("invalid QCA input")

// InputError is an ErrInput. Empty fields do not apply.
type InputError struct {
	Case    string // id of the case
	Column  string // name of the condition, outcome or column
	Value   string // the offending value as given
	Line    int    // line of a file, from 1
	Problem string // what is wrong
	Remedy  string // what to do
}

// Error joins place, problem and remedy in one line.
func (e *InputError) Error() string {
	var b strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&b, "line %d, ", e.Line)
	}
	if e.Case != "" {
		fmt.Fprintf(&b, "case %q, ", e.Case)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, "column %q, ", e.Column)
	}
	if e.Value != "" {
		fmt.Fprintf(&b, "value %q, ", e.Value)
	}
	place := strings.TrimSuffix(b.String(), ", ")
	b.Reset()
	if place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(e.Problem)
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
}

// Is reports that the error is an ErrInput.
func (e *InputError) Is(target error) bool { return target == ErrInput }
