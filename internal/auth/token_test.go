package auth

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
)

func mustMake(t *testing.T, s *Service, account Account, name string, days int) (Token, string) {
	t.Helper()
	token, secret, err := s.MakeToken(t.Context(), account.Actor(), NewToken{Name: name, Days: days})
	if err != nil {
		t.Fatal(err)
	}
	return token, secret
}

func TestTokenActsAsItsAccountHoldsRolesNow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		addMembers(t, d)
		ada := enrol(t, s, "ada", policy.Grant{Role: policy.Analyst, Member: "m1"})
		token, secret := mustMake(t, s, ada, " nightly feed ", 30)
		if !tokenPattern.MatchString(secret) || token.Name != "nightly feed" {
			t.Errorf("the key is %q, named %q", secret, token.Name)
		}
		if err := s.insertGrant(t.Context(), ada.ID, policy.Grant{Role: policy.SpreadManager, Member: "m2"}); err != nil {
			t.Fatal(err)
		}
		actor, err := s.TokenActor(t.Context(), secret, "192.0.2.1")
		if err != nil || actor.ID != ada.ID || actor.Name != "Made-up ada (key nightly feed)" || len(actor.Grants) != 2 {
			t.Errorf("acts as %+v, %v; want ada, by the name of the key, with both roles", actor, err)
		}
	})
}

// The database holds nothing that lets anybody in, and no page or log that is
// made from the trail can either.
func TestOnlyAHashOfATokenIsKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada")
		_, secret := mustMake(t, s, ada, "feed", 30)
		if _, err := s.TokenActor(t.Context(), secret, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		_, err := s.TokenActor(t.Context(), secret+"x", "192.0.2.1")
		if !errors.Is(err, fault.ErrSignedOut) || strings.Contains(err.Error(), "sir_") {
			t.Errorf("a wrong key: %v", err)
		}
		var kept string
		if err := d.Row(t.Context(), `SELECT token_hash FROM api_token`).Scan(&kept); err != nil {
			t.Fatal(err)
		}
		entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 100})
		if err != nil || kept != hashToken(secret) || len(kept) != 64 {
			t.Errorf("kept %q, %v", kept, err)
		}
		if text := fmt.Sprint(entries); strings.Contains(text, strings.TrimPrefix(secret, tokenPrefix)) || strings.Contains(text, kept) {
			t.Error("the trail holds the key or its hash")
		}
	})
}

func TestTokensThatAreNoLongerLetIn(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, s *Service, c *clock, ada Account, token Token){
		"expired": func(_ *testing.T, _ *Service, c *clock, _ Account, _ Token) { c.move(30 * 24 * time.Hour) },
		"revoked": func(t *testing.T, s *Service, _ *clock, ada Account, token Token) {
			if err := s.RevokeToken(t.Context(), ada.Actor(), token.ID); err != nil {
				t.Fatal(err)
			}
		},
		"its account disabled": func(t *testing.T, s *Service, _ *clock, ada Account, _ Token) {
			if err := s.Disable(t.Context(), policy.System("test"), ada.SignInName); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				c := newClock()
				s := serviceOn(d, c)
				ada := enrol(t, s, "ada")
				token, secret := mustMake(t, s, ada, "feed", 30)
				c.move(30*24*time.Hour - time.Microsecond)
				if _, err := s.TokenActor(t.Context(), secret, "192.0.2.1"); err != nil {
					t.Errorf("before: %v", err)
				}
				c.move(-time.Hour)
				end(t, s, c, ada, token)
				_, ended := s.TokenActor(t.Context(), secret, "192.0.2.1")
				_, guessed := s.TokenActor(t.Context(), newSecret(), "192.0.2.1")
				if !errors.Is(ended, fault.ErrSignedOut) || ended.Error() != guessed.Error() {
					t.Errorf("%v, and a guessed key %v; want one answer", ended, guessed)
				}
			})
		})
	}
}

func TestNewTokensAreChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada")
		mustMake(t, s, ada, "feed", LongestToken)
		for want, input := range map[string]NewToken{
			"Enter a name":               {Name: " ", Days: 30},
			"1 day to 365 days":          {Name: "other", Days: LongestToken + 1},
			"A key can last":             {Name: "other", Days: 0},
			"a key with this name":       {Name: "feed", Days: 30},
			"100 characters or fewer":    {Name: strings.Repeat("x", 101), Days: 30},
			"character that cannot be u": {Name: "a\x00b", Days: 30},
		} {
			_, secret, err := s.MakeToken(t.Context(), ada.Actor(), input)
			if !errors.Is(err, fault.ErrInvalid) || !strings.Contains(err.Error(), want) || secret != "" {
				t.Errorf("%+v: %v, want an error that says %q", input, err, want)
			}
		}
		if _, _, err := s.MakeToken(t.Context(), policy.Nobody, NewToken{Name: "x", Days: 1}); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("nobody makes a key: %v", err)
		}
	})
}

// Also where they are made all at once.
func TestAnAccountHasAtMostTwentyTokens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada")
		var all sync.WaitGroup
		for n := range liveTokens + 5 {
			all.Go(func() { _, _, _ = s.MakeToken(t.Context(), ada.Actor(), NewToken{Name: fmt.Sprint(n), Days: 1}) })
		}
		all.Wait()
		if list, err := s.Tokens(t.Context(), ada.Actor()); err != nil || len(list) != liveTokens {
			t.Errorf("%d keys, %v; want %d", len(list), err, liveTokens)
		}
	})
}

func TestWhoRevokesWhoseTokens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		addMembers(t, d)
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada", policy.Grant{Role: policy.Analyst, Member: "m1"})
		for name, who := range map[string]struct {
			grant policy.Grant
			may   bool
		}{
			"another analyst":            {policy.Grant{Role: policy.Analyst, Member: "m1"}, false},
			"the instance administrator": {policy.Grant{Role: policy.InstanceAdmin}, true},
			"the member's administrator": {policy.Grant{Role: policy.MemberAdmin, Member: "m1"}, true},
			"another's administrator":    {policy.Grant{Role: policy.MemberAdmin, Member: "m2"}, false},
		} {
			token, _ := mustMake(t, s, ada, name, 1)
			actor := policy.Actor{ID: "x", Name: "X", Grants: []policy.Grant{who.grant}}
			err := s.RevokeToken(t.Context(), actor, token.ID)
			guess := s.RevokeToken(t.Context(), actor, "no-such")
			if who.may != (err == nil) || err != nil && err.Error() != guess.Error() {
				t.Errorf("%s: %v, and a guessed id %v", name, err, guess)
			}
			all, err := s.AllTokens(t.Context(), actor)
			if seen := len(all) == 1 && all[0].Account.ID == ada.ID; err == nil && seen != who.may || who.may && err != nil {
				t.Errorf("%s sees %v, %v", name, all, err)
			}
		}
	})
}

// Guessing is slowed down by address; a right key is let in from there all the
// same, and people can sign in.
func TestGuessingTokensIsSlowedDown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada")
		_, secret := mustMake(t, s, ada, "feed", 30)
		for n := range freeByAddress + 3 {
			want := fault.ErrSignedOut
			if n >= freeByAddress {
				want = fault.ErrTooMany
			}
			if _, err := s.TokenActor(t.Context(), newSecret(), "192.0.2.1"); !errors.Is(err, want) {
				t.Errorf("guess %d: %v, want %v", n+1, err, want)
			}
		}
		if _, err := s.TokenActor(t.Context(), secret, "192.0.2.1"); err != nil {
			t.Errorf("the right key: %v", err)
		}
		if _, err := s.SignIn(t.Context(), "ada", rightPassword, "192.0.2.1"); err != nil {
			t.Errorf("signing in: %v", err)
		}
	})
}

// The trail names the key: when it was made, first used on a day, refused and
// revoked.
func TestTrailNamesTheToken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := serviceOn(d, c)
		ada := enrol(t, s, "ada")
		token, secret := mustMake(t, s, ada, "feed", 30)
		use := func() { _, _ = s.TokenActor(t.Context(), secret, "192.0.2.1") }
		use()
		use()
		c.move(24 * time.Hour)
		use()
		if err := s.RevokeToken(t.Context(), ada.Actor(), token.ID); err != nil {
			t.Fatal(err)
		}
		use()
		entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range entries {
			e := entries[len(entries)-1-i]
			if !strings.Contains(e.Detail, `"key":"feed"`) || e.Object != "account "+ada.ID {
				t.Errorf("entry %+v does not name the key", e)
			}
			got = append(got, e.Action+" "+string(e.Outcome)+" "+e.ActorName)
		}
		want := []string{
			"tokens.manage done Made-up ada", "session.sign-in done Made-up ada (key feed)", "session.sign-in done Made-up ada (key feed)",
			"tokens.manage done Made-up ada", "session.sign-in refused not signed in",
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the trail says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if list, err := s.Tokens(t.Context(), ada.Actor()); err != nil || list[0].LastUsedOn != "2026-10-02" || !list[0].Revoked() {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
