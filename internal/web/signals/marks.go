package signals

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	area "sir/internal/adoption"
	"sir/internal/period"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// kindNames are what marks do, in words.
var kindNames = map[area.MarkKind]string{
	area.NoteMark: "Note", area.RebaseMark: "The process changed", area.ExcludeMark: "Left out",
}

// markForm adds a mark.
type markForm struct {
	Action string
	Open   bool
	Period ui.Select
	Kind   ui.Radios
	Body   ui.Textarea
}

func markFormOf(s area.Signal, in pageInput) *markForm {
	form := &markForm{Action: signalPath(s.Series) + "/marks", Open: in.mark != nil}
	form.Period = ui.Select{Name: "period", Label: "Period", Value: in.mark.Get("period"), Error: in.wrong.For("period")}
	for _, p := range slices.Backward(s.Points) {
		form.Period.Options = append(form.Period.Options, ui.SelectOption{Value: p.Period.Slug(), Text: p.Period.Label()})
	}
	form.Kind = ui.Radios{
		Name: "kind", Legend: "What does the mark do?", Value: in.mark.Get("kind"), Error: in.wrong.For("kind"), Small: true,
		Options: []ui.Option{{Value: string(area.NoteMark), Text: "It says something about the point"}},
	}
	if s.Basis() != area.RateBasis {
		form.Kind.Options = append(form.Kind.Options,
			ui.Option{Value: string(area.RebaseMark), Text: "The process changed here: mean and limits start anew"},
			ui.Option{Value: string(area.ExcludeMark), Text: "The point does not belong: it is left out of mean, limits and rules"})
	}
	form.Body = ui.Textarea{
		Name: "body", Label: "What happened, or why?", Rows: 3, Value: in.mark.Get("body"), Error: in.wrong.For("body"),
		Hint: "Everybody who may see the chart reads it. Do not name patients or staff.",
	}
	return form
}

func (p pages) addMark(r *shell.Request) error {
	in := pageInput{mark: map[string][]string{}}
	for _, name := range []string{"period", "kind", "body"} {
		text, err := r.Field(name)
		if err != nil {
			return err
		}
		in.mark.Set(name, text)
	}
	mark := area.Mark{Kind: area.MarkKind(in.mark.Get("kind")), Body: in.mark.Get("body")}
	if at, err := period.Parse(in.mark.Get("period")); err == nil {
		mark.Period = at
	} // else it is of no period of the chart, which the area says
	err := p.adoption.AddMark(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), r.PathValue("measure"), mark)
	if in.wrong = choiceErrors(err); len(in.wrong) > 0 {
		view, err := p.view(r, area.SignalChoice{})
		if err != nil {
			return err
		}
		return p.render(r, http.StatusUnprocessableEntity, view, in)
	}
	if err != nil {
		return err
	}
	r.Notify("The mark was added.")
	return r.Redirect(backPath(r))
}

func (p pages) withdrawMark(r *shell.Request) error {
	id, err := r.Field("mark")
	if err != nil {
		return err
	}
	if err := p.adoption.WithdrawMark(r.Context(), r.Actor, r.PathValue("programme"), r.PathValue("unit"), r.PathValue("measure"), id); err != nil {
		return err
	}
	r.Notify("The mark was withdrawn.")
	return r.Redirect(backPath(r))
}

// backPath is the page of the measure whose mark was changed.
func backPath(r *shell.Request) string {
	path := r.URL.EscapedPath()
	for _, end := range []string{"/withdraw", "/marks"} {
		if len(path) > len(end) && path[len(path)-len(end):] == end {
			path = path[:len(path)-len(end)]
		}
	}
	return path
}

// marksTable lists all marks, also those withdrawn, by period.
func marksTable(view area.SignalView) *ui.Table {
	table := &ui.Table{
		ID: "marks-table", Caption: "Marks on the chart", CaptionHidden: true, RowHeaders: true, Compact: true, Responsive: true,
		Columns: []ui.Column{{Text: "Period"}, {Text: "What it does"}, {Text: "Words"}, {Text: "Made"}, {Text: "State"}},
	}
	for _, m := range view.Marks {
		state := ui.Cell{Text: "on the chart"}
		switch {
		case !m.Stands():
			state.Text = fmt.Sprintf("withdrawn by %s, %s", m.WithdrawnBy, day(m.WithdrawnAt))
		case view.MayMark:
			about := fmt.Sprintf("the mark on %s: %s", m.Period.Label(), kindNames[m.Kind])
			state = ui.Cell{Content: withdrawForm(signalPath(view.Series)+"/marks/withdraw", m.ID, about)}
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: m.Period.Label()}, {Text: kindNames[m.Kind]}, {Text: m.Body}, {Text: fmt.Sprintf("by %s, %s", m.MadeBy, day(m.MadeAt))}, state,
		})
	}
	return table
}

func day(t time.Time) string { return ui.Date(t.UTC().Format(time.DateOnly)) }
