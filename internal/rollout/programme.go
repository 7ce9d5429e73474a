package rollout

import (
	"slices"
	"strings"

	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
)

// Programme spreads one innovation.
type Programme struct {
	ID           string
	Code         string
	Name         string
	Summary      string
	InnovationID string
	MadeUp       bool
	StartsOn     string // ISO dates; empty when not known
	EndsOn       string
	Level        string // of Levels; this and what follows is empty where it is not known
	LeadID       string // unit of the member that leads it
	LeadName     string // as listed; not stored with the programme
	Mandate      string // of Mandates: whether somebody must take part
	MandateNote  string // who mandates it, by what
	AnnouncedOn  string // when those who are to spread it heard of it
	Budget       Budget
	Source       string
	Version      int64
}

// Mandated is the mandate of a programme in which somebody must take part. An
// endorsement, by which somebody respected approves, is something else.
const Mandated = "mandated"

// The words that a programme chooses from.
var (
	Levels   = []string{"national", "regional", "local"}
	Mandates = []string{Mandated, "not mandated"}
)

// LeadTime is how many days lie between the announcement and a start; ok is
// false where one of them is not known.
func (p Programme) LeadTime(start string) (days int, ok bool) {
	return daysBetween(p.AnnouncedOn, start)
}

// Object is the programme as policy sees it.
func (p Programme) Object() policy.Object {
	return policy.Object{Programme: p.ID, Innovation: p.InnovationID}
}

// described is the programme with what people write taken from another.
func (p Programme) described(by Programme) Programme {
	p.Name, p.Summary, p.StartsOn, p.EndsOn = freetext.OneLine(by.Name), strings.TrimSpace(by.Summary), by.StartsOn, by.EndsOn
	p.Level, p.LeadID, p.Mandate, p.MandateNote = by.Level, by.LeadID, by.Mandate, strings.TrimSpace(by.MandateNote)
	p.AnnouncedOn, p.Budget = by.AnnouncedOn, by.Budget
	return p
}

// faults lists what is wrong with what people wrote, by field of the form.
func (p Programme) faults() (wrong fault.Fields) {
	freetext.Required(&wrong, "name", "Enter the name of the programme.", p.Name, longestName)
	freetext.Required(&wrong, "summary", "Say in a sentence or two what it spreads, and to whom.", p.Summary, longestText)
	if !slices.Contains(Levels, p.Level) {
		wrong.Add("level", "Choose whether it is national, regional or local.")
	}
	if p.Mandate != "" && !slices.Contains(Mandates, p.Mandate) {
		wrong.Add("mandate", "Choose whether it is mandated.")
	}
	freetext.Optional(&wrong, "mandate-note", p.MandateNote, longestText)
	if p.Mandate == Mandated && p.MandateNote == "" {
		wrong.Add("mandate-note", "Say who mandates it, and by what.")
	}
	optionalDay(&wrong, "announced", p.AnnouncedOn)
	optionalDay(&wrong, "starts", p.StartsOn)
	optionalDay(&wrong, "ends", p.EndsOn)
	if p.EndsOn != "" && p.EndsOn <= p.StartsOn {
		wrong.Add("ends", "Enter a day after the start.")
	}
	p.Budget.faults(&wrong)
	return wrong
}
