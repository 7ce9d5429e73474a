package rollout

import (
	"errors"
	"slices"

	"sir/internal/fault"
	"sir/internal/policy"
	area "sir/internal/reference"
	"sir/internal/rollout"
	"sir/internal/term"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// doPage is the step Do. Open says whether the reader's role sees rollouts.
type doPage struct {
	Network    term.Label
	Open       bool
	Limited    string // to what the reader's view is limited, in words
	Plans      bool   // whether the reader may see programmes
	Programmes []rollout.ProgrammeRollouts
	Adapting   area.EntryView
	Shelves    []area.Shelf
}

func (p pages) showDo(r *shell.Request) error {
	view := doPage{
		Network: r.Terms.Label(term.Network), Open: policy.Can(r.Actor, policy.ViewRollouts),
		Plans:   policy.Can(r.Actor, policy.ViewProgrammes),
		Limited: limited(policy.ReachOf(r.Actor, policy.ViewRollouts), r.Terms),
	}
	if view.Open {
		var err error
		if view.Programmes, err = p.rollouts.Overview(r.Context(), r.Actor); err != nil {
			return err
		}
	}
	if err := p.addShelves(r, &view); err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title:       "Do",
		Lede:        "See how rollouts go: where they stand, when they started, and why some stopped.",
		Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
		Flow: ui.Flow{
			From: []ui.Link{{Text: "Plan: what was chosen, and why", Href: ui.PlanPath}},
			To:   []ui.Link{{Text: "Measure: who has adopted what", Href: ui.MeasurePath}, {Text: "Explain: why here and not there", Href: ui.ExplainPath}},
		},
	}, view.content())
}

// The stage of the report in which rollouts run, and its shelf.
const (
	stagesShelf   = "stages"
	adaptingStage = "ADP"
)

// addShelves adds what the shelves say about this step, as far as they are
// loaded.
func (p pages) addShelves(r *shell.Request, view *doPage) error {
	all, err := p.shelves.Shelves(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	for _, code := range reference.Serving(ui.DoPath) {
		if i := slices.IndexFunc(all, func(s area.Shelf) bool { return s.Code == code }); i >= 0 {
			view.Shelves = append(view.Shelves, all[i])
		}
	}
	view.Adapting, err = p.shelves.Entry(r.Context(), r.Actor, stagesShelf, adaptingStage)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	return err
}

// limited says to what a view of rollouts is limited; empty where it is not.
func limited(reach policy.Reach, terms term.Pack) string {
	if reach.Has(policy.Everything) {
		return ""
	}
	var own []string
	if reach.Has(policy.OwnProgramme) {
		own = append(own, "programme")
	}
	if reach.Has(policy.OwnMember) {
		own = append(own, terms.Label(term.Network).Full.Singular)
	}
	switch len(own) {
	case 0:
		return ""
	case 1:
		return "your own " + own[0]
	default:
		return "your own " + own[0] + " or " + own[1]
	}
}
