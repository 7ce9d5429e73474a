package pattern

import (
	"errors"

	"sir/internal/fault"
	area "sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// setsPage says what the step is and lists the case sets.
type setsPage struct {
	Refused string // why this reader sees no case sets; empty where they may
	Sets    []area.SetSummary
}

// showSets answers everybody: who may not view cases still reads what the step
// is, and why the list is closed to them.
func (p pages) showSets(r *shell.Request) error {
	var view setsPage
	var err error
	if refusal := policy.Allow(r.Actor, policy.ViewCases, policy.Object{}); errors.Is(refusal, fault.ErrForbidden) {
		view.Refused = refusal.Error()
	} else if view.Sets, err = p.patterns.Sets(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title: "Explain", Lede: "Compare finished cases, to see which combinations of conditions went with success.",
		Breadcrumbs: crumbs[:1],
		Flow: ui.Flow{
			From: []ui.Link{outcomeLink},
			To:   []ui.Link{{Text: "Share what was learnt", Href: ui.SharePath}},
		},
	}, view.content())
}

// stepWords say what each step after the overview is for.
var stepWords = []struct {
	step step
	text string
}{
	{cases, "A case is one rollout. Each is coded 1 or 0 on every condition, and each code has a written meaning."},
	{screening, "A condition that hardly varies explains little. One rule judges all conditions, also those left out."},
	{truthTable, "Cases with the same codes share a row. A row with both outcomes is a contradiction. Rows without a case are remainders."},
	{solutions, "Rows are reduced to the shortest formulas that still tell success from failure."},
	{rivals, "Other conditions may fit as well. Every small set of conditions is tried."},
}

func setPath(s area.SetSummary) string { return pathOf(s.Code, "", nil) }

func setSource(s area.CaseSet) ui.Link { return ui.Link{Text: reference.Cite(s.Source)} }

// allSources are the sources of a set and of what was published about it.
func allSources(t area.CaseTable) ui.Link {
	sources := []string{t.Set.Source}
	for _, p := range t.Published {
		sources = append(sources, p.Source)
	}
	return ui.Link{Text: reference.Cite(sources...)}
}

// outcomeLink leads to where the outcome of a case is measured.
var outcomeLink = ui.Link{Text: "Measure adoption: what counts as success", Href: ui.MeasurePath}
