package chart

import (
	"fmt"
	"io"
	"strings"
)

// TargetBars shows each member's rate as a bar against its own target, with what it was before. The rows stand in the
// order given: alphabetical, unless somebody asked for a ranking.
type TargetBars struct {
	Frame
	Measure
	RowHeader string // what a row is: "Network"
	Now       string // when the rates are from: "Q3 2019/20"
	Before    string // when the earlier ones are from; empty for none
	Rows      []TargetRow
	Axis      Range // 0 to 100 when zero
}

// TargetRow is one member.
type TargetRow struct {
	Name    string
	Value   Value
	Parts   string // numerator and denominator: "31 of 49"
	Before  Value
	Change  string // "up 13"
	Target  Value
	Verdict Verdict
	Href    string
}

// Verdict says whether a target was met. The caller knows the inequality.
type Verdict uint8

// The verdicts; NoVerdict is for a missing rate or target.
const (
	NoVerdict Verdict = iota
	Met
	Missed
)

var verdicts = [...]struct {
	word string
	look patch
}{
	NoVerdict: {"no target", patch{fill: "#e8edee", line: muted, class: "sir-chart__bar"}},
	Met:       {"target met", patch{fill: "#005eb8", line: "#003087", class: "sir-chart__bar-met"}},
	Missed:    {"target not met", patch{fill: "#dbe9f6", line: "#005eb8", texture: falling, class: "sir-chart__bar-missed"}},
}

// Word is the verdict in words.
func (v Verdict) Word() string { return verdicts[v].word }

// In returns the same chart for another layout.
func (tb TargetBars) In(layout Layout) Chart {
	tb.Layout = layout
	return tb
}

func (tb TargetBars) axis() Range {
	if tb.Axis.isAuto() {
		return Range{0, 100}
	}
	return tb.Axis
}

// Validate implements Chart.
func (tb TargetBars) Validate() error {
	for _, err := range []error{tb.Frame.validate(), tb.Measure.validate(), tb.axis().validate()} {
		if err != nil {
			return err
		}
	}
	if len(tb.Rows) == 0 || len(tb.Rows) > MaxDotRows {
		return fmt.Errorf("%w: %s has %d rows; use 1 to %d", ErrInvalid, tb.ID, len(tb.Rows), MaxDotRows)
	}
	if !tb.axis().holds(0) {
		return fmt.Errorf("%w: %s: the axis of bars (%v to %v) must hold 0", ErrInvalid, tb.ID, tb.axis().Min, tb.axis().Max)
	}
	for i, row := range tb.Rows {
		if err := tb.validateRow(row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func (tb TargetBars) validateRow(row TargetRow) error {
	if strings.TrimSpace(row.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	if int(row.Verdict) >= len(verdicts) || row.Verdict != NoVerdict && (!row.Value.known || !row.Target.known) {
		return fmt.Errorf("%w: %.60q has verdict %d; it needs a rate and a target", ErrInvalid, row.Name, row.Verdict)
	}
	for _, v := range []Value{row.Value, row.Before, row.Target} {
		if err := v.validate(row.Name); err != nil {
			return err
		}
		if v.known && !tb.axis().holds(v.number) {
			return fmt.Errorf("%w: %.60q: %v is off the axis (%v to %v)", ErrInvalid, row.Name, v.number, tb.axis().Min, tb.axis().Max)
		}
	}
	return validateLink(row.Name, row.Href)
}

// Render implements Chart.
func (tb TargetBars) Render(w io.Writer) error {
	if err := tb.Validate(); err != nil {
		return err
	}
	_, err := w.Write(tb.draw())
	return err
}

// Table implements Chart.
func (tb TargetBars) Table() Table {
	t := Table{Caption: tb.Title, Headers: []string{tb.RowHeader, tb.header(tb.Now), "Of", tb.header("Target"), "Verdict"}}
	if tb.Before != "" {
		t.Headers = append(t.Headers, tb.header(tb.Before), "Change")
	}
	for _, row := range tb.Rows {
		cells := []string{row.Name, tb.cell(row.Value), row.Parts, tb.cell(orNone(row.Target)), row.verdict()}
		if tb.Before != "" {
			cells = append(cells, tb.cell(row.Before), row.Change)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// verdict is the verdict in words; without one it says what is lacking.
func (row TargetRow) verdict() string {
	if row.Verdict == NoVerdict && row.Target.known {
		return "not known"
	}
	return row.Verdict.Word()
}

// note is what stands at the end of a row; Narrow has no room for the parts, which the table gives.
func (tb TargetBars) note(row TargetRow) string {
	text := tb.say(row.Value)
	if row.Parts != "" && tb.Layout != Narrow {
		text += " (" + row.Parts + ")"
	}
	if row.Change != "" {
		text += ", " + row.Change
	}
	return text
}

func (tb TargetBars) describe() string {
	text := fmt.Sprintf("Bar chart with %d rows in the order given. Each bar is the value at %s; an upright mark is the row's own target.", len(tb.Rows), phrase(tb.Now))
	if tb.Before != "" {
		text += " A hollow point is the value at " + phrase(tb.Before) + "."
	}
	return text
}
