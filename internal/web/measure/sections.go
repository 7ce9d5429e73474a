// Package measure has what the Measure pages of one programme share: the list
// of its sections, the same on each.
package measure

import (
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// Section is one view of a programme's adoption.
type Section string

// The sections, by the end of their address.
const (
	Rates       Section = ""
	Map         Section = "/map"
	AllMeasures Section = "/measures"
	Reach       Section = "/equity"
	Returns     Section = "/returns"
	Quality     Section = "/quality"
	Targets     Section = "/targets"
	Improvement Section = "/improvement"
)

// sections are in the order of a reader's questions: how far, where, what
// else, whom; then how the figures come about and what is done about them.
// Published figures have no sites, so that only some views are there.
var sections = []struct {
	section   Section
	text      string
	action    policy.Action
	published bool
}{
	{Rates, "Rates", policy.ViewPublishedRates, true},
	{Map, "Map", policy.ViewMemberRates, true},
	{AllMeasures, "All measures", policy.ViewTotalRate, true},
	{Reach, "Who is reached", policy.ViewMemberRates, false},
	{Targets, "Targets", policy.ViewMemberRates, false},
	{Returns, "Returns", policy.ViewTotalRate, false},
	{Quality, "Data quality", policy.ViewMemberRates, false},
	{Improvement, "Improvement", policy.ViewImprovement, false},
}

// Path is where a section of a programme is.
func (s Section) Path(programme string) string { return ui.MeasurePath + "/" + programme + string(s) }

// Sections lists the views of a programme that the reader has, with the
// current one marked.
func Sections(r *shell.Request, programme string, published bool, current Section) ui.ContentsList {
	list := ui.ContentsList{Label: "Views of this programme", Inline: true}
	for _, s := range sections {
		if published && !s.published || !published && !policy.Can(r.Actor, s.action) {
			continue
		}
		item := ui.NavItem{Text: s.text, Href: s.section.Path(programme)}
		if s.section == current {
			item.Current = ui.CurrentPage
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// From is where the figures of a programme come from in this service: its
// rollouts, unless somebody else published them.
func From(published bool) []ui.Link {
	if published {
		return nil
	}
	return []ui.Link{{Text: "Rollouts under way", Href: ui.DoPath}}
}
