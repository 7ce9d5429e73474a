package policy_test

import (
	"testing"

	"sir/internal/policy"
)

// Every action has words of its own: in a list of actions no two look alike,
// and none shows its code.
func TestWords(t *testing.T) {
	t.Parallel()
	seen := map[string]policy.Action{}
	for _, action := range policy.Actions() {
		words := policy.Words(action)
		if words == string(action) || words[0] < 'A' || words[0] > 'Z' {
			t.Errorf("%s reads %q", action, words)
		}
		if other, taken := seen[words]; taken {
			t.Errorf("%s and %s both read %q", action, other, words)
		}
		seen[words] = action
	}
	if got := policy.Words("gone.action"); got != "gone.action" {
		t.Errorf("an action that is gone reads %q", got)
	}
	if got := policy.Words(policy.DisableAccount); got != "Disable an account" {
		t.Errorf("disabling reads %q", got)
	}
}
