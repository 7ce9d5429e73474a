package exchange_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/exchange"
)

func TestParseWhole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "12": 12, "+4": 4, "-4": -4, "007": 7, " 5 ": 5, "12.0": 12, "12.00": 12, "1 234": 1234, "1\u00a0234\u202f567": 1234567,
		"1,234,567": 1234567, "9223372036854775807": 9223372036854775807, "1,234.00": 1234,
	} {
		if got, err := exchange.ParseWhole(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"1,234": "1,234 can be read as 1234 or as 1.234", "1.000": "can be read as 1000 or as 1;", "12.5": "has a fraction", "1,5": "with a point: 1.5",
		"1.23E+11": "lost digits", "12%": "without the % sign", "twelve": "not a whole number", "12 34": "not a whole number", "": "not a whole number",
		"1e3": "lost digits", "99999999999999999999": "too large", "0x10": "not a whole number", "1_000": "not a whole number", "١٢": "not a whole number",
		"1,23,456": "not a whole number", strings.Repeat("1", 1000): "not a whole number", "--1": "not a whole number", "∞": "not a whole number",
	} {
		if got, err := exchange.ParseWhole(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q is %d, %v; want an error that says %q", text, got, err, want)
		}
	}
}

func TestParseDecimal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"12.5": 12.5, "12": 12, ".5": 0.5, "5.": 5, "-0.25": -0.25, "1e-3": 0.001, "1.234": 1.234, "1,234.5": 1234.5, "1 234.5": 1234.5, "1,234,567": 1234567,
	} {
		if got, err := exchange.ParseDecimal(text); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"1,234": "can be read as 1234 or as 1.234", "33,6": "with a point: 33.6", "33.6%": "without the % sign", "NaN": "not a number", "inf": "not a number",
		"1e999": "too large", "1.2.3": "not a number", "": "not a number", "1e9999": "not a number", "0x1p4": "not a number",
	} {
		if got, err := exchange.ParseDecimal(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %v, %v; want an error that says %q", text, got, err, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2019-02-01": "2019-02-01", "20190201": "2019-02-01", "2019-02-01T09:30:00.000+0100": "2019-02-01", "2019-02-01 00:00:00": "2019-02-01",
		"13/2/2019": "2019-02-13", "02/02/2019": "2019-02-02", "31.12.2018": "2018-12-31", "1 February 2019": "2019-02-01", "1-Feb-2019": "2019-02-01",
		// Serial numbers as Excel counts them: 1 January 2000 is 36526 (ECMA-376 part 1, 18.17.4.1).
		"36526": "2000-01-01", "43497": "2019-02-01", "43497.75": "2019-02-01", "2020-02-29": "2020-02-29", "18264": "1950-01-01", "73050": "2099-12-31",
	} {
		got, err := exchange.ParseDate(text)
		if err != nil || got.Format(time.RFC3339) != want+"T00:00:00Z" {
			t.Errorf("%q is %v, %v; want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"1/2/19":     "1/2/19 can be read as 1 February 2019 or as 2 January 2019; write 2019-02-01 or 2019-01-02",
		"1/2/2019":   "can be read as 1 February 2019 or as 2 January 2019",
		"13/2/19":    "the year has two digits; write 2019-02-13 if it is 2019",
		"2/13/2019":  "the month stands first here; write 2019-02-13",
		"31/2/2019":  "no such day is in the calendar",
		"2019-02-30": "no such day is in the calendar",
		"20190231":   "no such day is in the calendar", "32/32/2019": "no such day", "2019-02-01T25:00": "not a date", "2019": "not a date", "9999": "not a date",
		"18263": "not a date", "73051": "not a date", "3019-01-01": "not between 1900 and 2199", "Feb 2019": "not a date", "": "not a date", "1 Smarch 2019": "not a date",
		strings.Repeat("1", 500): "not a date",
	} {
		if got, err := exchange.ParseDate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q is %v, %v; want an error that says %q", text, got, err, want)
		}
	}
}

func TestParseBool(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"Yes": true, "y": true, "TRUE": true, "1": true, " no": false, "N": false, "false": false, "0": false} {
		if got, err := exchange.ParseBool(text); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "perhaps", "2", "ja"} {
		if _, err := exchange.ParseBool(text); err == nil {
			t.Errorf("%q is taken for yes or no", text)
		}
	}
}

func TestIsBlank(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "  ", "-", "–", "—", "N/A", "#N/A", "..", " n/a "} {
		if !exchange.IsBlank(text) {
			t.Errorf("%q is no blank", text)
		}
	}
	for _, text := range []string{"0", "nil", "none", "NA", "...", "--", "0.0", "no", "*"} {
		if exchange.IsBlank(text) {
			t.Errorf("%q is a blank", text)
		}
	}
}

func TestTypedCells(t *testing.T) {
	t.Parallel()
	content := "whole,decimal,date,yes\n 12 ,0.5,2019-02-01,yes\n-,..,n/a,\n1.5,\"1,5\",1/2/19,maybe\n'-4,-4,43497,NO\n"
	table, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), exchange.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var oks []bool
	for row := range table.Rows() {
		n, knownN := row.Whole(0)
		x, knownX := row.Decimal(1)
		d, knownD := row.Date(2)
		b, knownB := row.Bool(3)
		oks = append(oks, row.OK())
		known := knownN && knownX && knownD && knownB
		if row.Number() == 2 && (!known || n != 12 || x != 0.5 || d.Format(time.DateOnly) != "2019-02-01" || !b) {
			t.Errorf("row 2 is %v %v %v %v", n, x, d, b)
		}
		if row.Number() == 3 && (knownN || knownX || knownD || knownB || !row.Blank(0)) {
			t.Error("a blank is known")
		}
	}
	var got []string
	for _, c := range table.Conflicts().List() {
		got = append(got, c.Error())
	}
	want := []string{`row 4, column whole, "1.5": `, `row 4, column decimal, "1,5": `, `row 4, column date, "1/2/19": `, `row 4, column yes, "maybe": `, `row 5, column whole, "'-4"`}
	if !matches(got, want) || len(oks) != 4 || !oks[0] || !oks[1] || oks[2] || oks[3] {
		t.Errorf("conflicts %q, want %q; rows that are right: %v", got, want, oks)
	}
}

// What is written as digits is read as that number, with and without groups of three.
func TestNumbersReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e15, 1e15).Draw(t, "n")
		digits := strconv.FormatInt(n, 10)
		if got, err := exchange.ParseWhole(digits); err != nil || got != n {
			t.Fatalf("%s is %d, %v", digits, got, err)
		}
		if got, err := exchange.ParseDecimal(digits); err != nil || got != float64(n) {
			t.Fatalf("%s is %v, %v", digits, got, err)
		}
		if got, err := exchange.ParseWhole(grouped(digits, " ")); err != nil || got != n {
			t.Fatalf("%s is %d, %v", grouped(digits, " "), got, err)
		}
		if got, err := exchange.ParseWhole(grouped(digits, ",")); err == nil && got != n {
			t.Fatalf("%s is %d", grouped(digits, ","), got)
		}
	})
}

func grouped(digits, mark string) string {
	out := digits
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		out = out[:i] + mark + out[i:]
	}
	return out
}

// SafeCell loses nothing: RestoreCell gives back every text, whatever apostrophes it had.
func TestSafeCellIsUndone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[' ]{0,3}[=+@\t\r1a-]{0,3}.{0,5}`).Draw(t, "cell")
		if got := exchange.RestoreCell(exchange.SafeCell(cell)); got != cell {
			t.Fatalf("%q became %q", cell, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1,234", "1/2/19", "2019-02-01T00:00Z", "43497", "1e400", "12%", "29 Feb 2019", "-.5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, err := exchange.ParseWhole(text); err == nil {
			if x, err := exchange.ParseDecimal(text); err != nil || int64(x) != n && n < 1<<53 && n > -1<<53 {
				t.Errorf("%q is %d as a whole number and %v, %v as a decimal", text, n, x, err)
			}
		}
		if date, err := exchange.ParseDate(text); err == nil {
			if again, err := exchange.ParseDate(date.Format(time.DateOnly)); err != nil || !again.Equal(date) {
				t.Errorf("%q is %v, which reads as %v, %v", text, date, again, err)
			}
		}
		if exchange.IsBlank(text) {
			if _, err := exchange.ParseDecimal(text); err == nil {
				t.Errorf("%q is a blank and a number", text)
			}
		}
	})
}
