package rollout

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/web/pagetest"
)

func visit(t testing.TB, a *app.App, role policy.Role) *pagetest.Page {
	t.Helper()
	page := pagetest.Serve(t, a, Routes(a.Rollout, a.Reference)).As(t, role).Page("/do")
	page.Check()
	return page
}

const example = "Rollouts of Example programme (made-up)"

func TestRolloutsStandByMember(t *testing.T) {
	page := visit(t, pagetest.Demo(t), policy.SpreadManager)
	rows := page.Rows(example)
	var names []string
	for _, row := range rows {
		names = append(names, row[0])
	}
	if len(names) != 15 || !slices.IsSorted(names) {
		t.Errorf("the rollouts are of %q, want 15 in alphabetical order", names)
	}
	if want := "15 rollouts: 12 active, 1 paused, 1 stopped, 1 handed over."; !strings.Contains(page.Main(), want) {
		t.Errorf("the page does not say %q", want)
	}
}

// The row must agree with what the programme was generated with.
func TestEachRolloutShowsStartReasonAndLesson(t *testing.T) {
	a := pagetest.Demo(t)
	overview, err := a.Rollout.Overview(context.Background(), policy.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	rows := visit(t, a, policy.SpreadManager).Rows(example)
	for i, r := range overview[0].Rollouts {
		row := strings.Join(rows[i], " | ")
		for _, want := range []string{r.MemberName, date(r.PlannedStart), date(r.ActualStart), date(r.StateSince), r.StartReason, r.Reason, r.Lesson} {
			if !strings.Contains(row, want) {
				t.Errorf("the row %q does not show %q", row, want)
			}
		}
		if !strings.HasPrefix(strings.ToLower(rows[i][1]), string(r.State)) {
			t.Errorf("the state of %s is %q, want %s", r.MemberName, rows[i][1], r.State)
		}
		if r.State == rollout.Stopped && (!strings.Contains(row, "Reason: ") || !strings.Contains(row, "Lesson: ")) {
			t.Errorf("the stopped rollout shows no reason or lesson: %q", row)
		}
	}
}

func TestReadersSeeTheirOwn(t *testing.T) {
	a := pagetest.Demo(t)
	for _, c := range []struct {
		role policy.Role
		rows int
		told string
	}{
		{policy.SpreadManager, 15, ""},
		{policy.ProgrammeLead, 15, "You see the rollouts of your own programme."},
		{policy.Analyst, 15, "You see the rollouts of your own programme or academic health science network."},
		{policy.SeniorManager, 1, "You see the rollouts of your own academic health science network."},
		{policy.Evaluator, 0, "Your role does not show rollouts."},
		{policy.InstanceAdmin, 0, "Your role does not show rollouts."},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			page := visit(t, a, c.role)
			rows := 0
			if len(page.All("table")) > 0 {
				rows = len(page.Rows(example))
			}
			if rows != c.rows {
				t.Errorf("%d rollouts are shown, want %d", rows, c.rows)
			}
			if !strings.Contains(page.Main(), c.told) {
				t.Errorf("the page does not say %q", c.told)
			}
			if c.told == "" && strings.Contains(page.Main(), "You see the rollouts of") {
				t.Error("the page speaks of a limit that is not there")
			}
			if got := page.Href("Weekly review"); got != "/shelves/stages/ADP-02" {
				t.Errorf("an item of the stage leads to %q", got)
			}
		})
	}
}

// Looking at a page that is open to a role is no refusal, and must not fill the
// audit trail with any.
func TestAReaderWithoutRolloutsIsNotRecordedAsRefused(t *testing.T) {
	a := pagetest.Demo(t)
	count := func() (n int) {
		if err := a.Desk.DB.Row(t.Context(), `SELECT count(*) FROM audit_entry WHERE outcome = 'refused'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	visit(t, a, policy.Evaluator)
	if after := count(); after != before {
		t.Errorf("%d refusals were recorded", after-before)
	}
}

func TestAFreshInstanceHasNoRollouts(t *testing.T) {
	if main := visit(t, pagetest.Empty(t), policy.SpreadManager).Main(); !strings.Contains(main, "There is no rollout that you may see yet.") {
		t.Errorf("the page says %s", main)
	}
}

func BenchmarkDo(b *testing.B) {
	a := pagetest.Demo(b)
	visitor := pagetest.Serve(b, a, Routes(a.Rollout, a.Reference)).As(b, policy.SpreadManager)
	for b.Loop() {
		visitor.Get("/do")
	}
}
