package spc

import "time"

// Date is a calendar day; a period is dated by its first day. Dates compare
// with < and ==, and their difference is in days. The zero Date is no date: as
// the start of a step it means "from the beginning".
type Date int32

// origin is the zero Date.
var origin = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)

// NewDate returns the date of a year, month and day; days beyond the month's
// end run on into the next, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	const seconds = 24 * 60 * 60
	return Date((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - origin.Unix()) / seconds)
}

// DateOf returns the day of t in t's own time zone.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate reads an ISO 8601 date, 2018-10-01, or month, 2018-10, which is
// its first day. Anything else is an InputError, since a date such as 1/2/19
// can mean two days; so is a year before 1800, which is a slip.
func ParseDate(text string) (Date, error) {
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if len(text) != len(layout) {
			continue
		}
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1800 {
			return DateOf(t), nil
		}
	}
	return 0, &InputError{Value: text, Problem: "not a date", Remedy: "write it as year-month-day, such as 2018-10-01"}
}

// Time is midnight UTC of the date.
func (d Date) Time() time.Time { return origin.AddDate(0, 0, int(d)) }

// String gives the date as 2018-10-01, and no date as nothing.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes what String gives.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	date, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = date
	return nil
}
