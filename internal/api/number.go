package api

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"sir/internal/exchange"
)

// Number is a value as its sender wrote it in JSON. It is read with the rest of
// the sending, so that one that does not fit is a conflict beside the others.
type Number string

// UnmarshalJSON implements json.Unmarshaler; it takes whatever stands there.
func (n *Number) UnmarshalJSON(text []byte) error {
	*n = Number(text)
	return nil
}

// Schema implements huma.SchemaProvider. The type is only told: huma does not
// hold a value against it, and would stop at the first that does not fit.
func (Number) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Format: "int64", Extensions: map[string]any{"type": huma.TypeInteger}}
}

// What stands in a cell for what is no whole number of 64 bits, so that the
// reader of tables says why. What was sent is put back into its conflict.
const (
	beyondCell   = "99999999999999999999"
	fractionCell = "0.5"
	otherCell    = "?"
)

// longestNumber bounds the work on a number that is written in a roundabout way.
const longestNumber = 40

// cell writes the number with digits alone: in JSON 4, 4.0 and 4e0 are the same.
func (n Number) cell() string {
	text := string(n)
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return text
	}
	about, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return otherCell
	case math.Abs(about) >= 1<<63:
		return beyondCell
	case len(text) > longestNumber:
		return otherCell
	}
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	if about == 0 && strings.Trim(mantissa, "-.0") != "" {
		return fractionCell // of so many digits that a float says 0
	}
	exact, ok := new(big.Rat).SetString(text)
	switch {
	case !ok:
		return otherCell
	case !exact.IsInt():
		return fractionCell
	}
	return exact.Num().String()
}

// asSent puts into the conflicts about values what was sent there.
func asSent(conflicts []exchange.Conflict, values []Value) {
	for i := range conflicts {
		c := &conflicts[i]
		if c.Column != "value" || c.Row < 2 || values[c.Row-2].Value == nil {
			continue
		}
		c.Value = clip(string(*values[c.Row-2].Value))
	}
}
