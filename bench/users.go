package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"sir/stories/demoserver"
)

// What people do to the demonstration: so many at once, each with a pause
// between clicks, for so long.
const (
	people      = 50
	thinking    = time.Second
	visiting    = time.Minute
	slowestOf99 = 200 // milliseconds
)

// manyUsers follows links at random as 50 people, who hold all roles in turn,
// and reports what they waited. An answer other than 200 is an error. Visitors
// and server share the machine.
func manyUsers(binary string) (findings []Finding, err error) {
	err = withServer(binary, func(server *demoserver.Server) error {
		waits, err := visit(server)
		if err != nil {
			return err
		}
		slices.Sort(waits)
		n := len(waits)
		findings = []Finding{
			baseline(fmt.Sprintf("%d people for %v: pages looked at", people, visiting), float64(n), "pages"),
			baseline("wait for a page, p50", waits[n/2], "ms"),
			below(slowestOf99, "wait for a page, p99", waits[n*99/100], "ms"),
			baseline("wait for a page, longest", waits[n-1], "ms"),
		}
		return nil
	})
	return findings, err
}

// visit answers, in milliseconds, how long each page took to come.
func visit(server *demoserver.Server) ([]float64, error) {
	roles, err := signInAsEach(server.URL)
	if err != nil {
		return nil, err
	}
	var (
		lock  sync.Mutex
		waits []float64
		first error
		done  sync.WaitGroup
	)
	end := time.Now().Add(visiting)
	for n := range people {
		walker := &walker{visitor: roles[1+n%(len(roles)-1)], random: rand.New(rand.NewPCG(1, uint64(n))), at: "/"}
		done.Go(func() {
			time.Sleep(time.Duration(walker.random.Int64N(int64(thinking)))) // not all at once
			own, err := walker.walk(end)
			lock.Lock()
			defer lock.Unlock()
			waits = append(waits, own...)
			if first == nil {
				first = err
			}
		})
	}
	done.Wait()
	return waits, first
}

// walker is one of the people, somewhere on the site.
type walker struct {
	visitor *visitor
	random  *rand.Rand
	at      string
}

// walk follows one link after the other until the end.
func (w *walker) walk(end time.Time) (waits []float64, err error) {
	for time.Now().Before(end) {
		started := time.Now()
		got, err := w.visitor.get(w.at)
		if err != nil {
			return waits, err
		}
		waits = append(waits, milliseconds(time.Since(started)))
		if got.status != http.StatusOK {
			return waits, fmt.Errorf("%s as %s answers %d", w.at, w.visitor.role, got.status)
		}
		w.at = "/"
		if next := links(got.body); len(next) > 0 && got.kind == page {
			w.at = next[w.random.IntN(len(next))]
		}
		time.Sleep(thinking)
	}
	return waits, nil
}
