package chart

import (
	"fmt"
	"io"
	"strings"
)

// MaxHeatColumns and MaxHeatRows bound a heat map: 30 years of quarters, and a list that can still be read.
const (
	MaxHeatColumns = 120
	MaxHeatRows    = 200
)

// HeatMap is a value for each member and period, printed in its cell. A cell without a value is hatched. A map with more
// columns than fit is wider than its layout and scrolls.
type HeatMap struct {
	Frame
	Measure
	RowHeader string   // what a row is: "Network"
	Columns   []string // "Q3 2018/19"
	Rows      []HeatRow
	Classes   Classes
}

// HeatRow is one member.
type HeatRow struct {
	Name  string
	Href  string // of the member's page; may be empty
	Cells []HeatCell
}

// HeatCell is one value. Cells with an address are links for the pointer; the keyboard reaches the rows, and every cell by
// the table.
type HeatCell struct {
	Value Value
	Href  string
}

// In returns the same chart for another layout.
func (h HeatMap) In(layout Layout) Chart {
	h.Layout = layout
	return h
}

// Validate implements Chart.
func (h HeatMap) Validate() error {
	for _, err := range []error{h.Frame.validate(), h.Measure.validate(), h.Classes.validate(h.ID)} {
		if err != nil {
			return err
		}
	}
	if len(h.Columns) == 0 || len(h.Columns) > MaxHeatColumns || len(h.Rows) == 0 || len(h.Rows) > MaxHeatRows {
		return fmt.Errorf("%w: %s has %d columns and %d rows; use 1 to %d and 1 to %d", ErrInvalid, h.ID, len(h.Columns), len(h.Rows), MaxHeatColumns, MaxHeatRows)
	}
	for i, row := range h.Rows {
		if err := h.validateRow(row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func (h HeatMap) validateRow(row HeatRow) error {
	if strings.TrimSpace(row.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	if len(row.Cells) != len(h.Columns) {
		return fmt.Errorf("%w: %.60q has %d cells for %d columns", ErrInvalid, row.Name, len(row.Cells), len(h.Columns))
	}
	for i, cell := range row.Cells {
		if err := cell.Value.validate(fmt.Sprintf("column %d", i+1)); err != nil {
			return err
		}
		if err := validateLink(row.Name, cell.Href); err != nil {
			return err
		}
	}
	return validateLink(row.Name, row.Href)
}

// Render implements Chart.
func (h HeatMap) Render(w io.Writer) error {
	if err := h.Validate(); err != nil {
		return err
	}
	_, err := w.Write(h.draw())
	return err
}

// Table implements Chart.
func (h HeatMap) Table() Table {
	t := Table{Caption: h.Title, Headers: []string{h.RowHeader}}
	for _, column := range h.Columns {
		t.Headers = append(t.Headers, h.header(column))
	}
	for _, row := range h.Rows {
		cells := []string{row.Name}
		for _, cell := range row.Cells {
			cells = append(cells, h.cell(cell.Value))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (h HeatMap) describe() string {
	return fmt.Sprintf("Heat map of %d rows and %d columns, from %s to %s. Each cell has its value; a darker cell has a larger one, a hatched cell none.",
		len(h.Rows), len(h.Columns), phrase(h.Columns[0]), phrase(h.Columns[len(h.Columns)-1]))
}

// blanks are the reasons of the values that are missing.
func (h HeatMap) blanks() (reasons []string) {
	for _, row := range h.Rows {
		for _, cell := range row.Cells {
			if !cell.Value.known {
				reasons = append(reasons, cell.Value.reason())
			}
		}
	}
	return reasons
}
