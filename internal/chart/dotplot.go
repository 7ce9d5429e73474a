package chart

import (
	"fmt"
	"io"
	"strings"
)

// MaxDotRows bounds a dot plot; a longer list needs a table, a filter or pages.
const MaxDotRows = 200

// DotPlot compares two or three values of each of several members on one scale: a row each, in the order given.
type DotPlot struct {
	Frame
	Measure
	RowHeader  string   // what a row is: "Network"
	Points     []string // what the values are, earlier first: "Q3 2018/19", "Q2 2020/21"
	NoteHeader string   // header of the notes in the table; "Note" when empty
	Rows       []DotRow
	Axis       Range // 0 to 100 when zero
	Target     *Target
}

// DotRow is one member.
type DotRow struct {
	Name   string
	Values []Value // one for each of Points
	Note   string  // a few words at the end of the row, such as "up 13"
}

// Target is a constant line. Label is drawn beside it and must give the value and the inequality: ">= 50".
type Target struct {
	Value float64
	Label string
}

// In returns the same chart for the other layout.
func (d DotPlot) In(l Layout) Chart {
	d.Layout = l
	return d
}

func (d DotPlot) axis() Range {
	if d.Axis.isAuto() {
		return Range{0, 100}
	}
	return d.Axis
}

// Validate implements Chart.
func (d DotPlot) Validate() error {
	for _, err := range []error{d.Frame.validate(), d.Measure.validate(), d.axis().validate()} {
		if err != nil {
			return err
		}
	}
	if len(d.Points) < 2 || len(d.Points) > len(dotStyles) {
		return fmt.Errorf("%w: %s has %d points a row; use 2 or 3", ErrInvalid, d.ID, len(d.Points))
	}
	if len(d.Rows) == 0 || len(d.Rows) > MaxDotRows {
		return fmt.Errorf("%w: %s has %d rows; use 1 to %d", ErrInvalid, d.ID, len(d.Rows), MaxDotRows)
	}
	if d.Target != nil && (!d.axis().holds(d.Target.Value) || strings.TrimSpace(d.Target.Label) == "") {
		return fmt.Errorf("%w: target %v of %s; it needs a label and a place on the axis", ErrInvalid, d.Target.Value, d.ID)
	}
	for i, row := range d.Rows {
		if err := d.validateRow(row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func (d DotPlot) validateRow(row DotRow) error {
	if strings.TrimSpace(row.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	if len(row.Values) != len(d.Points) {
		return fmt.Errorf("%w: %.60q has %d values for %d points", ErrInvalid, row.Name, len(row.Values), len(d.Points))
	}
	for i, v := range row.Values {
		if err := v.validate(d.Points[i]); err != nil {
			return err
		}
		if v.known && !d.axis().holds(v.number) {
			return fmt.Errorf("%w: %.60q, %.60s: %v is off the axis (%v to %v)", ErrInvalid, row.Name, d.Points[i], v.number, d.axis().Min, d.axis().Max)
		}
	}
	return nil
}

// Render implements Chart.
func (d DotPlot) Render(w io.Writer) error {
	if err := d.Validate(); err != nil {
		return err
	}
	_, err := w.Write(d.draw())
	return err
}

// Table implements Chart. Notes have a column when any row has one.
func (d DotPlot) Table() Table {
	t := Table{Caption: d.Title, Headers: []string{d.RowHeader}}
	if d.Target != nil {
		t.Caption += " (target: " + d.Target.Label + ")"
	}
	for _, p := range d.Points {
		t.Headers = append(t.Headers, d.header(p))
	}
	noted := d.hasNotes()
	if noted {
		t.Headers = append(t.Headers, d.noteHeader())
	}
	for _, row := range d.Rows {
		cells := []string{row.Name}
		for _, v := range row.Values {
			cells = append(cells, d.cell(v))
		}
		if noted {
			cells = append(cells, row.Note)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (d DotPlot) noteHeader() string {
	if d.NoteHeader == "" {
		return "Note"
	}
	return d.NoteHeader
}

func (d DotPlot) hasNotes() bool {
	for _, row := range d.Rows {
		if row.Note != "" {
			return true
		}
	}
	return false
}

func (d DotPlot) describe() string {
	text := fmt.Sprintf("Dot plot with %d rows. Each row has %d points on a scale from %s to %s: %s.", len(d.Rows), len(d.Points),
		d.say(Number(d.axis().Min)), d.say(Number(d.axis().Max)), phrase(strings.Join(d.Points, ", ")))
	if d.Target != nil {
		text += " A line marks the target, " + phrase(d.Target.Label) + "."
	}
	return text
}
