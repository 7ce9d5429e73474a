package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/demo/madeup"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// madeUpSource is what stands as the source of everything invented.
const madeUpSource = "made-up example"

// Keys of the made-up programme's measures in the observations.
const (
	levelKey int64 = iota + 1
	referralsKey
	completedKey
	queriesKey
	answeredKey
	stepKey
)

// madeUp loads the made-up programme. Its networks are members of their own;
// none of it refers to the report's members.
type madeUp struct {
	db        *db.DB
	now       time.Time // of loading
	in        madeup.Programme
	programme rollout.Programme
	returns   adoption.Collection
	monthly   adoption.Collection
	networks  map[string]string // code to id
	sites     map[string]network.Site
	rollouts  map[string]string // network code to id
	patches   map[string][]madeup.Membership
}

func (l *loader) loadMadeUp(ctx context.Context, in madeup.Programme) error {
	m := &madeUp{
		db: l.db, now: l.app.Desk.Now().UTC(), in: in, networks: map[string]string{}, sites: map[string]network.Site{},
		rollouts: map[string]string{}, patches: map[string][]madeup.Membership{},
	}
	for _, part := range []func(context.Context) error{
		m.insertNetworks, m.insertProgramme, m.insertSites, m.insertMemberships, m.insertAreas, m.place, m.insertRollouts, m.insertEligible,
		m.insertChampions, m.insertMeasures, m.insertTargets, m.insertReturns, m.insertMissing, m.insertRestatements,
		m.list, m.approve, m.insertMonthly, m.insertImprovement, m.insertLevers,
	} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("made-up programme: %w", err)
		}
	}
	l.scope = m.scope()
	return nil
}

// list makes the eligible list of every period, and counts it.
func (m *madeUp) list(ctx context.Context) error {
	for _, p := range m.in.Periods {
		if err := adoption.ListEligible(ctx, m.db, m.returns, p); err != nil {
			return err
		}
	}
	return nil
}

// scope is what the accounts of the demonstration hold their roles for: the
// programme, its first network, and the first site that the network has now.
func (m *madeUp) scope() policy.Grant {
	grant := policy.Grant{
		Programme: m.programme.ID, Innovation: m.programme.InnovationID, Member: m.networks[m.in.Networks[0].Code],
	}
	for _, membership := range m.in.Memberships {
		if membership.Network == m.in.Networks[0].Code && membership.To.IsZero() {
			grant.Site = m.sites[membership.Site].ID
			break
		}
	}
	return grant
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func (m *madeUp) insertProgramme(ctx context.Context) error {
	innovationID, err := m.insertInnovation(ctx)
	if err != nil {
		return err
	}
	first, last := m.in.Periods[0], m.in.Periods[len(m.in.Periods)-1]
	m.programme = rollout.Programme{
		ID: db.NewID(), Code: m.in.Code, Name: m.in.Name, InnovationID: innovationID, MadeUp: true, Source: madeUpSource,
		Summary:  "Everything in this programme is made up, so that what the report does not give can be seen working.",
		StartsOn: date(first.Start()), EndsOn: date(last.End()), AnnouncedOn: date(first.Start().AddDate(0, 0, -12*7)),
		Level: "national", Mandate: "not mandated", MandateNote: "No contract asks for it. A made-up payment scheme rewards it.",
		LeadID: m.networks[m.in.Networks[0].Code],
		Budget: rollout.Budget{Pounds: 450000, EndsOn: date(last.End()), After: "Sites pay from what the made-up payment scheme gives them."},
	}
	return rollout.InsertProgramme(ctx, m.db, m.programme)
}

func (m *madeUp) insertNetworks(ctx context.Context) error {
	for _, n := range m.in.Networks {
		id := db.NewID()
		m.networks[n.Code] = id
		err := network.InsertMember(ctx, m.db, network.Member{ID: id, Code: n.Code, Name: n.Name, MadeUp: true, Source: madeUpSource})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertSites(ctx context.Context) error {
	for i, s := range m.in.Sites {
		site := network.Site{
			ID: db.NewID(), Key: int64(i + 1), Code: s.Code, Name: s.Name, MadeUp: true, SizeBand: s.SizeBand,
			DeprivationFifth: s.DeprivationFifth, Setting: s.Setting, ValidFrom: date(s.Opened), ValidTo: date(s.Closed),
		}
		m.sites[s.Code] = site
		if err := network.InsertSite(ctx, m.db, site); err != nil {
			return err
		}
	}
	for _, s := range m.in.Sites {
		if s.Closed.IsZero() {
			continue
		}
		kind := network.Closure
		if s.Successor != "" {
			kind = network.Merger
		}
		err := network.InsertSuccession(ctx, m.db, network.Succession{
			ID: m.sites[s.Code].ID, SuccessorID: m.sites[s.Successor].ID, Kind: kind, HappenedOn: date(s.Closed), Reason: s.ClosingReason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertMemberships(ctx context.Context) error {
	for _, membership := range m.in.Memberships {
		m.patches[membership.Site] = append(m.patches[membership.Site], membership)
		err := network.InsertMembership(ctx, m.db, network.Membership{
			SiteID: m.sites[membership.Site].ID, UnitID: m.networks[membership.Network],
			ValidFrom: date(membership.From), ValidTo: date(membership.To),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// networkOn answers the code of the network that a site belongs to on a day.
func (m *madeUp) networkOn(site string, day time.Time) (string, bool) {
	for _, membership := range m.patches[site] {
		if !day.Before(membership.From) && (membership.To.IsZero() || day.Before(membership.To)) {
			return membership.Network, true
		}
	}
	return "", false
}

// insertEligible adds each site to the rollout of the network that it was in
// when it became eligible.
func (m *madeUp) insertEligible(ctx context.Context) error {
	readiness := map[string]string{}
	for _, s := range m.in.Sites {
		readiness[s.Code] = s.Readiness
	}
	for _, e := range m.in.Eligibilities {
		code, ok := m.networkOn(e.Site, e.First.End())
		if !ok {
			return fmt.Errorf("site %s is eligible in %s but belongs to no network", e.Site, e.First.Label())
		}
		site := rollout.Site{
			RolloutID: m.rollouts[code], SiteID: m.sites[e.Site].ID, EligibleFrom: date(e.First.Start()),
			Reason: strings.TrimSpace(e.StartReason + " " + e.EndReason), Readiness: readiness[e.Site],
		}
		if !e.Last.IsZero() {
			site.EligibleTo = date(e.Last.Next().Start())
		}
		if err := rollout.InsertSite(ctx, m.db, site); err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertChampions(ctx context.Context) error {
	for _, c := range m.in.Champions {
		err := rollout.InsertChampion(ctx, m.db, rollout.Champion{
			ProgrammeID: m.programme.ID, SiteID: m.sites[c.Site].ID, Role: c.Role, Deputy: c.Deputy,
			ServesFrom: date(c.From), ServesTo: date(c.To), LeavingReason: c.LeavingReason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
