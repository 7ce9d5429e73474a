package signals

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/spc"
)

// sheetFile sends rows as a CSV file.
func sheetFile(r *shell.Request, name string, sheet exchange.Sheet) error {
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.Download(name+".csv", "text/csv; charset=utf-8", content.Bytes())
}

func (p pages) downloadSeries(r *shell.Request) error {
	choice, err := choiceOf(r)
	if err != nil {
		return err
	}
	view, err := p.view(r, choice)
	if err != nil {
		return err
	}
	cycles, err := p.cycles(r, view.Series)
	if err != nil {
		return err
	}
	return sheetFile(r, fileName(view.Programme.Code, view.Unit, view.Measure.Code), seriesSheet(view.Signal, cycles))
}

func (p pages) downloadChart(r *shell.Request) error {
	choice, err := choiceOf(r)
	if err != nil {
		return err
	}
	view, err := p.view(r, choice)
	if err != nil {
		return err
	}
	cycles, err := p.cycles(r, view.Series)
	if err != nil {
		return err
	}
	c := drawing(view.Signal, cycles, titleOf(view.Signal), true)
	if c == nil {
		return fault.NotFound("There is no chart of %s yet: nothing has been reported.", view.Measure.Name)
	}
	content, err := file(c)
	if err != nil {
		return err
	}
	return r.Download(fileName(view.Programme.Code, view.Unit, view.Measure.Code)+".svg", "image/svg+xml", content)
}

var seriesColumns = []string{
	"programme", "unit", "measure", "period", "starts_on", "ends_on", "value", "reading", "numerator", "denominator", "sites_expected", "sites_reported",
	"chart", "centre", "lower_limit", "upper_limit", "target", "class", "rule", "part", "left_out", "trajectory", "notes",
}

// seriesSheet is a row a period, from the analysis that the chart is drawn
// from. What is not known is empty.
func seriesSheet(s area.Signal, cycles []cycleMark) exchange.Sheet {
	sheet := exchange.Sheet{Columns: seriesColumns}
	drawn := map[spc.Date]spc.PointResult{}
	if s.Analysis != nil {
		for _, p := range s.Analysis.Points {
			drawn[p.Date] = p
		}
	}
	_, factor := scale(s)
	for _, p := range s.Points {
		cells := []any{
			s.Programme.Code, s.Unit.Code, s.Measure.Code, p.Period.Slug(), p.Period.Start().Format(time.DateOnly), p.Period.End().Format(time.DateOnly),
			nil, string(s.Reading), nil, nil, p.Expected, p.Reported, string(s.Kind), nil, nil, nil, nil, nil, nil, nil, false, nil, notesAt(s, cycles, p),
		}
		cells[8], cells[9] = partsOf(s, p)
		if p.Rate.Published {
			cells[10], cells[11] = nil, nil
		}
		if s.Kind == area.CurveChart {
			curveCells(s, p, cells)
		} else if point, ok := drawn[spc.DateOf(p.Period.Start())]; ok {
			pointCells(point, factor, cells)
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	return sheet
}

// partsOf are the counts behind a value; nil where there are none.
func partsOf(s area.Signal, p area.SeriesPoint) (numerator, denominator any) {
	switch {
	case p.Rate.Published || p.Reported == 0:
		return nil, nil
	case s.Basis() == area.RateBasis:
		return p.Rate.Adopted, p.Rate.Eligible
	case s.Basis() == area.ShareBasis:
		return p.Total, p.Whole
	}
	return p.Total, nil
}

func curveCells(s area.Signal, p area.SeriesPoint, cells []any) {
	if _, known := rateValue(p).Known(); known {
		cells[6] = p.Rate.Percent()
	}
	if target, ok := area.InForce(s.Targets, p.Period); ok {
		cells[16] = target.Value
	}
	if value, ok := area.PathAt(s.Path, p.Period); ok {
		cells[21] = value
	}
}

func pointCells(p spc.PointResult, factor float64, cells []any) {
	for column, f := range map[int]spc.Figure{6: p.Value, 13: p.Centre(), 14: p.Lower, 15: p.Upper, 16: p.Target, 21: p.Trajectory} {
		if v, ok := f.Value(); ok {
			cells[column] = v * factor
		}
	}
	cells[17], cells[18], cells[19], cells[20] = string(p.Class), string(p.Rule), p.Part, p.Excluded
}

// notesAt are the marks on a period that stand, and the cycles that began in
// it.
func notesAt(s area.Signal, cycles []cycleMark, p area.SeriesPoint) string {
	var notes []string
	for _, m := range s.Marks {
		if m.Stands() && m.Period == p.Period {
			notes = append(notes, kindNames[m.Kind]+": "+m.Body)
		}
	}
	for _, name := range cycleNames(s, cycles, p.Period) {
		notes = append(notes, "PDSA cycle: "+name)
	}
	return strings.Join(notes, "; ")
}
