package pattern_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/usecase"
)

var evaluator = policy.Actor{ID: "e", Name: "Evaluator", Grants: []policy.Grant{{Role: policy.Evaluator}}}

func TestStoredTableIsReadBackWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		want := nhs15(t)
		want.Codes = []pattern.NoteCode{{Code: "IT", Meaning: "IT was not ready", Source: "T8.2"}}
		want.Cases[1].Notes = []pattern.CaseNote{{Kind: "barrier", Code: "IT", Text: "One", Source: "T8.2"}, {Kind: "lesson", Text: "Two", Source: "T8.2"}}
		if err := pattern.Insert(ctx, d, want); err != nil {
			t.Fatal(err)
		}
		service := pattern.New(&usecase.Desk{DB: d, Now: time.Now})
		got, err := service.CaseNotes(ctx, evaluator, "nhs15")
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Cases) != 15 || got.Cases[9].Label != "10" || len(got.Conditions) != 12 || got.Outcome.Name != "OUTCOME" || len(got.Published) != 3 {
			t.Errorf("read back: %d cases, %d conditions, outcome %s", len(got.Cases), len(got.Conditions), got.Outcome.Name)
		}
		for i, c := range got.Cases {
			for name, value := range want.Cases[i].Values {
				if found, coded := c.Values[name]; !coded || found != value {
					t.Errorf("case %s, %s: %d, coded %v", c.Label, name, found, coded)
				}
			}
		}
		if notes := got.Cases[1].Notes; len(notes) != 2 || notes[0].Text != "One" || notes[1].Code != "" || len(got.Codes) != 1 {
			t.Errorf("notes: %+v", notes)
		}
		sets, err := service.Sets(ctx, evaluator)
		if err != nil || len(sets) != 1 || sets[0].Code != "nhs15" || sets[0].Cases != 15 || sets[0].Conditions != 12 {
			t.Errorf("sets: %+v, %v", sets, err)
		}
	})
}

func TestCasesAreClosedToThoseOutsideTheNetworksStaff(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	service := pattern.New(&usecase.Desk{DB: d, Now: time.Now})
	for role, want := range map[policy.Role]error{
		policy.SiteChampion: fault.ErrForbidden, policy.Innovator: fault.ErrForbidden, policy.InstanceAdmin: fault.ErrForbidden,
		policy.Analyst: fault.ErrNotFound,
	} {
		actor := policy.Actor{ID: "a", Name: "A", Grants: []policy.Grant{{Role: role}}}
		if _, err := service.CaseNotes(context.Background(), actor, "nosuch"); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", role, err, want)
		}
	}
}
