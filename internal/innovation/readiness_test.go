package innovation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/policy"
)

func (w *world) readiness(code, key string) innovation.Asked {
	w.t.Helper()
	v, err := w.service.Readiness(w.t.Context(), evaluator, code)
	w.must(err)
	for _, q := range v.Questions {
		if q.Key == key {
			return q
		}
	}
	w.t.Fatalf("%s is not asked", key)
	return innovation.Asked{}
}

func TestReadinessIsAskedAgainAndNothingIsLost(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		if got := w.readiness("lamp", "need-1").Latest(); got.Version != 0 || got.Answer != "" {
			w.t.Errorf("before any answer there is %+v", got)
		}
		w.must(w.service.Answer(ctx, manager, "lamp", "need-1", 0, innovation.Answer{Answer: "no", Note: "Nobody asked."}))
		w.must(w.service.Answer(ctx, innovator, "lamp", "need-1", 1, innovation.Answer{Answer: "yes", Note: " Five wards did. "}))
		if e := w.newest(); !strings.Contains(e.Detail, "need-1: yes; Five wards did.") || !strings.Contains(e.Detail, `"before":"no; Nobody asked."`) {
			w.t.Errorf("the trail says %s", e.Detail)
		}
		q := w.readiness("lamp", "need-1")
		if len(q.Answers) != 2 || q.Latest().Answer != "yes" || q.Latest().By != "innovator" || q.Answers[1].Note != "Nobody asked." {
			w.t.Errorf("it is kept as %+v", q.Answers)
		}
		if err := w.service.Answer(ctx, manager, "lamp", "need-1", 1, innovation.Answer{Answer: "no"}); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("an answer over one that was not seen: %v", err)
		}
		if err := w.service.Answer(ctx, manager, "lamp", "need-9", 0, innovation.Answer{Answer: "no"}); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("an answer to no question: %v", err)
		}
		if got := w.readiness("wick", "need-1"); len(got.Answers) != 0 {
			w.t.Errorf("the other innovation has %+v", got.Answers)
		}
	})
}

func TestWhoSeesAndAnswersReadiness(t *testing.T) {
	each(t, func(w *world) {
		readers := []string{"manager", "foreign", "lead", "otherLead", "senior", "writer", "evaluator", "innovator"}
		only(w.t, "seeing", readers, func(a policy.Actor) error {
			_, err := w.service.Readiness(w.t.Context(), a, "lamp")
			return err
		})
		version := int64(0)
		only(w.t, "answering", []string{"manager", "lead", "innovator"}, func(a policy.Actor) error {
			err := w.service.Answer(w.t.Context(), a, "lamp", "cost-1", version, innovation.Answer{Answer: "no"})
			if err == nil {
				version++
			}
			return err
		})
		only(w.t, "opening the form", []string{"manager", "lead", "innovator"}, func(a policy.Actor) error {
			_, _, err := w.service.Asking(w.t.Context(), a, "lamp", "cost-1")
			return err
		})
	})
}

// Invariant 17 of INVENTORY 6.3: no patient-level data in a note. What does
// not apply needs a reason; another answer does not.
func TestReadinessAnswersThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		for _, c := range []struct {
			in innovation.Answer
			at string
		}{
			{innovation.Answer{Answer: "maybe"}, "answer"},
			{innovation.Answer{Answer: innovation.NotApplicable, Note: " "}, "note"},
			{innovation.Answer{Answer: "yes", Note: "As for 943 476 5919"}, "note"},
		} {
			checkFields(w.t, w.service.Answer(w.t.Context(), manager, "lamp", "data-1", 0, c.in), c.at)
		}
		w.must(w.service.Answer(w.t.Context(), manager, "lamp", "data-1", 0, innovation.Answer{Answer: innovation.NotApplicable, Note: "No data leave the ward."}))
	})
}

func TestGapsAreShownBesideTheDecision(t *testing.T) {
	each(t, func(w *world) {
		ctx := w.t.Context()
		late := trial()
		late.ReviewBy = "2026-05-19"
		w.must(w.service.AddEvidence(ctx, manager, "lamp", late))
		w.must(w.service.AddEvidence(ctx, manager, "lamp", trial()))
		w.must(w.service.Answer(ctx, manager, "lamp", "need-1", 0, innovation.Answer{Answer: "no"}))
		for key, at := range map[string]time.Time{
			"cost-1": time.Date(2025, time.May, 19, 23, 0, 0, 0, time.UTC), "data-1": time.Date(2025, time.May, 20, 1, 0, 0, 0, time.UTC),
		} {
			w.must(innovation.InsertAnswer(ctx, w.db, "i-lamp", innovation.Answer{Key: key, Version: 1, Answer: "yes", At: at, By: "test"}))
		}
		v, err := w.service.Panels(ctx, manager, "lamp")
		w.must(err)
		if got := v.Gaps; len(got.Overdue) != 1 || got.Overdue[0].Number != 1 || len(got.Types) != 4 {
			w.t.Errorf("of the evidence, gaps are %+v", got)
		}
		if got := v.Gaps; len(got.Old) != 1 || got.Old[0].Key != "cost-1" || len(got.Unanswered) != len(innovation.Questions)-3 {
			w.t.Errorf("of the questions, gaps are %+v", got)
		}
	})
}

// An answer is read under the words it was given to, so keys are never shared.
func TestQuestionsHaveKeysOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range innovation.Questions {
		if name, number, ok := strings.Cut(q.Key, "-"); !ok || name == "" || number == "" || seen[q.Key] || !strings.HasSuffix(q.Asks, "?") || q.Topic == "" {
			t.Errorf("%+v has no key of its own, no topic or asks nothing", q)
		}
		seen[q.Key] = true
	}
}
