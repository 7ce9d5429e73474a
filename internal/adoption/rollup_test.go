package adoption_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
)

// freshly counts a collection's rollups from the lists, returns and
// observations, site by site, without the statements that are being tested.
func freshly(t rapid.TB, ctx context.Context, d *db.DB, c adoption.Collection) map[string]string {
	units := map[int64][]int64{} // by placement
	each(t, ctx, d, `SELECT placement_key, unit_key FROM placement_unit`, func(n []int64) { units[n[0]] = append(units[n[0]], n[1]) }, 2)
	completeOn := map[[2]int64][2]string{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var key [2]int64
		var days [2]string
		err := row.Scan(&key[0], &key[1], (*db.Text)(&days[0]), (*db.Text)(&days[1]))
		completeOn[key] = days
		return err
	}, `SELECT period, site_key, submitted_on, complete_on FROM site_return WHERE collection_key = $1`, c.Key)
	if err != nil {
		t.Fatal(err)
	}
	returns, values := map[string][4]int{}, map[string][3]int64{}
	each(t, ctx, d, fmt.Sprintf(`SELECT period, site_key, placement_key FROM eligible_site WHERE collection_key = %d`, c.Key), func(n []int64) {
		p, err := period.FromKey(int(n[0]))
		if err != nil {
			t.Fatal(err)
		}
		days := completeOn[[2]int64{n[0], n[1]}]
		for _, unit := range append(slices.Clone(units[n[2]]), 0) {
			key := fmt.Sprintf("returns of %d in %d", unit, n[0])
			sum := returns[key]
			sum[0]++
			sum[1] += btoi(days[0] != "")
			sum[2] += btoi(days[1] != "")
			sum[3] += btoi(days[1] != "" && days[1] <= c.DueOn(p))
			returns[key] = sum
			each(t, ctx, d, fmt.Sprintf(`SELECT o.measure_key, o.value, coalesce(m.adopted_level, 1000000) FROM observation o
				JOIN measure m ON m.key = o.measure_key AND m.collection_key = %d WHERE o.period = %d AND o.site_key = %d`, c.Key, n[0], n[1]), func(o []int64) {
				key := fmt.Sprintf("values of %d at %d in %d", o[0], unit, n[0])
				sum := values[key]
				sum[0]++
				sum[1] += int64(btoi(o[1] >= o[2]))
				sum[2] += o[1]
				values[key] = sum
			}, 3)
		}
	}, 3)
	lines := map[string]string{}
	for key, sum := range returns {
		lines[key] = fmt.Sprint(sum)
	}
	for key, sum := range values {
		lines[key] = fmt.Sprint(sum)
	}
	return lines
}

func stored(t rapid.TB, ctx context.Context, d *db.DB, c adoption.Collection) map[string]string {
	lines := map[string]string{}
	each(t, ctx, d, fmt.Sprintf(`SELECT unit_key, period, expected, received, complete, on_time FROM return_rollup WHERE collection_key = %d`, c.Key), func(n []int64) {
		lines[fmt.Sprintf("returns of %d in %d", n[0], n[1])] = fmt.Sprint(n[2:])
	}, 6)
	each(t, ctx, d, fmt.Sprintf(`SELECT r.measure_key, r.unit_key, r.period, r.reported, r.adopted, r.total FROM measure_rollup r
		JOIN measure m ON m.key = r.measure_key WHERE m.collection_key = %d`, c.Key), func(n []int64) {
		lines[fmt.Sprintf("values of %d at %d in %d", n[0], n[1], n[2])] = fmt.Sprint(n[3:])
	}, 6)
	return lines
}

func each(t rapid.TB, ctx context.Context, d *db.DB, query string, fn func([]int64), columns int) {
	t.Helper()
	rows, err := db.List(ctx, d, func(row db.Scanner) ([]int64, error) {
		numbers := make([]int64, columns)
		into := make([]any, columns)
		for i := range numbers {
			into[i] = &numbers[i]
		}
		err := row.Scan(into...)
		return numbers, err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		fn(row)
	}
}

func btoi(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// checkRollups holds what is counted against a fresh count.
func checkRollups(t *testing.T, d *db.DB, c adoption.Collection) {
	t.Helper()
	compareRollups(t, t.Context(), d, c)
}

func compareRollups(t rapid.TB, ctx context.Context, d *db.DB, c adoption.Collection) {
	t.Helper()
	want, got := freshly(t, ctx, d, c), stored(t, ctx, d, c)
	if maps.Equal(got, want) {
		return
	}
	for key, line := range want {
		if got[key] != line {
			t.Errorf("%s: counted %q, want %q", key, got[key], line)
		}
	}
	for key, line := range got {
		if want[key] == "" {
			t.Errorf("%s: counted %q, want nothing", key, line)
		}
	}
	t.FailNow()
}

// Whatever is sent, cleared, restated, approved, opened again, moved, merged
// or ended, the rollups are those of a fresh count.
func TestRollupsStayInStep(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		asked(t, d)
		q := quarters(3)
		rapid.Check(t, func(rt *rapid.T) {
			undo := errors.New("undo")
			err := d.InTx(t.Context(), func(ctx context.Context) error {
				w := &world{t: rt, ctx: ctx, db: d, service: serviceOf(d)}
				for range rapid.IntRange(5, 25).Draw(rt, "steps") {
					w.step(rt, q)
				}
				compareRollups(rt, ctx, d, ofP1)
				return undo
			})
			if !errors.Is(err, undo) {
				rt.Fatal(err)
			}
		})
	})
}

// step does one of the things that change what is counted.
func (w *world) step(rt *rapid.T, q []period.Period) {
	p := q[rapid.IntRange(0, 2).Draw(rt, "period")]
	member := rapid.IntRange(1, 2).Draw(rt, "member")
	name := adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: fmt.Sprint("code-m", member), Period: p}
	var err error
	switch rapid.IntRange(0, 9).Draw(rt, "step") {
	case 0:
		err = w.service.Approve(w.ctx, system, name, "as it is")
	case 1:
		err = w.service.Reopen(w.ctx, system, name, "once more")
	case 2: // a site moves, or merges into another's member, from a period on
		site := fmt.Sprint("s", rapid.IntRange(1, 5).Draw(rt, "site"))
		w.exec(`DELETE FROM site_membership WHERE site_id = $1`, site)
		w.must(network.InsertMembership(w.ctx, w.db, network.Membership{SiteID: site, UnitID: "m1", ValidFrom: "2018-04-01", ValidTo: "2018-08-01"}))
		w.must(network.InsertMembership(w.ctx, w.db, network.Membership{SiteID: site, UnitID: fmt.Sprint("m", member), ValidFrom: "2018-08-01"}))
		w.must(network.Place(w.ctx, w.db, site))
		w.relist(q)
	case 3:
		w.exec(`UPDATE rollout_site SET eligible_to = $2 WHERE site_id = $1`, fmt.Sprint("s", rapid.IntRange(1, 5).Draw(rt, "site")),
			p.End().Format("2006-01-02"))
		w.relist(q)
	default:
		_, err = w.sendRandom(rt, q)
	}
	if err != nil && outcome(err) != "invalid" {
		rt.Fatal(err)
	}
}

func (w *world) exec(statement string, args ...any) {
	_, err := w.db.Exec(w.ctx, statement, args...)
	w.must(err)
}

func (w *world) relist(q []period.Period) {
	for _, p := range q {
		w.must(adoption.ListEligible(w.ctx, w.db, ofP1, p))
	}
}

func (w *world) sendRandom(rt *rapid.T, q []period.Period) (adoption.Receipt, error) {
	var entries []adoption.Entry
	for range rapid.IntRange(1, 6).Draw(rt, "entries") {
		e := value(1, q[rapid.IntRange(0, 2).Draw(rt, "of")], int64(rapid.IntRange(1, 5).Draw(rt, "site")), int64(rapid.IntRange(10, 11).Draw(rt, "measure")), 0)
		e.Value = int64(rapid.SampledFrom([]int{0, 3}).Draw(rt, "value"))
		e.Clear = rapid.IntRange(0, 4).Draw(rt, "clear") == 0
		entries = append(entries, e)
	}
	reason := rapid.SampledFrom([]string{"", "a slip"}).Draw(rt, "reason")
	var receipt adoption.Receipt
	// A use case that refuses leaves its transaction; here it would leave this
	// test's own, so what it would refuse is found by a dry run first.
	receipt, err := w.service.Check(w.ctx, system, "code-p1", "quarterly", adoption.Sending{Source: "csv", Reason: reason}, adoption.List(entries))
	if err != nil || receipt.Wrong > 0 {
		return receipt, err
	}
	return w.send(policy.System("test"), reason, entries...)
}
