package reference

import (
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// findNames looks for members and programmes by name.
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
	var found []nameHits
	for _, names := range []nameHits{networks, measured} {
		if len(names.Hits) > 0 {
			found = append(found, names)
		}
	}
	return found, nil
}

// add notes a name where it, with the text beside it, holds every word.
func (n *nameHits) add(name, text, href string, words []string) {
	if holdsAll(name+"\n"+text, words) {
		n.Hits = append(n.Hits, hit{Href: href, Title: mark(name, words), Text: mark(text, words)})
	}
}
