package signals

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/term"
	"sir/internal/web/measure"
	cite "sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
	"sir/spc"
)

// signalPage is what one measure says at one place.
type signalPage struct {
	Summary string
	Says    string
	Icons   []iconCell
	Figure  *ui.Figure
	Why     string
	Notes   []string
	Reached *ui.Table
	Links   []ui.Link
	Form    *choiceForm
	Marks   *ui.Table
	Add     *markForm

	Cycles     *ui.Table
	CyclesNote string
}

func (p pages) showSignal(r *shell.Request) error {
	choice, err := choiceOf(r)
	if err != nil {
		return err
	}
	view, err := p.view(r, choice)
	status, wrong := http.StatusOK, choiceErrors(err)
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
		view, err = p.view(r, area.SignalChoice{})
	}
	if err != nil {
		return err
	}
	return p.render(r, status, view, pageInput{typed: r.URL.Query(), wrong: wrong})
}

func (p pages) view(r *shell.Request, choice area.SignalChoice) (area.SignalView, error) {
	return p.adoption.Signal(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), r.PathValue("measure"), choice)
}

// pageInput is what a reader typed into the forms of the page, and what is
// wrong with it.
type pageInput struct {
	typed url.Values // of the choice
	mark  url.Values // of a mark
	wrong ui.FieldErrors
}

func (p pages) render(r *shell.Request, status int, view area.SignalView, in pageInput) error {
	cycles, err := p.cycles(r, view.Series)
	if err != nil {
		return err
	}
	page, err := signalPageOf(view, cycles, r.Terms, in)
	if err != nil {
		return err
	}
	all := ui.Link{Text: "All measures", Href: measuresPath(view.Programme.Code, view.Unit)}
	return r.RenderStatus(status, ui.Page{
		Title: view.Measure.Name, Caption: caption(view.Programme.Name, view.Unit), Lede: view.Measure.Meaning, Errors: in.wrong,
		Breadcrumbs: breadcrumbs(view.Programme.Code, view.Programme.Name, view.Unit, all),
		Flow:        ui.Flow{From: measure.From(view.Series.Published), To: []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}}},
	}, page.content())
}

func signalPageOf(view area.SignalView, cycles []cycleMark, terms term.Pack, in pageInput) (signalPage, error) {
	s := view.Signal
	page := signalPage{Summary: summaryOf(s, terms), Says: says(s), Why: kindWords(s), Notes: notesOf(s, terms)}
	if !s.Published { // which can be read in one way only
		page.Form = formOf(s, in.typed, in.wrong)
	}
	page.Links = linksOf(view, terms)
	if s.Kind.HasLimits() {
		icons, err := iconsOf(s)
		if err != nil {
			return page, err
		}
		page.Icons = icons
	}
	page.Reached = reachedTable(s)
	if !s.Published {
		page.Marks = marksTable(view)
		if view.MayMark {
			page.Add = markFormOf(s, in)
		}
	}
	if page.Cycles = cyclesTable(s, cycles); page.Cycles != nil {
		page.CyclesNote = cyclesNote(cycles)
	}
	var err error
	page.Figure, err = figure(s, cycles, terms)
	return page, err
}

// summaryOf is what is shown, as at when, in a sentence.
func summaryOf(s area.Signal, terms term.Pack) string {
	value, madeOf, p := latest(s)
	if p.IsZero() {
		return "Nothing has been reported yet."
	}
	text := fmt.Sprintf("In %s it was %s", p.Long(), value)
	if madeOf != "" {
		text += " (" + madeOf + ")"
	}
	point := s.Points[s.Last()]
	if s.Published {
		return text + ", as published. What it is made of is not given."
	}
	text += fmt.Sprintf(", with %s %s reporting.", reported(point), terms.Label(term.Site).Full.Of(point.Expected))
	if len(s.Targets) > 0 {
		text += " Target " + targetWords(s) + "."
	}
	if value, ok := area.PathAt(s.Path, point.Period); ok {
		text += " Its trajectory puts it at " + pathFigure(s, value) + " by then."
	}
	return text
}

// pathFigure is a value of the trajectory with its unit.
func pathFigure(s area.Signal, value float64) string {
	if s.Path[0].InPercent() {
		return number(value, 0) + "%"
	}
	return number(value, 0)
}

func titleOf(s area.Signal) string {
	title := s.Measure.Name
	switch s.Reading {
	case area.ShareBasis:
		title += ", as a proportion of " + lower(s.Whole.Name)
	case area.EachBasis:
		title += ", average of those that reported"
	case area.FlowBasis:
		title += ", change each period"
	}
	if s.Unit.Name != "" {
		return title + ": " + s.Unit.Name
	}
	return title + ": whole programme"
}

func figure(s area.Signal, cycles []cycleMark, terms term.Pack) (*ui.Figure, error) {
	c := drawing(s, cycles, titleOf(s), false)
	if c == nil {
		return nil, nil
	}
	var rules string
	c, rules = withoutRules(c)
	drawn, err := figureOf(c)
	if err != nil {
		return nil, err
	}
	path, query := signalPath(s.Series), queryOf(s.Choice)
	source := s.Programme.Source
	if s.Source != "" {
		source = s.Source
	}
	return &ui.Figure{
		ID: "signal", Title: titleOf(s), Reading: basisWords(s, terms), Chart: chartWith(drawn, rules), Table: tableOf(s, c.Table()),
		Downloads: []ui.Link{{Text: "Series (CSV)", Href: path + "/series.csv" + query}, {Text: "Chart (SVG)", Href: path + "/chart.svg" + query}},
		Source:    ui.Link{Text: cite.Cite(source)},
	}, nil
}

// tableOf is the chart's own table, with what each value is made of.
func tableOf(s area.Signal, drawn chart.Table) ui.Table {
	table := ui.Table{ID: "signal-table", Caption: drawn.Caption, CaptionHidden: true, RowHeaders: true, Compact: true, Scroll: true}
	for i, header := range drawn.Headers {
		table.Columns = append(table.Columns, ui.Column{Text: header, Numeric: i == 1})
		if i == 1 {
			table.Columns = append(table.Columns, ui.Column{Text: "Made of"}, ui.Column{Text: "Reported"})
		}
	}
	from := len(s.Points) - len(drawn.Rows) // changes begin a period later
	for i, row := range drawn.Rows {
		cells := make([]ui.Cell, 0, len(row)+2)
		for j, text := range row {
			cells = append(cells, ui.Cell{Text: text})
			if j == 1 {
				cells = append(cells, ui.Cell{Text: madeOf(s, s.Points[from+i])}, ui.Cell{Text: reported(s.Points[from+i])})
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// madeOf is what the value of a point is made of.
func madeOf(s area.Signal, p area.SeriesPoint) string {
	switch {
	case p.Rate.Published:
		return "not given"
	case p.Reported == 0:
		return "–"
	case s.Basis() == area.RateBasis:
		return fmt.Sprintf("%d of %d", p.Rate.Adopted, p.Rate.Eligible)
	case s.Reading == area.ShareBasis:
		return fmt.Sprintf("%d of %d", p.Total, p.Whole)
	}
	return "total " + strconv.FormatInt(p.Total, 10)
}

func iconsOf(s area.Signal) ([]iconCell, error) {
	variation, err := svg(variationIcon(s.Variation()))
	if err != nil {
		return nil, err
	}
	cells := []iconCell{{variation, s.Variation().Text()}}
	if s.Assurance() == spc.NoAssurance {
		return cells, nil
	}
	assurance, err := svg(assuranceIcon(s.Assurance()))
	return append(cells, iconCell{assurance, s.Assurance().Text()}), err
}

// iconCell is an icon with its words.
type iconCell struct {
	Icon  templ.Component
	Words string
}

// notesOf are what a reader has to know.
func notesOf(s area.Signal, terms term.Pack) []string {
	var notes []string
	if words := coverageWords(s, terms); words != "" {
		notes = append(notes, words)
	}
	if s.OwnGoal {
		notes = append(notes, "The target is its own, agreed by "+append(s.Targets, s.Path...)[0].AgreedBy+".")
	}
	if s.Kind == area.CurveChart && s.Pace.Periods > 0 {
		notes = append(notes, paceWords(s))
	}
	if s.Analysis == nil {
		return notes
	}
	for _, w := range s.Analysis.Warnings {
		if slices.Contains([]spc.Code{spc.LatestMissing, spc.NoVariance, spc.BaselineShort}, w.Code) {
			notes = append(notes, w.Text)
		}
	}
	for _, part := range s.Analysis.Parts {
		if s.Kind.HasLimits() && part.Used < s.Rules.LimitsFrom {
			notes = append(notes, fmt.Sprintf("From %s there %s. Limits need %d, so there are none there.", labelOf(s, part.From), values(part.Used), s.Rules.LimitsFrom))
		}
	}
	return notes
}

func paceWords(s area.Signal) string {
	each, _ := s.Pace.PerPeriod.Value()
	most, _ := s.Pace.Fastest.Value()
	kind := s.Points[0].Period.Kind().String()
	return fmt.Sprintf("From %s to %s the rate moved by %s points a %s on average. Its fastest %[4]s was %[6]s, by %[5]s points.",
		labelOf(s, s.Pace.From), labelOf(s, s.Pace.To), number(each, 1), kind, number(most, 1), labelOf(s, s.Pace.FastestTo))
}

// reachedTable says when a rate came to each of its targets.
func reachedTable(s area.Signal) *ui.Table {
	if len(s.Reached) == 0 {
		return nil
	}
	table := ui.Table{
		ID: "reached-table", Caption: "When the rate came to each target", CaptionSize: ui.SizeM, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{{Text: "Target"}, {Text: "In force from"}, {Text: "Came to it in"}, {Text: "After"}, {Text: "Since then"}},
	}
	for _, one := range s.Reached {
		when, after, since := "not yet", "–", "–"
		if one.Reached.Is {
			when, after, since = one.Period.Label(), fmt.Sprintf("%d periods", one.After), "it stayed there"
			if one.Reached.AtStart {
				after = "it began there"
			}
			switch {
			case !one.Reached.Held:
				since = "it fell back"
			case one.Period == s.Points[s.Last()].Period:
				since = "that is the latest"
			}
		}
		table.Rows = append(table.Rows, ui.Text(targetSaid(one.Target), ui.Date(one.Target.StartsOn), when, after, since))
	}
	return &table
}

// linksOf lead to the other views of the measure.
func linksOf(view area.SignalView, terms term.Pack) (links []ui.Link) {
	s := view.Series
	if view.MembersOpen {
		path := measuresPath(s.Programme.Code, view.Signal.Unit)
		if s.Unit.Code != "" {
			path = ui.MeasurePath + "/" + s.Programme.Code + "/measures"
		}
		links = append(links, ui.Link{Text: "Each " + terms.Label(term.Network).Full.Of(1) + " side by side", Href: path + "/" + s.Measure.Code + "/members"})
	}
	if s.Measure.Kind == area.LevelMeasure && !s.Published {
		links = append(links, ui.Link{Text: "How many " + terms.Label(term.Site).Full.Of(2) + " are at each level", Href: signalPath(s) + "/levels"})
	}
	if s.Measure.Kind == area.LevelMeasure && s.Measure.Purpose == area.ForProcess && view.SitesOpen {
		links = append(links, ui.Link{Text: "When each " + terms.Label(term.Site).Full.Of(1) + " came to each step", Href: placePath(s.Programme.Code, s.Unit) + "/milestones"})
	}
	if s.Unit.Code != "" && view.MembersOpen {
		links = append(links, ui.Link{Text: "The whole programme", Href: ui.MeasurePath + "/" + s.Programme.Code + "/measures/" + s.Measure.Code})
	}
	return links
}
