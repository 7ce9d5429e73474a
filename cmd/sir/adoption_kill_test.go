package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

const (
	killSites    = 300
	killQuarters = 12
	killMeasures = 3
	killRows     = killSites * killQuarters * killMeasures
	killRounds   = 10
)

var killed = adoption.Collection{Key: 1, ID: "c", ProgrammeID: "p", Code: "quarterly", Name: "Quarterly return", PeriodKind: period.Quarter, DueDays: 30}

// An import that is killed at any moment leaves all of the file or nothing of
// it, and rollups that are those of a fresh count. Each round imports the same
// cells with another value.
func TestKilledImportLeavesAllOrNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	dbtest.EachAddress(t, func(t *testing.T, address string) {
		a, err := app.Open(t.Context(), address, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Desk.DB.Close()
		if err := a.Desk.DB.InTx(t.Context(), func(ctx context.Context) error { return fillForKill(ctx, a.Desk.DB) }); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "values.csv")
		writeKillFile(t, file, 1)
		start := time.Now()
		if out, err := importing(t, address, file).CombinedOutput(); err != nil {
			t.Fatalf("an import that is let be: %v\n%s", err, out)
		}
		whole := time.Since(start)
		stands, nothing := int64(1), 0
		for round := range killRounds {
			value := int64(round + 2)
			writeKillFile(t, file, value)
			killAt(t, importing(t, address, file), rand.N(2*whole))
			now := whatStands(t, a.Desk.DB)
			switch now {
			case stands:
				nothing++
			case value:
			default:
				t.Fatalf("round %d left the values %d, want %d or %d", round, now, stands, value)
			}
			stands = now
			checkFreshCount(t, a.Desk.DB)
		}
		t.Logf("%d of %d kills left nothing, the others all; a whole import took %v", nothing, killRounds, whole)
	})
}

func fillForKill(ctx context.Context, d *db.DB) error {
	steps := []error{
		innovation.Insert(ctx, d, innovation.Innovation{ID: "i", Code: "i", Name: "i", Source: "test"}),
		network.InsertMember(ctx, d, network.Member{ID: "m", Code: "m", Name: "Member (made-up)", MadeUp: true, Source: "test"}),
		rollout.InsertProgramme(ctx, d, rollout.Programme{ID: "p", Code: "P", Name: "P", InnovationID: "i", Source: "test"}),
		rollout.Insert(ctx, d, rollout.Rollout{ID: "r", ProgrammeID: "p", MemberID: "m", State: rollout.Active, PlannedStart: "2010-04-01"}),
		adoption.InsertCollection(ctx, d, killed),
	}
	for m := range killMeasures {
		steps = append(steps, adoption.InsertMeasure(ctx, d, adoption.Measure{
			ID: fmt.Sprint("c", m), Key: int64(m + 1), ProgrammeID: "p", CollectionKey: 1, Code: fmt.Sprint("c", m), Name: fmt.Sprint("Count ", m),
			Kind: adoption.CountMeasure, Purpose: adoption.ForActivity, Direction: adoption.Increase,
		}))
	}
	var ids []string
	for n := range killSites {
		id := fmt.Sprint("s", n)
		ids = append(ids, id)
		steps = append(steps,
			network.InsertSite(ctx, d, network.Site{ID: id, Key: int64(n + 1), Code: id, Name: id, MadeUp: true}),
			network.InsertMembership(ctx, d, network.Membership{SiteID: id, UnitID: "m", ValidFrom: "2010-04-01"}),
			rollout.InsertSite(ctx, d, rollout.Site{RolloutID: "r", SiteID: id, EligibleFrom: "2010-04-01"}))
	}
	return errors.Join(append(steps, network.Place(ctx, d, ids...))...)
}

func killPeriods(t *testing.T) (list []period.Period) {
	t.Helper()
	first, err := period.OfQuarter(2018, 1)
	if err != nil {
		t.Fatal(err)
	}
	for n := range killQuarters {
		list = append(list, first.Add(n))
	}
	return list
}

func writeKillFile(t *testing.T, path string, value int64) {
	t.Helper()
	var text bytes.Buffer
	text.WriteString("period,site,c0,c1,c2\n")
	for _, p := range killPeriods(t) {
		for site := range killSites {
			fmt.Fprintf(&text, "%s,s%d,%d,%d,%d\n", p.Label(), site, value, value, value)
		}
	}
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// importing is the real program, which this test binary becomes by its name.
func importing(t *testing.T, address, file string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{
		Path: binary, Args: []string{"sir", "adoption", "import", file, "--db", address, "--programme", "P", "--collection", "quarterly"}, Env: os.Environ(),
	}
}

// killAt starts a program and kills it, with no chance to tidy up, once so
// much time has gone, unless it has ended by then.
func killAt(t *testing.T, program *exec.Cmd, after time.Duration) {
	t.Helper()
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = program.Process.Kill() })
	_ = program.Wait() // killed, most of the time
	timer.Stop()
}

// whatStands answers the value that all cells have, as of one moment.
func whatStands(t *testing.T, d *db.DB) (value int64) {
	t.Helper()
	var n, least, most, submissions, total int64
	err := d.Snapshot(t.Context(), func(ctx context.Context) error {
		err := d.Row(ctx, `SELECT count(*), min(value), max(value) FROM observation`).Scan(&n, &least, &most)
		return errors.Join(err, d.Row(ctx, `SELECT count(*) FROM submission`).Scan(&submissions),
			d.Row(ctx, `SELECT count(DISTINCT submission) FROM restatement`).Scan(&total))
	})
	if err != nil {
		t.Fatal(err)
	}
	if n != killRows || least != most || submissions != total+1 {
		t.Fatalf("%d values from %d to %d, %d submissions of which %d restate: part of a file was kept", n, least, most, submissions, total)
	}
	return least
}

// checkFreshCount counts everything anew and compares, then undoes it.
func checkFreshCount(t *testing.T, d *db.DB) {
	t.Helper()
	undo := errors.New("undo")
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		before, err := rollups(ctx, d)
		for _, p := range killPeriods(t) {
			err = errors.Join(err, adoption.Recount(ctx, d, killed, p))
		}
		after, readErr := rollups(ctx, d)
		if err := errors.Join(err, readErr); err != nil {
			return err
		}
		if len(after) == 0 || !maps.Equal(before, after) {
			return errors.New("the rollups are not those of a fresh count")
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
}

func rollups(ctx context.Context, d *db.DB) (map[string]bool, error) {
	rows := map[string]bool{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var n [7]int64
		err := row.Scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6])
		rows[fmt.Sprint(n)] = true
		return err
	}, `SELECT measure_key, unit_key, period, reported, adopted, total, 0 FROM measure_rollup
		UNION ALL SELECT 0, unit_key, period, expected, received, complete, on_time FROM return_rollup`)
	return rows, err
}
