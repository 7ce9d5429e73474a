package spc

import (
	"encoding/json"
	"math"
	"strconv"
)

// Figure is a number that may be missing or undefined: a value that nobody
// returned, a limit that too few points allow. The zero Figure is undefined,
// so that a blank never becomes a zero. It marshals to a JSON number or null.
type Figure struct {
	value   float64
	defined bool
}

// Defined returns a defined figure of value v. Analyse refuses a NaN, an
// infinity and anything beyond 1e100 in a series.
func Defined(v float64) Figure { return Figure{value: v, defined: true} }

// Value returns the figure and whether it is defined; an undefined figure's
// value is zero.
func (f Figure) Value() (v float64, ok bool) { return f.value, f.defined }

// finite reports that a defined figure is a number whose sums and squares are
// numbers, too.
func (f Figure) finite() bool {
	return !f.defined || math.Abs(f.value) <= 1e100 // false for NaN
}

// String gives up to four decimals, or a dash when the figure is undefined.
func (f Figure) String() string {
	if !f.defined {
		return "-"
	}
	text := strconv.FormatFloat(f.value, 'f', 4, 64)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// MarshalJSON writes a number or null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.defined {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// UnmarshalJSON reads a number or null.
func (f *Figure) UnmarshalJSON(data []byte) error {
	var v *float64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*f = Figure{}
	if v != nil {
		*f = Defined(*v)
	}
	return nil
}
