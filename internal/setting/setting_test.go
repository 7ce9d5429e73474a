package setting_test

import (
	"errors"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/setting"
	"sir/internal/term"
	"sir/internal/usecase"
)

var (
	admin   = policy.Actor{ID: "i", Name: "Admin", Grants: []policy.Grant{{Role: policy.InstanceAdmin}}}
	analyst = policy.Actor{ID: "a", Name: "Analyst", Grants: []policy.Grant{{Role: policy.Analyst}}}
)

func serviceOn(d *db.DB) *setting.Service {
	return setting.New(&usecase.Desk{DB: d, Now: func() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) }})
}

// chosen answers the id and the version of the pack in use.
func chosen(t *testing.T, s *setting.Service) (id string, version int64) {
	t.Helper()
	pack, version, err := s.TermPack(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return pack.ID, version
}

func TestTermPackIsChosenAndKept(t *testing.T) {
	t.Parallel()
	packs := term.Packs()
	if len(packs) < 2 {
		t.Fatal("there is no choice of term packs")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d)
		if id, version := chosen(t, s); id != "england-2018-2020" || version != 0 {
			t.Errorf("before anybody chose: %s, version %d", id, version)
		}
		for i, pack := range packs {
			if err := s.ChooseTermPack(t.Context(), admin, pack.ID, int64(i)); err != nil {
				t.Fatal(err)
			}
			if id, version := chosen(t, s); id != pack.ID || version != int64(i+1) {
				t.Errorf("%s was chosen, kept is %s, version %d", pack.ID, id, version)
			}
		}
		view, err := s.View(t.Context(), admin)
		pack := view.Terms
		if err != nil || pack.ID != packs[len(packs)-1].ID || view.TermsVersion != int64(len(packs)) {
			t.Errorf("View = %s, %d, %v", pack.ID, view.TermsVersion, err)
		}
		entries, err := audit.List(t.Context(), d, audit.Filter{Limit: 9, Outcome: audit.Done})
		if err != nil || len(entries) != len(packs) || entries[0].Object != "setting term-pack" || entries[0].Detail != `{"to":"`+pack.ID+`"}` {
			t.Errorf("the trail is %+v (%v)", entries, err)
		}
	})
}

// Two people who look at the same version: the second must see what the first
// chose before choosing again.
func TestChoosingOnWhatIsNoLongerSoIsStale(t *testing.T) {
	t.Parallel()
	first, second := term.Packs()[0].ID, term.Packs()[1].ID
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serviceOn(d)
		if err := s.ChooseTermPack(t.Context(), admin, first, 7); !errors.Is(err, fault.ErrStale) {
			t.Errorf("a version that never was: %v", err)
		}
		if err := s.ChooseTermPack(t.Context(), admin, first, 0); err != nil {
			t.Fatal(err)
		}
		for _, version := range []int64{0, 2, -1} {
			if err := s.ChooseTermPack(t.Context(), admin, second, version); !errors.Is(err, fault.ErrStale) {
				t.Errorf("version %d after version 1: %v", version, err)
			}
		}
		if err := s.ChooseTermPack(t.Context(), admin, second, 1); err != nil {
			t.Fatal(err)
		}
		if err := s.ChooseTermPack(t.Context(), admin, first, 1); !errors.Is(err, fault.ErrStale) {
			t.Errorf("version 1 after version 2: %v", err)
		}
		if id, version := chosen(t, s); id != second || version != 2 {
			t.Errorf("kept is %s, version %d", id, version)
		}
	})
}

func TestOnlyAdministratorsChoose(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	s := serviceOn(d)
	if err := s.ChooseTermPack(t.Context(), analyst, term.Packs()[0].ID, 0); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("an analyst chose: %v", err)
	}
	if _, err := s.View(t.Context(), analyst); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("an analyst looked: %v", err)
	}
	for _, id := range []string{"", "no-such-pack", "x' OR '1'='1", "\x00", "../england-2026"} {
		if err := s.ChooseTermPack(t.Context(), admin, id, 0); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("pack %q: %v, want ErrInvalid", id, err)
		}
	}
	if _, version := chosen(t, s); version != 0 {
		t.Error("a refused choice was kept")
	}
}

// After an update that no longer ships the chosen pack, pages go on in the
// words of the default one, and another may be chosen.
func TestAPackThatIsNoLongerShippedIsReplaced(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := d.Exec(t.Context(), `INSERT INTO setting (name, value, version) VALUES ('term-pack', 'atlantis-1999', 4)`); err != nil {
			t.Fatal(err)
		}
		s := serviceOn(d)
		if id, version := chosen(t, s); id != "england-2018-2020" || version != 4 {
			t.Errorf("in use is %s, version %d", id, version)
		}
		if err := s.ChooseTermPack(t.Context(), admin, term.Packs()[1].ID, 4); err != nil {
			t.Error(err)
		}
	})
}
