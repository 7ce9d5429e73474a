package signals

import (
	"fmt"
	"time"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/network"
	"sir/internal/term"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/spc"
)

// overviewPage lists what every measure of a place says.
type overviewPage struct {
	Sections  *ui.ContentsList
	Summary   string
	Table     ui.Table
	Downloads []ui.Link
	Links     []ui.Link
	Notes     []string
}

func (p pages) showOverview(r *shell.Request) error {
	list, err := p.adoption.Signals(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"))
	if err != nil {
		return err
	}
	page := overviewPage{Summary: overviewSummary(list)}
	page.Downloads = []ui.Link{{Text: "All measures (CSV)", Href: measuresPath(list.Programme.Code, list.Unit) + ".csv"}}
	if page.Table, err = overviewTable(list); err != nil {
		return err
	}
	if list.Unit.Code == "" {
		sections := measure.Sections(r, list.Programme.Code, list.Published, measure.AllMeasures)
		page.Sections = &sections
	} else if list.Unit.Kind == network.MemberUnit {
		page.Links = append(page.Links, ui.Link{Text: "All measures of the whole programme", Href: measuresPath(list.Programme.Code, network.Unit{})})
	}
	if list.SitesOpen && hasSteps(list) {
		page.Links = append(page.Links, ui.Link{
			Text: "When each " + r.Terms.Label(term.Site).Full.Of(1) + " came to each step", Href: placePath(list.Programme.Code, list.Unit) + "/milestones",
		})
	}
	if len(list.Signals) > 0 {
		page.Notes = []string{
			fmt.Sprintf("The variation icon is about the latest value, the assurance icon about the target. Both need limits, and limits need %d values.",
				list.Signals[0].Rules.LimitsFrom),
			"A rate that builds up has neither: its course and its target say how it does.",
		}
	}
	return r.Render(ui.Page{
		Title: "All measures", Caption: caption(list.Programme.Name, list.Unit),
		Breadcrumbs: breadcrumbs(list.Programme.Code, list.Programme.Name, list.Unit),
		Flow:        ui.Flow{From: measure.From(list.Published), To: []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}}},
	}, page.content())
}

func hasSteps(list area.SignalList) bool {
	for _, s := range list.Signals {
		if s.Measure.Purpose == area.ForProcess && s.Measure.Kind == area.LevelMeasure {
			return true
		}
	}
	return false
}

func overviewSummary(list area.SignalList) string {
	n := len(list.Signals)
	text := fmt.Sprintf("%d measures, each at its latest period.", n)
	if n == 1 {
		text = "One measure, at its latest period."
	}
	changed := 0
	for _, s := range list.Signals {
		if changeSeen(s) {
			changed++
		}
	}
	switch changed {
	case 0:
		return text + " None of those with enough values shows a signal of change."
	case 1:
		return text + " 1 shows a signal of change."
	}
	return text + fmt.Sprintf(" %d show a signal of change.", changed)
}

// changeSeen tells whether the latest value, or the runs of a run chart, are a
// signal.
func changeSeen(s area.Signal) bool {
	switch {
	case s.Kind == area.RunChart:
		return s.Analysis.Runs.Signal
	case s.Kind.HasLimits() && s.Analysis.Latest >= 0:
		return s.Analysis.Points[s.Analysis.Latest].Rule != ""
	}
	return false
}

func overviewTable(list area.SignalList) (ui.Table, error) {
	table := ui.Table{
		ID: "measures-table", Caption: "All measures of " + orText(list.Unit.Name, "the whole programme"), CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Measure"}, {Text: "Latest value"}, {Text: "As at"}, {Text: "Reported"}, {Text: "Course"}, {Text: "Variation"}, {Text: "Target"}},
	}
	for _, s := range list.Signals {
		row, err := overviewRow(s)
		if err != nil {
			return table, err
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

func overviewRow(s area.Signal) ([]ui.Cell, error) {
	value, made, p := latest(s)
	asAt, coverage := "–", "–"
	if !p.IsZero() {
		asAt, coverage = p.Label(), reported(s.Points[s.Last()])
	}
	row := []ui.Cell{{Text: s.Measure.Name, Href: signalPath(s.Series)}, {Content: stacked(value, made)}, {Text: asAt}, {Text: coverage}}
	course, err := sparkCell(s, chart.Range{})
	if err != nil {
		return nil, err
	}
	variation, err := variationCell(s)
	if err != nil {
		return nil, err
	}
	target, err := targetCell(s)
	return append(row, course, variation, target), err
}

// sparkCell is the course of a signal; a word where there is none.
func sparkCell(s area.Signal, axis chart.Range) (ui.Cell, error) {
	if s.Kind == area.NoChart {
		return ui.Cell{Text: "no values"}, nil
	}
	drawn, err := svg(spark(s, axis))
	return ui.Cell{Content: drawn}, err
}

// variationCell is the icon of a chart with limits; others have words alone.
func variationCell(s area.Signal) (ui.Cell, error) {
	switch s.Kind {
	case area.NoChart:
		return ui.Cell{Text: "no values"}, nil
	case area.CurveChart:
		return ui.Cell{Text: "builds up: see its course"}, nil
	case area.GrowthChart:
		return ui.Cell{Text: "rises all the way: see its course"}, nil
	case area.LineChart:
		return ui.Cell{Text: fmt.Sprintf("too few values: %d of %d", s.Used, spc.FewUseful)}, nil
	case area.RunChart:
		if s.Analysis.Runs.Signal {
			return ui.Cell{Text: "run chart: a signal of change"}, nil
		}
		return ui.Cell{Text: "run chart: no signal of change"}, nil
	}
	icon, err := svg(variationIcon(s.Variation()))
	return ui.Cell{Content: iconCell{icon, s.Variation().Text()}.view()}, err
}

// targetCell is the assurance icon where there are limits and a target; any
// other chart has words.
func targetCell(s area.Signal) (ui.Cell, error) {
	if s.Assurance() == spc.NoAssurance {
		return ui.Cell{Text: targetWords(s)}, nil
	}
	icon, err := svg(assuranceIcon(s.Assurance()))
	words := s.Assurance().Text()
	if len(s.Targets) > 0 && s.Choice.Target == "" {
		words += " (" + targetWords(s) + ")"
	}
	return ui.Cell{Content: iconCell{icon, words}.view()}, err
}

func (p pages) downloadOverview(r *shell.Request) error {
	list, err := p.adoption.Signals(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"))
	if err != nil {
		return err
	}
	return sheetFile(r, fileName(list.Programme.Code, list.Unit, "measures"), signalsSheet(list.Signals))
}

var overviewColumns = []string{
	"programme", "unit", "unit_name", "measure", "measure_name", "period", "starts_on", "value", "numerator", "denominator", "sites_expected", "sites_reported",
	"chart", "variation", "assurance", "signal_of_change", "target",
}

// signalsSheet is a row a signal.
func signalsSheet(signals []area.Signal) exchange.Sheet {
	sheet := exchange.Sheet{Columns: overviewColumns}
	for _, s := range signals {
		cells := []any{
			s.Programme.Code, s.Unit.Code, s.Unit.Name, s.Measure.Code, s.Measure.Name, nil, nil, nil, nil, nil, nil, nil,
			string(s.Kind), string(s.Variation()), string(s.Assurance()), changeSeen(s), nil,
		}
		if at := s.Last(); at >= 0 {
			p := s.Points[at]
			cells[5], cells[6] = p.Period.Slug(), p.Period.Start().Format(time.DateOnly)
			cells[7] = plainValue(s, p)
			cells[8], cells[9] = partsOf(s, p)
			if !p.Rate.Published {
				cells[10], cells[11] = p.Expected, p.Reported
			}
			if target, ok := area.InForce(s.Targets, p.Period); ok {
				cells[16] = target.Value
			}
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	return sheet
}

// plainValue is the value of a period as a number; nil where there is none.
func plainValue(s area.Signal, p area.SeriesPoint) any {
	switch {
	case s.Basis() == area.RateBasis:
		return p.Rate.Percent()
	case s.Basis() == area.TotalBasis:
		return p.Total
	case p.Whole > 0 && p.Total <= p.Whole:
		return 100 * float64(p.Total) / float64(p.Whole)
	}
	return nil
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
