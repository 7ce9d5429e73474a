package adoption

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"time"

	area "sir/internal/adoption"
	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/term"
	"sir/internal/web/measure"
	cite "sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// sinceStartPage is the rates of members by the time since each one's own
// start.
type sinceStartPage struct {
	Summary, Reading string
	Figure           *ui.Figure // nil where nobody has started
	Starts           ui.Table
}

func sincePath(programme string) string { return programmePath(programme) + "/since-start" }

// sinceStart reads the view and which member the address brings out; none, or
// one that is in it.
func (p pages) sinceStart(r *shell.Request) (view area.SinceStart, member string, err error) {
	if member, err = r.Choice("member"); err != nil {
		return view, "", err
	}
	if view, err = p.adoption.SinceStart(r.Context(), r.Actor, r.PathValue("programme")); err != nil || member == "" {
		return view, member, err
	}
	if !slices.ContainsFunc(view.Members, func(m area.MemberSinceStart) bool { return m.Code == member }) {
		return view, "", fault.NotFound("%s has nobody called %q that has started. Use the links on the pages.", view.Programme.Name, clipped(member))
	}
	return view, member, nil
}

func (p pages) showSinceStart(r *shell.Request) error {
	view, member, err := p.sinceStart(r)
	if err != nil {
		return err
	}
	page, err := sinceStartPageOf(view, member, r.Terms)
	if err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title: "Adoption since each start", Caption: view.Programme.Name,
		Breadcrumbs: breadcrumbs(ui.Link{Text: view.Programme.Name, Href: programmePath(view.Programme.Code)}),
		Flow:        ui.Flow{From: measure.From(view.Published), To: []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}}},
	}, page.content())
}

func sinceStartPageOf(view area.SinceStart, member string, terms term.Pack) (sinceStartPage, error) {
	names := terms.Label(term.Network).Full
	if len(view.Members) == 0 {
		return sinceStartPage{Summary: "No " + names.Of(1) + " has started yet."}, nil
	}
	page := sinceStartPage{
		Summary: fmt.Sprintf("The adoption rate of %d %s by the %ss since each one's own start, as at %s. They are in alphabetical order, not ranked.",
			len(view.Members), names.Of(len(view.Members)), view.Kind, asAt(view)),
		Reading: startsWords(view, terms),
	}
	picture, err := drawn(sinceChart(view, member, names))
	if err != nil {
		return page, err
	}
	path, query := sincePath(view.Programme.Code), memberQuery(member)
	page.Figure = &ui.Figure{
		ID: "since-start", Title: "Adoption rate since own start", Reading: "0 is the " + view.Kind.String() + " of the start.", Chart: picture,
		Table:     sinceTable(view, names),
		Downloads: []ui.Link{{Text: "Rates since start (CSV)", Href: path + ".csv"}, {Text: "Chart (SVG)", Href: path + ".svg" + query}},
		Source:    ui.Link{Text: cite.Cite(or(view.Source, view.Programme.Source))},
	}
	page.Starts = startsTable(view, names)
	return page, nil
}

func memberQuery(member string) string {
	if member == "" {
		return ""
	}
	return "?member=" + member
}

// asAt is the last period of any member.
func asAt(view area.SinceStart) string {
	last := view.Members[0].Points[len(view.Members[0].Points)-1].Period
	for _, m := range view.Members {
		if p := m.Points[len(m.Points)-1].Period; p.Since(last) > 0 {
			last = p
		}
	}
	return last.Long()
}

// startsWords say what the starts are taken from.
func startsWords(view area.SinceStart, terms term.Pack) string {
	recorded := 0
	for _, m := range view.Members {
		if m.Start.Recorded {
			recorded++
		}
	}
	n := len(view.Members)
	names := terms.Label(term.Network).Full
	const before = " Figures from before a start are not shown here."
	switch recorded {
	case n:
		return "Each start is when its rollout started, as recorded." + before
	case 0:
		return "No start of a rollout is recorded, so each start is the first period with a figure."
	}
	return fmt.Sprintf("The start of %d %s is when the rollout started, as recorded; of the other %d it is the first period with a figure.",
		recorded, names.Of(recorded), n-recorded) + before
}

// sinceChart draws a curve for each member, with one brought out where it was
// asked for.
func sinceChart(view area.SinceStart, member string, names term.Form) chart.SCurve {
	plot := chart.SCurve{
		Frame: chart.Frame{
			ID: "since-chart", Title: "Adoption rate since own start",
			Desc: "There is one line for each " + names.Of(1) + ", with its adoption rate in percent by the time since its own start.",
			Note: view.Programme.Name + ". Alphabetical, not ranked.",
		},
		Measure: chart.Measure{Unit: "%"}, ElapsedUnit: view.Kind.String() + "s since own start",
	}
	plot.Elapsed = steps(view)
	for _, m := range view.Members[:min(len(view.Members), chart.MaxCurves)] {
		curve := chart.Curve{Name: m.Name, Highlight: m.Code == member}
		for _, n := range plot.Elapsed {
			curve.Values = append(curve.Values, valueAfter(m, n))
		}
		plot.Curves = append(plot.Curves, curve)
	}
	return plot
}

// steps are the times elapsed for which any member has a rate.
func steps(view area.SinceStart) (all []int) {
	for n := range view.Longest + 1 {
		if slices.ContainsFunc(view.Members, func(m area.MemberSinceStart) bool { _, ok := pointAfter(m, n); return ok }) {
			all = append(all, n)
		}
	}
	return all
}

func pointAfter(m area.MemberSinceStart, n int) (area.ElapsedPoint, bool) {
	i := slices.IndexFunc(m.Points, func(p area.ElapsedPoint) bool { return p.Elapsed == n })
	if i < 0 {
		return area.ElapsedPoint{}, false
	}
	return m.Points[i], true
}

func valueAfter(m area.MemberSinceStart, n int) chart.Value {
	switch p, ok := pointAfter(m, n); {
	case ok:
		return valueOf(p.Rate)
	case n > m.Points[len(m.Points)-1].Elapsed:
		return chart.Missing("not that far yet")
	}
	return chart.Missing("not known")
}

// sinceTable has a row a member and a column a step, as the chart has them.
func sinceTable(view area.SinceStart, names term.Form) ui.Table {
	table := ui.Table{
		ID: "since-table", Caption: "Adoption rate by " + view.Kind.String() + "s since own start", CaptionHidden: true, RowHeaders: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}},
	}
	all := steps(view)
	for _, n := range all {
		table.Columns = append(table.Columns, ui.Column{Text: strconv.Itoa(n), Numeric: true})
	}
	for _, m := range view.Members {
		cells := []ui.Cell{{Text: m.Name, Href: programmePath(view.Programme.Code) + "/members/" + m.Code}}
		for _, n := range all {
			p, ok := pointAfter(m, n)
			if !ok {
				cells = append(cells, ui.Cell{Text: "–"})
				continue
			}
			mark := rateMark(p.Rate, orNoTarget(p.Target), p.Target != nil)
			cells = append(cells, cellOf(mark, parts(p.Rate)))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func orNoTarget(t *area.Target) area.Target {
	if t == nil {
		return area.Target{}
	}
	return *t
}

// startsTable says when each began, how we know, and where it stands.
func startsTable(view area.SinceStart, names term.Form) ui.Table {
	table := ui.Table{
		ID: "starts-table", Caption: "Each start, and where it stands", CaptionSize: ui.SizeM, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{{Text: term.Sentence(names.Of(1))}, {Text: "Started in"}, {Text: "As known from"}, {Text: "Latest"}, {Text: "Rate"}, {Text: "Target for then"}},
	}
	for _, m := range view.Members {
		last := m.Points[len(m.Points)-1]
		from, target := "first figure", "none"
		if m.Start.Recorded {
			from = "its rollout"
		}
		if last.Target != nil {
			target = last.Target.Said()
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: m.Name, Href: sincePath(view.Programme.Code) + memberQuery(m.Code)}, {Text: m.Start.Period.Label()}, {Text: from},
			{Text: afterWords(last.Elapsed, view.Kind.String())}, cellOf(rateMark(last.Rate, orNoTarget(last.Target), last.Target != nil), parts(last.Rate)), {Text: target},
		})
	}
	return table
}

// afterWords are how long after its start something is.
func afterWords(n int, kind string) string {
	switch n {
	case 0:
		return "in the " + kind + " of its start"
	case 1:
		return "1 " + kind + " after its start"
	}
	return fmt.Sprintf("%d %ss after its start", n, kind)
}

// sinceWords say where a member stands since its own start.
func sinceWords(view area.UnitView) string {
	last := len(view.Periods) - 1
	if view.Start == nil || last < 0 {
		return ""
	}
	n := view.Start.Elapsed(view.Periods[last])
	if rate := view.Row.Rates[last]; n < 0 || !rate.Known {
		return ""
	}
	from := "the first period with a figure"
	if view.Start.Recorded {
		from = "when its rollout started"
	}
	text := fmt.Sprintf("That is %s (%s, %s)", afterWords(n, view.Periods[last].Kind().String()), view.Start.Period.Label(), from)
	if target, ok := area.InForce(view.Targets, view.Periods[last]); ok {
		text += "; the target for then is " + target.Said()
	}
	return text + "."
}

// sinceLink leads to the member's curve among the others.
func sinceLink(view area.UnitView) []ui.ActionLink {
	if view.Start == nil || len(view.Periods) < minPoints || view.Start.Elapsed(view.Periods[len(view.Periods)-1]) < 0 {
		return nil
	}
	return []ui.ActionLink{{Text: "Compare by time since each start", Href: sincePath(view.Programme.Code) + memberQuery(view.Unit.Code)}}
}

var sinceColumns = []string{
	"programme", "network", "start_period", "start_from", "elapsed", "elapsed_unit", "period", "starts_on", "percent", "adopted", "eligible", "reported", "target", "target_inequality",
}

func (p pages) downloadSinceStart(r *shell.Request) error {
	view, _, err := p.sinceStart(r)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := sinceSheet(view).Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write rates since start: %w", err)
	}
	return r.Download(view.Programme.Code+"-since-start.csv", "text/csv; charset=utf-8", content.Bytes())
}

// sinceSheet is a row a member and step.
func sinceSheet(view area.SinceStart) exchange.Sheet {
	sheet := exchange.Sheet{Columns: sinceColumns}
	for _, m := range view.Members {
		from := "first figure"
		if m.Start.Recorded {
			from = "rollout"
		}
		for _, p := range m.Points {
			cells := []any{
				view.Programme.Code, m.Name, m.Start.Period.Slug(), from, p.Elapsed, view.Kind.String(), p.Period.Slug(), p.Period.Start().Format(time.DateOnly),
				nil, nil, nil, nil, nil, nil,
			}
			if p.Rate.Known {
				cells[8] = p.Rate.Percent()
			}
			if p.Rate.Known && !p.Rate.Published {
				cells[9], cells[10], cells[11] = p.Rate.Adopted, p.Rate.Eligible, p.Rate.Reported
			}
			if p.Target != nil {
				cells[12], cells[13] = p.Target.Value, p.Target.Sign()
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
	}
	return sheet
}

func (p pages) downloadSinceStartChart(r *shell.Request) error {
	view, member, err := p.sinceStart(r)
	if err != nil {
		return err
	}
	if len(view.Members) == 0 {
		return fault.NotFound("There is no chart of %s yet, as nobody has started.", view.Programme.Name)
	}
	plot := sinceChart(view, member, r.Terms.Label(term.Network).Full)
	plot.Heading = true
	content, err := file(plot)
	if err != nil {
		return err
	}
	return r.Download(view.Programme.Code+"-since-start.svg", "image/svg+xml", content)
}
