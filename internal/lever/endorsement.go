package lever

import (
	"context"
	"strings"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Outcome is what became of a request for an endorsement.
type Outcome string

// The outcomes.
const (
	Endorsed    Outcome = "endorsed"
	Conditional Outcome = "endorsed with conditions"
	Declined    Outcome = "declined"
	Withdrawn   Outcome = "withdrawn"
)

// Outcomes lists them.
var Outcomes = []Outcome{Endorsed, Conditional, Declined, Withdrawn}

// Endorsement is a request to a respected body to approve what a programme
// spreads. It asks nobody to do anything: that would be a mandate.
type Endorsement struct {
	ID          string
	ProgrammeID string
	AskedOf     string // a body, not a person
	Request     string
	AskedOn     string // ISO date
	AskedBy     string
	Outcome     Outcome // empty while there is no answer
	Answer      string
	AnsweredOn  string
	AnsweredBy  string // who wrote the answer down
	Version     int64
}

// Request is what somebody writes to ask.
type Request struct{ AskedOf, Request, AskedOn string }

func (r Request) faults(today string) (wrong fault.Fields) {
	freetext.Required(&wrong, "asked-of", "Name the body that is asked.", r.AskedOf, longestLine)
	freetext.Required(&wrong, "request", "Say what it is asked to endorse.", r.Request, longestText)
	checkDay(&wrong, "asked-on", "Enter the day on which it was asked, such as 1 4 2027.", r.AskedOn)
	if isDay(r.AskedOn) && r.AskedOn > today {
		wrong.Add("asked-on", "Enter a day that is not after today.")
	}
	return wrong
}

// Answer is what came back.
type Answer struct {
	Outcome    Outcome
	Answer     string
	AnsweredOn string
}

func (a Answer) faults(askedOn, today string) (wrong fault.Fields) {
	chosen(&wrong, "outcome", "Choose what came of it.", a.Outcome, Outcomes)
	freetext.Required(&wrong, "answer", "Say what was answered, with any conditions.", a.Answer, longestText)
	checkDay(&wrong, "answered-on", "Enter the day of the answer, such as 1 6 2027.", a.AnsweredOn)
	switch {
	case !isDay(a.AnsweredOn):
	case a.AnsweredOn < askedOn:
		wrong.Add("answered-on", "The answer cannot come before the request.")
	case a.AnsweredOn > today:
		wrong.Add("answered-on", "Enter a day that is not after today.")
	}
	return wrong
}

// Requesting answers the programme to those who may ask for an endorsement.
func (s *Service) Requesting(ctx context.Context, actor policy.Actor, code string) (rollout.Programme, error) {
	p, _, err := s.programme(ctx, actor, policy.RequestEndorsement, code)
	return p, err
}

// RequestEndorsement writes a request down.
func (s *Service) RequestEndorsement(ctx context.Context, actor policy.Actor, code string, r Request) error {
	p, err := s.Requesting(ctx, actor, code)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.RequestEndorsement, p.Object(), func(ctx context.Context) (audit.Note, error) {
		if err := r.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		e := Endorsement{
			ID: db.NewID(), ProgrammeID: p.ID, AskedOf: freetext.OneLine(r.AskedOf), Request: strings.TrimSpace(r.Request),
			AskedOn: r.AskedOn, AskedBy: signature(actor),
		}
		return e.note(p, "asked", e.Request), InsertEndorsement(ctx, s.desk.DB, e)
	})
}

// Endorsement answers one request of a programme to those who may answer it.
func (s *Service) Endorsement(ctx context.Context, actor policy.Actor, code, id string) (rollout.Programme, Endorsement, error) {
	p, err := s.Requesting(ctx, actor, code)
	if err != nil {
		return p, Endorsement{}, err
	}
	all, err := listEndorsements(ctx, s.desk.DB, p.ID)
	for _, e := range all {
		if e.ID == id {
			return p, e, nil
		}
	}
	if err == nil {
		err = fault.NotFound("There is no such request.")
	}
	return p, Endorsement{}, err
}

// AnswerEndorsement writes an answer down, once.
func (s *Service) AnswerEndorsement(ctx context.Context, actor policy.Actor, code, id string, a Answer) error {
	p, e, err := s.Endorsement(ctx, actor, code, id)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.RequestEndorsement, p.Object(), func(ctx context.Context) (audit.Note, error) {
		if err := a.faults(e.AskedOn, s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		e.Outcome, e.Answer, e.AnsweredOn, e.AnsweredBy = a.Outcome, strings.TrimSpace(a.Answer), a.AnsweredOn, signature(actor)
		return e.note(p, string(e.Outcome), e.Answer), answer(ctx, s.desk.DB, e)
	})
}

func (e Endorsement) note(p rollout.Programme, what, text string) audit.Note {
	return audit.Note{Object: p.Object().String(), Detail: map[string]string{"endorsement of": e.AskedOf, what: text}}
}
