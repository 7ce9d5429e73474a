package adoption

import (
	"context"
	"slices"

	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// qualityPeriods is how many periods a look at the quality of data goes back.
const qualityPeriods = 8

// Quality is what is to be known, and to be mended, about the data of a
// programme over its last periods.
type Quality struct {
	Programme   rollout.Programme
	AsOf        string // ISO date
	Collections []CollectionQuality
}

// CollectionQuality is the quality of one collection's data. What names single
// sites is limited to those that the reader may see.
type CollectionQuality struct {
	Collection   Collection
	Periods      []period.Period // the last ones, oldest first
	Measures     []Measure
	Members      []MemberQuality // alphabetical; those that the reader may see
	Restated     []RestatedPeriod
	Fallen       []Fallen
	Constant     []Constant
	NeverCame    []NeverCame
	Unapproved   []Unapproved
	SitesVisible bool
}

// MemberQuality is how a member's returns came, one count a period.
type MemberQuality struct {
	ID, Code, Name string
	Counts         []ReturnCount
}

// RestatedPeriod is what corrections did to a period of one member.
type RestatedPeriod struct {
	Member        network.Member
	Period        period.Period
	Cells         int // corrections of the period's values
	AfterApproval int // those of them that came after the figures were approved
	Adopted       int // sites that count as adopted by them, less those that no longer do
	Eligible      int
}

// Points is by how many percentage points the corrections moved the rate.
func (r RestatedPeriod) Points() float64 {
	points, _ := share(r.Adopted, r.Eligible)
	return points
}

// SiteOf names a site and the member it counts under.
type SiteOf struct {
	MemberID, MemberCode, MemberName string
	SiteID, SiteCode, SiteName       string
}

// Fallen is a site whose level fell from one period to the next.
type Fallen struct {
	SiteOf
	Measure  string // name
	Period   period.Period
	From, To int64
}

// Constant is a count that a site gave without any change, over periods.
type Constant struct {
	SiteOf
	Measure string
	Value   int64
	Periods int
	Last    period.Period
}

// NeverCame is a site that was asked in several periods and never sent a value.
type NeverCame struct {
	SiteOf
	Periods int // in which it was asked
	Last    period.Period
	Why     string // as given for the last of them
}

// Unapproved is a member's figures of a period that are due and not approved.
type Unapproved struct {
	MemberID, MemberCode, MemberName string
	Period                           period.Period
	Count                            ReturnCount
	MayApprove                       bool
}

// The fewest periods that tell something: a count that stays the same so long,
// or a site that is asked so often and never answers.
const (
	fewestConstant = 4
	fewestAsked    = 2
)

// DataQuality answers what is to be known and mended about a programme's data.
func (s *Service) DataQuality(ctx context.Context, actor policy.Actor, programme string) (Quality, error) {
	if !policy.Can(actor, policy.ViewMemberRates) {
		return Quality{}, s.desk.Read(ctx, actor, policy.ViewMemberRates, policy.Object{})
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, programme)
	members, err := s.membersOpen(ctx, actor, p)
	if err != nil {
		return Quality{}, err
	}
	if len(members) == 0 {
		if err := s.desk.Read(ctx, actor, policy.ViewMemberRates, p.Object()); err != nil {
			return Quality{}, err
		}
	}
	if missing != nil {
		return Quality{}, missing
	}
	collections, err := CollectionsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return Quality{}, err
	}
	quality := Quality{Programme: p, AsOf: s.today()}
	for _, c := range collections {
		one, err := s.collectionQuality(ctx, actor, p, c, members)
		if err != nil {
			return Quality{}, err
		}
		quality.Collections = append(quality.Collections, one)
	}
	return quality, nil
}

// membersOpen answers the members whose figures in the programme the actor may
// see, by id.
func (s *Service) membersOpen(ctx context.Context, actor policy.Actor, p rollout.Programme) (map[string]network.Member, error) {
	all, err := network.ListMembers(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	return memberNames(slices.DeleteFunc(all, func(m network.Member) bool {
		return policy.Allow(actor, policy.ViewMemberRates, memberObject(p, m.ID)) != nil
	})), nil
}

func (s *Service) collectionQuality(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, members map[string]network.Member) (CollectionQuality, error) {
	q := CollectionQuality{Collection: c}
	newest, err := s.periodsOf(ctx, c)
	if err != nil || len(newest) == 0 {
		return q, err
	}
	q.Periods = newest[:min(len(newest), qualityPeriods)]
	slices.Reverse(q.Periods)
	if q.Measures, err = measuresIn(ctx, s.desk.DB, c); err != nil {
		return q, err
	}
	reader := qualityReader{s.desk.DB, c, q.Periods, func(o SiteOf) bool {
		return policy.Allow(actor, policy.ViewSiteLevels, policy.Object{Programme: p.ID, Member: o.MemberID, Site: o.SiteID}) == nil
	}}
	if q.Members, err = reader.members(ctx, members); err != nil {
		return q, err
	}
	if q.Restated, err = reader.restated(ctx, members); err != nil {
		return q, err
	}
	if q.Unapproved, err = s.unapproved(ctx, actor, p, c, q); err != nil {
		return q, err
	}
	if q.SitesVisible = policy.Can(actor, policy.ViewSiteLevels); !q.SitesVisible {
		return q, nil
	}
	return q, reader.sites(ctx, &q)
}

// unapproved lists the figures that are due and that nobody approved.
func (s *Service) unapproved(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, q CollectionQuality) ([]Unapproved, error) {
	approvals, err := approvalsOf(ctx, s.desk.DB, c, "")
	if err != nil {
		return nil, err
	}
	var open []Unapproved
	for i, at := range q.Periods {
		for _, m := range q.Members {
			n := m.Counts[i]
			if n.Expected == 0 || c.DueOn(at) >= s.today() || standingOf(approvals, at, m.ID) != nil {
				continue
			}
			open = append(open, Unapproved{
				m.ID, m.Code, m.Name, at, n, policy.Allow(actor, policy.ApproveReturns, memberObject(p, m.ID)) == nil,
			})
		}
	}
	return open, nil
}
