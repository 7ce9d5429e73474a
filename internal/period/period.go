package period

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// ErrInvalid is wrapped by every error of this package.
var ErrInvalid = errors.New("not a reporting period")

// Kind is the length of a period; its number is that length in months.
type Kind uint8

// The three kinds. Quarters and years follow the UK financial year: Q1 is April to June.
const (
	Month   Kind = 1
	Quarter Kind = 3
	Year    Kind = 12
)

// Months returns the length of a period of this kind.
func (k Kind) Months() int { return int(k) }

// Valid reports whether k is one of the three kinds.
func (k Kind) Valid() bool { return k == Month || k == Quarter || k == Year }

// String returns the kind in words, for messages and tables.
func (k Kind) String() string {
	switch k {
	case Month:
		return "month"
	case Quarter:
		return "quarter"
	case Year:
		return "financial year"
	}
	return fmt.Sprintf("unknown kind %d", uint8(k))
}

// FirstYear and LastYear bound the calendar years in which a period may start. They catch mistyped years and keep every
// Sequence short (at most 3,600 months).
const (
	FirstYear = 1900
	LastYear  = 2199
)

// Period is one month, quarter or financial year. The zero Period is no period. Periods compare with == and may be map
// keys.
type Period struct {
	kind  Kind
	start int32 // months since January of year 0
}

// New returns the period of the given kind that starts in that calendar month. It wraps ErrInvalid when the kind is
// unknown, the year is outside FirstYear to LastYear, or no period of the kind starts in that month.
func New(kind Kind, year int, month time.Month) (Period, error) {
	if !kind.Valid() {
		return Period{}, fmt.Errorf("%w: %v; use month, quarter or financial year", ErrInvalid, kind)
	}
	if month < time.January || month > time.December {
		return Period{}, fmt.Errorf("%w: month %d; use 1 to 12", ErrInvalid, int(month))
	}
	if year < FirstYear || year > LastYear {
		return Period{}, fmt.Errorf("%w: year %d; use %d to %d", ErrInvalid, year, FirstYear, LastYear)
	}
	p := containing(kind, year, month)
	if p.month() != month {
		return Period{}, fmt.Errorf("%w: no %v starts in %v; quarters start in April, July, October and January, financial years in April",
			ErrInvalid, kind, month)
	}
	return p, nil
}

// OfQuarter returns quarter q (1 to 4, 1 being April to June) of the financial year that begins in April of fyStart.
func OfQuarter(fyStart, q int) (Period, error) {
	if q < 1 || q > 4 {
		return Period{}, fmt.Errorf("%w: quarter %d; use 1 to 4", ErrInvalid, q)
	}
	year, month := fyStart, time.Month(1+3*q)
	if q == 4 {
		year, month = fyStart+1, time.January
	}
	return New(Quarter, year, month)
}

// Containing returns the period of the given kind in which the date of t (read in UTC) falls. It has the same limits as
// New.
func Containing(kind Kind, t time.Time) (Period, error) {
	year, month, _ := t.UTC().Date()
	// A financial year that starts in LastYear ends in the year after.
	if kind.Valid() && year >= FirstYear && year <= LastYear+1 {
		p := containing(kind, year, month)
		year, month = p.year(), p.month()
	}
	return New(kind, year, month)
}

// containing finds the start by counting whole periods from April of year 0, which every kind starts in.
func containing(kind Kind, year int, month time.Month) Period {
	const april = 3
	n := int32(year*12+int(month)-1) - april
	return Period{kind: kind, start: n - n%int32(kind) + april}
}

// IsZero reports whether p is the zero Period, which stands for none.
func (p Period) IsZero() bool { return p == Period{} }

// Kind returns the length of p.
func (p Period) Kind() Kind { return p.kind }

func (p Period) year() int         { return int(p.start / 12) }
func (p Period) month() time.Month { return time.Month(p.start%12 + 1) }

// FinancialYear returns the calendar year in which the financial year of p begins: 2018 for any part of 2018/19.
func (p Period) FinancialYear() int { return int((p.start - 3) / 12) }

// monthOfYear is 0 for April and 11 for March.
func (p Period) monthOfYear() int { return int((p.start - 3) % 12) }

// Start returns the first day of p at midnight UTC.
func (p Period) Start() time.Time {
	return time.Date(p.year(), p.month(), 1, 0, 0, 0, 0, time.UTC)
}

// End returns the last day of p, which still belongs to it, at midnight UTC. The first instant after p is Next().Start().
func (p Period) End() time.Time { return p.Next().Start().AddDate(0, 0, -1) }

// Contains reports whether the date of t, read in UTC, falls in p.
func (p Period) Contains(t time.Time) bool {
	return !t.Before(p.Start()) && t.Before(p.Next().Start())
}

// Next returns the period of the same kind that follows.
func (p Period) Next() Period { return p.Add(1) }

// Prev returns the period of the same kind before.
func (p Period) Prev() Period { return p.Add(-1) }

// Add returns the period n steps of its own kind later, or earlier for a negative n. It does not check FirstYear and
// LastYear; the zero Period stays zero.
func (p Period) Add(n int) Period {
	p.start += int32(n) * int32(p.kind)
	return p
}

// Since returns the number of steps from an earlier period of the same kind to p: q.Add(p.Since(q)) is p. It is negative
// when q lies after p.
func (p Period) Since(q Period) int { return int(p.start-q.start) / max(1, p.kind.Months()) }

// Key returns a readable integer for storage: length in months, then start year and month. Q3 2018/19 is 3201810. Among
// periods of one kind the order of keys is the order of time; months sort before quarters and those before years. The
// zero Period has key 0.
func (p Period) Key() int {
	if p.IsZero() {
		return 0
	}
	return p.kind.Months()*1_000_000 + p.year()*100 + int(p.month())
}

// FromKey is the inverse of Key. It refuses 0.
func FromKey(key int) (Period, error) {
	if key < 0 || key/1_000_000 > int(Year) {
		return Period{}, fmt.Errorf("%w: key %d", ErrInvalid, key)
	}
	p, err := New(Kind(key/1_000_000), key/100%10_000, time.Month(key%100))
	if err != nil {
		return Period{}, fmt.Errorf("key %d: %w", key, err)
	}
	return p, nil
}

// Compare orders periods as their keys do, for slices.SortFunc.
func Compare(a, b Period) int { return cmp.Compare(a.Key(), b.Key()) }

// Sequence returns every period from one to the other, both included; nothing when to lies before from. It wraps
// ErrInvalid when the two differ in kind or either is zero.
func Sequence(from, to Period) ([]Period, error) {
	if from.IsZero() || to.IsZero() {
		return nil, fmt.Errorf("%w: a sequence needs a first and a last period", ErrInvalid)
	}
	if from.kind != to.kind {
		return nil, fmt.Errorf("%w: a sequence cannot run from a %v to a %v", ErrInvalid, from.kind, to.kind)
	}
	if to.start < from.start {
		return nil, nil
	}
	out := make([]Period, 0, int(to.start-from.start)/from.kind.Months()+1)
	for p := from; p.start <= to.start; p = p.Next() {
		out = append(out, p)
	}
	return out, nil
}
