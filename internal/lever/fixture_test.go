package lever_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/lever"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// today is where the desk's clock stands.
const today = "2026-05-20"

// world has the programme p, in which Alder is active, Birch paused and Cedar
// stopped, and the programme q of Birch alone.
type world struct {
	t       *testing.T
	db      *db.DB
	service *lever.Service
}

func role(r policy.Role, g policy.Grant) policy.Actor {
	g.Role = r
	return policy.Actor{ID: "a", Name: "Ada", Grants: []policy.Grant{g}}
}

var (
	lead      = role(policy.ProgrammeLead, policy.Grant{Programme: "p"})
	otherLead = role(policy.ProgrammeLead, policy.Grant{Programme: "q"})
	manager   = role(policy.SpreadManager, policy.Grant{Member: "m-alder"})
	foreign   = role(policy.SpreadManager, policy.Grant{Member: "m-birch"})
	senior    = role(policy.SeniorManager, policy.Grant{Member: "m-alder"})
	stranger  = role(policy.SeniorManager, policy.Grant{Member: "m-cedar"})
	champion  = role(policy.SiteChampion, policy.Grant{Site: "s", Member: "m-alder", Programme: "p"})
	innovator = role(policy.Innovator, policy.Grant{Innovation: "i"})
	evaluator = role(policy.Evaluator, policy.Grant{Member: "m-alder"})
)

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day, err := time.Parse(time.DateOnly, today)
		if err != nil {
			t.Fatal(err)
		}
		now := day
		w := &world{t, d, lever.New(&usecase.Desk{DB: d, Now: func() time.Time { now = now.Add(time.Minute); return now }})}
		w.fill()
		test(w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) fill() {
	ctx := w.t.Context()
	w.must(innovation.Insert(ctx, w.db, innovation.Innovation{ID: "i", Code: "i", Name: "I", Source: "test"}))
	for _, code := range []string{"p", "q"} {
		w.must(rollout.InsertProgramme(ctx, w.db, rollout.Programme{ID: code, Code: code, Name: strings.ToUpper(code), InnovationID: "i", Source: "test"}))
	}
	for i, name := range []string{"Alder", "Birch", "Cedar"} {
		code := strings.ToLower(name)
		w.must(network.InsertMember(ctx, w.db, network.Member{ID: "m-" + code, Key: int64(i + 1), Code: code, Name: name, Source: "test"}))
	}
	for _, r := range []rollout.Rollout{
		{ID: "r-alder", ProgrammeID: "p", MemberID: "m-alder", State: rollout.Active},
		{ID: "r-birch", ProgrammeID: "p", MemberID: "m-birch", State: rollout.Paused},
		{ID: "r-cedar", ProgrammeID: "p", MemberID: "m-cedar", State: rollout.Stopped, Reason: "r", Lesson: "l"},
		{ID: "r-other", ProgrammeID: "q", MemberID: "m-birch", State: rollout.Active},
	} {
		r.PlannedStart = "2026-01-01"
		w.must(rollout.Insert(ctx, w.db, r))
	}
}

// guidance is a wording that is right.
func guidance() lever.Wording {
	return lever.Wording{
		Name: "Guidance 1", Body: "Institute", Kind: lever.Guidance, Strength: lever.Recommendation, Clarity: lever.Clear,
		From: "2025-04-01", Summary: "Offer it to all who leave.", Source: "Institute, guidance 1",
	}
}

func (w *world) add(wording lever.Wording) string {
	w.t.Helper()
	id, err := w.service.Add(w.t.Context(), lead, wording)
	w.must(err)
	return id
}

// assess writes a finding about a lever as it stands.
func (w *world) assess(actor policy.Actor, code, id string, found lever.Finding) {
	w.t.Helper()
	v, err := w.service.Look(w.t.Context(), actor, id)
	w.must(err)
	w.must(w.service.Assess(w.t.Context(), actor, code, lever.Assessment{
		Lever: id, Version: v.Version, Finding: found, Reason: "As read.", AsAt: today,
	}))
}

// change ends a lever on a day as a new version.
func (w *world) change(id string, seen int64, to string) int {
	w.t.Helper()
	next := guidance()
	next.To = to
	asked, err := w.service.Change(w.t.Context(), lead, id, seen, next, "It ends.")
	w.must(err)
	return asked
}

func (w *world) programme(actor policy.Actor, code string) lever.ProgrammeView {
	w.t.Helper()
	v, err := w.service.Programme(w.t.Context(), actor, code)
	w.must(err)
	return v
}

func (w *world) newest() audit.Entry {
	w.t.Helper()
	entries, err := audit.List(w.t.Context(), w.db, audit.Filter{Limit: 1})
	if err != nil || len(entries) != 1 {
		w.t.Fatalf("no entry in the trail: %v", err)
	}
	return entries[0]
}

// checkField fails unless the error is about exactly that field.
func checkField(t *testing.T, err error, field string) {
	t.Helper()
	var wrong *fault.Error
	if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != field {
		t.Errorf("got %v (%+v), want an error at %s alone", err, wrong, field)
	}
}
