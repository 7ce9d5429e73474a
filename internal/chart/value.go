package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Value is a number, or the lack of one with a reason. The zero Value is missing: a blank is not a zero.
type Value struct {
	number float64
	known  bool
	why    string
}

// Number is a known value.
func Number(v float64) Value { return Value{number: v, known: true} }

// Missing is a value that is not there, and why: "not reported".
func Missing(why string) Value { return Value{why: why} }

// Known returns the number and whether there is one.
func (v Value) Known() (float64, bool) { return v.number, v.known }

// Largest is the largest size of a number a chart takes. Beyond it labels no longer fit.
const Largest = 1e12

func (v Value) validate(where string) error {
	if v.known && (math.IsNaN(v.number) || math.Abs(v.number) > Largest) {
		return fmt.Errorf("%w: %s is %v; use a number of at most %g, or Missing", ErrInvalid, where, v.number, float64(Largest))
	}
	return nil
}

// Measure says how numbers are written.
type Measure struct {
	Unit     string // put straight after the number: "%", " days"; at most 24 bytes
	Decimals int    // digits after the point, 0 to 6
}

func (m Measure) validate() error {
	if m.Decimals < 0 || m.Decimals > 6 {
		return fmt.Errorf("%w: %d decimals; use 0 to 6", ErrInvalid, m.Decimals)
	}
	if len(m.Unit) > 24 {
		return fmt.Errorf("%w: unit %.24q...; use at most 24 bytes", ErrInvalid, m.Unit)
	}
	return nil
}

// cell writes a value for a table or a file: no unit, no thousands separator.
func (m Measure) cell(v Value) string {
	if !v.known {
		return v.reason()
	}
	return plain(v.number, m.Decimals)
}

// say writes a value for people.
func (m Measure) say(v Value) string {
	if !v.known {
		return v.reason()
	}
	return grouped(plain(v.number, m.Decimals)) + m.Unit
}

// header adds the unit to a column header.
func (m Measure) header(name string) string {
	if unit := strings.TrimSpace(m.Unit); unit != "" {
		return name + " (" + unit + ")"
	}
	return name
}

func (v Value) reason() string {
	if v.why == "" {
		return "no value"
	}
	return v.why
}

func plain(v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-") // rounded to zero
	}
	return text
}

// grouped puts commas between the thousands of a plain number.
func grouped(number string) string {
	sign, digits := "", number
	if strings.HasPrefix(number, "-") {
		sign, digits = "-", number[1:]
	}
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasFraction {
		whole += "." + fraction
	}
	return sign + whole
}
