package innovation

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sir/internal/exchange"
	area "sir/internal/innovation"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// readinessPage is how ready an innovation is, question by question.
type readinessPage struct {
	Sections ui.ContentsList
	Reading  string
	Table    ui.Table
	Download string
	Earlier  []ui.SummaryRow // earlier answers by topic
}

func (p pages) showReadiness(r *shell.Request) error {
	v, err := p.innovations.Readiness(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	page := readinessPage{
		Sections: sectionsOf(r, v.Code, readiness), Reading: readinessInWords(v), Table: readinessTable(v), Download: readiness.path(v.Code) + ".csv",
	}
	for _, q := range v.Questions {
		if len(q.Answers) > 1 {
			page.Earlier = append(page.Earlier, ui.SummaryRow{Key: q.Topic, Content: paragraphs(answersInWords(q.Answers[1:]))})
		}
	}
	return r.Render(ui.Page{Title: "Readiness", Caption: v.Name, Breadcrumbs: breadcrumbs(v.Innovation)}, page.content())
}

func readinessInWords(v area.ReadinessView) string {
	gaps := area.GapsOf(nil, v.Questions, v.Today)
	return fmt.Sprintf("%d questions, %d not answered yet, %d answered more than a year ago, as at %s.",
		len(v.Questions), len(gaps.Unanswered), len(gaps.Old), ui.Date(v.Today))
}

// answersInWords is a line an answer.
func answersInWords(list []area.Answer) string {
	var lines []string
	for _, a := range list {
		said := term.Sentence(a.Answer) + ", " + answeredOn(a) + " by: " + a.By + "."
		if a.Note != "" {
			said += " " + strings.Join(linesOf(a.Note), " ")
		}
		lines = append(lines, said)
	}
	return strings.Join(lines, "\n")
}

func answeredOn(a area.Answer) string { return ui.Date(a.At.UTC().Format(time.DateOnly)) }

func readinessTable(v area.ReadinessView) ui.Table {
	table := ui.Table{
		ID: "readiness", Caption: "Readiness questions", CaptionHidden: true, RowHeaders: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Question"}, {Text: "Answer"}, {Text: "Reason or what it rests on"}, {Text: "Answered"}},
	}
	for _, q := range v.Questions {
		asks := titlePage{q.Topic, "", q.Asks, nil}
		if v.MayChange {
			asks.Edit = &ui.Action{Text: "Answer", Hidden: strings.ToLower(q.Topic), Href: readiness.path(v.Code) + "/" + q.Key}
		}
		row := append([]ui.Cell{{Content: asks.content()}}, answerCells(q.Latest(), v.Today)...)
		table.Rows = append(table.Rows, row)
	}
	return table
}

func answerCells(a area.Answer, today string) []ui.Cell {
	if a.Version == 0 {
		return ui.Text("Not answered yet", "–", "–")
	}
	cells := ui.Text(term.Sentence(a.Answer), orDash(a.Note))
	var old *ui.Tag
	if a.Old(today) {
		old = &ui.Tag{Text: "Ask again", Colour: ui.TagYellow}
	}
	return append(cells, ui.Cell{Content: due(answeredOn(a)+" by: "+a.By, old)})
}

// downloadReadiness answers every answer there is, earlier ones among them; a
// question without any has one row.
func (p pages) downloadReadiness(r *shell.Request) error {
	v, err := p.innovations.Readiness(r.Context(), r.Actor, code(r))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"question", "topic", "asks", "version", "answer", "note", "answered_on", "answered_by"}}
	for _, q := range v.Questions {
		if len(q.Answers) == 0 {
			sheet.Rows = append(sheet.Rows, []any{q.Key, q.Topic, q.Asks, nil, "", "", "", ""})
		}
		for _, a := range q.Answers {
			on := a.At.UTC().Format(time.DateOnly)
			sheet.Rows = append(sheet.Rows, []any{q.Key, q.Topic, q.Asks, int(a.Version), a.Answer, a.Note, on, a.By})
		}
	}
	var file bytes.Buffer
	if err := sheet.Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write the readiness answers as CSV: %w", err)
	}
	return r.Download("readiness.csv", "text/csv; charset=utf-8", file.Bytes())
}

func answerForm(q area.Asked, in area.Answer, wrong ui.FieldErrors) formPage {
	page := formPage{Intro: q.Asks, Save: "Save the answer", Controls: []templ.Component{
		choose("answer", "Answer", "", area.ReadinessWords, in.Answer, wrong),
		text("note", "Reason or what it rests on", "Needed where it does not apply. Name evidence by its number, such as E2. "+privacy, in.Note, wrong),
	}}
	if len(q.Answers) > 0 {
		page.Aside = earlierAnswers(linesOf(answersInWords(q.Answers)))
	}
	return page
}

func (p pages) showAnswer(r *shell.Request) error {
	return p.renderAnswer(r, http.StatusOK, func(q area.Asked) (formPage, int64) {
		return answerForm(q, q.Latest(), nil), q.Latest().Version
	}, nil)
}

// renderAnswer shows the form that is made of the question, for a version.
func (p pages) renderAnswer(r *shell.Request, status int, form func(area.Asked) (formPage, int64), wrong ui.FieldErrors) error {
	v, q, err := p.innovations.Asking(r.Context(), r.Actor, code(r), r.PathValue("question"))
	if err != nil {
		return err
	}
	page, seen := form(q)
	page.Action, page.Version = readiness.path(v.Code)+"/"+q.Key, strconv.FormatInt(seen, 10)
	return r.RenderStatus(status, ui.Page{
		Title: q.Topic, Caption: v.Name, Breadcrumbs: within(v.Innovation, readiness), Errors: wrong,
	}, page.content())
}

func (p pages) answerQuestion(r *shell.Request) error {
	var in area.Answer
	if err := r.Fields(map[string]*string{"answer": &in.Answer, "note": &in.Note}); err != nil {
		return err
	}
	seen, err := r.Version()
	if err != nil {
		return err
	}
	err = p.innovations.Answer(r.Context(), r.Actor, code(r), r.PathValue("question"), seen, in)
	return r.Finish(err, readiness.path(code(r)), "The answer was saved.", func(status int, stale bool, wrong ui.FieldErrors) error {
		return p.renderAnswer(r, status, func(q area.Asked) (formPage, int64) {
			page := answerForm(q, in, wrong)
			if !stale {
				return page, seen
			}
			page.Clash = clashes(answerFacts(q.Latest()), answerFacts(in))
			return page, q.Latest().Version
		}, wrong)
	})
}

func answerFacts(a area.Answer) []fact {
	return []fact{{"Answer", term.Sentence(a.Answer)}, {"Reason or what it rests on", a.Note}}
}

// gapRows say what a panel does not know, as facts beside its decision.
func gapRows(gaps area.Gaps) []ui.SummaryRow {
	var overdue []string
	for _, e := range gaps.Overdue {
		overdue = append(overdue, label(e)+" "+e.Title)
	}
	return []ui.SummaryRow{
		{Key: "Types without evidence", Value: listed(gaps.Types)},
		{Key: "Evidence past its review", Value: listed(overdue)},
		{Key: "Readiness not answered", Value: listed(topics(gaps.Unanswered))},
		{Key: "Answered over a year ago", Value: listed(topics(gaps.Old))},
	}
}

func topics(list []area.Question) (names []string) {
	for _, q := range list {
		names = append(names, strings.ToLower(q.Topic))
	}
	return names
}

func listed(names []string) string {
	if len(names) == 0 {
		return "None"
	}
	return term.Sentence(strings.Join(names, ", "))
}
