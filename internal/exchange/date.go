package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Serial numbers of spreadsheets count days from 30 December 1899 (for dates after February 1900). Only those of 1950
// to 2099 are taken for dates, so that a year or a count in the wrong column is not.
const (
	firstSerial = 18_264
	lastSerial  = 73_050
	// serials1904 is how many days later workbooks begin that count from 1904.
	serials1904 = 1462
)

var serialEpoch = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

const longestDate = 40

var (
	isoDate    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$`)
	basicDate  = regexp.MustCompile(`^(?:19|20)\d{6}$`)
	dayMonth   = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$`)
	namedMonth = regexp.MustCompile(`^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$`)
	serialForm = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)
)

var errNotDate = errors.New("this is not a date; write it like 2019-02-01")

// ParseDate reads a date as midnight UTC. It takes ISO 8601 (2019-02-01, 20190201, and with a time of day, which is
// dropped), 1 February 2019, 1-Feb-2019, the serial numbers of spreadsheets from 1950 to 2099, and day/month/year only
// where it cannot be month/day/year: 13/2/2019 and 2/2/2019. 1/2/2019 and years of two digits are refused with what to
// write.
func ParseDate(text string) (time.Time, error) { return parseDate(text, 0) }

func (t *TableReader) parseDate(text string) (time.Time, error) { return parseDate(text, t.serials) }

func parseDate(text string, serials int) (time.Time, error) {
	text = strings.TrimSpace(text)
	if len(text) > longestDate {
		return time.Time{}, errNotDate
	}
	if date, err := time.Parse(time.DateOnly, text); err == nil {
		return inRange(date)
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return parseISO(m)
	}
	if basicDate.MatchString(text) {
		return inCalendar(time.Parse("20060102", text))
	}
	if serialForm.MatchString(text) {
		return parseSerial(text, serials)
	}
	if m := dayMonth.FindStringSubmatch(text); m != nil {
		return parseDayMonth(text, number(m[1]), number(m[2]), m[3])
	}
	if m := namedMonth.FindStringSubmatch(text); m != nil {
		return parseNamedMonth(m)
	}
	return time.Time{}, errNotDate
}

// plainDate is the fast way for nearly every cell: 2019-02-01 between 1900 and 2199.
func plainDate(cell []byte) (time.Time, bool) {
	if len(cell) != len(time.DateOnly) || cell[4] != '-' || cell[7] != '-' {
		return time.Time{}, false
	}
	year, okYear := plainDigits(cell[:4])
	month, okMonth := plainDigits(cell[5:7])
	day, okDay := plainDigits(cell[8:])
	if !okYear || !okMonth || !okDay || year < 1900 || year > 2199 {
		return time.Time{}, false
	}
	date, err := dateOf(int(year), int(month), int(day))
	return date, err == nil
}

// parseISO checks the time of day too, so that what is dropped was at least one.
func parseISO(m []string) (time.Time, error) {
	if number(m[2]) > 23 || number(m[3]) > 59 || number(m[4]) > 60 {
		return time.Time{}, errNotDate
	}
	return inCalendar(time.Parse(time.DateOnly, m[1]))
}

func parseSerial(text string, serials int) (time.Time, error) {
	whole, _, _ := strings.Cut(text, ".")
	days := number(whole) + serials
	if days < firstSerial || days > lastSerial {
		return time.Time{}, errNotDate
	}
	return serialEpoch.AddDate(0, 0, days), nil
}

// parseDayMonth reads d/m/y where the month cannot be the day. The two other readings are shown where it can.
func parseDayMonth(text string, first, second int, year string) (time.Time, error) {
	full := year
	if len(year) == 2 {
		full = "20" + year
	}
	dayFirst, errDay := dateOf(number(full), second, first)
	monthFirst, errMonth := dateOf(number(full), first, second)
	switch {
	case errDay != nil && errMonth != nil:
		return time.Time{}, fmt.Errorf("no such day is in the calendar; %w", errNotDate)
	case errDay != nil:
		return time.Time{}, fmt.Errorf("the month stands first here; write %s", monthFirst.Format(time.DateOnly))
	case errMonth == nil && first != second:
		return time.Time{}, fmt.Errorf("%s can be read as %s or as %s; write %s or %s", text,
			dayFirst.Format("2 January 2006"), monthFirst.Format("2 January 2006"), dayFirst.Format(time.DateOnly), monthFirst.Format(time.DateOnly))
	case len(year) == 2:
		return time.Time{}, fmt.Errorf("the year has two digits; write %s if it is %s", dayFirst.Format(time.DateOnly), full)
	}
	return inRange(dayFirst)
}

func parseNamedMonth(m []string) (time.Time, error) {
	for month := time.January; month <= time.December; month++ {
		if name := month.String(); strings.EqualFold(m[2], name) || strings.EqualFold(m[2], name[:3]) {
			return inCalendar(dateOf(number(m[3]), int(month), number(m[1])))
		}
	}
	return time.Time{}, errNotDate
}

// dateOf refuses days that time.Date would carry into the next month.
func dateOf(year, month, day int) (time.Time, error) {
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Day() != day || int(date.Month()) != month {
		return time.Time{}, errNotDate
	}
	return date, nil
}

func inCalendar(date time.Time, err error) (time.Time, error) {
	if err != nil {
		return time.Time{}, fmt.Errorf("no such day is in the calendar; %w", errNotDate)
	}
	return inRange(date)
}

// inRange refuses years that are slips of the pen; the bounds are those of reporting periods.
func inRange(date time.Time) (time.Time, error) {
	if date.Year() < 1900 || date.Year() > 2199 {
		return time.Time{}, fmt.Errorf("the year %d is not between 1900 and 2199; check it", date.Year())
	}
	return date, nil
}

// number reads digits that a pattern has matched; none are 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
