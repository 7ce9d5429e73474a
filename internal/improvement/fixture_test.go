package improvement_test

import (
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/improvement"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// today is where the desk's clock stands.
const today = "2026-05-20"

// world has a programme in which Alder and Birch take part and Cedar does not.
type world struct {
	t       *testing.T
	db      *db.DB
	service *improvement.Service
}

var (
	shared = improvement.Address{Programme: "p"}
	alder  = improvement.Address{Programme: "p", Member: "alder"}
	birch  = improvement.Address{Programme: "p", Member: "birch"}
	cedar  = improvement.Address{Programme: "p", Member: "cedar"}
)

func role(r policy.Role, g policy.Grant) policy.Actor {
	g.Role = r
	return policy.Actor{ID: "a", Name: "A", Grants: []policy.Grant{g}}
}

var (
	lead     = role(policy.ProgrammeLead, policy.Grant{Programme: "p"})
	manager  = role(policy.SpreadManager, policy.Grant{Member: "m-alder"})
	foreign  = role(policy.SpreadManager, policy.Grant{Member: "m-birch"})
	outsider = role(policy.SpreadManager, policy.Grant{Member: "m-cedar"})
	senior   = role(policy.SeniorManager, policy.Grant{Member: "m-alder"})
	champion = role(policy.SiteChampion, policy.Grant{Site: "s-1"})
	visitor  = role(policy.Evaluator, policy.Grant{Programme: "p", Member: "m-alder"})
)

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day, err := time.Parse(time.DateOnly, today)
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t, d, improvement.New(&usecase.Desk{DB: d, Now: func() time.Time { return day.Add(12 * time.Hour) }})}
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
	w.must(rollout.InsertProgramme(ctx, w.db, rollout.Programme{ID: "p", Code: "p", Name: "P", InnovationID: "i", Source: "test"}))
	for i, name := range []string{"Alder", "Birch", "Cedar"} {
		code := strings.ToLower(name)
		w.must(network.InsertMember(ctx, w.db, network.Member{ID: "m-" + code, Key: int64(i + 1), Code: code, Name: name, Source: "test"}))
		if code != "cedar" {
			w.must(rollout.Insert(ctx, w.db, rollout.Rollout{
				ID: "r-" + code, ProgrammeID: "p", MemberID: "m-" + code, State: rollout.Active, PlannedStart: "2026-01-01",
			}))
		}
	}
	w.must(network.InsertSite(ctx, w.db, network.Site{ID: "s-1", Key: 1, Code: "S1", Name: "Site"}))
	w.must(rollout.InsertSite(ctx, w.db, rollout.Site{RolloutID: "r-alder", SiteID: "s-1", EligibleFrom: "2026-01-01"}))
	c := adoption.Collection{Key: 1, ID: "c", ProgrammeID: "p", Code: "c", Name: "C", PeriodKind: period.Quarter}
	w.must(adoption.InsertCollection(ctx, w.db, c))
	w.must(adoption.InsertMeasure(ctx, w.db, adoption.Measure{
		ID: "m", Key: 1, ProgrammeID: "p", CollectionKey: 1, Code: "level", Name: "Level", Kind: adoption.CountMeasure,
		Purpose: adoption.ForActivity, Direction: adoption.Increase,
	}))
}

// aim is a wording that is right.
func aim() improvement.Wording {
	return improvement.Wording{Aim: improvement.Aim{What: "Sites use it daily", HowMuch: "from 40% to 60%", ByWhen: "2027-03-31"}, Measure: "level"}
}

func body(text string) improvement.Wording { return improvement.Wording{Body: text} }

// grow makes a diagram of one branch and answers it.
func (w *world) grow(at improvement.Address, actor policy.Actor) improvement.Diagram {
	w.t.Helper()
	w.must(w.service.AddDriver(w.t.Context(), actor, at, "", aim()))
	for _, text := range []string{"Staff know how", "Training at handover", "Ten minutes on Mondays"} {
		w.must(w.service.AddDriver(w.t.Context(), actor, at, w.last(at), body(text)))
	}
	return w.look(at).Diagram
}

func (w *world) look(at improvement.Address) improvement.View {
	w.t.Helper()
	v, err := w.service.Look(w.t.Context(), lead, at)
	w.must(err)
	return v
}

// last is the id of the box that is visited last.
func (w *world) last(at improvement.Address) (id string) {
	w.look(at).Diagram.Walk(func(n, _ *improvement.Node) { id = n.ID })
	return id
}

// texts are the boxes of a diagram, each with its level before it.
func texts(d improvement.Diagram) (lines []string) {
	d.Walk(func(n, _ *improvement.Node) { lines = append(lines, string(n.Kind)+" "+n.Text()) })
	return lines
}

// plan is a plan that is right, of a test that begins on a day.
func plan(startsOn, prediction string) improvement.Plan {
	return improvement.Plan{
		Title: "Monday training", Measure: "level", Site: "S1", StartsOn: startsOn, EndsOn: "2026-06-30",
		Plan: "Ten minutes on three Mondays on one ward.", Prediction: prediction,
	}
}

func (w *world) newest() audit.Entry {
	w.t.Helper()
	entries, err := audit.List(w.t.Context(), w.db, audit.Filter{Limit: 1})
	if err != nil || len(entries) != 1 {
		w.t.Fatalf("no entry in the trail: %v", err)
	}
	return entries[0]
}
