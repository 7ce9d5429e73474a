package returns

import (
	"net/url"
	"strings"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// What is approved stands on the page: its counts, what is missing, its rate.
func TestApprove(t *testing.T) {
	w := open(t)
	path := w.path(ownMember) + "/approve"
	v := w.site.As(t, policy.SpreadManager)
	page := v.Page(path)
	page.Check()
	var own area.MemberStatus
	for _, m := range w.last.Members {
		if m.Code == ownMember {
			own = m
		}
	}
	n := own.Count
	has(t, page.Main(), "Returns expected", shareWords(n.Complete, n.Expected), "Rate that these figures give")
	if n.Complete == n.Expected {
		t.Fatal("all returns of the last period are complete: the test has lost its case")
	}
	a := v.Post(path, url.Values{"note": {" "}})
	if a.Status != 422 {
		t.Fatalf("without a note it answers %d", a.Status)
	}
	refused := pagetest.Read(t, a.Body).Main()
	has(t, refused, "Say why the figures are approved without them.")
	// In the summary and at its field, and not as a hint too.
	if said := strings.Count(refused, "not complete."); said != 2 {
		t.Errorf("the page says %d times that returns are not complete:\n%s", said, refused)
	}
	if a := v.Post(path, url.Values{"note": {"The closed site sends nothing"}}); a.Status != 303 {
		t.Fatalf("with a note it answers %d: %s", a.Status, a.Body)
	}
	has(t, v.Page(path).Main(), "approved already", "The closed site sends nothing")
	if a := v.Post(path, url.Values{"note": {"again"}}); a.Status != 422 {
		t.Errorf("approving twice answers %d", a.Status)
	}
	has(t, v.Page(returnsPath(madeUp)).Main(), "by Demo spread manager")
}

func TestReopen(t *testing.T) {
	w := open(t)
	path := memberPath(madeUp, w.last.Collection, w.last.Periods[1], ownMember) + "/reopen"
	v := w.site.As(t, policy.SeniorManager)
	page := v.Page(path)
	page.Check()
	has(t, page.Main(), "Why are the figures opened again?", "What was approved and opened again")
	if a := v.Post(path, url.Values{}); a.Status != 422 || !strings.Contains(a.Body, `href="#reason"`) {
		t.Errorf("without a reason it answers %d", a.Status)
	}
	if a := v.Post(path, url.Values{"reason": {"<b>Two sites were swapped</b>"}}); a.Status != 303 {
		t.Fatalf("with a reason it answers %d", a.Status)
	}
	has(t, v.Page(path).Main(), "so they are open", "<b>Two sites were swapped</b>", "Opened again")
	if a := v.Post(path, url.Values{"reason": {"once more"}}); a.Status != 422 {
		t.Errorf("opening twice answers %d", a.Status)
	}
}

func TestReviewIsClosedToOthers(t *testing.T) {
	w := open(t)
	for role, want := range map[policy.Role][4]int{ // approve own, approve other, reopen own, reopen other
		policy.SpreadManager: {200, 403, 403, 403}, policy.SeniorManager: {200, 403, 200, 403}, policy.ProgrammeLead: {200, 200, 200, 200},
		policy.SiteChampion: {403, 403, 403, 403}, policy.Evaluator: {403, 403, 403, 403}, policy.InstanceAdmin: {403, 403, 403, 403},
	} {
		v := w.site.As(t, role)
		for i, address := range []string{
			w.path(ownMember) + "/approve", w.path(otherMember) + "/approve", w.path(ownMember) + "/reopen", w.path(otherMember) + "/reopen",
		} {
			if a := v.Get(address); a.Status != want[i] {
				t.Errorf("%s at %s is answered %d, want %d", role, address, a.Status, want[i])
			}
			if want[i] == 403 {
				if a := v.Post(address, url.Values{"note": {"x"}, "reason": {"x"}}); a.Status != 403 {
					t.Errorf("%s posts to %s with %d", role, address, a.Status)
				}
			}
		}
	}
}
