package main

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sir/stories/demoserver"
)

const (
	startRuns    = 5   // starts on a new database
	pageRequests = 6   // requests a page for a first look at its processor time
	sureRequests = 100 // again, for a page that may miss its target
	pageTarget   = 6   // milliseconds of processor time
	pageDoubt    = 4   // milliseconds from which a first look is not enough
	crowd        = 5   // pages of one folder that are reported as one
)

// pages measures what the foundation promises of every page: the time from
// the start of a demonstration to its first byte, the server's processor time
// a request for every page that every role can reach by links, and the binary.
func pages(binary string) ([]Finding, error) {
	findings, err := executable(binary)
	if err != nil {
		return nil, err
	}
	start, err := repeat(startRuns, func() (float64, error) { return firstByte(binary) })
	if err != nil {
		return nil, err
	}
	findings = append(findings, below(2, "start of the demonstration to the first byte", start, "s"))

	err = withServer(binary, func(server *demoserver.Server) error {
		costs, err := everyPage(server)
		if err != nil {
			return err
		}
		findings = append(findings, report(costs)...)
		plain, err := baselines(server)
		findings = append(findings, plain...)
		return err
	})
	return findings, err
}

// withServer runs use with a demonstration on a new SQLite database.
func withServer(binary string, use func(*demoserver.Server) error) error {
	folder, err := os.MkdirTemp("", "sir-bench")
	if err != nil {
		return fmt.Errorf("folder for a database: %w", err)
	}
	defer os.RemoveAll(folder)
	server, err := demoserver.Start(binary, filepath.Join(folder, "sir.db"))
	if err != nil {
		return err
	}
	return errors.Join(use(server), server.Stop())
}

// firstByte returns the seconds from starting the program on a new database
// until the sign-in page answers.
func firstByte(binary string) (seconds float64, err error) {
	start := time.Now()
	err = withServer(binary, func(server *demoserver.Server) error {
		v, err := newVisitor(server.URL, "")
		if err != nil {
			return err
		}
		_, err = v.get(signInPath)
		seconds = time.Since(start).Seconds()
		return err
	})
	return seconds, err
}

// A cost is the processor time the server spends on one answer.
type cost struct {
	path, role, kind string
	milliseconds     float64
}

// everyPage signs in as each role and measures what it can reach: every page
// for one role at least, and for every role the first pages of each folder.
func everyPage(server *demoserver.Server) ([]cost, error) {
	visitors, err := signInAsEach(server.URL)
	if err != nil {
		return nil, err
	}
	var costs []cost
	measured := map[string]bool{}
	for _, v := range visitors {
		kinds, err := v.crawl("/")
		if err != nil {
			return nil, err
		}
		alike := map[string]int{}
		for _, p := range slices.Sorted(maps.Keys(kinds)) {
			c := cost{path: p, role: v.role, kind: kinds[p]}
			alike[c.like()]++
			if measured[p] && alike[c.like()] > crowd {
				continue
			}
			measured[p] = true
			if c.milliseconds, err = v.processorTime(server.PID(), p); err != nil {
				return nil, err
			}
			costs = append(costs, c)
		}
	}
	return costs, nil
}

// processorTime returns the milliseconds of processor time that the server
// spends on one request for path. Where a first look leaves doubt it is measured
// again with more requests: a collection of garbage weighs heavily on a few.
func (v *visitor) processorTime(pid int, path string) (float64, error) {
	spent, err := v.average(pid, path, pageRequests)
	if err == nil && spent > pageDoubt {
		return v.average(pid, path, sureRequests)
	}
	return spent, err
}

func (v *visitor) average(pid int, path string, requests int) (float64, error) {
	before, err := cpuTime(pid)
	if err != nil {
		return 0, err
	}
	for range requests {
		got, err := v.get(path)
		if err != nil {
			return 0, err
		}
		if got.status != http.StatusOK {
			return 0, fmt.Errorf("%s as %s answered %d", path, v.role, got.status)
		}
	}
	after, err := cpuTime(pid)
	return milliseconds(after-before) / float64(requests), err
}
