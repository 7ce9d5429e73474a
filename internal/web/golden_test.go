package web_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares text with a file of testdata, and shows the lines that differ.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	differences(t, path, lines(string(want)), lines(got))
}

// differences reports the lines that only one of two texts has.
func differences(t *testing.T, path string, want, got []string) {
	t.Helper()
	has := map[string]int{}
	for _, line := range want {
		has[line]++
	}
	for _, line := range got {
		if has[line] == 0 {
			t.Errorf("%s: not expected:\n%s", path, line)
		}
		has[line]--
	}
	for _, line := range want {
		if has[line] > 0 {
			t.Errorf("%s: expected:\n%s", path, line)
			has[line] = 0
		}
	}
	if !t.Failed() && !slices.Equal(want, got) {
		t.Errorf("%s: the lines are there in another order", path)
	}
}

func lines(text string) []string { return strings.Split(text, "\n") }
