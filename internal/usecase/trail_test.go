package usecase_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/innovation"
	"sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// An administrator reads names, not ids: of a lever the latest one. What is no
// longer there is its kind.
func TestTrailNamesItsObjects(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, lost := t.Context(), db.NewID()
		i, l := innovation.Innovation{ID: db.NewID(), Code: "i1", Name: "Discharge letters (made-up)", Source: "test"}, lever.Lever{ID: db.NewID()}
		wording := lever.Wording{Name: "Payment (made-up)", Body: "Board", Kind: "incentive scheme", Strength: "incentive", Clarity: "clear", From: "2025-04-01", Source: "test"}
		insert := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		insert(innovation.Insert(ctx, d, i))
		insert(lever.Insert(ctx, d, l, lever.Version{Wording: wording, MadeAt: noon, MadeBy: "a"}))
		wording.Name = "Payment for every letter (made-up)"
		insert(lever.InsertChange(ctx, d, l.ID, 1, lever.Version{Wording: wording, MadeAt: noon, MadeBy: "a"}))

		objects := []string{"innovation " + i.ID, "lever " + l.ID, "lever " + lost, "organisations"}
		for _, object := range objects {
			insert(deskOn(d).Write(ctx, admin, policy.ChangeSettings, policy.Object{}, func(context.Context) (audit.Note, error) {
				return audit.Note{Object: object}, nil
			}))
		}
		lines, err := usecase.NewTrail(deskOn(d)).List(ctx, admin, audit.Filter{Limit: len(objects)})
		insert(err)
		var subjects []string
		for _, line := range slices.Backward(lines) {
			subjects = append(subjects, line.Subject)
		}
		want := []string{"Innovation: " + i.Name, "Lever: " + wording.Name, "Lever", "Organisations"}
		if fmt.Sprint(subjects) != fmt.Sprint(want) {
			t.Errorf("the trail names %q, want %q", subjects, want)
		}
	})
}
