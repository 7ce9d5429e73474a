package qca

import (
	"fmt"
	"math/big"
)

// Ratio is an exact fraction, so that a rule such as "at least one third" is
// met by 5 of 15 whatever the rounding. The zero Ratio means "none given".
type Ratio struct{ Num, Den int }

// ParseRatio reads "1/3", "0.25" or "25%".
func ParseRatio(text string) (Ratio, error) {
	bad := &InputError{Value: text, Problem: "not a share", Remedy: "write for example 1/3, 0.25 or 25%"}
	number, percent := text, false
	if n := len(text); n > 0 && text[n-1] == '%' {
		number, percent = text[:n-1], true
	}
	if len(number) > 12 {
		return Ratio{}, bad
	}
	for _, r := range number {
		if (r < '0' || r > '9') && r != '.' && r != '/' {
			return Ratio{}, bad
		}
	}
	value, ok := new(big.Rat).SetString(number)
	if !ok {
		return Ratio{}, bad
	}
	if percent {
		value.Quo(value, big.NewRat(100, 1))
	}
	if value.Cmp(big.NewRat(1, 1)) > 0 {
		return Ratio{}, bad
	}
	return Ratio{int(value.Num().Int64()), int(value.Denom().Int64())}, nil
}

// String writes the fraction.
func (r Ratio) String() string { return fmt.Sprintf("%d/%d", r.Num, r.Den) }

// MarshalText writes the fraction.
func (r Ratio) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the fraction, above 1 as well.
func (r *Ratio) UnmarshalText(text []byte) error {
	var read Ratio
	if n, err := fmt.Sscanf(string(text), "%d/%d", &read.Num, &read.Den); err != nil || n != 2 || read.Den < 0 {
		return &InputError{Value: string(text), Problem: "not a fraction", Remedy: "write for example 4/15"}
	}
	*r = read
	return nil
}

// compare returns -1, 0 or 1; both denominators are above zero.
func (r Ratio) compare(other Ratio) int {
	return big.NewRat(int64(r.Num), int64(r.Den)).Cmp(big.NewRat(int64(other.Num), int64(other.Den)))
}

// Inequality says which side of a cut the cut itself is on.
type Inequality int

// The inequalities.
const (
	AtLeast  Inequality = iota // >=
	MoreThan                   // >
)

// String gives the sign.
func (q Inequality) String() string { return [...]string{">=", ">"}[q] }

// MarshalText writes the sign.
func (q Inequality) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads the sign.
func (q *Inequality) UnmarshalText(text []byte) error {
	switch string(text) {
	case ">=":
		*q = AtLeast
	case ">":
		*q = MoreThan
	default:
		return &InputError{Value: string(text), Problem: "not an inequality", Remedy: "use >= or >"}
	}
	return nil
}

func (q Inequality) holds(value, cut Ratio) bool {
	d := value.compare(cut)
	return d > 0 || d == 0 && q == AtLeast
}
