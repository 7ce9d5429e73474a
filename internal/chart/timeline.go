package chart

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Timeline sets stretches of time and single dates on one axis of days, a row each: when something is in force, beside
// when something else was planned and began.
type Timeline struct {
	Frame
	RowHeader string   // what a row is: "Lever or rollout"
	Bar       string   // what a bar shows: "In force"
	Points    []string // what points show, at most 2: "Planned start", "Actual start"
	Today     time.Time
	Rows      []TimelineRow
}

// TimelineRow has a bar from From up to To, the first day without it, or points, or both. A zero From is no bar, a zero To
// a bar without an end, a zero date no point.
type TimelineRow struct {
	Name     string
	From, To time.Time
	Dates    []time.Time // one for each of Points
}

// MaxTimelineRows bounds the height of a time line.
const MaxTimelineRows = 200

// In returns the same chart for another layout.
func (t Timeline) In(layout Layout) Chart {
	t.Layout = layout
	return t
}

// Validate implements Chart.
func (t Timeline) Validate() error {
	if err := t.Frame.validate(); err != nil {
		return err
	}
	if len(t.Rows) == 0 || len(t.Rows) > MaxTimelineRows {
		return fmt.Errorf("%w: %s has %d rows; use 1 to %d", ErrInvalid, t.ID, len(t.Rows), MaxTimelineRows)
	}
	if len(t.Points) > len(timePoints) {
		return fmt.Errorf("%w: %s has %d kinds of points; use at most %d", ErrInvalid, t.ID, len(t.Points), len(timePoints))
	}
	if err := validateDate(t.ID, t.Today); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if err := t.validateRow(row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

func (t Timeline) validateRow(row TimelineRow) error {
	if strings.TrimSpace(row.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	if len(row.Dates) > len(t.Points) {
		return fmt.Errorf("%w: %.60q has %d dates for %d kinds of points", ErrInvalid, row.Name, len(row.Dates), len(t.Points))
	}
	if !row.To.IsZero() && (row.From.IsZero() || !row.To.After(row.From)) {
		return fmt.Errorf("%w: %.60q ends before the day after it begins", ErrInvalid, row.Name)
	}
	for _, date := range append([]time.Time{row.From, row.To}, row.Dates...) {
		if err := validateDate(row.Name, date); err != nil {
			return err
		}
	}
	return nil
}

// validateDate bounds the axis, whose width is in days.
func validateDate(where string, date time.Time) error {
	if !date.IsZero() && (date.Year() < 1900 || date.Year() >= 2300) {
		return fmt.Errorf("%w: %.60q has a date in the year %d; use 1900 to 2299", ErrInvalid, where, date.Year())
	}
	return nil
}

// Render implements Chart.
func (t Timeline) Render(w io.Writer) error {
	if err := t.Validate(); err != nil {
		return err
	}
	_, err := w.Write(t.draw())
	return err
}

// Table implements Chart. A date that is not there is empty, save the end of a bar without one, which is open.
func (t Timeline) Table() Table {
	table := Table{Caption: t.Title, Headers: append([]string{t.RowHeader, t.Bar + " from", t.Bar + " until"}, t.Points...)}
	for _, row := range t.Rows {
		cells := []string{row.Name, isoDate(row.From), isoDate(row.To)}
		if !row.From.IsZero() && row.To.IsZero() {
			cells[2] = "open"
		}
		for i := range t.Points {
			cells = append(cells, isoDate(row.date(i)))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func isoDate(date time.Time) string {
	if date.IsZero() {
		return ""
	}
	return date.Format(time.DateOnly)
}

func (row TimelineRow) date(i int) time.Time {
	if i < len(row.Dates) {
		return row.Dates[i]
	}
	return time.Time{}
}

// span is the first and the last date of all rows.
func (t Timeline) span() (first, last time.Time) {
	take := func(date time.Time) {
		if date.IsZero() {
			return
		}
		if first.IsZero() || date.Before(first) {
			first = date
		}
		if last.IsZero() || date.After(last) {
			last = date
		}
	}
	take(t.Today)
	for _, row := range t.Rows {
		take(row.From)
		take(row.To)
		for _, date := range row.Dates {
			take(date)
		}
	}
	return first, last
}

func (t Timeline) describe() string {
	text := fmt.Sprintf("Time line with %d rows on one axis of dates.", len(t.Rows))
	if t.Bar != "" {
		text += " A bar shows " + phrase(t.Bar) + "; one that ends in an arrow has no known end."
	}
	if !t.Today.IsZero() {
		text += " A dashed line marks " + t.Today.Format("2 January 2006") + "."
	}
	return text
}
