package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// Browsers go away in the middle of a request. What then ends must be that
// request alone: a driver that interrupts the connection a moment too late
// would end the next one's query, and half a transaction would stay behind.
const (
	cancelWorkers = 8
	cancelRows    = 300
)

var cancelQueries, cancelTransactions = stormSize()

func stormSize() (queries, transactions int64) {
	if underRace {
		return 100, 25
	}
	return 2000, 500
}

// Most of the work is never cancelled and must succeed; some is cancelled at a
// known place and must fail; some is cancelled after a random short while and
// may do either.
type fate int

const (
	spared fate = iota
	doomed
	random
)

func fateOf(i int64) fate {
	return [...]fate{spared, spared, random, spared, doomed, spared, random}[i%7]
}

// context answers a context for the fate, and a function that ends it. It has
// no deadline, which a driver could see coming.
func (f fate) context(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	if f == random {
		time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, cancel)
	}
	return ctx, cancel
}

// judge says what is wrong with an outcome, or answers nil.
func (f fate) judge(ctx context.Context, err error) error {
	switch {
	case f == spared && err != nil:
		return fmt.Errorf("ended although nobody cancelled it: %w", err)
	case f == doomed && err == nil:
		return errors.New("succeeded although it was cancelled")
	case err != nil && ctx.Err() == nil:
		return fmt.Errorf("ended before it was cancelled: %w", err)
	}
	return nil
}

func TestCancelledWorkHarmsNoOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			for i := range cancelRows {
				if err := put(ctx, d, fmt.Sprintf("row %03d", i), "1"); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var committed sync.Map
		var next, done atomic.Int64
		var all sync.WaitGroup
		for range cancelWorkers {
			all.Go(func() {
				for i := next.Add(1) - 1; i < cancelQueries+cancelTransactions; i = next.Add(1) - 1 {
					what, err := cancelOne(t.Context(), d, i, &committed)
					if err != nil {
						t.Errorf("%s %d %v", what, i, err)
					}
					done.Add(1)
				}
			})
		}
		all.Wait()
		if done.Load() != cancelQueries+cancelTransactions {
			t.Errorf("%d of %d are done", done.Load(), cancelQueries+cancelTransactions)
		}
		checkPairs(t, d, &committed)
		checkAllConnections(t, d)
	})
}

// cancelOne runs a query or a transaction, mixed in the ratio of their counts.
func cancelOne(parent context.Context, d *db.DB, i int64, committed *sync.Map) (what string, err error) {
	f := fateOf(i)
	ctx, cancel := f.context(parent)
	defer cancel()
	if i%(1+cancelQueries/cancelTransactions) != 0 {
		return "query", f.judge(ctx, cancelQuery(ctx, cancel, d, f))
	}
	err = cancelTransaction(ctx, cancel, d, f, i)
	if err == nil {
		committed.Store(i, true)
	}
	return "transaction", f.judge(ctx, err)
}

func cancelQuery(ctx context.Context, cancel func(), d *db.DB, f fate) error {
	rows := 0
	err := d.Each(ctx, func(row db.Scanner) error {
		if rows++; f == doomed && rows == cancelRows/2 {
			cancel()
			return ctx.Err()
		}
		var name, value string
		return row.Scan(&name, &value)
	}, `SELECT name, value FROM setting WHERE name LIKE 'row %' ORDER BY value, name`)
	if err == nil && rows != cancelRows {
		return fmt.Errorf("read %d of %d rows without an error", rows, cancelRows)
	}
	return err
}

// cancelTransaction writes a pair of rows that must stay together.
func cancelTransaction(ctx context.Context, cancel func(), d *db.DB, f fate, i int64) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		if err := put(ctx, d, fmt.Sprintf("pair %d a", i), "1"); err != nil {
			return err
		}
		if f == doomed {
			cancel()
		}
		return put(ctx, d, fmt.Sprintf("pair %d b", i), "1")
	})
}

// checkPairs looks for halves of transactions, and for whole ones that were
// reported as done and are not there.
func checkPairs(t *testing.T, d *db.DB, committed *sync.Map) {
	t.Helper()
	halves := map[int64]int{}
	err := d.Each(t.Context(), func(row db.Scanner) error {
		var name, half string
		var i int64
		if err := row.Scan(&name); err != nil {
			return err
		}
		_, err := fmt.Sscanf(name, "pair %d %s", &i, &half)
		halves[i]++
		return err
	}, `SELECT name FROM setting WHERE name LIKE 'pair %'`)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range halves {
		if n != 2 {
			t.Errorf("transaction %d left %d of 2 rows", i, n)
		}
		if fateOf(i) == doomed {
			t.Errorf("transaction %d was cancelled half way and is there", i)
		}
	}
	n := int64(0)
	committed.Range(func(i, _ any) bool {
		if n++; halves[i.(int64)] != 2 {
			t.Errorf("transaction %d was reported as committed and is not there", i)
		}
		return true
	})
	if n < cancelTransactions/4 {
		t.Errorf("only %d transactions were committed: too few to say anything", n)
	}
}

// checkAllConnections uses every connection of the pools at once, after the
// storm: none may be stuck in a transaction or waiting to be interrupted.
func checkAllConnections(t *testing.T, d *db.DB) {
	t.Helper()
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			var n int
			if err := d.Row(t.Context(), `SELECT count(*) FROM setting WHERE name LIKE 'row %'`).Scan(&n); err != nil || n != cancelRows {
				t.Errorf("a query after the storm: %d, %v", n, err)
			}
			if err := put(t.Context(), d, fmt.Sprintf("after %d", i), "1"); err != nil {
				t.Errorf("a write after the storm: %v", err)
			}
		})
	}
	all.Wait()
}
