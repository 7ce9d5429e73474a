package rollout_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// today is where the desk's clock stands.
const today = "2020-05-20"

// world has the programmes and rollouts of fill: r1 of Alder is stopped, r2 of
// Birch is active, r3 of Alder is being scoped.
type world struct {
	t       *testing.T
	db      *db.DB
	service *rollout.Service
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day, err := time.Parse(time.DateOnly, today)
		if err != nil {
			t.Fatal(err)
		}
		fill(t, d)
		test(&world{t, d, rollout.New(&usecase.Desk{DB: d, Now: func() time.Time { return day.Add(12 * time.Hour) }})})
	})
}

func actor(role policy.Role, grant policy.Grant) policy.Actor {
	grant.Role = role
	return policy.Actor{ID: "a", Name: "A", Grants: []policy.Grant{grant}}
}

var (
	manager   = actor(policy.SpreadManager, policy.Grant{Member: "m1", Programme: "p1"})
	foreign   = actor(policy.SpreadManager, policy.Grant{Member: "m2", Programme: "p1"})
	senior    = actor(policy.SeniorManager, policy.Grant{Member: "m1"})
	lead      = actor(policy.ProgrammeLead, policy.Grant{Member: "m1", Programme: "p2"})
	otherLead = actor(policy.ProgrammeLead, policy.Grant{Member: "m1", Programme: "p1"})
	analyst   = actor(policy.Analyst, policy.Grant{Member: "m1", Programme: "p2"})
	champion  = actor(policy.SiteChampion, policy.Grant{Member: "m1", Programme: "p2", Site: "s1"})
	innovator = actor(policy.Innovator, policy.Grant{Member: "m1", Programme: "p2", Innovation: "i2"})
	everybody = map[string]policy.Actor{
		"manager": manager, "foreign": foreign, "senior": senior, "lead": lead, "otherLead": otherLead, "analyst": analyst,
		"champion": champion, "innovator": innovator,
	}
)

// only checks that of everybody those named may, and that the rest are refused.
func (w *world) only(what, may string, try func(policy.Actor) error) {
	w.t.Helper()
	for name, a := range everybody {
		want := slices.Contains(strings.Fields(may), name)
		if err := try(a); errors.Is(err, fault.ErrForbidden) == want {
			w.t.Errorf("%s by %s: %v, want it allowed: %v", what, name, err, want)
		}
	}
}

func (w *world) look(id string) rollout.View {
	w.t.Helper()
	v, err := w.service.Look(w.t.Context(), policy.System("test"), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// move must take the rollout to its next state.
func (w *world) move(id string, c rollout.Change) rollout.View {
	w.t.Helper()
	if err := w.service.Move(w.t.Context(), manager, id, w.look(id).Version, c); err != nil {
		w.t.Fatal(err)
	}
	return w.look(id)
}

func checkFields(t *testing.T, err error, names ...string) {
	t.Helper()
	var wrong *fault.Error
	var got []string
	if errors.As(err, &wrong) {
		for _, f := range wrong.Fields {
			got = append(got, f.Name)
		}
	}
	if !slices.Equal(got, names) {
		t.Errorf("wrong are %q, want %q (%v)", got, names, err)
	}
}

func TestWhoSeesAndChangesRollouts(t *testing.T) {
	each(t, func(w *world) {
		ctx := t.Context()
		w.only("looking", "manager foreign senior lead analyst", func(a policy.Actor) error { _, err := w.service.Look(ctx, a, "r3"); return err })
		w.only("a guessed id", "manager foreign", func(a policy.Actor) error { _, err := w.service.Look(ctx, a, "r9"); return err })
		w.only("editing", "manager", func(a policy.Actor) error { _, err := w.service.Editing(ctx, a, "r3"); return err })
		w.only("changing", "manager", func(a policy.Actor) error { return w.service.Change(ctx, a, "r3", 0, rollout.Rollout{}) })
		w.only("moving", "manager senior", func(a policy.Actor) error { return w.service.Move(ctx, a, "r3", 0, rollout.Change{}) })
		w.only("opening", "manager foreign", func(a policy.Actor) error { _, err := w.service.Opening(ctx, a, "late"); return err })
		if _, err := w.service.Look(ctx, manager, "r9"); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("a guessed id: %v", err)
		}
		if v := w.look("r3"); v.Version != 1 || v.State != rollout.Scoping {
			t.Errorf("it was changed: %+v", v)
		}
		_, err := w.service.Add(ctx, foreign, "late", "alder", rollout.Rollout{PlannedStart: "2021-01-01"})
		checkFields(t, err, "member")
	})
}

// INVENTORY 6.3, rule 7: what is stopped has a reason and a lesson; here a
// pause has them too, and both say what they free.
func TestRule7AStopHasAReasonAndALesson(t *testing.T) {
	each(t, func(w *world) {
		for state, missing := range map[rollout.State][]string{
			rollout.Stopped: {"reason", "freed", "lesson"}, rollout.Paused: {"reason", "freed", "lesson"}, rollout.Planned: {"reason"},
		} {
			err := w.service.Move(t.Context(), manager, "r3", 1, rollout.Change{State: state, Since: today, Reason: " ", Lesson: "\n"})
			checkFields(t, err, missing...)
		}
		v := w.move("r3", rollout.Change{State: rollout.Stopped, Since: "2020-05-01", Reason: "Superseded.", Freed: "Half a post.", Lesson: "Ask first."})
		got := v.History[0]
		if v.State != rollout.Stopped || v.Reason != "Superseded." || v.Lesson != "Ask first." || v.StateSince != "2020-05-01" ||
			got.Freed != "Half a post." || got.MadeBy != "A" || !got.MadeAt.Equal(time.Date(2020, 5, 20, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("it is %+v, %+v", v.Rollout, got)
		}
		entries, err := audit.List(t.Context(), w.db, audit.Filter{Limit: 1})
		if err != nil || entries[0].Action != string(policy.ChangeRolloutState) || !strings.Contains(entries[0].Detail, "Superseded.") {
			t.Errorf("the trail says %+v (%v)", entries, err)
		}
	})
}

// INVENTORY 6.3, rules 5 and 6: what a rollout should have before it is active
// may be waived, with a reason and a name; it never blocks.
func TestRules5And6AreWaivedWithAReason(t *testing.T) {
	each(t, func(w *world) {
		start := rollout.Change{State: rollout.Active, Since: "2020-05-01", Reason: "Sites are ready.", Waived: rollout.Needs}
		checkFields(t, w.service.Move(t.Context(), manager, "r3", 1, start), "waiver")
		start.Waiver = "The season does not wait."
		got := w.move("r3", start).History[0]
		if len(got.Waived) != 7 || got.Waiver != start.Waiver || got.MadeBy != "A" || got.Met("champion") {
			t.Errorf("kept is %+v", got)
		}
		start.Waived, start.Waiver = nil, ""
		w.move("r3", rollout.Change{State: rollout.Paused, Since: today, Reason: "r", Freed: "f", Lesson: "l"})
		start.Since = today
		if got := w.move("r3", start).History[0]; len(got.Waived) > 0 || !got.Met("champion") {
			t.Errorf("with all that is needed: %+v", got)
		}
	})
}

// INVENTORY 6.3, rule 8: money has an end and a plan for what comes after it.
func TestRule8MoneyHasAnEndAndAnAfterPlan(t *testing.T) {
	each(t, func(w *world) {
		plan := rollout.Rollout{PlannedStart: "2020-04-01", Budget: rollout.BudgetOf("5,000", "", " ")}
		checkFields(t, w.service.Change(t.Context(), manager, "r3", 1, plan), "budget-ends", "budget-after")
		plan.Budget = rollout.BudgetOf("lots", "2021-01-01", "Sites pay.")
		checkFields(t, w.service.Change(t.Context(), manager, "r3", 1, plan), "budget")
		plan.Budget = rollout.BudgetOf("", "2021-01-01", "")
		checkFields(t, w.service.Change(t.Context(), manager, "r3", 1, plan), "budget")
		plan.Budget = rollout.BudgetOf("£5,000", "2021-01-01", "Sites pay.")
		if err := w.service.Change(t.Context(), manager, "r3", 1, plan); err != nil || w.look("r3").Budget != plan.Budget {
			t.Errorf("kept is %+v (%v)", w.look("r3").Budget, err)
		}
	})
}

// INVENTORY 6.3, rule 17: free text that looks like a patient's number is refused.
func TestRule17FreeTextNamesNoPatient(t *testing.T) {
	each(t, func(w *world) {
		err := w.service.Move(t.Context(), manager, "r3", 1, rollout.Change{
			State: rollout.Stopped, Since: today, Reason: "as for 943 476 5919", Freed: "ask a@example.org", Lesson: "l",
		})
		checkFields(t, err, "reason", "freed")
	})
}

// INVENTORY 6.3, rule 20: elapsed time is measured from the rollout's own
// start; the calendar tells how late that was.
func TestRule20TimeIsMeasuredFromOwnStart(t *testing.T) {
	each(t, func(w *world) {
		if days, ok := w.look("r3").DaysOverdue(today); !ok || days != 49 { // 1 April to 20 May
			t.Errorf("overdue by %d days, %v", days, ok)
		}
		v := w.move("r3", rollout.Change{State: rollout.Active, Since: "2020-05-10", Reason: "Sites are ready."})
		late, _ := v.DaysLate()
		elapsed, _ := v.Elapsed(today)
		if _, overdue := v.DaysOverdue(today); late != 39 || elapsed != 10 || overdue || v.StartReason != "Sites are ready." {
			t.Errorf("late by %d, running for %d days, overdue %v, because %q", late, elapsed, overdue, v.StartReason)
		}
		w.move("r3", rollout.Change{State: rollout.Paused, Since: today, Reason: "r", Freed: "f", Lesson: "l"})
		v = w.move("r3", rollout.Change{State: rollout.Active, Since: today, Reason: "Again."})
		if v.ActualStart != "2020-05-10" || v.StartReason != "Sites are ready." || v.Lesson != "" || len(v.History) != 3 || v.History[1].Lesson != "l" {
			t.Errorf("a second start made it %+v", v)
		}
	})
}

func TestOnlyTheListedSteps(t *testing.T) {
	t.Parallel()
	all := []rollout.State{rollout.Scoping, rollout.Planned, rollout.Active, rollout.Paused, rollout.Stopped, rollout.HandedOver, rollout.Closed}
	reached := map[rollout.State]bool{rollout.Scoping: true}
	for _, from := range all {
		for _, to := range from.Next() {
			if to == from || !slices.Contains(all, to) {
				t.Errorf("%q leads to %q", from, to)
			}
			reached[to] = true
		}
		if len(from.Next()) == 0 && from != rollout.Closed {
			t.Errorf("%q leads nowhere", from)
		}
	}
	if len(reached) != len(all) {
		t.Errorf("only %v are reached", reached)
	}
}

func TestAStepIsDatedBetweenTheLastAndToday(t *testing.T) {
	each(t, func(w *world) {
		w.move("r3", rollout.Change{State: rollout.Planned, Since: "2020-05-01", Reason: "r"})
		for since, want := range map[string][]string{
			"2020-05-21": {"since"}, "2020-04-30": {"since"}, "2020-05-32": {"since"}, "2099-02-30": {"since"}, "": {"since"}, "tomorrow": {"since"},
		} {
			err := w.service.Move(t.Context(), manager, "r3", 2, rollout.Change{State: rollout.Scoping, Since: since, Reason: "r"})
			checkFields(t, err, want...)
		}
		err := w.service.Move(t.Context(), manager, "r3", 2, rollout.Change{State: rollout.HandedOver, Since: today, Reason: "r"})
		checkFields(t, err, "state")
		w.move("r3", rollout.Change{State: rollout.Scoping, Since: "2020-05-01", Reason: "The same day."})
	})
}

// Whoever is second is told, and nothing of either is lost.
func TestTheSecondOfTwoIsStale(t *testing.T) {
	each(t, func(w *world) {
		ctx := t.Context()
		plan := rollout.Rollout{PlannedStart: "2020-06-01", Aim: "First."}
		if err := w.service.Change(ctx, manager, "r3", 1, plan); err != nil {
			t.Fatal(err)
		}
		plan.Aim = "Second."
		if err := w.service.Change(ctx, manager, "r3", 1, plan); !errors.Is(err, fault.ErrStale) {
			t.Errorf("a second change: %v", err)
		}
		step := rollout.Change{State: rollout.Planned, Since: today, Reason: "r"}
		if err := w.service.Move(ctx, senior, "r3", 1, step); !errors.Is(err, fault.ErrStale) {
			t.Errorf("a step after a change: %v", err)
		}
		if v := w.look("r3"); v.Aim != "First." || len(v.History) != 0 {
			t.Errorf("it is %+v", v)
		}
	})
}

func TestARolloutIsAddedWithItsFirstStep(t *testing.T) {
	each(t, func(w *world) {
		ctx := t.Context()
		_, err := w.service.Add(ctx, foreign, "late", "birch", rollout.Rollout{})
		checkFields(t, err, "planned-start")
		id, err := w.service.Add(ctx, foreign, "late", "birch", rollout.Rollout{PlannedStart: "2020-09-01", Aim: " Every ward. ", ActualStart: "2020-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		v := w.look(id)
		if v.State != rollout.Scoping || v.Aim != "Every ward." || v.ActualStart != "" || v.MemberID != "m2" || len(v.History) != 1 || v.History[0].Since != today {
			t.Errorf("added is %+v", v)
		}
		_, err = w.service.Add(ctx, foreign, "late", "birch", rollout.Rollout{PlannedStart: "2020-09-01"})
		checkFields(t, err, "member") // one is enough
		if _, err := w.service.Add(ctx, foreign, "none", "birch", rollout.Rollout{}); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("of no programme: %v", err)
		}
	})
}

func TestWhatIsWrongWithARollout(t *testing.T) {
	each(t, func(w *world) {
		for name, c := range map[string]struct {
			in   rollout.Rollout
			want []string
		}{
			"no plan":         {rollout.Rollout{}, []string{"planned-start"}},
			"a start to come": {rollout.Rollout{PlannedStart: "2020-06-01", ActualStart: "2020-06-01"}, []string{"actual-start"}},
			"no date":         {rollout.Rollout{PlannedStart: "1.4.2020", Aim: strings.Repeat("x", 2001)}, []string{"aim", "planned-start"}},
		} {
			t.Run(name, func(t *testing.T) { checkFields(t, w.service.Change(t.Context(), manager, "r3", 1, c.in), c.want...) })
		}
		err := w.service.Change(t.Context(), foreign, "r2", 1, rollout.Rollout{PlannedStart: "2018-04-01"})
		checkFields(t, err, "actual-start") // an active rollout has started
	})
}

func TestWhoSeesAndChangesProgrammes(t *testing.T) {
	each(t, func(w *world) {
		ctx := t.Context()
		w.only("looking", "manager foreign senior lead otherLead analyst", func(a policy.Actor) error { _, err := w.service.Programme(ctx, a, "late"); return err })
		w.only("editing", "lead", func(a policy.Actor) error { _, err := w.service.EditingProgramme(ctx, a, "late"); return err })
		w.only("changing", "lead", func(a policy.Actor) error { return w.service.ChangeProgramme(ctx, a, "late", 0, rollout.Programme{}) })
		w.only("a guessed code", "", func(a policy.Actor) error { return w.service.ChangeProgramme(ctx, a, "none", 0, rollout.Programme{}) })
		for a, want := range map[*policy.Actor]int{&manager: 2, &senior: 1, &lead: 0} {
			v, err := w.service.Programme(ctx, *a, "early")
			if err != nil || len(v.Rollouts) != want {
				t.Errorf("%v sees %d rollouts, want %d (%v)", a.Grants, len(v.Rollouts), want, err)
			}
		}
	})
}

// A mandate is asked for apart from endorsements, and says whose it is.
func TestWhatIsWrongWithAProgramme(t *testing.T) {
	each(t, func(w *world) {
		right := programmes[0]
		right.Level, right.LeadID = "regional", "m2"
		for name, c := range map[string]struct {
			change func(*rollout.Programme)
			want   []string
		}{
			"nothing":         {func(p *rollout.Programme) { *p = rollout.Programme{} }, []string{"name", "summary", "level"}},
			"unknown words":   {func(p *rollout.Programme) { p.Level, p.Mandate, p.LeadID = "village", "endorsed", "m9" }, []string{"level", "mandate", "lead"}},
			"whose mandate":   {func(p *rollout.Programme) { p.Mandate = rollout.Mandated }, []string{"mandate-note"}},
			"ends too early":  {func(p *rollout.Programme) { p.StartsOn, p.EndsOn = "2020-01-01", "2020-01-01" }, []string{"ends"}},
			"no dates":        {func(p *rollout.Programme) { p.AnnouncedOn, p.StartsOn = "x", "2020-13-01" }, []string{"announced", "starts"}},
			"rule 8 of money": {func(p *rollout.Programme) { p.Budget.Pounds = 5 }, []string{"budget-ends", "budget-after"}},
		} {
			in := right
			c.change(&in)
			t.Run(name, func(t *testing.T) {
				checkFields(t, w.service.ChangeProgramme(t.Context(), lead, "late", 1, in), c.want...)
			})
		}
		if err := w.service.ChangeProgramme(t.Context(), lead, "late", 1, right); err != nil {
			t.Fatal(err)
		}
		right.Version, right.LeadName = 2, "Birch"
		if got, err := rollout.ProgrammeByCode(t.Context(), w.db, "late"); err != nil || got != right {
			t.Errorf("kept is %+v, want %+v (%v)", got, right, err)
		}
		if err := w.service.ChangeProgramme(t.Context(), lead, "late", 1, right); !errors.Is(err, fault.ErrStale) {
			t.Errorf("a second change: %v", err)
		}
	})
}

// 1 January to 1 April 2018 are 31 + 28 + 31 days.
func TestLeadTimeIsCounted(t *testing.T) {
	t.Parallel()
	if days, ok := programmes[1].LeadTime("2018-04-01"); !ok || days != 90 {
		t.Errorf("%d days, %v", days, ok)
	}
	if _, ok := programmes[0].LeadTime("2018-04-01"); ok {
		t.Error("a programme that was never announced has a lead time")
	}
}

func TestHistoryIsKeptWhole(t *testing.T) {
	each(t, func(w *world) {
		c := rollout.Change{
			RolloutID: "r1", Number: 1, State: rollout.Active, Since: "2018-04-01", Reason: "r", Waived: []rollout.Need{"aim", "champion"},
			Waiver: "w", MadeBy: "b",
		}
		if err := rollout.InsertChange(context.Background(), w.db, c); err != nil {
			t.Fatal(err)
		}
		v := w.look("r1")
		if last, ok := v.LastStart(); !ok || !reflect.DeepEqual(last, c) {
			t.Errorf("kept is %+v, want %+v", last, c)
		}
		c.Number, c.State, c.Waived = 2, rollout.Stopped, nil
		if err := rollout.InsertChange(t.Context(), w.db, c); err == nil {
			t.Error("a stop without a lesson was kept")
		}
	})
}
