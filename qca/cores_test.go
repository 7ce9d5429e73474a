package qca_test

import (
	"encoding/json"
	"math"
	"runtime"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
)

// sameOnCores compares what some work gives on one core and on two, as bytes
// of JSON.
func sameOnCores(t *testing.T, what string, work func() any) {
	t.Helper()
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var results [2]string
	for i := range results {
		runtime.GOMAXPROCS(i + 1)
		text, err := json.Marshal(work())
		if err != nil {
			t.Fatal(err)
		}
		results[i] = string(text)
	}
	if results[0] != results[1] {
		t.Errorf("%s: one core and two give different results", what)
	}
}

// The number of cores changes how the work is shared, and nothing else.
func TestResultsAreTheSameOnOneAndTwoCores(t *testing.T) {
	sameOnCores(t, "prime implicants of two searches", func() any {
		s, err := drawnTable(t, drawn.Struct, 14, 300).Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, MaxSteps: math.MaxInt})
		if err != nil || !s.Complete {
			t.Fatal(err)
		}
		return s
	})
	sameOnCores(t, "robustness", func() any {
		return robustReport(t, 3)
	})
	sameOnCores(t, "rivals", func() any {
		r, err := spreadTable(t).Rivals(t.Context(), qca.RivalOptions{Settings: qca.Settings{Outcome: "OUTCOME"}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	})
}
