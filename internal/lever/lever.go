package lever

import (
	"slices"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Kind is what sort of lever something is; the words are shown.
type Kind string

// The kinds.
const (
	Plan       Kind = "national plan"
	Payment    Kind = "payment scheme"
	Guidance   Kind = "guidance"
	Contract   Kind = "contract"
	Profession Kind = "professional endorsement"
	Regulation Kind = "regulation"
	Goal       Kind = "international goal"
	DataSet    Kind = "data"
)

// Five are the kinds that are always checked before a rollout starts (report,
// section 7 and conclusion 18).
var Five = []Kind{Plan, Payment, Guidance, Contract, Profession}

// Kinds lists every kind, the five first.
var Kinds = []Kind{Plan, Payment, Guidance, Contract, Profession, Regulation, Goal, DataSet}

// Strength is how a lever binds those whom it addresses.
type Strength string

// The strengths, from the most binding.
const (
	Mandate        Strength = "mandate"
	Incentive      Strength = "incentive"
	Recommendation Strength = "recommendation"
	Approval       Strength = "endorsement"
)

// Strengths lists them from the most binding.
var Strengths = []Strength{Mandate, Incentive, Recommendation, Approval}

// Clarity is how well those whom a lever addresses can tell what it asks.
type Clarity string

// The clarities.
const (
	Clear    Clarity = "clear"
	Open     Clarity = "open to interpretation"
	Unclear  Clarity = "unclear"
	Changing Clarity = "still changing"
)

// Clarities lists them from the clearest.
var Clarities = []Clarity{Clear, Open, Unclear, Changing}

// Wording is what a version of a lever says.
type Wording struct {
	Name     string
	Body     string // who issues it
	Kind     Kind
	Strength Strength
	Clarity  Clarity
	From     string // ISO date; the first day in force
	To       string // ISO date; the first day no longer in force, empty while open
	Replaces string // id of the lever that it follows; may be empty
	Summary  string
	Source   string
}

// Lever is a lever as it stands.
type Lever struct {
	ID      string
	MadeUp  bool
	Version int64 // number of the version that stands
	Wording
}

// Version is a lever as it stood from MadeAt until the next version.
type Version struct {
	Number int64
	Wording
	MadeAt time.Time
	MadeBy string
	Why    string
}

// Standing is whether a lever is in force on a day.
type Standing string

// The standings.
const (
	ToCome  Standing = "to come"
	InForce Standing = "in force"
	Ended   Standing = "ended"
)

// On says how a lever stands on an ISO date.
func (w Wording) On(day string) Standing {
	switch {
	case day < w.From:
		return ToCome
	case w.To != "" && day >= w.To:
		return Ended
	}
	return InForce
}

// faults lists what is wrong with the wording, by field of the form. others
// are the ids that it may replace.
func (w Wording) faults(others []string) (wrong fault.Fields) {
	freetext.Required(&wrong, "name", "Name the lever.", w.Name, longestLine)
	freetext.Required(&wrong, "body", "Say which body issues it.", w.Body, longestLine)
	chosen(&wrong, "kind", "Choose the type of the lever.", w.Kind, Kinds)
	chosen(&wrong, "strength", "Choose how strongly it binds.", w.Strength, Strengths)
	chosen(&wrong, "clarity", "Choose how clear it is.", w.Clarity, Clarities)
	checkDay(&wrong, "from", "Enter the first day on which it is in force, such as 1 4 2027.", w.From)
	if w.To != "" {
		checkDay(&wrong, "to", "Enter a whole date, such as 31 3 2028, or leave it empty.", w.To)
		if isDay(w.From) && isDay(w.To) && w.To <= w.From {
			wrong.Add("to", "It cannot end before the day after it begins.")
		}
	}
	if w.Replaces != "" && !slices.Contains(others, w.Replaces) {
		wrong.Add("replaces", "Choose another lever of the register, or none.")
	}
	freetext.Required(&wrong, "summary", "Say what it asks or offers.", w.Summary, longestText)
	freetext.Required(&wrong, "source", "Say where this is published.", w.Source, longestLine)
	return wrong
}
