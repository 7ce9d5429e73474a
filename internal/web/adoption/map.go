package adoption

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/measure"
	cite "sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// classes part rates for the maps. Each figure is printed in its square too.
var classes = chart.Classes{From: []float64{20, 40, 60, 80}}

// mapPage is all members at one period on a map of equal tiles, and at every
// period on a heat map.
type mapPage struct {
	Sections ui.ContentsList
	Summary  string
	Choice   periodForm
	Tiles    ui.Figure
	Heat     *ui.Figure // nil where there is one period alone
	Notes    []string
}

// periodForm chooses one period.
type periodForm struct {
	Action  string
	Options []ui.SelectOption
	Chosen  string
}

func (f periodForm) filter() ui.Filter {
	return ui.Filter{Action: f.Action, Label: "Choose a period", Clear: f.Action}
}

// newPeriodForm offers the periods, the latest first.
func newPeriodForm(action string, periods []period.Period, chosen period.Period) periodForm {
	form := periodForm{Action: action, Chosen: chosen.Slug()}
	for i := len(periods) - 1; i >= 0; i-- {
		form.Options = append(form.Options, ui.SelectOption{Value: periods[i].Slug(), Text: periods[i].Long()})
	}
	return form
}

// openTable answers a programme's rates to those who may see members, with the
// column of the period that the address asks for.
func (p pages) openTable(r *shell.Request) (t area.Table, at int, err error) {
	if t, err = p.adoption.Rates(r.Context(), r.Actor, r.PathValue("programme")); err != nil {
		return t, 0, err
	}
	if !t.MembersOpen {
		return t, 0, r.Require(policy.ViewMemberRates, t.Programme.Object())
	}
	if len(t.Periods) == 0 {
		return t, 0, noChart(t)
	}
	asked, err := periodNamed(r, "period")
	if err != nil || asked.IsZero() {
		return t, len(t.Periods) - 1, err
	}
	for i, known := range t.Periods {
		if known == asked {
			return t, i, nil
		}
	}
	return t, 0, fault.NotFound("%s has no figures for %s.", t.Programme.Name, asked.Label())
}

func (p pages) showMap(r *shell.Request) error {
	t, at, err := p.openTable(r)
	if err != nil {
		return err
	}
	page, err := mapPageOf(r, t, at)
	if err != nil {
		return err
	}
	page.Sections = measure.Sections(r, t.Programme.Code, t.Published, measure.Map)
	names := r.Terms.Label(term.Network).Full
	return r.Render(ui.Page{
		Title: term.Sentence(names.Of(2)) + " on a map", Caption: t.Programme.Name,
		Breadcrumbs: breadcrumbs(ui.Link{Text: t.Programme.Name, Href: programmePath(t.Programme.Code)}),
		Flow:        ui.Flow{To: []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}}},
	}, page.content())
}

func mapPageOf(r *shell.Request, t area.Table, at int) (mapPage, error) {
	names := r.Terms.Label(term.Network)
	path := programmePath(t.Programme.Code) + "/map"
	page := mapPage{
		Summary: totalSentence(t.Total.Rates[at], t.Periods[at], r.Terms), Choice: newPeriodForm(path, t.Periods, t.Periods[at]), Notes: notesOn(t),
	}
	tiles := tileMap(t, at, names.Short)
	picture, err := drawn(tiles)
	if err != nil {
		return page, err
	}
	page.Tiles = ui.Figure{
		ID: "tiles", Title: tiles.Title, Reading: tileReading(t, names.Short),
		Chart: picture, Table: tileTable(t, at, names.Short),
		Downloads: []ui.Link{{Text: "Rates (CSV)", Href: programmePath(t.Programme.Code) + "/rates.csv"}, {Text: "Chart (SVG)", Href: path + ".svg?period=" + t.Periods[at].Slug()}},
		Source:    ui.Link{Text: cite.Cite(or(t.Source, t.Programme.Source))},
	}
	if len(t.Periods) < minPoints {
		return page, nil
	}
	heat := heatMap(t, names.Short)
	if picture, err = drawn(heat); err != nil {
		return page, err
	}
	page.Heat = &ui.Figure{
		ID: "heat", Title: heat.Title, Reading: "One row for each " + names.Short.Of(1) + ", in alphabetical order.",
		Chart: picture, Table: heatTable(t, names.Short),
		Downloads: []ui.Link{{Text: "Rates (CSV)", Href: programmePath(t.Programme.Code) + "/rates.csv"}, {Text: "Chart (SVG)", Href: programmePath(t.Programme.Code) + "/heat-map.svg"}},
		Source:    ui.Link{Text: cite.Cite(or(t.Source, t.Programme.Source))},
	}
	return page, nil
}

// tileReading says how the tiles lie: like a map only where all have a place.
func tileReading(t area.Table, names term.Form) string {
	for _, row := range t.Rows {
		if row.Tile == nil {
			return "Every " + names.Of(1) + " has a tile of the same size, in alphabetical order. Nothing is ranked."
		}
	}
	return "Every " + names.Of(1) + " has a tile of the same size, roughly where it is. Nothing is ranked."
}

func tileMap(t area.Table, at int, names term.Form) chart.TileMap {
	drawing := chart.TileMap{
		Frame: chart.Frame{
			ID: "tile-map", Title: "Adoption rate by " + names.Of(1) + ", " + t.Periods[at].Label(),
			Desc: "Each tile has the adoption rate in percent. The shade repeats the figure.", Note: sentence(t.Programme.Name+".", t.Source),
		},
		Measure: chart.Measure{Unit: "%"}, RowHeader: term.Sentence(names.Of(1)), Value: "Rate, " + t.Periods[at].Label(), Classes: classes,
	}
	short := shortNames(t.Rows)
	for _, row := range t.Rows {
		tile := chart.Tile{Name: row.Name, Short: short[row.Name], Value: valueOf(row.Rates[at]), Note: parts(row.Rates[at]), Href: memberPath(t, row)}
		if row.Tile != nil {
			tile.At = &chart.Place{Column: row.Tile.Column, Row: row.Tile.Row}
		}
		drawing.Tiles = append(drawing.Tiles, tile)
	}
	return drawing
}

// shortNames stand in tiles that whole names do not fit: the first word where
// no other member has it, else the initials.
func shortNames(rows []area.Row) map[string]string {
	with := map[string]int{}
	for _, row := range rows {
		with[firstWord(row.Name)]++
	}
	short := map[string]string{}
	for _, row := range rows {
		short[row.Name] = firstWord(row.Name)
		if with[short[row.Name]] > 1 {
			short[row.Name] = initials(row.Name)
		}
	}
	return short
}

func firstWord(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

func initials(name string) (short string) {
	for word := range strings.FieldsSeq(name) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(first) {
			short += string(first)
		}
	}
	return short
}

func tileTable(t area.Table, at int, names term.Form) ui.Table {
	table := ui.Table{
		ID: "tiles-table", Caption: "Adoption rate by " + names.Of(1), CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}, {Text: t.Periods[at].Label(), Numeric: true}, {Text: "Adopted of eligible", Numeric: true}},
	}
	target, ok := t.TargetAt(at)
	for _, row := range t.Rows {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: row.Name, Href: memberPath(t, row)}, cellOf(rateMark(row.Rates[at], target, ok), ""), {Text: ofEligible(row.Rates[at])},
		})
	}
	return table
}

func heatMap(t area.Table, names term.Form) chart.HeatMap {
	drawing := chart.HeatMap{
		Frame: chart.Frame{
			ID: "heat-map", Title: "Adoption rate by " + names.Of(1) + " and period",
			Desc: "One row for each " + names.Of(1) + ", in alphabetical order; one column for each period, with the rate in percent.",
			Note: sentence(t.Programme.Name+".", t.Source),
		},
		Measure: chart.Measure{Unit: "%"}, RowHeader: term.Sentence(names.Of(1)), Classes: classes,
	}
	for _, p := range t.Periods {
		drawing.Columns = append(drawing.Columns, p.Label())
	}
	for _, row := range t.Rows {
		cells := chart.HeatRow{Name: row.Name, Href: memberPath(t, row)}
		for _, rate := range row.Rates {
			cells.Cells = append(cells.Cells, chart.HeatCell{Value: valueOf(rate)})
		}
		drawing.Rows = append(drawing.Rows, cells)
	}
	return drawing
}

func heatTable(t area.Table, names term.Form) ui.Table {
	table := ui.Table{
		ID: "heat-table", Caption: "Adoption rate by " + names.Of(1) + " and period", CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}},
	}
	for _, p := range t.Periods {
		table.Columns = append(table.Columns, ui.Column{Text: p.Label(), Numeric: true})
	}
	for _, row := range t.Rows {
		cells := []ui.Cell{{Text: row.Name, Href: memberPath(t, row)}}
		for i, rate := range row.Rates {
			target, ok := t.TargetAt(i)
			cells = append(cells, cellOf(rateMark(rate, target, ok), parts(rate)))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func (p pages) downloadMap(r *shell.Request) error {
	t, at, err := p.openTable(r)
	if err != nil {
		return err
	}
	drawing := tileMap(t, at, r.Terms.Label(term.Network).Short)
	drawing.Heading = true
	content, err := file(drawing)
	if err != nil {
		return err
	}
	return r.Download(fmt.Sprintf("%s-map-%s.svg", t.Programme.Code, t.Periods[at].Slug()), "image/svg+xml", content)
}

func (p pages) downloadHeatMap(r *shell.Request) error {
	t, _, err := p.openTable(r)
	if err != nil {
		return err
	}
	if len(t.Periods) < minPoints {
		return noChart(t)
	}
	drawing := heatMap(t, r.Terms.Label(term.Network).Short)
	drawing.Heading = true
	content, err := file(drawing)
	if err != nil {
		return err
	}
	return r.Download(t.Programme.Code+"-heat-map.svg", "image/svg+xml", content)
}
