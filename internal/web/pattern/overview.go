package pattern

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sir/internal/fault"
	area "sir/internal/pattern"
	shelf "sir/internal/reference"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// overviewPage sets what was published beside what its own table supports.
type overviewPage struct {
	Table area.CaseTable
	// Unfit says why the table cannot be analysed as it stands; the rest is
	// then empty.
	Unfit    []string
	Stats    ui.Stats
	Sides    []sideSummary
	Limits   []limit
	Oddities []shelf.Entry
}

// sideSummary is how a side is explained, in short.
type sideSummary struct {
	Title string
	Rows  ui.SummaryList
}

// limit is one thing that a reader must know before using a formula, and the
// step that shows it.
type limit struct {
	Text string
	At   ui.Link
}

func (p pages) showOverview(r *shell.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := overviewPage{Table: t}
	if err := view.fill(r.Context()); err != nil {
		return err
	}
	if view.Oddities, err = p.oddities(r, t); err != nil {
		return err
	}
	page := overview.page(t)
	page.Title, page.Caption, page.Lede, page.Breadcrumbs = t.Set.Title, "", t.Set.Summary, crumbs
	page.Flow = ui.Flow{From: []ui.Link{outcomeLink}, To: []ui.Link{{Text: "Share what was learnt", Href: ui.SharePath}}}
	return r.Render(page, overview.frame(t, view.content()))
}

// fill computes what the page says. That a table cannot be analysed is no
// mistake of its reader, so it is said on the page.
func (p *overviewPage) fill(ctx context.Context) error {
	o, err := p.Table.Overview(ctx)
	if wrong := mistakes(err); wrong != nil {
		for _, w := range wrong {
			p.Unfit = append(p.Unfit, w.Message)
		}
		return nil
	}
	if err != nil {
		return err
	}
	p.Stats = overviewStats(p.Table, o)
	for _, side := range o.Sides {
		p.Sides = append(p.Sides, summarise(p.Table, side))
	}
	p.Limits = limits(p.Table, o)
	return nil
}

func overviewStats(t area.CaseTable, o area.Overview) ui.Stats {
	successes := 0
	for _, side := range o.Sides {
		if side.Rivals.Name == area.Success {
			successes = len(side.Rivals.Cases)
		}
	}
	return ui.Stats{Items: []ui.Stat{
		{Value: fmt.Sprintf("%d of %d", successes, o.Cases), Label: "cases are successes", Note: t.Outcome.OneMeans},
		{Value: fmt.Sprintf("%d of %d", len(o.Kept), len(t.Conditions)), Label: "conditions were kept", Note: strings.Join(o.Kept, ", ")},
		{Value: fmt.Sprintf("%d of %d", len(o.Table.Rows), o.Table.Possible), Label: "combinations of these were observed", Note: "The others had no case"},
	}}
}

// summarise puts the published formula of a side beside what is computed.
func summarise(t area.CaseTable, side area.SideOverview) sideSummary {
	published := ui.SummaryRow{Key: "Published", Value: "Nothing was published for this side."}
	if p := side.Rivals.Published; p != nil {
		published = ui.SummaryRow{Key: "Published", Content: readFormula(p.Expression.String(), reading(t, p.Expression))}
	}
	return sideSummary{sideTitle(side.Rivals.Side), ui.SummaryList{Rows: []ui.SummaryRow{
		published,
		{Key: "SIR, from the same conditions", Value: sameConditions(side)},
		{Key: "How the published formula fits", Value: fitSentence(side.Rivals)},
		{Key: "Other formulas that fit as well", Content: asShort(t, side.Rivals)},
	}}}
}

// sameConditions says what the kept conditions give by SIR's own computing.
func sameConditions(side area.SideOverview) string {
	solution := side.Parsimonious.Solution
	if solution == nil {
		return side.Parsimonious.None
	}
	var text string
	switch {
	case len(side.Parsimonious.Formula) == 0:
		text = solution.Models[0].Expression.String() + "."
	case side.Parsimonious.IsPublished[0] && solution.ModelCount == 1:
		text = "The same formula, and no other is as short."
	case side.Parsimonious.IsPublished[0]:
		text = fmt.Sprintf("The same formula, tied with %s as short.", count(solution.ModelCount-1, "other", "others"))
	default:
		text = "Another formula: " + solution.Models[0].Expression.String() + "."
	}
	if side.NeedsAssumptions() {
		text += fmt.Sprintf(" It rests on %s that nobody observed; without them the formula has %s.",
			count(len(solution.Models[0].SimplifyingAssumptions), "combination", "combinations"),
			count(len(side.Conservative.Solution.Models[0].Terms), "term", "terms"))
	} else if side.Conservative.Solution != nil {
		text += " It needs no combination that nobody observed."
	}
	return text
}

// fitSentence says how the published formula fits the table.
func fitSentence(s area.SideRivals) string {
	if s.Published == nil {
		return "–"
	}
	inclusion, _ := s.Published.Inclusion.Value()
	coverage, _ := s.Published.Coverage.Value()
	if inclusion == 1 && coverage == 1 {
		return fmt.Sprintf("It holds of all %d cases of this side and of none of the other %d.", len(s.Cases), s.Others)
	}
	return fmt.Sprintf("Consistency %s, coverage %s.", figure(s.Published.Inclusion), figure(s.Published.Coverage))
}

// longerRivals counts the formulas that fit as well but need more conditions
// than what was published, which the overview does not list.
func longerRivals(s area.SideRivals) int {
	if s.Published == nil {
		return 0
	}
	all := slices.DeleteFunc(slices.Clone(s.Formulas), func(r area.Rival) bool { return r.Published })
	return len(all) - len(s.AsShort())
}

// limits are the warnings that the analysis itself gives, computed for
// whichever set is shown.
func limits(t area.CaseTable, o area.Overview) []limit {
	at := func(s step) ui.Link { return ui.Link{Text: s.title, Href: s.address(t)} }
	list := []limit{{fmt.Sprintf("There are %d cases (n = %d). So few can rule formulas out, but cannot tell apart those that fit them equally well.", o.Cases, o.Cases), at(cases)}}
	for _, side := range o.Sides {
		if others := side.Rivals.AsShort(); len(others) > 0 {
			list = append(list, limit{rivalLimit(side.Rivals, others), at(rivals)})
		}
	}
	for _, side := range o.Sides {
		if side.NeedsAssumptions() {
			n := len(side.Parsimonious.Solution.Models[0].SimplifyingAssumptions)
			list = append(list, limit{fmt.Sprintf("The formula for %s assumes that %s of the %d possible, which no case shows, would have been on its side.",
				side.Rivals.Name, count(n, "combination", "combinations"), o.Table.Possible), at(solutions)})
		}
	}
	for _, text := range unevenInShort(o.Screening) {
		list = append(list, limit{text, at(screening)})
	}
	return append(list, limit{"A formula says what went together in these cases. It does not prove a cause, and need not hold elsewhere.", ui.Link{}})
}

// rivalLimit names the formulas that do exactly what the published one does.
func rivalLimit(s area.SideRivals, others []area.Rival) string {
	names := make([]string, len(others))
	for i, f := range others {
		names[i] = f.Expression.String()
	}
	published := s.Published.Expression.String()
	return fmt.Sprintf("The same %s are covered exactly as well by %s as by the published %s.", sideCases(s), or(names), published)
}

// sideCases counts the cases of a side: "7 successes".
func sideCases(s area.SideRivals) string {
	if s.Name == area.Success {
		return count(len(s.Cases), "success", "successes")
	}
	return count(len(s.Cases), "failure", "failures")
}

// or joins alternatives: "a, b or c".
func or(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// oddities are the notes on the report's own figures that this page shows,
// where the set comes from that report: both cite the same places.
func (p pages) oddities(r *shell.Request, t area.CaseTable) ([]shelf.Entry, error) {
	view, err := p.shelves.Browse(r.Context(), r.Actor, shelf.Oddities, shelf.Choice{"page": "explain"})
	if errors.Is(err, fault.ErrNotFound) || errors.Is(err, fault.ErrInvalid) {
		return nil, nil // a service without the report's facts has no such shelf
	}
	if err != nil {
		return nil, err
	}
	own := placesOf(t)
	var shown []shelf.Entry
	for _, e := range view.Entries {
		for place := range strings.SplitSeq(e.Source, ";") {
			if own[strings.TrimSpace(place)] {
				shown = append(shown, e)
				break
			}
		}
	}
	return shown, nil
}

// placesOf are the places that a set cites.
func placesOf(t area.CaseTable) map[string]bool {
	sources := []string{t.Set.Source, t.Outcome.Source}
	for _, c := range t.Conditions {
		sources = append(sources, c.Source)
	}
	for _, p := range t.Published {
		sources = append(sources, p.Source)
	}
	places := map[string]bool{}
	for place := range strings.SplitSeq(strings.Join(sources, ";"), ";") {
		places[strings.TrimSpace(place)] = true
	}
	return places
}

func oddityPath(e shelf.Entry) string { return reference.EntryPath(e.Shelf, e.Code) }
