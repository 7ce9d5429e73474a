package reference

import (
	"net/url"

	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// findNames looks for members, programmes and conditions by name.
func (p pages) findNames(r *shell.Request, words []string) ([]nameHits, error) {
	directory, err := p.members.Directory(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	programmes, err := p.adoption.Programmes(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	networks := nameHits{Heading: term.Sentence(r.Terms.Label(term.Network).Full.Plural)}
	for _, m := range directory.Members {
		networks.add(m.Name, m.ShortName, "/members#"+m.Code, words)
	}
	measured := nameHits{Heading: "Programmes"}
	for _, m := range programmes {
		measured.add(m.Name, m.Summary, ui.MeasurePath+"/"+m.Code, words)
	}
	coded, err := p.findConditions(r, words)
	if err != nil {
		return nil, err
	}
	var found []nameHits
	for _, names := range []nameHits{networks, measured, coded} {
		if len(names.Hits) > 0 {
			found = append(found, names)
		}
	}
	return found, nil
}

// findConditions looks for the conditions of case tables, and leads to the page
// that says what their codes mean.
func (p pages) findConditions(r *shell.Request, words []string) (nameHits, error) {
	coded := nameHits{Heading: "Conditions of case tables"}
	conditions, err := p.patterns.SearchConditions(r.Context(), r.Actor, words, maxHits)
	for _, c := range conditions {
		coded.Hits = append(coded.Hits, hit{
			Href:  ui.ExplainPath + "/" + url.PathEscape(c.SetCode) + "/cases#meanings",
			Title: mark(c.Name+": "+c.Label, words), Text: mark("1 means: "+c.OneMeans, words), Detail: mark(c.SetTitle, nil),
		})
	}
	return coded, err
}

// add notes a name where it, with the text beside it, holds every word.
func (n *nameHits) add(name, text, href string, words []string) {
	if holdsAll(name+"\n"+text, words) {
		n.Hits = append(n.Hits, hit{Href: href, Title: mark(name, words), Text: mark(text, words)})
	}
}
