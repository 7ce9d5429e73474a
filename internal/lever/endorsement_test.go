package lever_test

import (
	"errors"
	"testing"

	"sir/internal/fault"
	"sir/internal/lever"
)

func TestAnEndorsementIsAskedForAndAnsweredOnce(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		right := lever.Request{AskedOf: "College", Request: "The pathway", AskedOn: "2026-05-01"}
		for at, spoil := range map[string]func(*lever.Request){
			"asked-of": func(r *lever.Request) { r.AskedOf = "" },
			"request":  func(r *lever.Request) { r.Request = "" },
			"asked-on": func(r *lever.Request) { r.AskedOn = "2026-05-21" },
		} {
			wrong := right
			spoil(&wrong)
			checkField(w.t, w.service.RequestEndorsement(ctx, lead, "p", wrong), at)
		}
		w.must(w.service.RequestEndorsement(ctx, lead, "p", right))
		asked := w.programme(manager, "p").Endorsements
		if len(asked) != 1 || asked[0].Outcome != "" || asked[0].AskedBy != "Ada (programme lead)" {
			w.t.Fatalf("asked is %+v", asked)
		}
		answer := lever.Answer{Outcome: lever.Conditional, Answer: "With an audit.", AnsweredOn: "2026-05-02"}
		for at, spoil := range map[string]func(*lever.Answer){
			"outcome":     func(a *lever.Answer) { a.Outcome = "perhaps" },
			"answer":      func(a *lever.Answer) { a.Answer = "" },
			"answered-on": func(a *lever.Answer) { a.AnsweredOn = "2026-04-30" },
		} {
			wrong := answer
			spoil(&wrong)
			checkField(w.t, w.service.AnswerEndorsement(ctx, lead, "p", asked[0].ID, wrong), at)
		}
		w.must(w.service.AnswerEndorsement(ctx, lead, "p", asked[0].ID, answer))
		if err := w.service.AnswerEndorsement(ctx, lead, "p", asked[0].ID, answer); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a second answer: %v", err)
		}
		if err := w.service.AnswerEndorsement(ctx, otherLead, "q", asked[0].ID, answer); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("an answer to another programme's request: %v", err)
		}
		if err := w.service.RequestEndorsement(ctx, manager, "p", right); !errors.Is(err, fault.ErrForbidden) {
			w.t.Errorf("a spread manager asks: %v", err)
		}
		if e := w.programme(senior, "p").Endorsements[0]; e.Outcome != lever.Conditional || e.Answer != "With an audit." || e.AnsweredOn != "2026-05-02" {
			w.t.Errorf("answered is %+v", e)
		}
	})
}
