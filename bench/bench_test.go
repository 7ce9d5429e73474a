package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestMedian(t *testing.T) {
	tests := []struct {
		values []float64
		want   float64
	}{
		{[]float64{3}, 3},
		{[]float64{9, 1, 5}, 5},
		{[]float64{4, 1, 2, 10}, 3},
	}
	for _, test := range tests {
		if got := median(test.values); got != test.want {
			t.Errorf("median of %v is %v, want %v", test.values, got, test.want)
		}
	}
}

func TestTargets(t *testing.T) {
	tests := []struct {
		finding Finding
		target  string
		holds   bool
	}{
		{atMost(6, "a page", 6, "ms"), "<= 6", true},
		{atMost(6, "a page", 6.01, "ms"), "<= 6", false},
		{below(40, "a file", 39.9, "MB"), "< 40", true},
		{below(40, "a file", 40, "MB"), "< 40", false},
	}
	for _, test := range tests {
		if test.finding.Target != test.target || *test.finding.Holds != test.holds {
			t.Errorf("%+v: target %q holds %v", test.finding, test.finding.Target, *test.finding.Holds)
		}
	}
}

func TestFileHasTheFiveKeysAlways(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "pages.json")
	if err := write(path, []Finding{atMost(6, "a page", 2.5, "ms"), baseline("a file", 0.1, "ms")}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"<= 6"`) {
		t.Errorf("the target is not readable as it stands:\n%s", text)
	}
	var got []map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{"name": "a page", "value": 2.5, "unit": "ms", "target": "<= 6", "holds": true},
		{"name": "a file", "value": 0.1, "unit": "ms", "target": "", "holds": nil},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("file holds %v, want %v", got, want)
	}
}

func TestVerdict(t *testing.T) {
	good, bad := atMost(1, "good", 1, ""), atMost(1, "bad", 2, "")
	if err := verdict([]Finding{good, baseline("x", 99, "")}); err != nil {
		t.Errorf("all targets hold, yet: %v", err)
	}
	if err := verdict([]Finding{good, bad}); err == nil || !strings.Contains(err.Error(), "1 of 2") {
		t.Errorf("one target is missed: %v", err)
	}
}

func TestUnknownBenchmarkListsThoseThereAre(t *testing.T) {
	if err := run("nope", "any"); err == nil || !strings.Contains(err.Error(), "pages") {
		t.Errorf("got %v", err)
	}
}

// TestCPUTimeGrowsWithWork measures this process itself.
func TestCPUTimeGrowsWithWork(t *testing.T) {
	before, err := cpuTime(os.Getpid())
	if err != nil {
		t.Skip(err)
	}
	sum := 0
	for i := range 50_000_000 {
		sum += i * i
	}
	after, err := cpuTime(os.Getpid())
	if err != nil || after-before < 1_000_000 {
		t.Errorf("50 million multiplications (%d) took %s of processor time (%v)", sum, after-before, err)
	}
}
