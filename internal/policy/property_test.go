package policy_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/fault"
	"sir/internal/policy"
)

// Few ids, one of them empty, so that grants and objects often meet.
var anyID = rapid.SampledFrom([]string{"", "1", "2", "3"})

var anyAction = rapid.Custom(func(t *rapid.T) policy.Action {
	return rapid.SampledFrom(append(policy.Actions(), "no.such-action", "")).Draw(t, "action")
})

var anyGrant = rapid.Custom(func(t *rapid.T) policy.Grant {
	return policy.Grant{
		Role:   rapid.SampledFrom(append(slices.Clone(policy.Roles), "no such role", "")).Draw(t, "role"),
		Member: anyID.Draw(t, "member"), Programme: anyID.Draw(t, "programme"),
		Site: anyID.Draw(t, "site"), Innovation: anyID.Draw(t, "innovation"),
	}
})

var anyObject = rapid.Custom(func(t *rapid.T) policy.Object {
	return policy.Object{
		Account: anyID.Draw(t, "account"), Member: anyID.Draw(t, "object's member"), Programme: anyID.Draw(t, "object's programme"),
		Site: anyID.Draw(t, "object's site"), Innovation: anyID.Draw(t, "object's innovation"),
	}
})

var anyPerson = rapid.Custom(func(t *rapid.T) policy.Actor {
	return policy.Actor{ID: rapid.SampledFrom([]string{"1", "2", "9"}).Draw(t, "id"), Grants: rapid.SliceOfN(anyGrant, 0, 4).Draw(t, "grants")}
})

// shares tells whether the grant is held for something that the object is.
func shares(grant policy.Grant, object policy.Object) bool {
	same := func(a, b string) bool { return a != "" && a == b }
	return same(grant.Member, object.Member) || same(grant.Programme, object.Programme) ||
		same(grant.Site, object.Site) || same(grant.Innovation, object.Innovation)
}

// Who may do something to an object that none of their grants is held for may
// do it to any object: only Everything reaches across.
func TestNarrowGrantsNeverReachAnothersObject(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actor, action, object := anyPerson.Draw(t, "actor"), anyAction.Draw(t, "action"), anyObject.Draw(t, "object")
		for _, grant := range actor.Grants {
			if shares(grant, object) {
				return
			}
		}
		if object.Account == actor.ID || policy.Allow(actor, action, object) != nil {
			return
		}
		if !policy.ReachOf(actor, action).Has(policy.Everything) {
			t.Fatalf("%v may %s %v with %v alone", actor.Grants, action, object, policy.ReachOf(actor, action))
		}
	})
}

// An object of which nothing is known is only for who reaches everything, and
// a grant that is held for nothing reaches no narrower.
func TestEmptyIDsNeverMatch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actor, action := anyPerson.Draw(t, "actor"), anyAction.Draw(t, "action")
		everything := policy.ReachOf(actor, action).Has(policy.Everything)
		if allowed := policy.Allow(actor, action, policy.Object{}) == nil; allowed != everything {
			t.Fatalf("%v may %s an unknown object: %v, want %v", actor.Grants, action, allowed, everything)
		}
		for i := range actor.Grants {
			actor.Grants[i] = policy.Grant{Role: actor.Grants[i].Role}
		}
		object := anyObject.Draw(t, "object")
		object.Account = ""
		if policy.Allow(actor, action, object) == nil && !policy.ReachOf(actor, action).Has(policy.Everything) {
			t.Fatalf("roles held for nothing, %v, may %s %v", actor.Roles(), action, object)
		}
	})
}

// Each narrow reach looks at its own kind of id, in the grant and in the
// object, and at no other.
func TestEachReachLooksAtItsOwnKind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		grant, object := anyGrant.Draw(t, "grant"), anyObject.Draw(t, "object")
		for _, action := range policy.Actions() {
			for _, grant.Role = range policy.Roles {
				checkReach(t, grant, action, object)
			}
		}
	})
}

func checkReach(t *rapid.T, grant policy.Grant, action policy.Action, object policy.Object) {
	actor := policy.Actor{ID: "1", Grants: []policy.Grant{grant}}
	reach := policy.ReachOf(actor, action)
	same := func(r policy.Reach, a, b string) bool { return reach.Has(r) && a != "" && a == b }
	want := reach.Has(policy.Everything) ||
		same(policy.OwnMember, grant.Member, object.Member) || same(policy.OwnProgramme, grant.Programme, object.Programme) ||
		same(policy.OwnSite, grant.Site, object.Site) || same(policy.OwnInnovation, grant.Innovation, object.Innovation) ||
		same(policy.OwnAccount, actor.ID, object.Account)
	if got := policy.Allow(actor, action, object) == nil; got != want {
		t.Fatalf("%+v may %s %+v: %v, want %v by %v", grant, action, object, got, want, reach)
	}
}

// The answer depends on each grant alone: more grants never take anything
// away, and together they allow only what one of them does.
func TestGrantsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actor, action, object := anyPerson.Draw(t, "actor"), anyAction.Draw(t, "action"), anyObject.Draw(t, "object")
		alone := policy.Allow(policy.Actor{ID: actor.ID}, action, object) == nil
		for _, grant := range actor.Grants {
			alone = alone || policy.Allow(policy.Actor{ID: actor.ID, Grants: []policy.Grant{grant}}, action, object) == nil
		}
		if together := policy.Allow(actor, action, object) == nil; together != alone {
			t.Fatalf("%v may %s %v: together %v, one by one %v", actor.Grants, action, object, together, alone)
		}
	})
}

// Menus and lists ask Can and ReachOf: what those deny, Allow denies too.
func TestWhatIsOutOfReachIsRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actor, action, object := anyPerson.Draw(t, "actor"), anyAction.Draw(t, "action"), anyObject.Draw(t, "object")
		err := policy.Allow(actor, action, object)
		if !policy.Can(actor, action) && err == nil {
			t.Fatalf("%v cannot %s, yet may do it to %v", actor.Grants, action, object)
		}
		if err != nil && !errors.Is(err, fault.ErrForbidden) {
			t.Fatalf("somebody signed in is refused with %v, want ErrForbidden", err)
		}
	})
}

// A person without any role has what everybody has and no more; a visitor has
// only what is public, and is asked to sign in for the rest.
func TestNoGrantsGrantNothing(t *testing.T) {
	t.Parallel()
	open := map[policy.Action]policy.Reach{}
	for _, action := range policy.Actions() {
		open[action] = policy.ReachOf(policy.Actor{ID: "1"}, action)
	}
	for _, action := range policy.Actions() {
		for _, role := range policy.Roles {
			held := policy.ReachOf(policy.Actor{ID: "1", Grants: []policy.Grant{{Role: role}}}, action)
			if !held.Has(open[action]) {
				t.Errorf("%s has less of %s than everybody: %v", role, action, held)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		action, object := anyAction.Draw(t, "action"), anyObject.Draw(t, "object")
		// Grants without anybody behind them are worth nothing.
		visitor := policy.Actor{Grants: rapid.SliceOfN(anyGrant, 0, 4).Draw(t, "grants")}
		err := policy.Allow(visitor, action, object)
		if public := policy.ReachOf(policy.Nobody, action) == policy.Everything; public != (err == nil) {
			t.Fatalf("a visitor may %s: %v, yet it is public: %v", action, err == nil, public)
		}
		if err != nil && !errors.Is(err, fault.ErrSignedOut) {
			t.Fatalf("a visitor is refused with %v, want ErrSignedOut", err)
		}
	})
}

// An action without a row is closed to everybody but the system, and nobody
// can be the system by having its id.
func TestUnknownActionsAreClosed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actor, object := anyPerson.Draw(t, "actor"), anyObject.Draw(t, "object")
		actor.ID = rapid.SampledFrom([]string{"1", "system"}).Draw(t, "id")
		for _, action := range []policy.Action{"no.such-action", policy.LoadDemo} {
			if policy.Allow(actor, action, object) == nil {
				t.Fatalf("%v may %q", actor, action)
			}
			if err := policy.Allow(policy.System("test"), action, object); err != nil {
				t.Fatalf("the system may not %q: %v", action, err)
			}
		}
	})
}
