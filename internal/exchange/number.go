package exchange

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// longestNumber bounds the work on a cell that should be a number.
const longestNumber = 40

var (
	errNotWhole   = errors.New("this is not a whole number; write digits only, such as 1234, or leave the cell empty")
	errNotNumber  = errors.New("this is not a number; write digits and at most one point, such as 12.5, or leave the cell empty")
	errPercent    = errors.New("write the number without the % sign")
	errTooBig     = errors.New("the number is too large")
	errShortened  = errors.New("the spreadsheet has shortened this number and lost digits; format the column as Number without decimals and save again")
	errNotWholeIs = errors.New("this number has a fraction and the column holds whole numbers; check it")
)

var (
	wholeForm     = regexp.MustCompile(`^[+-]?\d+(\.0+)?$`)
	decimalForm   = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$`)
	oneComma      = regexp.MustCompile(`^[+-]?\d{1,3},\d{3}$`)
	decimalComma  = regexp.MustCompile(`^[+-]?\d+,\d+$`)
	commaGroups   = regexp.MustCompile(`^[+-]?\d{1,3}((,\d{3}){2,}(\.\d+)?|,\d{3}\.\d+)$`)
	spaceGroups   = regexp.MustCompile(`^[+-]?\d{1,3}([ \x{a0}\x{2009}\x{202f}]\d{3})+(\.\d+)?$`)
	groupMarks    = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u2009", "", "\u202f", "")
	threeZeros    = regexp.MustCompile(`^[+-]?\d{1,3}\.000$`)
	exponentForms = "eE"
)

// ParseWhole reads a whole number: 1234, +4, -4, 12.0, 1 234 (groups of three with spaces) and 1,234,567. Refused with
// what to write instead, because each can mean two things or has lost digits: 1,234 and 1.000 (a thousand, or a decimal
// as the continent writes it), 1.2E+11, and numbers with a fraction.
func ParseWhole(text string) (int64, error) {
	text, err := ungrouped(text, errNotWhole)
	switch {
	case err != nil:
		return 0, err
	case threeZeros.MatchString(text):
		return 0, ambiguous(text, strings.Replace(text, ".", "", 1), text[:strings.Index(text, ".")])
	case wholeForm.MatchString(text):
		text, _, _ = strings.Cut(text, ".")
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, errTooBig
		}
		return n, nil
	case !decimalForm.MatchString(text):
		return 0, errNotWhole
	case strings.ContainsAny(text, exponentForms):
		return 0, errShortened
	}
	return 0, errNotWholeIs
}

// ParseDecimal reads a number with a decimal point, also with an exponent (1e-3) or with groups of three (1 234.5 and
// 1,234.5). A decimal comma is refused, and so is 1,234, which can mean two things. The result is finite.
func ParseDecimal(text string) (float64, error) {
	text, err := ungrouped(text, errNotNumber)
	if err != nil {
		return 0, err
	}
	if !decimalForm.MatchString(text) {
		return 0, errNotNumber
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) {
		return 0, errTooBig
	}
	return n, nil
}

// ungrouped takes out the marks between groups of three digits where they can be nothing else. What no number can be
// is refused with the given error.
func ungrouped(text string, otherwise error) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" || len(text) > longestNumber:
		return "", otherwise
	case strings.HasSuffix(text, "%"):
		return "", errPercent
	case oneComma.MatchString(text):
		return "", ambiguous(text, strings.Replace(text, ",", "", 1), strings.Replace(text, ",", ".", 1))
	case decimalComma.MatchString(text):
		return "", fmt.Errorf("write the decimal with a point: %s", strings.Replace(text, ",", ".", 1))
	case commaGroups.MatchString(text), spaceGroups.MatchString(text):
		return groupMarks.Replace(text), nil
	}
	return text, nil
}

func ambiguous(text, one, other string) error {
	return fmt.Errorf("%s can be read as %s or as %s; write the one you mean", text, one, other)
}

// plainDigits is the fast way for nearly every cell: 1 to 18 digits.
func plainDigits(cell []byte) (int64, bool) {
	if len(cell) == 0 || len(cell) > 18 {
		return 0, false
	}
	n := int64(0)
	for _, c := range cell {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// ParseBool reads yes, y, true and 1 as true, and no, n, false and 0 as false, in any letter case.
func ParseBool(text string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "y", "true", "1":
		return true, nil
	case "no", "n", "false", "0":
		return false, nil
	}
	return false, errors.New("this is neither yes nor no; write yes or no, or leave the cell empty")
}
