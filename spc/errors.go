package spc

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInput marks every error that the caller's data or settings caused, as
// opposed to a failing reader. Its message names what is wrong, where, and
// what to do.
var ErrInput = errors.New("invalid series or settings")

// InputError is an ErrInput. Empty fields do not apply.
type InputError struct {
	Row     int    // row of a file or sheet, the header being row 1
	Column  string // header of the column
	Date    string // the date that the point, rebase or target belongs to
	Value   string // the offending value as given
	Problem string // what is wrong
	Remedy  string // what to do
}

// Error joins place, problem and remedy in one line.
func (e *InputError) Error() string {
	var place []string
	if e.Row > 0 {
		place = append(place, fmt.Sprintf("row %d", e.Row))
	}
	if e.Column != "" {
		place = append(place, fmt.Sprintf("column %q", e.Column))
	}
	if e.Date != "" {
		place = append(place, "date "+e.Date)
	}
	if e.Value != "" {
		place = append(place, fmt.Sprintf("value %q", shortened(e.Value)))
	}
	text := e.Problem
	if len(place) > 0 {
		text = strings.Join(place, ", ") + ": " + text
	}
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

// Is reports that the error is an ErrInput.
func (e *InputError) Is(target error) bool { return target == ErrInput }

// shortened keeps a hostile value from filling the screen.
func shortened(value string) string {
	const most = 60
	runes := []rune(value[:min(len(value), 4*most)])
	if len(runes) <= most {
		return value
	}
	return string(runes[:most]) + "…"
}
