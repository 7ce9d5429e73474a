package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/period"
	"sir/internal/policy"
)

type conflictReport = func(exchange.Conflict)

// The environment of the adoption benchmark: PostgreSQL by its address, and a
// smaller world for a first look.
const (
	postgresVariable = "SIR_TEST_POSTGRES"
	scaleVariable    = "SIR_BENCH_SCALE"
)

var operator = policy.System("benchmark")

// adoptionAtScale measures what adoption promises at 9.6 million observations,
// on a new SQLite file and, where a server is named, on PostgreSQL.
func adoptionAtScale(string) ([]Finding, error) {
	folder, err := os.MkdirTemp("", "sir-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	findings, err := engineAtScale("SQLite", filepath.Join(folder, "sir.db"), 50)
	if err != nil {
		return nil, err
	}
	address := os.Getenv(postgresVariable)
	if address == "" {
		fmt.Println("No PostgreSQL: run scripts/with-postgres.sh make bench B=adoption to measure both.")
		return findings, nil
	}
	more, err := engineAtScale("PostgreSQL", address, 150)
	return append(findings, more...), err
}

// engineAtScale measures one engine; a return of 3,200 values may take so many
// milliseconds.
func engineAtScale(engine, address string, returnTarget float64) (findings []Finding, err error) {
	ctx := context.Background()
	scale, err := strconv.Atoi(cmpOr(os.Getenv(scaleVariable), "1"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", scaleVariable, err)
	}
	w, err := newWorld(ctx, address, scale)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.app.Desk.DB.Close()) }()
	for _, measure := range []func(context.Context, string) ([]Finding, error){
		w.load, w.size, w.reads,
		func(ctx context.Context, engine string) ([]Finding, error) {
			return w.submit(ctx, engine, returnTarget)
		},
		w.inStep,
	} {
		more, err := measure(ctx, engine)
		if err != nil {
			return nil, err
		}
		findings = append(findings, more...)
	}
	return findings, nil
}

func cmpOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// load sends all values of each programme, one submission a programme, through
// the use case that people's files go through.
func (w *world) load(ctx context.Context, engine string) ([]Finding, error) {
	if err := w.app.Adoption.OpenLists(ctx, operator); err != nil { // as a server does by itself
		return nil, err
	}
	peak := watchHeap()
	before, err := cpuTime(os.Getpid())
	if err != nil {
		return nil, err
	}
	started := time.Now()
	rows := 0
	for n := range worldProgrammes {
		receipt, err := w.app.Adoption.Submit(ctx, operator, programmeCode(n), "quarterly", adoption.Sending{Source: "api"}, w.returns(n))
		if err != nil {
			return nil, err
		}
		rows += int(receipt.Tally.Added)
		fmt.Printf("%s: %s, %d rows in all after %v\n", engine, programmeCode(n), rows, time.Since(started).Round(time.Millisecond))
	}
	took := time.Since(started)
	after, err := cpuTime(os.Getpid())
	if err != nil {
		return nil, err
	}
	name := engine + ": rows imported, with rollups, returns and audit"
	byClock := baseline(name+", a second by the clock", float64(rows)/took.Seconds(), "rows/s")
	if engine == "SQLite" {
		byClock = atLeast(200_000, byClock.Name, byClock.Value, byClock.Unit)
	}
	return []Finding{
		baseline(engine+": observations", float64(rows), "rows"), byClock,
		baseline(name+", a second of this program's processor time", float64(rows)/(after-before).Seconds(), "rows/s"),
		atMost(256, engine+": most memory on the heap while importing", float64(peak())/(1<<20), "MB"),
	}, nil
}

// watchHeap samples the heap until the answer is asked for, which is the most
// that it held.
func watchHeap() func() uint64 {
	runtime.GC()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var peak uint64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				metrics.Read(sample)
				peak = max(peak, sample[0].Value.Uint64())
			case <-stop:
				most <- peak
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-most
	}
}

// size is what a row of observations takes in the database.
func (w *world) size(ctx context.Context, engine string) ([]Finding, error) {
	query := `SELECT sum(pgsize) FROM dbstat WHERE name = 'observation'`
	if engine == "PostgreSQL" {
		query = `SELECT pg_total_relation_size('observation')`
	}
	var bytes, rows int64
	if err := w.app.Desk.DB.Row(ctx, query).Scan(&bytes); err != nil {
		return nil, fmt.Errorf("measure the size: %w", err)
	}
	if err := w.app.Desk.DB.Row(ctx, `SELECT count(*) FROM observation`).Scan(&rows); err != nil {
		return nil, err
	}
	perRow := float64(bytes) / float64(rows)
	if engine == "PostgreSQL" {
		return []Finding{baseline(engine+": bytes a row of observations, with its index", perRow, "bytes")}, nil
	}
	return []Finding{below(20, engine+": bytes a row of observations, with its index", perRow, "bytes")}, nil
}

// reads are the questions that pages ask, each many times.
func (w *world) reads(ctx context.Context, engine string) ([]Finding, error) {
	service := w.app.Adoption
	last := w.quarters[len(w.quarters)-1]
	var findings []Finding
	for _, q := range []struct {
		name   string
		target float64
		ask    func(n int) error
	}{
		{"dashboard page: all members, all periods, totals, targets", 5, func(n int) error {
			_, err := service.Rates(ctx, operator, programmeCode(n%worldProgrammes))
			return err
		}},
		{"national series of one measure", 1, func(n int) error {
			_, err := service.Series(ctx, operator, programmeCode(n%worldProgrammes), "", "measure-0")
			return err
		}},
		{"page of a member, with why its rate changed and all its sites", 0, func(n int) error {
			_, err := service.Unit(ctx, operator, programmeCode(n%worldProgrammes), memberID(n%worldMembers), 1)
			return err
		}},
		{"sites of the nation grouped by an attribute", 0, func(n int) error {
			_, err := service.Equity(ctx, operator, programmeCode(n%worldProgrammes), "", "", last)
			return err
		}},
	} {
		p50, err := timed(60, q.ask)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.name, err)
		}
		name := engine + ": " + q.name + ", p50"
		if q.target > 0 {
			findings = append(findings, below(q.target, name, p50, "ms"))
		} else {
			findings = append(findings, baseline(name, p50, "ms"))
		}
	}
	return findings, nil
}

// warmUp is how often something is done for nothing before it is timed.
const warmUp = 5

// timed asks n times, after a few times for nothing, and answers the median
// in milliseconds.
func timed(n int, ask func(n int) error) (float64, error) {
	for i := range warmUp {
		if err := ask(i); err != nil {
			return 0, err
		}
	}
	at := warmUp - 1
	return repeat(n, func() (float64, error) {
		at++
		started := time.Now()
		err := ask(at)
		return milliseconds(time.Since(started)), err
	})
}

// submit sends returns of one member's quarter of one programme, 800 sites by
// four measures: of members that had not sent it yet, and of one that sends it
// again and again with other values.
func (w *world) submit(ctx context.Context, engine string, target float64) ([]Finding, error) {
	next := w.quarters[len(w.quarters)-1].Next()
	send := func(member int, quarter period.Period, more int64) (adoption.Receipt, error) {
		wanted := func(site int) bool { return site%worldMembers == member }
		return w.app.Adoption.Submit(ctx, operator, programmeCode(1), "quarterly", adoption.Sending{Source: "api", Reason: "sent again"},
			w.entries(1, []period.Period{quarter}, wanted, more))
	}
	var added, changed int64
	first, err := timed(worldMembers, func(n int) error {
		receipt, err := send(n%worldMembers, next.Add(n/worldMembers), 0)
		added = receipt.Tally.Added
		return err
	})
	if err != nil {
		return nil, err
	}
	more := int64(0)
	again, err := timed(15, func(int) error {
		more++
		receipt, err := send(3, w.quarters[20], more)
		changed = receipt.Tally.Changed
		return err
	})
	return []Finding{
		atMost(target, fmt.Sprintf("%s: a return of %d values, with rollups and audit, p50", engine, added), first, "ms"),
		baseline(fmt.Sprintf("%s: the same sent again with %d of its values changed, each change kept, p50", engine, changed), again, "ms"),
	}, err
}

// inStep holds the rollups against a fresh count of one quarter at the end.
func (w *world) inStep(ctx context.Context, engine string) ([]Finding, error) {
	d := w.app.Desk.DB
	before, err := w.rollups(ctx, d)
	if err != nil {
		return nil, err
	}
	collections, err := adoption.CollectionsOf(ctx, d, programmeCode(1))
	if err != nil {
		return nil, err
	}
	started := time.Now()
	if err := adoption.Recount(ctx, d, collections[0], w.quarters[20]); err != nil {
		return nil, err
	}
	took := milliseconds(time.Since(started))
	after, err := w.rollups(ctx, d)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(before, after) {
		return nil, fmt.Errorf("%s: the rollups are not those of a fresh count", engine)
	}
	return []Finding{baseline(engine+": a fresh count of one quarter, equal to the rollups", took, "ms")}, nil
}

func (w *world) rollups(ctx context.Context, d *db.DB) ([][6]int64, error) {
	return db.List(ctx, d, func(row db.Scanner) (r [6]int64, err error) {
		err = row.Scan(&r[0], &r[1], &r[2], &r[3], &r[4], &r[5])
		return r, err
	}, `SELECT measure_key, unit_key, period, reported, adopted, total FROM measure_rollup ORDER BY measure_key, period, unit_key`)
}
