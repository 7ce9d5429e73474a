package network

import (
	"errors"
	"fmt"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/term"
	"sir/internal/web/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// membersPage is the members and their staff. Network is what a member is
// called here.
type membersPage struct {
	Network   term.Label
	Published []network.MemberFacts
	MadeUp    []network.MemberFacts
	Roles     []network.RoleStaff
	Types     map[string]string // code of an approach to its title
}

// approachesShelf is the shelf on which the types of approach stand.
const approachesShelf = "approaches"

func (p pages) showMembers(r *shell.Request) error {
	directory, err := p.members.Directory(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	view := membersPage{Network: r.Terms.Label(term.Network), Roles: directory.Roles}
	for _, m := range directory.Members {
		if m.MadeUp {
			view.MadeUp = append(view.MadeUp, m)
		} else {
			view.Published = append(view.Published, m)
		}
	}
	if view.Types, err = p.approachTitles(r); err != nil {
		return err
	}
	return r.Render(ui.Page{
		Title:       "Members",
		Lede:        fmt.Sprintf("The %s, in alphabetical order.", view.Network.Introduced(2)),
		Breadcrumbs: []ui.Link{start},
		Flow: ui.Flow{
			From: reference.Origins(append(view.memberSources(), view.roleSources()...)...),
			To: []ui.Link{
				{Text: "Plan a rollout", Href: ui.PlanPath}, {Text: "Rollouts by member", Href: ui.DoPath},
				{Text: "Adoption by member", Href: ui.MeasurePath},
			},
		},
	}, view.content())
}

// approachTitles names the types of approach. Without that shelf there are
// none, and members stand without theirs.
func (p pages) approachTitles(r *shell.Request) (map[string]string, error) {
	view, err := p.shelves.Browse(r.Context(), r.Actor, approachesShelf, nil)
	if errors.Is(err, fault.ErrNotFound) {
		return nil, nil
	}
	titles := map[string]string{}
	for _, e := range view.Entries {
		titles[e.Code] = e.Title
	}
	return titles, err
}

// memberSources are where the members and their orientations were published,
// roleSources where the staff by role were.
func (p membersPage) memberSources() []string {
	var sources []string
	for _, m := range p.Published {
		sources = append(sources, m.Source)
		for _, o := range m.Orientations {
			sources = append(sources, o.Source)
		}
	}
	return sources
}

func (p membersPage) roleSources() []string {
	sources := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		sources[i] = r.Source
	}
	return sources
}

// stats are the key numbers of the published members.
func (p membersPage) stats() ui.Stats {
	explicit, judged, people := 0, 0, 0
	for _, m := range p.Published {
		people += m.People
		if len(m.Orientations) > 0 {
			judged++
		}
		if latest(m).Explicit {
			explicit++
		}
	}
	return ui.Stats{Items: []ui.Stat{
		{Value: fmt.Sprint(len(p.Published)), Label: p.Network.Full.Of(len(p.Published))},
		{Value: fmt.Sprintf("%d of %d", explicit, judged), Label: "work to a written approach"},
		{Value: fmt.Sprint(people), Label: "members of staff interviewed"},
	}}
}

// latest is what the last source says about a member's orientation.
func latest(m network.MemberFacts) network.Orientation {
	if len(m.Orientations) == 0 {
		return network.Orientation{}
	}
	return m.Orientations[len(m.Orientations)-1]
}
