package improvement

import (
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Aim says what is to change, how much, and by when.
type Aim struct {
	What    string
	HowMuch string
	ByWhen  string // ISO date
}

// ReadAim reads the body of an aim: its three parts, a line each.
func ReadAim(body string) Aim {
	what, rest, _ := strings.Cut(body, "\n")
	howMuch, byWhen, _ := strings.Cut(rest, "\n")
	return Aim{what, howMuch, byWhen}
}

func (a Aim) body() string {
	return freetext.OneLine(a.What) + "\n" + freetext.OneLine(a.HowMuch) + "\n" + freetext.OneLine(a.ByWhen)
}

// Text is the aim in one line.
func (a Aim) Text() string {
	text := a.What
	if a.HowMuch != "" {
		text += ": " + a.HowMuch
	}
	if day, err := time.Parse(time.DateOnly, a.ByWhen); err == nil {
		text += ", by " + day.Format("2 January 2006")
	}
	return text
}

// longestWhat and longestHowMuch bound the parts, so that the aim fits its box.
const (
	longestWhat    = 80
	longestHowMuch = 40
)

func (a Aim) faults() (wrong fault.Fields) {
	freetext.Required(&wrong, "what", "Say what is to change.", a.What, longestWhat)
	freetext.Required(&wrong, "how-much", "Say how much, such as from 40% to 60%.", a.HowMuch, longestHowMuch)
	if a.HowMuch != "" && !strings.ContainsAny(a.HowMuch, "0123456789") {
		wrong.Add("how-much", "Say how much with a number.")
	}
	if !isDate(a.ByWhen) {
		wrong.Add("by-when", "Enter the date by which, such as 31 3 2027.")
	}
	return wrong
}

func isDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1990 && day.Year() < 2200
}
