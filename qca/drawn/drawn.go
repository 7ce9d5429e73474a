// Package drawn makes benchmark data for QCA from fixed seeds, so that every
// implementation can be given the same tables.
package drawn

import (
	"fmt"
	"math"

	"sir/qca"
)

// Kind is how the conditions C1 to Ck and the outcome Y are drawn.
type Kind int

// The kinds.
const (
	// Struct: Y = C1*C2 + ~C1*C3*~C4 + C4*C5*~C6 + C6*C7*~C8, crisp.
	Struct Kind = iota + 1
	// Rand: Y is a hash bit of the crisp conditions.
	Rand
	// Noisy: as Struct, with one outcome in twenty flipped.
	Noisy
	// Fuzzy: Y is near C1*C2 + ~C1*C3*~C4 + C4*C5*~C6, in hundredths, never 0.5.
	Fuzzy
	// MultiValue: three values each, Y = C1[2]*C2[1] + C1[0]*C3[2] + C4[1]*C5[0] + C3[1]*C6[2].
	MultiValue
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"struct", "rand", "noisy", "fuzzy", "multi-value"}[k-1]
}

// Settings are those of a truth table of this kind of data.
func (k Kind) Settings() qca.Settings {
	s := qca.Settings{Outcome: "Y"}
	switch k {
	case Noisy:
		s.Inclusion = 0.75
	case Fuzzy:
		s.Inclusion = 0.9
	}
	return s
}

// Table draws n cases of k conditions: at least 8 for Struct and Noisy, 6 for
// Fuzzy and MultiValue.
func Table(kind Kind, k, n int) (*qca.Table, error) {
	x := newXorshift(kind, k, n)
	columns := make([]qca.Column, k+1)
	for i := range k {
		columns[i].Name = fmt.Sprintf("C%d", i+1)
		if kind == MultiValue {
			columns[i].Levels = 3
		}
	}
	columns[k].Name = "Y"
	cases := make([]string, n)
	for i := range cases {
		cases[i] = fmt.Sprint(i + 1)
		values := x.draw(kind, k)
		for j, v := range values {
			columns[j].Values = append(columns[j].Values, v)
		}
	}
	return qca.NewTable(cases, columns)
}

// draw returns one case: its conditions, then its outcome.
func (x *xorshift) draw(kind Kind, k int) []float64 {
	c := make([]float64, k+2) // from 1, as in the formulas
	code := uint64(0)
	for i := 1; i <= k; i++ {
		switch kind {
		case Fuzzy:
			c[i] = x.member()
		case MultiValue:
			c[i] = float64(x.next() >> 33 % 3)
		default:
			bit := x.next() >> 63
			c[i] = float64(bit)
			code |= bit << (i - 1)
		}
	}
	switch kind {
	case Rand:
		c[k+1] = float64(mix64(code) & 1)
	case Fuzzy:
		m := max(min(c[1], c[2]), min(1-c[1], c[3], 1-c[4]), min(c[4], c[5], 1-c[6]))
		c[k+1] = hundredths(0.9*m + 0.1*x.unit())
	case MultiValue:
		c[k+1] = truth(c[1] == 2 && c[2] == 1 || c[1] == 0 && c[3] == 2 || c[4] == 1 && c[5] == 0 || c[3] == 1 && c[6] == 2)
	default:
		in := func(i int) bool { return c[i] == 1 }
		y := in(1) && in(2) || !in(1) && in(3) && !in(4) || in(4) && in(5) && !in(6) || in(6) && in(7) && !in(8)
		if kind == Noisy && x.unit() < 0.05 {
			y = !y
		}
		c[k+1] = truth(y)
	}
	return c[1:]
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// hundredths rounds to two decimals and moves 0.5 off the crossover.
func hundredths(v float64) float64 {
	h := math.Floor(100*v+0.5) / 100
	if h == 0.5 {
		return 0.51
	}
	return h
}

// xorshift is xorshift64* (Vigna 2016).
type xorshift uint64

func newXorshift(kind Kind, k, n int) *xorshift {
	x := xorshift(88172645463325252 ^ uint64(int(kind)*1000003+k*10007+n*101))
	for range 20 {
		x.next()
	}
	return &x
}

func (x *xorshift) next() uint64 {
	s := uint64(*x)
	s ^= s >> 12
	s ^= s << 25
	s ^= s >> 27
	*x = xorshift(s)
	return s * 2685821657736338717
}

func (x *xorshift) unit() float64 { return float64(x.next()>>11) / (1 << 53) }

// member is a membership, more often near 0 and 1 than in between.
func (x *xorshift) member() float64 {
	t := x.unit()
	for range 3 {
		t = t * t * (3 - 2*t)
	}
	return hundredths(t)
}

// mix64 is the splitmix64 finaliser (Steele, Lea and Flood 2014).
func mix64(z uint64) uint64 {
	z += 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
