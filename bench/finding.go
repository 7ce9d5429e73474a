package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
)

// A Finding is one measured value. A finding without a target stands beside
// the others for comparison: a baseline, or a peer.
type Finding struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Target string  `json:"target"` // for example "<= 6"; empty for a baseline
	Holds  *bool   `json:"holds"`  // null for a baseline
}

// baseline returns a finding to compare others with.
func baseline(name string, value float64, unit string) Finding {
	return Finding{Name: name, Value: value, Unit: unit}
}

// atMost returns a finding whose value must not exceed limit.
func atMost(limit float64, name string, value float64, unit string) Finding {
	holds := value <= limit
	return Finding{Name: name, Value: value, Unit: unit, Target: fmt.Sprintf("<= %g", limit), Holds: &holds}
}

// atLeast returns a finding whose value must reach limit.
func atLeast(limit float64, name string, value float64, unit string) Finding {
	holds := value >= limit
	return Finding{Name: name, Value: value, Unit: unit, Target: fmt.Sprintf(">= %g", limit), Holds: &holds}
}

// below returns a finding whose value must be less than limit.
func below(limit float64, name string, value float64, unit string) Finding {
	holds := value < limit
	return Finding{Name: name, Value: value, Unit: unit, Target: fmt.Sprintf("< %g", limit), Holds: &holds}
}

// write puts findings into the file at path as a JSON list.
func write(path string, findings []Finding) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false) // targets have < in them
	if err := encoder.Encode(findings); err != nil {
		return fmt.Errorf("encode findings: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o640); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}

// show prints findings as a table.
func show(w io.Writer, findings []Finding) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range findings {
		word := "baseline"
		if f.Holds != nil {
			word = map[bool]string{true: "holds", false: "DOES NOT HOLD"}[*f.Holds]
		}
		fmt.Fprintf(table, "%s\t%.3g %s\t%s\t%s\n", f.Name, f.Value, f.Unit, f.Target, word)
	}
	_ = table.Flush()
}

// verdict is an error when a target does not hold.
func verdict(findings []Finding) error {
	missed := 0
	for _, f := range findings {
		if f.Holds != nil && !*f.Holds {
			missed++
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d findings miss their target", missed, len(findings))
	}
	return nil
}
