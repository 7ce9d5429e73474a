package lever

import (
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/rollout"
)

// A decision to pause or stop leads to where the state is changed, and changes
// nothing by itself; others lead back to the decisions.
func TestADecisionOffersTheChangeOfState(t *testing.T) {
	for decision, want := range map[string]string{"pause": "/state?state=paused", "stop": "/state?state=stopped", "go on": "", "adapt": ""} {
		t.Run(decision, func(t *testing.T) {
			w := open(t)
			a := w.alertOf(t, true)
			v := w.as(t, policy.SpreadManager)
			address := decisionsPath + "/" + a.ID
			form := with(filled(t, v.Page(address)), "decision", decision, "reason", "r", "lesson", "l")
			got := v.Post(address, form).Header.Get("Location")
			rest, toRollout := strings.CutPrefix(got, rolloutPath+a.Rollout.ID)
			if toRollout != (want != "") || toRollout && rest != want || !toRollout && got != decisionsPath {
				t.Errorf("it leads to %q, want one that ends with %q", got, want)
			}
			if state := w.stateOf(t, a.Rollout.ID); state != rollout.Active {
				t.Errorf("the state became %s by itself", state)
			}
		})
	}
}

// Who leads a programme decides, and may not change the state of a rollout:
// the way leads to the rollout, not to the form.
func TestAnOfferIsOnlyForThoseWhoMay(t *testing.T) {
	w := open(t)
	a := w.alertOf(t, true)
	v := w.as(t, policy.ProgrammeLead)
	address := decisionsPath + "/" + a.ID
	form := with(filled(t, v.Page(address)), "decision", "pause", "reason", "r")
	if got := v.Post(address, form).Header.Get("Location"); got != rolloutPath+a.Rollout.ID {
		t.Errorf("it leads to %q", got)
	}
	if href := v.Page(address).Href("See the rollout"); href != rolloutPath+a.Rollout.ID {
		t.Errorf("the decision leads to %q", href)
	}
}

func (w *world) stateOf(t *testing.T, id string) rollout.State {
	t.Helper()
	v, err := w.app.Rollout.Look(t.Context(), policy.System("test"), id)
	if err != nil {
		t.Fatal(err)
	}
	return v.State
}
