package admin

import (
	"net/url"
	"strconv"
	"time"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// auditPage is a stretch of the trail, newest first.
type auditPage struct {
	Action, Outcome string
	Actions         []ui.SelectOption
	Outcomes        []ui.SelectOption
	Entries         []audit.Entry
	Older           ui.Link // empty where there is nothing older
}

const auditPageSize = 50

func (p pages) showAudit(r *shell.Request) error {
	filter, err := auditFilter(r)
	if err != nil {
		return err
	}
	entries, err := p.app.Trail.List(r.Context(), r.Actor, filter)
	if err != nil {
		return err
	}
	view := auditPage{
		Action: filter.Action, Outcome: string(filter.Outcome), Entries: entries,
		Actions: actionOptions(), Outcomes: []ui.SelectOption{{Value: "", Text: "Any"}, {Value: "done", Text: "Done"}, {Value: "refused", Text: "Refused"}},
	}
	if len(entries) > auditPageSize {
		view.Entries = entries[:auditPageSize]
		last := view.Entries[auditPageSize-1].Seq
		query := url.Values{"action": {view.Action}, "outcome": {view.Outcome}, "before": {strconv.FormatInt(last, 10)}}
		view.Older = ui.Link{Text: "Older entries", Href: "/admin/audit?" + query.Encode()}
	}
	return r.Render(ui.Page{
		Title: "Audit trail", Lede: "Every change, sign-in and refusal, newest first. Entries cannot be changed or removed.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
	}, view.content())
}

func auditFilter(r *shell.Request) (audit.Filter, error) {
	query := r.URL.Query()
	filter := audit.Filter{Limit: auditPageSize + 1, Action: query.Get("action"), Outcome: audit.Outcome(query.Get("outcome"))}
	if filter.Action != "" && !policy.Known(policy.Action(filter.Action)) {
		return filter, fault.Invalid("There is no action called %q. Choose one from the list.", filter.Action)
	}
	if filter.Outcome != "" && filter.Outcome != audit.Done && filter.Outcome != audit.Refused {
		return filter, fault.Invalid("An outcome is done or refused.")
	}
	if before := query.Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n < 1 {
			return filter, fault.Invalid("The address names no entry of the audit trail. Start again from the newest.")
		}
		filter.Before = n
	}
	return filter, nil
}

func actionOptions() []ui.SelectOption {
	options := []ui.SelectOption{{Value: "", Text: "Any"}}
	for _, action := range policy.Actions() {
		options = append(options, ui.SelectOption{Value: string(action), Text: string(action)})
	}
	return options
}

// table lays the entries out.
func (p auditPage) table() ui.Table {
	table := ui.Table{
		ID: "trail", Caption: "Entries", CaptionHidden: true, Scroll: true, Compact: true,
		Columns: []ui.Column{{Text: "Number", Numeric: true}, {Text: "When (UTC)"}, {Text: "Who"}, {Text: "Action"}, {Text: "Outcome"}, {Text: "What"}, {Text: "Detail"}},
	}
	for _, e := range p.Entries {
		table.Rows = append(table.Rows, ui.Text(strconv.FormatInt(e.Seq, 10), e.At.Format(time.DateTime), e.ActorName,
			e.Action, string(e.Outcome), e.Object, e.Detail))
	}
	return table
}

// filter is the form above the entries; it offers to clear filters where there
// are some.
func (p auditPage) filter() ui.Filter {
	form := ui.Filter{Action: "/admin/audit", Label: "Filter the audit trail"}
	if p.Action != "" || p.Outcome != "" {
		form.Clear = form.Action
	}
	return form
}
