package admin

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/usecase"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// auditPage is a stretch of the trail, newest first.
type auditPage struct {
	Choice   url.Values // the filters that are set, as in the address
	Actions  []ui.SelectOption
	Outcomes []ui.SelectOption
	Lines    []usecase.Line
	Pages    ui.Pagination
}

const (
	auditPath     = "/admin/audit"
	auditPageSize = 50
)

func (p pages) showAudit(r *shell.Request) error {
	filter, choice, err := auditFilter(r)
	if err != nil {
		return err
	}
	filter.Limit = auditPageSize + 1
	lines, err := p.app.Trail.List(r.Context(), r.Actor, filter)
	if err != nil {
		return err
	}
	view := auditPage{Choice: choice, Actions: actionOptions(), Lines: lines, Outcomes: []ui.SelectOption{
		{Value: "", Text: "Any"}, {Value: string(audit.Done), Text: outcomes[audit.Done]}, {Value: string(audit.Refused), Text: outcomes[audit.Refused]},
	}}
	if filter.Before > 0 {
		view.Pages.Previous = ui.Link{Text: "Newest entries", Href: view.address(auditPath, 0)}
	}
	if len(lines) > auditPageSize {
		view.Lines = lines[:auditPageSize]
		view.Pages.Next = ui.Link{Text: "Older entries", Href: view.address(auditPath, view.Lines[auditPageSize-1].Seq)}
	}
	return r.Render(ui.Page{
		Title: "Audit trail", Lede: "Every change, sign-in and refusal, newest first. Entries cannot be changed or removed.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
	}, view.content())
}

// auditFilter reads the filters, and answers those that are set as they stand
// in the address.
func auditFilter(r *shell.Request) (audit.Filter, url.Values, error) {
	choice := url.Values{}
	for _, name := range []string{"person", "action", "outcome", "from", "to"} {
		value, err := r.Choice(name)
		if err != nil {
			return audit.Filter{}, nil, err
		}
		if value != "" {
			choice.Set(name, value)
		}
	}
	filter := audit.Filter{Person: choice.Get("person"), Action: choice.Get("action"), Outcome: audit.Outcome(choice.Get("outcome"))}
	if filter.Action != "" && !policy.Known(policy.Action(filter.Action)) {
		return filter, nil, fault.Invalid("There is no such action. Choose one from the list.")
	}
	if filter.Outcome != "" && outcomes[filter.Outcome] == "" {
		return filter, nil, fault.Invalid("An outcome is done or refused.")
	}
	if before := r.URL.Query().Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n < 1 {
			return filter, nil, fault.Invalid("The address names no entry of the audit trail. Start again from the newest.")
		}
		filter.Before = n
	}
	return filter, choice, setDates(&filter, choice)
}

// setDates reads the first and the last day, both of which count, in UTC.
func setDates(filter *audit.Filter, choice url.Values) error {
	for name, moment := range map[string]*time.Time{"from": &filter.From, "to": &filter.Until} {
		if choice.Get(name) == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, choice.Get(name))
		if err != nil {
			return fault.Invalid("A date is written as year, month and day, such as 2026-10-01.")
		}
		*moment = day
	}
	if !filter.Until.IsZero() {
		filter.Until = filter.Until.AddDate(0, 0, 1)
	}
	if !filter.From.IsZero() && !filter.Until.IsZero() && !filter.From.Before(filter.Until) {
		return fault.Invalid("The first day is after the last. Change one of the two.")
	}
	return nil
}

func actionOptions() []ui.SelectOption {
	options := []ui.SelectOption{}
	for _, action := range policy.Actions() {
		options = append(options, ui.SelectOption{Value: string(action), Text: policy.Words(action)})
	}
	slices.SortFunc(options, func(a, b ui.SelectOption) int { return cmp.Compare(a.Text, b.Text) })
	return append([]ui.SelectOption{{Value: "", Text: "Any"}}, options...)
}

// address keeps the filters; before is the entry to go on from, 0 for none.
func (p auditPage) address(path string, before int64) string {
	query := maps.Clone(p.Choice)
	if before > 0 {
		query.Set("before", strconv.FormatInt(before, 10))
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

var outcomes = map[audit.Outcome]string{audit.Done: "Done", audit.Refused: "Refused"}

// table lays the entries out, in words.
func (p auditPage) table() ui.Table {
	table := ui.Table{
		ID: "trail", Caption: "Entries", CaptionHidden: true, Responsive: true, Compact: true,
		Columns: []ui.Column{{Text: "Number"}, {Text: "When (UTC)"}, {Text: "Who"}, {Text: "Action"}, {Text: "Outcome"}, {Text: "What"}, {Text: "Detail"}},
	}
	for _, line := range p.Lines {
		row := ui.Text(strconv.FormatInt(line.Seq, 10), line.At.Format("2 Jan 2006, 15:04:05"), personOf(line.Entry),
			policy.Words(policy.Action(line.Action)), outcomes[line.Outcome], line.Subject, detailWords(line.Detail))
		if line.Outcome == audit.Refused {
			row[4] = ui.Cell{Content: ui.Tag{Text: outcomes[line.Outcome], Colour: ui.TagOrange}}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func personOf(e audit.Entry) string {
	if e.ActorID == "" {
		return "Somebody who was not signed in"
	}
	return e.ActorName
}

// detailWords reads the JSON object of an entry's detail out.
func detailWords(detail string) string {
	var values map[string]string
	if err := json.Unmarshal([]byte(detail), &values); err != nil {
		return detail // written by a later version
	}
	var words []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		label, value := strings.ToUpper(key[:min(1, len(key))])+key[min(1, len(key)):], values[key]
		switch path, read := strings.CutPrefix(value, "GET "); {
		case key == "address":
			label = "From address"
		case key == "asked for" && read:
			value = path
		}
		words = append(words, label+": "+value)
	}
	return strings.Join(words, "; ")
}

// filter is the form above the entries; it offers to clear filters where there
// are some.
func (p auditPage) filter() ui.Filter {
	form := ui.Filter{Action: auditPath, Label: "Filter the audit trail"}
	if len(p.Choice) > 0 {
		form.Clear = form.Action
	}
	return form
}
