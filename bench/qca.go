package main

import (
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"sir/qca"
	"sir/qca/drawn"
)

func init() { programs["qca"] = func(string) ([]Finding, error) { return qcaGrid() } }

// rTimes are the processor seconds of minimize() of the R package QCA 3.25.1,
// its default algorithm, on the same tables and the same kind of machine; or
// "fails", or "over 120" where it was stopped.
//
//go:embed qca_r_times.csv
var rTimes string

// qcaBudget is how long one solution may take.
const qcaBudget = 5 * time.Second

// fasterThanR is how many times less than R a solution is to take.
const fasterThanR = 1000

// A qcaCell is one table of the grid.
type qcaCell struct {
	kind drawn.Kind
	k, n int
}

func (c qcaCell) String() string { return fmt.Sprintf("%s k=%d n=%d", c.kind, c.k, c.n) }

func qcaCells() []qcaCell {
	wide, all := []int{8, 10, 12, 14, 16, 18, 20}, []int{30, 100, 300, 1000}
	var cells []qcaCell
	for _, g := range []struct {
		kind   drawn.Kind
		ks, ns []int
	}{
		{drawn.Struct, wide, all}, {drawn.Rand, wide, all}, {drawn.Noisy, []int{8, 10, 12}, all[1:]},
		{drawn.Fuzzy, []int{6, 8, 10, 12}, all}, {drawn.MultiValue, []int{6, 8, 10}, all},
	} {
		for _, k := range g.ks {
			for _, n := range g.ns {
				cells = append(cells, qcaCell{g.kind, k, n})
			}
		}
	}
	return cells
}

// qcaGrid measures the processor time of every solution of every table, with
// R's times as targets where R comes to an end.
func qcaGrid() ([]Finding, error) {
	peers, err := readRTimes()
	if err != nil {
		return nil, err
	}
	var findings []Finding
	for _, cell := range qcaCells() {
		tt, err := cell.truthTable()
		if err != nil {
			return nil, err
		}
		for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious, qca.Intermediate} {
			name := cell.String() + " " + kind.String()
			if kind == qca.Intermediate && peers[name] == 0 && cell != smallTarget {
				continue
			}
			ms, outcome, err := minimizeTime(tt, kind)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			findings = append(findings, qcaFinding(cell, name, outcome, ms, peers[name]))
		}
	}
	primes, err := primeTimes()
	return append(findings, primes...), err
}

// smallTarget is to be solved in all three ways within 50 ms.
var smallTarget = qcaCell{drawn.Struct, 12, 100}

func qcaFinding(cell qcaCell, name, outcome string, ms, peer float64) Finding {
	name += ": " + outcome
	switch {
	case peer > 0:
		return atMost(peer*1000/fasterThanR, name, ms, "ms")
	case cell == smallTarget:
		return atMost(50.0/3, name, ms, "ms")
	}
	return baseline(name, ms, "ms")
}

// readRTimes returns R's seconds by cell, without those where it did not finish.
func readRTimes() (map[string]float64, error) {
	records, err := csv.NewReader(strings.NewReader(rTimes)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the times of R: %w", err)
	}
	times := make(map[string]float64)
	for _, record := range records[1:] {
		if seconds, err := strconv.ParseFloat(record[1], 64); err == nil {
			times[record[0]] = seconds
		}
	}
	return times, nil
}

func (c qcaCell) truthTable() (*qca.TruthTable, error) {
	table, err := drawn.Table(c.kind, c.k, c.n)
	if err != nil {
		return nil, err
	}
	return table.TruthTable(c.kind.Settings())
}

// minimizeTime returns the least processor time of a few minimisations in
// milliseconds, and what came of them.
func minimizeTime(tt *qca.TruthTable, kind qca.SolutionKind) (ms float64, outcome string, err error) {
	options := qca.Options{Solution: kind, MaxSteps: math.MaxInt}
	if kind == qca.Intermediate {
		for _, c := range tt.Conditions {
			options.Expect = append(options.Expect, qca.Term{{Condition: c.Name, Values: []int{1}}})
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), qcaBudget)
	defer cancel()
	ms = math.Inf(1)
	for range 7 {
		var solution *qca.Solution
		used, err := ownCPU(func() (err error) {
			solution, err = tt.Minimize(ctx, options)
			return err
		})
		if err != nil {
			return 0, "", err
		}
		ms, outcome = min(ms, used), describe(solution)
		if used > 100 {
			break
		}
	}
	return ms, outcome, nil
}

// describe says what a solution is made of, and what is not proved.
func describe(s *qca.Solution) string {
	if len(s.Models) == 0 {
		return "stopped before a model"
	}
	count := fmt.Sprint(s.ModelCount)
	if !s.ModelCountExact {
		count = "at least " + count
	}
	text := fmt.Sprintf("%d prime implicants, %s models of %d terms", s.PrimeCount, count, len(s.Models[0].Terms))
	if !s.ProvedMinimal {
		text += ", not proved minimal"
	}
	return text
}

// ownCPU returns the processor milliseconds that this process spends on do.
func ownCPU(do func() error) (float64, error) {
	runtime.GC()
	before, err := cpuTime(os.Getpid())
	if err != nil {
		return 0, err
	}
	failed := do()
	after, err := cpuTime(os.Getpid())
	return milliseconds(after - before), errors.Join(failed, err)
}

// primeTimes measures the largest tables: all parsimonious prime implicants,
// one at a time.
func primeTimes() ([]Finding, error) {
	var findings []Finding
	for _, cell := range []qcaCell{{drawn.Struct, 20, 1000}, {drawn.Rand, 20, 1000}} {
		tt, err := cell.truthTable()
		if err != nil {
			return nil, err
		}
		primes := 0
		ms, err := ownCPU(func() error {
			complete, err := tt.EachPrimeImplicant(context.Background(), qca.Options{Solution: qca.Parsimonious, MaxSteps: math.MaxInt},
				func(qca.Term) bool { primes++; return true })
			if err == nil && !complete {
				err = errors.New("the search stopped")
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", cell, err)
		}
		findings = append(findings, atMost(5000, fmt.Sprintf("%s: %d prime implicants one by one", cell, primes), ms, "ms"))
	}
	memory, err := peakMemory(os.Getpid())
	if err != nil {
		return nil, err
	}
	return append(findings, atMost(1000, "most memory the benchmark held", memory, "MB")), nil
}
