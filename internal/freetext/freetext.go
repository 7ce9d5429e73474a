// Package freetext judges what people type into free text: whether something
// is there, is not too long, and names nobody.
package freetext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sir/internal/fault"
)

var (
	emailAddress = regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]+`)
	tenDigits    = regexp.MustCompile(`\b\d{3}[ -]?\d{3}[ -]?\d{4}\b`)
)

// Required notes what is wrong with a text that must be there: nothing in it,
// more than longest characters without the white space round it, or somebody's address or number.
func Required(wrong *fault.Fields, name, missing, text string, longest int) {
	if strings.TrimSpace(text) == "" {
		wrong.Add(name, "%s", missing)
		return
	}
	Optional(wrong, name, text, longest)
}

// Optional is Required for a text that may be left out.
func Optional(wrong *fault.Fields, name, text string, longest int) {
	if utf8.RuneCountInString(strings.TrimSpace(text)) > longest {
		wrong.Add(name, "Use at most %d characters.", longest)
	} else if found := Personal(text); found != "" {
		wrong.Add(name, "%s", found)
	}
}

// OneLine makes runs of white space, line ends among them, one space.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Personal answers what to do about what looks like somebody's address or
// number in a text; empty where there is nothing of the kind. Names of people
// cannot be told from other words: forms ask to leave them out.
func Personal(text string) string {
	if emailAddress.MatchString(text) {
		return "Take the email address out. Name the role instead."
	}
	for _, found := range tenDigits.FindAllString(text, -1) {
		if isNHSNumber(strings.NewReplacer(" ", "", "-", "").Replace(found)) {
			return "Take out what looks like an NHS number. No patient may be identified here."
		}
	}
	return ""
}

// isNHSNumber checks ten digits by the modulus 11 rule of the NHS Data Model
// and Dictionary, "NHS number": the first nine are weighted 10 down to 2, and
// the tenth is 11 less the remainder of their sum; 11 is written 0 and 10 is
// never given out.
func isNHSNumber(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	expected := (11 - sum%11) % 11
	return expected != 10 && expected == int(digits[9]-'0')
}
