package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
)

var (
	instanceAdmin = policy.Actor{ID: "i", Name: "Instance", Grants: []policy.Grant{{Role: policy.InstanceAdmin}}}
	memberAdmin   = policy.Actor{ID: "m", Name: "Member", Grants: []policy.Grant{{Role: policy.MemberAdmin, Member: "m1"}}}
	analyst       = policy.Actor{ID: "a", Name: "Analyst", Grants: []policy.Grant{{Role: policy.Analyst, Member: "m1"}}}
)

func input(name string, grants ...policy.Grant) NewAccount {
	return NewAccount{SignInName: name, Name: "Somebody new", Password: rightPassword, Grants: grants}
}

func TestAddedAccountsAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		addMembers(t, d)
		c := newClock()
		s := serviceOn(d, c)
		grants := []policy.Grant{{Role: policy.MemberAdmin, Member: "m1"}, {Role: policy.Analyst, Member: "m1"}}
		made, err := s.Add(t.Context(), memberAdmin, NewAccount{SignInName: " Ada.L@Example ", Name: " Ada – עדה ", Password: rightPassword, Grants: grants})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.byID(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.SignInName != "ada.l@example" || got.Name != "Ada – עדה" || got.Epoch != 1 || !got.CreatedAt.Equal(c.now()) || got.Disabled() ||
			!slices.Equal(got.Grants, grants) || strings.Contains(got.passwordHash, rightPassword) {
			t.Errorf("kept is %+v", got)
		}
		if line := last(trail(t, d)); line != "account.add done account "+made.ID {
			t.Errorf("the trail ends with %q", line)
		}
	})
}

func TestAddSaysWhatIsWrongWithEachField(t *testing.T) {
	t.Parallel()
	role := policy.Grant{Role: policy.Analyst}
	cases := map[string]struct {
		input NewAccount
		wrong string // names of the fields, in order
	}{
		"nothing given":       {NewAccount{}, "sign-in-name name password role"},
		"name too short":      {input("ab", role), "sign-in-name"},
		"name too long":       {input(strings.Repeat("a", 65), role), "sign-in-name"},
		"a megabyte of name":  {input(strings.Repeat("a", 1<<20), role), "sign-in-name"},
		"name with a space":   {input("a b c", role), "sign-in-name"},
		"name with a NUL":     {input("ada\x00", role), "sign-in-name"},
		"name not UTF-8":      {input("ada\xff", role), "sign-in-name"},
		"name with a script":  {input("<script>", role), "sign-in-name"},
		"name right to left":  {input("ada\u202eb", role), "sign-in-name"},
		"name with a line":    {input("ada\nbob", role), "sign-in-name"},
		"name in other signs": {input("адаада", role), "sign-in-name"},
		"name ends in a dot":  {input("ada.", role), "sign-in-name"},
		"shown name blank":    {NewAccount{"ada", " \t ", rightPassword, []policy.Grant{role}}, "name"},
		"shown name long":     {NewAccount{"ada", strings.Repeat("é", 101), rightPassword, []policy.Grant{role}}, "name"},
		"shown name huge":     {NewAccount{"ada", strings.Repeat("a", 1<<20), rightPassword, []policy.Grant{role}}, "name"},
		"shown name NUL":      {NewAccount{"ada", "A\x00B", rightPassword, []policy.Grant{role}}, "name"},
		"shown name bytes":    {NewAccount{"ada", "A\xffB", rightPassword, []policy.Grant{role}}, "name"},
		"shown name lines":    {NewAccount{"ada", "A\r\nB", rightPassword, []policy.Grant{role}}, "name"},
		"password short":      {NewAccount{"ada", "Ada", "short", []policy.Grant{role}}, "password"},
		"password is name":    {NewAccount{"adalovelace", "Ada", "AdaLovelace1", []policy.Grant{role}}, "password"},
		"password NUL":        {NewAccount{"ada", "Ada", "a password\x00 with", []policy.Grant{role}}, "password"},
		"no role":             {input("ada"), "role"},
		"unknown roles":       {input("ada", policy.Grant{Role: "king"}, policy.Grant{Role: "queen"}), "role role"},
	}
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d, newClock())
	for name, c := range cases {
		_, err := s.Add(t.Context(), instanceAdmin, c.input)
		var wrong *fault.Error
		if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
			continue
		}
		var fields []string
		for _, f := range wrong.Fields {
			fields = append(fields, f.Name)
		}
		if strings.Join(fields, " ") != c.wrong {
			t.Errorf("%s: wrong are %q, want %q (%v)", name, fields, c.wrong, err)
		}
	}
	if lines := trail(t, d); len(lines) > 0 {
		t.Errorf("refused input is in the trail: %q", lines)
	}
}

func TestHostileButLawfulNamesAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		for i, name := range []string{
			"<script>alert(1)</script>", "O'Brien; DROP TABLE account", "\u200fשם", "\u202egnp.exe", "=cmd|'/c calc'!A1", strings.Repeat("𝄞", 100),
		} {
			account := Account{ID: db.NewID(), SignInName: string(rune('a'+i)) + "da", Name: name, CreatedAt: s.desk.Now()}
			if message := displayNameFault(name); message != "" {
				t.Errorf("%q: %s", name, message)
			}
			if err := s.insertAccount(t.Context(), account); err != nil {
				t.Fatal(err)
			}
			if got, err := s.byID(t.Context(), account.ID); err != nil || got.Name != name {
				t.Errorf("%q came back as %q (%v)", name, got.Name, err)
			}
		}
	})
}

func TestASignInNameIsTakenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		enrol(t, s, "ada")
		_, err := s.Add(t.Context(), instanceAdmin, input("ADA", policy.Grant{Role: policy.Analyst}))
		var wrong *fault.Error
		if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Name != "sign-in-name" {
			t.Errorf("a second ada: %v", err)
		}
		if lines := trail(t, d); len(lines) > 0 {
			t.Errorf("what was rolled back is in the trail: %q", lines)
		}
	})
}

// A member's administrator gives out roles within the member, and none that
// could reach past it.
func TestWhichAccountsAnAdministratorMayAdd(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		grants []policy.Grant
		member bool // whether the member's administrator may
	}{
		"own member":              {[]policy.Grant{{Role: policy.SpreadManager, Member: "m1"}}, true},
		"two roles at own member": {[]policy.Grant{{Role: policy.Analyst, Member: "m1"}, {Role: policy.MemberAdmin, Member: "m1"}}, true},
		"another member":          {[]policy.Grant{{Role: policy.SpreadManager, Member: "m2"}}, false},
		"no member":               {[]policy.Grant{{Role: policy.SpreadManager}}, false},
		"own and another":         {[]policy.Grant{{Role: policy.SpreadManager, Member: "m1"}, {Role: policy.Analyst, Member: "m2"}}, false},
		"another and own":         {[]policy.Grant{{Role: policy.SpreadManager, Member: "m2"}, {Role: policy.Analyst, Member: "m1"}}, false},
		"own and none":            {[]policy.Grant{{Role: policy.SpreadManager, Member: "m1"}, {Role: policy.Analyst}}, false},
		"instance administrator":  {[]policy.Grant{{Role: policy.InstanceAdmin, Member: "m1"}}, false},
		"and instance":            {[]policy.Grant{{Role: policy.Analyst, Member: "m1"}, {Role: policy.InstanceAdmin, Member: "m1"}}, false},
		"own and a programme":     {[]policy.Grant{{Role: policy.ProgrammeLead, Member: "m1", Programme: "p1"}}, false},
		"own and an innovation":   {[]policy.Grant{{Role: policy.Innovator, Member: "m1", Innovation: "i1"}}, false},
		"own site's champion":     {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s1"}}, true},
		"and of a programme":      {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s1", Programme: "p1"}}, true},
		"and of an innovation":    {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s1", Innovation: "i1"}}, false},
		"another role at a site":  {[]policy.Grant{{Role: policy.Analyst, Member: "m1", Site: "s1"}}, false},
		"champion without member": {[]policy.Grant{{Role: policy.SiteChampion, Site: "s1"}}, false},
		"another's site":          {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s2"}}, false},
		"another's, named so":     {[]policy.Grant{{Role: policy.SiteChampion, Member: "m2", Site: "s2"}}, false},
		"a site that left":        {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s3"}}, false},
		"a site of nobody":        {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Site: "s4"}}, false},
		"no site":                 {[]policy.Grant{{Role: policy.SiteChampion, Member: "m1", Programme: "p1"}}, false},
	}
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d, newClock())
	addMembers(t, d)
	for _, statement := range []string{
		`INSERT INTO innovation (id, code, name, summary, source) VALUES ('i1', 'i1', 'I', '', 'test')`,
		`INSERT INTO programme (id, code, name, summary, innovation_id, source) VALUES ('p1', 'p1', 'P', '', 'i1', 'test')`,
		`INSERT INTO site (id, key, code, name) VALUES ('s1', 1, 's1', 'S'), ('s2', 2, 's2', 'S'), ('s3', 3, 's3', 'S'), ('s4', 4, 's4', 'S')`,
		`INSERT INTO placement (key, site_key, valid_from, valid_to, current) VALUES
			(1, 1, '2020-01-01', NULL, TRUE), (2, 2, '2020-01-01', NULL, TRUE), (3, 3, '2020-01-01', '2026-10-01', TRUE)`,
		`INSERT INTO placement_unit (placement_key, unit_key) VALUES (1, 1), (2, 2), (3, 1)`,
	} {
		if _, err := d.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	add := func(actor policy.Actor, grants []policy.Grant) error {
		n++
		_, err := s.add(t.Context(), actor, Account{ID: db.NewID(), SignInName: "name" + string(rune('a'+n)), CreatedAt: s.desk.Now(), Grants: grants})
		return err
	}
	for name, c := range cases {
		if err := add(instanceAdmin, c.grants); err != nil {
			t.Errorf("%s: the instance's administrator: %v", name, err)
		}
		err := add(memberAdmin, c.grants)
		if c.member && err != nil || !c.member && !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s: the member's administrator: %v, want allowed %v", name, err, c.member)
		}
		if err := add(analyst, c.grants); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s: an analyst: %v", name, err)
		}
	}
}

func TestAddAsksForPermission(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d, newClock())
	if _, err := s.Add(t.Context(), analyst, input("ada", policy.Grant{Role: policy.Analyst})); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("Add by an analyst = %v", err)
	}
	if _, err := s.AddDemo(t.Context(), analyst, "Demo", policy.Grant{Role: policy.Analyst}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("AddDemo by an analyst = %v", err)
	}
	if _, err := s.Add(t.Context(), policy.Nobody, input("ada", policy.Grant{Role: policy.Analyst})); !errors.Is(err, fault.ErrSignedOut) {
		t.Errorf("Add by a visitor = %v", err)
	}
	if got := trail(t, d); len(got) != 2 || !strings.HasPrefix(got[0], "account.add refused account ") {
		t.Errorf("the trail is %q", got)
	}
}

// household is four accounts: two of the first member, one of the second, one
// of the whole instance.
func household(t *testing.T, s *Service) {
	t.Helper()
	addMembers(t, s.desk.DB)
	enrol(t, s, "first", policy.Grant{Role: policy.Analyst, Member: "m1"})
	enrol(t, s, "second", policy.Grant{Role: policy.SpreadManager, Member: "m1"}, policy.Grant{Role: policy.Evaluator, Member: "m1"})
	enrol(t, s, "other", policy.Grant{Role: policy.Analyst, Member: "m2"})
	enrol(t, s, "whole", policy.Grant{Role: policy.InstanceAdmin, Member: "m1"})
}

func TestListShowsWhatTheAdministratorReaches(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		household(t, s)
		for actor, want := range map[*policy.Actor]string{
			&instanceAdmin: "first other second whole", &memberAdmin: "first second",
			{ID: "n", Grants: []policy.Grant{{Role: policy.MemberAdmin}}}: "",
		} {
			accounts, err := s.List(t.Context(), *actor)
			var names []string
			for _, a := range accounts {
				names = append(names, a.SignInName)
			}
			if err != nil || strings.Join(names, " ") != want {
				t.Errorf("%s sees %q, want %q (%v)", actor.Name, names, want, err)
			}
		}
		if _, err := s.List(t.Context(), analyst); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("List for an analyst = %v", err)
		}
		if _, err := s.List(t.Context(), policy.Nobody); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("List for a visitor = %v", err)
		}
	})
}

func TestDisableEndsTheAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		s := serviceOn(d, c)
		household(t, s)
		if err := s.Disable(t.Context(), memberAdmin, " FIRST "); err != nil {
			t.Fatal(err)
		}
		got, err := s.bySignInName(t.Context(), "first")
		if err != nil || !got.Disabled() || !got.DisabledAt.Equal(c.now()) || got.Epoch != 2 {
			t.Errorf("disabled is %+v, %v", got, err)
		}
		if line := last(trail(t, d)); line != "account.disable done account "+got.ID {
			t.Errorf("the trail ends with %q", line)
		}
	})
}

// Nobody shuts themselves out, nor everybody.
func TestAccountsThatMustStay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		household(t, s)
		whole, err := s.bySignInName(t.Context(), "whole")
		if err != nil {
			t.Fatal(err)
		}
		second := enrol(t, s, "second-admin", policy.Grant{Role: policy.InstanceAdmin})
		refused := func(name string, err error, says string) {
			t.Helper()
			if !errors.Is(err, fault.ErrInvalid) || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v, want %q", name, err, says)
			}
		}
		refused("own", s.Disable(t.Context(), whole.Actor(), "whole"), "You cannot disable your own account.")
		_, err = s.ToDisable(t.Context(), whole.Actor(), "whole")
		refused("own, asked", err, "You cannot disable your own account.")
		if err := s.Disable(t.Context(), whole.Actor(), "second-admin"); err != nil {
			t.Errorf("one of two administrators: %v", err)
		}
		refused("twice", s.Disable(t.Context(), whole.Actor(), "second-admin"), "is disabled already")
		refused("last", s.Disable(t.Context(), policy.System("test"), "whole"), "is the last instance administrator")
		_, err = s.ToDisable(t.Context(), policy.System("test"), "whole")
		refused("last, asked", err, "is the last instance administrator")
		if now, err := s.byID(t.Context(), whole.ID); err != nil || now.Disabled() || now.Epoch != whole.Epoch {
			t.Errorf("the account that must stay is %+v (%v)", now, err)
		}
		if err := s.Enable(t.Context(), whole.Actor(), "second-admin"); err != nil {
			t.Errorf("enabling: %v", err)
		}
		refused("enabled twice", s.Enable(t.Context(), whole.Actor(), "second-admin"), "is in use already")
		if err := s.Disable(t.Context(), second.Actor(), "whole"); err != nil {
			t.Errorf("with the other one back: %v", err)
		}
	})
}

// Two administrators who disable each other at the same moment: one stays.
func TestAdministratorsDisableEachOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		pair := []Account{enrol(t, s, "ada", policy.Grant{Role: policy.InstanceAdmin}), enrol(t, s, "bob", policy.Grant{Role: policy.InstanceAdmin})}
		var all sync.WaitGroup
		for i, account := range pair {
			all.Go(func() {
				if err := s.Disable(context.Background(), account.Actor(), pair[1-i].SignInName); err != nil && !errors.Is(err, fault.ErrInvalid) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		var left int
		if err := d.Row(t.Context(), `SELECT count(*) FROM account WHERE disabled_at IS NULL`).Scan(&left); err != nil || left != 1 {
			t.Errorf("%d administrators are left (%v)", left, err)
		}
	})
}

func TestEnabledAccountsSignInAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		household(t, s)
		if err := s.Disable(t.Context(), memberAdmin, "first"); err != nil {
			t.Fatal(err)
		}
		for _, actor := range []policy.Actor{analyst, {ID: "n", Grants: []policy.Grant{{Role: policy.MemberAdmin, Member: "m2"}}}} {
			if err := s.Enable(t.Context(), actor, "first"); !errors.Is(err, fault.ErrForbidden) {
				t.Errorf("%s: %v", actor.ID, err)
			}
		}
		if err := s.Enable(t.Context(), memberAdmin, " FIRST "); err != nil {
			t.Fatal(err)
		}
		account, err := s.SignIn(t.Context(), "first", rightPassword, "192.0.2.1")
		if err != nil || account.Disabled() || account.Epoch != 2 {
			t.Errorf("afterwards: %+v, %v", account, err)
		}
		if lines := trail(t, d); !slices.Contains(lines, "account.enable done account "+account.ID) {
			t.Errorf("the trail is %q", lines)
		}
	})
}

// Who may not disable an account must not learn by trying whether there is
// one: the answers for another member's account, the instance's own, and names
// that nobody has are the same.
func TestDisablingByGuessTeachesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		household(t, s)
		names := []string{"other", "whole", "nobody", "", "x' OR '1'='1", strings.Repeat("a", 1<<20)}
		for _, actor := range []policy.Actor{memberAdmin, analyst} {
			for _, name := range names {
				err := s.Disable(t.Context(), actor, name)
				if !errors.Is(err, fault.ErrForbidden) || err.Error() != "Your role does not let you disable an account. Ask an administrator if you need this." {
					t.Errorf("%s disabling %.20q: %v", actor.Name, name, err)
				}
			}
		}
		var disabled int
		if err := d.Row(t.Context(), `SELECT count(*) FROM account WHERE disabled_at IS NOT NULL`).Scan(&disabled); err != nil || disabled > 0 {
			t.Errorf("%d accounts are disabled (%v)", disabled, err)
		}
		if err := s.Disable(t.Context(), instanceAdmin, "nobody"); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("who reaches everything is told that there is none: %v", err)
		}
		if err := s.Disable(t.Context(), policy.Nobody, "first"); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("a visitor: %v", err)
		}
	})
}

func TestChangePasswordNeedsTheCurrentOneAndEndsOtherSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d, newClock())
		ada := enrol(t, s, "ada", policy.Grant{Role: policy.Analyst})
		const next = "staple battery horse"
		now, err := s.ChangePassword(t.Context(), ada.Actor(), rightPassword, next, "192.0.2.1")
		if err != nil || now.Epoch != ada.Epoch+1 {
			t.Fatalf("ChangePassword = %+v, %v", now, err)
		}
		if _, err := s.Resume(t.Context(), ada.ID, ada.Epoch); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("another session goes on: %v", err)
		}
		if _, err := s.Resume(t.Context(), ada.ID, now.Epoch); err != nil {
			t.Errorf("this session does not: %v", err)
		}
		if _, err := s.SignIn(t.Context(), "ada", rightPassword, "192.0.2.1"); !errors.Is(err, fault.ErrSignedOut) {
			t.Errorf("the old password: %v", err)
		}
		if _, err := s.SignIn(t.Context(), "ada", next, "192.0.2.1"); err != nil {
			t.Errorf("the new password: %v", err)
		}
		if lines := trail(t, d); lines[0] != "account.change-own-password done account "+ada.ID {
			t.Errorf("the trail is %q", lines)
		}
	})
}

func TestChangePasswordSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d, newClock())
	ada := enrol(t, s, "ada", policy.Grant{Role: policy.Analyst})
	for _, c := range []struct{ name, current, next, wrong string }{
		{"wrong current", "wrong horse battery", "staple battery horse", "current-password"},
		{"empty current", "", "staple battery horse", "current-password"},
		{"weak next", rightPassword, "short", "new-password"},
		{"both", "x", "x", "current-password new-password"},
		{"name inside", rightPassword, "my dear Ada Lovelace", "new-password"},
		{"NUL", rightPassword, "staple\x00battery horse", "new-password"},
	} {
		_, err := s.ChangePassword(t.Context(), ada.Actor(), c.current, c.next, "192.0.2.1")
		var wrong *fault.Error
		if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var fields []string
		for _, f := range wrong.Fields {
			fields = append(fields, f.Name)
		}
		if strings.Join(fields, " ") != c.wrong {
			t.Errorf("%s: wrong are %q, want %q", c.name, fields, c.wrong)
		}
	}
	if now, err := s.byID(t.Context(), ada.ID); err != nil || now.Epoch != ada.Epoch || now.passwordHash != ada.passwordHash {
		t.Errorf("a refused change changed %+v (%v)", now, err)
	}
	if _, err := s.ChangePassword(t.Context(), policy.Nobody, rightPassword, "staple battery horse", "192.0.2.1"); !errors.Is(err, fault.ErrSignedOut) {
		t.Errorf("a visitor: %v", err)
	}
}

func TestResolveTurnsCodesIntoAGrant(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		addMembers(t, d)
		s := serviceOn(d, newClock())
		grant, err := s.Resolve(t.Context(), Scope{Member: "m2"})
		if err != nil || grant != (policy.Grant{Member: "m2"}) {
			t.Errorf("Resolve = %+v, %v", grant, err)
		}
		if grant, err := s.Resolve(t.Context(), Scope{}); err != nil || grant != (policy.Grant{}) {
			t.Errorf("Resolve of nothing = %+v, %v", grant, err)
		}
		for _, scope := range []Scope{{Member: "m3"}, {Programme: "p"}, {Site: "s"}, {Innovation: "i"}, {Member: "m%"}, {Member: "m\x00"}, {Site: "\xff"}} {
			if _, err := s.Resolve(t.Context(), scope); !errors.Is(err, fault.ErrInvalid) {
				t.Errorf("Resolve(%+v) = %v, want ErrInvalid", scope, err)
			}
		}
	})
}
