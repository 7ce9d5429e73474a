package rollout

import (
	"strconv"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Budget is money for a stretch of time. The zero value is none that is known.
type Budget struct {
	Pounds int64
	EndsOn string // ISO date on which the money ends
	After  string // what carries the work on from then
}

// mostPounds bounds a budget: more is a slip of the finger.
const mostPounds = 10_000_000_000

// ParsePounds reads whole pounds as people type them: "12,000", "£ 12000".
// Nothing typed is 0. ok is false for anything else.
func ParsePounds(text string) (pounds int64, ok bool) {
	digits := strings.NewReplacer(",", "", " ", "").Replace(strings.TrimPrefix(strings.TrimSpace(text), "£"))
	if digits == "" {
		return 0, strings.TrimSpace(text) == ""
	}
	if strings.ContainsFunc(digits, func(c rune) bool { return c < '0' || c > '9' }) {
		return 0, false
	}
	pounds, err := strconv.ParseInt(digits, 10, 64)
	return pounds, err == nil && pounds <= mostPounds
}

// noAmount is the budget of a text that is no amount.
const noAmount = -1

// BudgetOf makes a budget of what was typed; an amount that cannot be read is
// found wrong when the budget is judged.
func BudgetOf(amount, endsOn, after string) Budget {
	pounds, ok := ParsePounds(amount)
	if !ok {
		pounds = noAmount
	}
	return Budget{pounds, endsOn, strings.TrimSpace(after)}
}

// faults adds what is wrong with a budget. Money has an end and a plan for
// what comes after it.
func (b Budget) faults(wrong *fault.Fields) {
	if b.Pounds < 0 {
		wrong.Add("budget", "Enter the budget in whole pounds, such as 12,000.")
	}
	if b.Pounds == 0 {
		if b.EndsOn != "" || b.After != "" {
			wrong.Add("budget", "Enter the budget, or leave its end and what comes after it empty.")
		}
		return
	}
	requireDay(wrong, "budget-ends", "Enter the day on which the money ends.", b.EndsOn)
	freetext.Required(wrong, "budget-after", "Say what carries the work on when the money ends.", b.After, longestText)
}

// The most characters of a name, and of a text of several lines.
const (
	longestName = 120
	longestText = 2000
)

func requireDay(wrong *fault.Fields, name, missing, iso string) {
	if iso == "" {
		wrong.Add(name, "%s", missing)
		return
	}
	optionalDay(wrong, name, iso)
}

func optionalDay(wrong *fault.Fields, name, iso string) {
	if iso != "" && !isDay(iso) {
		wrong.Add(name, "Enter a date that exists, such as 27 3 2026.")
	}
}

// isDay tells whether the text is an ISO date since there has been an NHS.
func isDay(iso string) bool {
	_, err := time.Parse(time.DateOnly, iso)
	return err == nil && iso >= "1948"
}

// daysBetween counts the days from one ISO date to another: negative where
// the second is earlier. ok is false where one of them is no date.
func daysBetween(from, to string) (days int, ok bool) {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, false
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0, false
	}
	return int(last.Sub(first).Hours() / 24), true
}

// String writes the amount with its thousands apart: "£12,000"; empty where no
// budget is known.
func (b Budget) String() string {
	if b.Pounds <= 0 {
		return ""
	}
	digits := strconv.FormatInt(b.Pounds, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return "£" + digits
}

// text is the budget in one line, for the audit trail.
func (b Budget) text() string { return strings.Join([]string{b.String(), b.EndsOn, b.After}, ", ") }
