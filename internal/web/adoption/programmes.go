package adoption

import (
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// programmesPage lists the programmes that a reader may see.
type programmesPage struct {
	Cards []ui.Card
}

func (p pages) showProgrammes(r *shell.Request) error {
	programmes, err := p.adoption.Programmes(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var view programmesPage
	for _, programme := range programmes {
		view.Cards = append(view.Cards, ui.Card{
			Heading: programme.Name, Href: programmePath(programme.Code), Description: programme.Summary, Clickable: true,
		})
	}
	return r.Render(ui.Page{
		Title: "Measure", Lede: "How far each innovation has been taken up, by how many of those who could.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Rollouts under way", Href: ui.DoPath}},
			To:   []ui.Link{{Text: "Explain why it spread", Href: ui.ExplainPath}},
		},
	}, view.content())
}
