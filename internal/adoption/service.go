package adoption

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// Service holds the use cases of adoption.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// Programmes answers the programmes whose adoption the actor may see at least
// as a total, by name.
func (s *Service) Programmes(ctx context.Context, actor policy.Actor) ([]rollout.Programme, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewPublishedRates, policy.Object{}); err != nil {
		return nil, err
	}
	all, err := rollout.ListProgrammes(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	var visible []rollout.Programme
	for _, p := range all {
		action, err := s.totalAction(ctx, p)
		if err != nil {
			return nil, err
		}
		if policy.Allow(actor, action, p.Object()) == nil {
			visible = append(visible, p)
		}
	}
	return visible, nil
}

// totalAction is what a reader must be allowed to see a programme's total.
func (s *Service) totalAction(ctx context.Context, p rollout.Programme) (policy.Action, error) {
	published, err := hasPublished(ctx, s.desk.DB, p.ID)
	return viewTotal(published), err
}

func viewTotal(published bool) policy.Action {
	if published {
		return policy.ViewPublishedRates
	}
	return policy.ViewTotalRate
}

// Rates answers a programme's whole table. A reader who may not see members
// gets the total alone.
func (s *Service) Rates(ctx context.Context, actor policy.Actor, code string) (Table, error) {
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, code)
	if missing != nil && !errors.Is(missing, fault.ErrNotFound) {
		return Table{}, missing
	}
	figures, err := publishedFigures(ctx, s.desk.DB, p.ID)
	if err != nil {
		return Table{}, err
	}
	// Also where there is no such programme: a guess teaches nothing.
	if err := s.desk.Read(ctx, actor, viewTotal(len(figures.points) > 0), p.Object()); err != nil {
		return Table{}, err
	}
	if missing != nil {
		return Table{}, missing
	}
	table, err := tableOf(ctx, s.desk.DB, p, figures)
	if err != nil {
		return Table{}, err
	}
	if !table.Published {
		table.showOnly(func(memberID string) bool {
			return policy.Allow(actor, policy.ViewMemberRates, memberObject(p, memberID)) == nil
		})
	}
	table.OwnSites, err = s.ownSites(ctx, actor, p)
	return table, err
}

func memberObject(p rollout.Programme, memberID string) policy.Object {
	object := p.Object()
	object.Member = memberID
	return object
}

// showOnly leaves those rows that a reader may see.
func (t *Table) showOnly(open func(memberID string) bool) {
	t.Rows = slices.DeleteFunc(t.Rows, func(row Row) bool { return !open(row.MemberID) })
	t.MembersOpen = len(t.Rows) > 0 || open("")
}

// ownSites answers the sites of the programme that the actor holds a role for.
func (s *Service) ownSites(ctx context.Context, actor policy.Actor, p rollout.Programme) ([]network.Site, error) {
	var own []network.Site
	for _, grant := range actor.Grants {
		if grant.Role != policy.SiteChampion || grant.Site == "" {
			continue
		}
		site, err := network.SiteByID(ctx, s.desk.DB, grant.Site)
		if err != nil {
			return nil, fmt.Errorf("read own site: %w", err)
		}
		member, err := lastMember(ctx, s.desk.DB, p.ID, site.Key)
		if err != nil {
			return nil, err
		}
		if member != "" { // it counts, or counted, in this programme
			own = append(own, site)
		}
	}
	return own, nil
}

// SiteView is one site's returns, champions and fate.
type SiteView struct {
	Programme   rollout.Programme
	Site        network.Site
	MemberID    string // that it counted under last
	Collections []Collection
	Measures    []Measure
	History     []SitePeriod
	Champions   []rollout.Champion
	Successions []network.Succession
}

// Site answers one site's returns of a programme.
func (s *Service) Site(ctx context.Context, actor policy.Actor, programmeCode, siteCode string) (SiteView, error) {
	p, site, member, err := s.findSite(ctx, programmeCode, siteCode)
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return SiteView{}, err
	}
	object := policy.Object{Programme: p.ID, Site: site.ID, Member: member}
	if refused := s.desk.Read(ctx, actor, policy.ViewSiteLevels, object); refused != nil {
		return SiteView{}, refused // also where there is no such site: a guess teaches nothing
	}
	if err != nil {
		return SiteView{}, err
	}
	view := SiteView{Programme: p, Site: site, MemberID: member}
	if view.Measures, err = measuresOf(ctx, s.desk.DB, p.ID); err != nil {
		return SiteView{}, err
	}
	if view.Collections, err = CollectionsOf(ctx, s.desk.DB, p.ID); err != nil {
		return SiteView{}, err
	}
	if view.History, err = siteHistory(ctx, s.desk.DB, view.Collections, site.Key); err != nil {
		return SiteView{}, err
	}
	if view.Champions, err = rollout.ChampionsOf(ctx, s.desk.DB, p.ID, site.ID); err != nil {
		return SiteView{}, err
	}
	view.Successions, err = network.SuccessionsOf(ctx, s.desk.DB, site.ID)
	return view, err
}

func (s *Service) findSite(ctx context.Context, programmeCode, siteCode string) (p rollout.Programme, site network.Site, member string, err error) {
	if p, err = rollout.ProgrammeByCode(ctx, s.desk.DB, programmeCode); err != nil {
		return p, site, "", err
	}
	site, err = network.SiteByCode(ctx, s.desk.DB, siteCode)
	if errors.Is(err, sql.ErrNoRows) {
		return p, site, "", fault.NotFound("There is no site with the code %q.", siteCode)
	}
	if err != nil {
		return p, site, "", fmt.Errorf("read site: %w", err)
	}
	member, err = lastMember(ctx, s.desk.DB, p.ID, site.Key)
	if err == nil && member == "" {
		err = fault.NotFound("%s never counted the site %s.", p.Name, site.Name)
	}
	return p, site, member, err
}
