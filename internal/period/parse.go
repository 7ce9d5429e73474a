package period

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxText bounds what a parser looks at: the longest spelling, "2018/19 (Apr 2018 to Mar 2019)", has 30 bytes.
const maxText = 64

// The spellings Parse reads, in lower case with single spaces. Years have four digits, because 18/19 could be a date, and
// a financial year alone has no hyphen, because 2009-10 could be October 2009.
var (
	quarterForm = regexp.MustCompile(`^q([1-4])[ _](\d{4})[/_-](\d{2}|\d{4})(?: \(([a-z0-9 ]+)\))?$`)
	yearForm    = regexp.MustCompile(`^(?:fy[ _])?(\d{4})[/_](\d{2}|\d{4})(?: \(([a-z0-9 ]+)\))?$`)
	monthForm   = regexp.MustCompile(`^([a-z]{3,9})[ _](\d{4})$`)
	isoForm     = regexp.MustCompile(`^(\d{4})-(\d{2})-01/p(1m|3m|12m|1y)$`)
)

// Parse reads a label, long label, slug or ISO start and duration, in any letter case and with any spacing between
// words: "Q3 2018/19", "Q3 2018/19 (Oct to Dec 2018)", "q3_2018_19", "2018-10-01/P3M", "October 2018", "2018/19". A second
// year that does not follow the first, and months that are not those of the quarter, are refused. DHIS2 and SDMX
// identifiers are refused too, because 2018Q4 and 2018-Q3 are the same quarter: use ParseDHIS2 or ParseSDMX.
func Parse(text string) (Period, error) {
	if len(text) > maxText {
		return Period{}, refuse(text)
	}
	s := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if m := quarterForm.FindStringSubmatch(s); m != nil {
		return check(text, m[2], m[3], m[4], func(fy int) (Period, error) { return OfQuarter(fy, atoi(m[1])) })
	}
	if m := yearForm.FindStringSubmatch(s); m != nil {
		return check(text, m[1], m[2], m[3], func(fy int) (Period, error) { return New(Year, fy, time.April) })
	}
	if m := isoForm.FindStringSubmatch(s); m != nil {
		kinds := map[string]Kind{"1m": Month, "3m": Quarter, "12m": Year, "1y": Year}
		return quoted(text)(New(kinds[m[3]], atoi(m[1]), time.Month(atoi(m[2]))))
	}
	if m := monthForm.FindStringSubmatch(s); m != nil {
		if month, ok := monthNamed(m[1]); ok {
			return quoted(text)(New(Month, atoi(m[2]), month))
		}
	}
	return Period{}, refuse(text)
}

// check builds a period of a financial year and holds it against the rest of the text: second is the year it must end
// in, months the words in brackets or nothing.
func check(text, first, second, months string, build func(fy int) (Period, error)) (Period, error) {
	p, err := quoted(text)(build(atoi(first)))
	if err != nil {
		return Period{}, err
	}
	if end := strconv.Itoa(p.FinancialYear() + 1); second != end && second != end[2:] {
		return Period{}, fmt.Errorf("%w: %q: %s is not followed by %s; write %s", ErrInvalid, text, first, second, p.Label())
	}
	if months != "" && months != strings.ToLower(p.span()) {
		return Period{}, fmt.Errorf("%w: %q: %s is %s", ErrInvalid, text, p.Label(), p.span())
	}
	return p, nil
}

var (
	dhis2Form = regexp.MustCompile(`^(\d{4})(?:(\d{2})|Q([1-4])|(April))$`)
	sdmxForm  = regexp.MustCompile(`^(\d{4})-(?:M(\d{2})|Q([1-4])|(A1))$`)
)

// ParseDHIS2 reads a DHIS2 period identifier: 201810, 2018Q4 (October to December 2018) or 2018April. Other DHIS2 period
// types are refused.
func ParseDHIS2(text string) (Period, error) {
	m := dhis2Form.FindStringSubmatch(text)
	switch {
	case m == nil:
		return Period{}, fmt.Errorf("%w: %.64q; DHIS2 identifiers look like 201810, 2018Q4 or 2018April", ErrInvalid, text)
	case m[2] != "":
		return quoted(text)(New(Month, atoi(m[1]), time.Month(atoi(m[2]))))
	case m[3] != "":
		return quoted(text)(New(Quarter, atoi(m[1]), time.Month(3*atoi(m[3])-2)))
	}
	return quoted(text)(New(Year, atoi(m[1]), time.April))
}

// ParseSDMX reads an SDMX reporting period of a reporting year that starts on 1 April: 2018-M07, 2018-Q3 (October to
// December 2018) or 2018-A1.
func ParseSDMX(text string) (Period, error) {
	m := sdmxForm.FindStringSubmatch(text)
	switch {
	case m == nil:
		return Period{}, fmt.Errorf("%w: %.64q; SDMX reporting periods look like 2018-M07, 2018-Q3 or 2018-A1", ErrInvalid, text)
	case m[2] != "":
		return sdmxMonth(text, atoi(m[1]), atoi(m[2]))
	case m[3] != "":
		return quoted(text)(OfQuarter(atoi(m[1]), atoi(m[3])))
	}
	return quoted(text)(New(Year, atoi(m[1]), time.April))
}

func sdmxMonth(text string, fy, number int) (Period, error) {
	if number < 1 || number > 12 {
		return Period{}, fmt.Errorf("%w: %q: reporting month %d; use M01 (April) to M12 (March)", ErrInvalid, text, number)
	}
	april, err := quoted(text)(New(Month, fy, time.April))
	if err != nil {
		return Period{}, err
	}
	p := april.Add(number - 1)
	return quoted(text)(New(Month, p.year(), p.month()))
}

// monthNamed reads an English month name, whole or by its first three letters, in lower case.
func monthNamed(name string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name == full || name == full[:3] {
			return m, true
		}
	}
	return 0, false
}

// quoted puts the user's text in front of an error of New.
func quoted(text string) func(Period, error) (Period, error) {
	return func(p Period, err error) (Period, error) {
		if err != nil {
			return Period{}, fmt.Errorf("%q: %w", text, err)
		}
		return p, nil
	}
}

func refuse(text string) error {
	return fmt.Errorf("%w: %.64q; write it like Q3 2018/19, 2018/19, October 2018 or 2018-10-01/P3M", ErrInvalid, text)
}

// atoi reads digits that a pattern has already matched.
func atoi(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}
