package qca

import (
	"encoding/json"
	"strconv"
)

// Figure is a measure that may be undefined, such as a ratio 0/0. The zero
// Figure is undefined. It marshals to a JSON number, or to null when
// undefined; no figure is ever NaN or infinite.
type Figure struct {
	value   float64
	defined bool
}

// Defined returns a defined figure of value v.
func Defined(v float64) Figure { return Figure{value: v, defined: true} }

// ratio returns num/den, undefined where den is zero.
func ratio(num, den float64) Figure {
	if den == 0 {
		return Figure{}
	}
	return Defined(num / den)
}

// Value returns the figure and whether it is defined; an undefined figure's
// value is zero.
func (f Figure) Value() (v float64, ok bool) { return f.value, f.defined }

// AtLeast reports whether the figure is defined and not below cut. Sums of
// memberships carry rounding error, so a shortfall below 1e-9 is forgiven.
func (f Figure) AtLeast(cut float64) bool {
	return f.defined && f.value >= cut-tolerance
}

// tolerance is how far two figures may lie apart and count as equal.
const tolerance = 1e-9

// String gives three decimals, or a dash when the figure is undefined.
func (f Figure) String() string {
	if !f.defined {
		return "-"
	}
	return strconv.FormatFloat(f.value, 'f', 3, 64)
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
