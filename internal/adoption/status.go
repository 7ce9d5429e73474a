package adoption

import (
	"context"
	"slices"
	"time"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Status is how a programme's returns came, a period of each collection.
type Status struct {
	Programme   rollout.Programme
	AsOf        string // ISO date
	MembersOpen bool   // whether the reader may see members at all
	Collections []CollectionStatus
}

// CollectionStatus is how the returns of one period came.
type CollectionStatus struct {
	Collection Collection
	Periods    []period.Period // those to choose from, newest first
	Period     period.Period
	DueOn      string // ISO date
	Total      ReturnCount
	Members    []MemberStatus // alphabetical; those that the reader may see
	Owing      []Owing        // missing and late, of the sites that the reader may see
	Own        []OwnReturn    // of the sites that the reader holds a role for
}

// MemberStatus is how a member's returns came, and what the reader may do next.
type MemberStatus struct {
	ID, Code, Name string
	Count          ReturnCount
	Approval       *Approval // the one that stands
	MayEnter       bool
	MayApprove     bool
	MayReopen      bool
}

// OwnReturn is the return of a site that the reader holds a role for.
type OwnReturn struct {
	SiteCode, SiteName      string
	SubmittedOn, CompleteOn string
	MayEnter                bool
}

// Owing is a return that is missing, not complete, or came late.
type Owing struct {
	MemberID, MemberCode, MemberName string
	SiteID, SiteCode, SiteName       string
	SubmittedOn, CompleteOn          string // ISO dates; empty where it did not come
	DaysLate                         int    // up to the day it was complete, or today; 0 while it is not due
	WhyMissing                       string
	LastPeriod                       period.Period // the last before this one with a value; zero for none
	LastSentOn                       string
	LastSentBy                       string   // code of the site that sent it, where that was another
	Champions                        []string // the roles that serve at the site now
}

// Missing tells whether nothing came at all.
func (o Owing) Missing() bool { return o.SubmittedOn == "" }

// Late tells whether it came complete, and after it was due.
func (o Owing) Late() bool { return o.CompleteOn != "" }

// StatusChoice is which period of one collection to show. Others show the last
// that has ended.
type StatusChoice struct {
	Collection string
	Period     period.Period
}

// ReturnStatus answers how a programme's returns came. A reader who may not
// see members gets the total and the sites that they hold a role for.
func (s *Service) ReturnStatus(ctx context.Context, actor policy.Actor, programme string, choice StatusChoice) (Status, error) {
	if !policy.Can(actor, policy.ViewTotalRate) {
		return Status{}, s.desk.Read(ctx, actor, policy.ViewTotalRate, policy.Object{})
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, programme)
	if err := s.desk.Read(ctx, actor, policy.ViewTotalRate, p.Object()); err != nil {
		return Status{}, err
	}
	if missing != nil {
		return Status{}, missing
	}
	status := Status{Programme: p, AsOf: s.today()}
	collections, err := CollectionsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return Status{}, err
	}
	status.MembersOpen = policy.Allow(actor, policy.ViewMemberRates, p.Object()) == nil
	for _, c := range collections {
		one, err := s.collectionStatus(ctx, actor, p, c, choice)
		if err != nil {
			return Status{}, err
		}
		status.MembersOpen = status.MembersOpen || len(one.Members) > 0
		status.Collections = append(status.Collections, one)
	}
	return status, nil
}

func (s *Service) collectionStatus(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, choice StatusChoice) (CollectionStatus, error) {
	status := CollectionStatus{Collection: c}
	var err error
	if status.Periods, err = s.periodsOf(ctx, c); err != nil || len(status.Periods) == 0 {
		return status, err
	}
	status.Period = status.Periods[0]
	if choice.Collection == c.Code && !choice.Period.IsZero() {
		if !slices.Contains(status.Periods, choice.Period) {
			return status, fault.NotFound("%s has no returns for %s.", c.Name, choice.Period.Label())
		}
		status.Period = choice.Period
	}
	status.DueOn = c.DueOn(status.Period)
	if status.Total, err = readReturnCount(ctx, s.desk.DB, c, wholeProgramme, status.Period); err != nil {
		return status, err
	}
	if status.Members, err = s.memberStatuses(ctx, actor, p, c, status.Period); err != nil {
		return status, err
	}
	if status.Owing, err = s.owing(ctx, actor, p, c, status.Period, 0); err != nil {
		return status, err
	}
	status.Own, err = s.ownReturns(ctx, actor, p, c, status.Period)
	return status, err
}

// periodsOf lists the periods that have ended and are asked for or have a list
// of sites, newest first.
func (s *Service) periodsOf(ctx context.Context, c Collection) ([]period.Period, error) {
	periods, err := listedPeriods(ctx, s.desk.DB, c)
	if err != nil {
		return nil, err
	}
	if latest, ok := c.Latest(s.desk.Now()); ok && !slices.Contains(periods, latest) {
		periods = append(periods, latest)
	}
	slices.SortFunc(periods, func(a, b period.Period) int { return period.Compare(b, a) })
	return periods, nil
}

func (s *Service) memberStatuses(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, at period.Period) ([]MemberStatus, error) {
	all, err := readMemberStatuses(ctx, s.desk.DB, c, at)
	if err != nil {
		return nil, err
	}
	approvals, err := approvalsOf(ctx, s.desk.DB, c, "")
	if err != nil {
		return nil, err
	}
	var open []MemberStatus
	for _, m := range all {
		may := func(action policy.Action) bool {
			return policy.Allow(actor, action, memberObject(p, m.ID)) == nil
		}
		if !may(policy.ViewMemberRates) {
			continue
		}
		m.Approval = standingOf(approvals, at, m.ID)
		m.MayEnter = may(policy.SubmitReturns) && (m.Approval == nil || may(policy.RestateReturns))
		m.MayApprove = may(policy.ApproveReturns) && m.Approval == nil
		m.MayReopen = may(policy.ReopenReturns) && m.Approval != nil
		open = append(open, m)
	}
	return open, nil
}

// standingOf answers the approval of a member's figures that holds.
func standingOf(approvals []Approval, at period.Period, memberID string) *Approval {
	i := slices.IndexFunc(approvals, func(a Approval) bool {
		return a.Stands() && a.Period == at && a.MemberID == memberID
	})
	if i < 0 {
		return nil
	}
	return &approvals[i]
}

// owing lists what is missing or late of the sites that the actor may see, of
// one unit alone where its key is given.
func (s *Service) owing(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, at period.Period, unitKey int64) ([]Owing, error) {
	if !policy.Can(actor, policy.ViewSiteLevels) {
		return nil, nil
	}
	all, err := readOwing(ctx, s.desk.DB, c, at, unitKey)
	if err != nil {
		return nil, err
	}
	open := all[:0]
	due := c.DueOn(at)
	for _, o := range all {
		if policy.Allow(actor, policy.ViewSiteLevels, policy.Object{Programme: p.ID, Member: o.MemberID, Site: o.SiteID}) != nil {
			continue
		}
		o.DaysLate = daysLate(due, o.CompleteOn, s.desk.Now())
		open = append(open, o)
	}
	return open, addChampions(ctx, s.desk.DB, p.ID, s.today(), open)
}

// daysLate counts the days from the due day to the day on which the return was
// complete, or to now while it is not.
func daysLate(due, completeOn string, now time.Time) int {
	from, err := time.Parse(time.DateOnly, due)
	if err != nil {
		return 0
	}
	to := now.UTC().Truncate(24 * time.Hour)
	if completeOn != "" {
		if to, err = time.Parse(time.DateOnly, completeOn); err != nil {
			return 0
		}
	}
	return max(int(to.Sub(from).Hours()/24), 0)
}

func (s *Service) ownReturns(ctx context.Context, actor policy.Actor, p rollout.Programme, c Collection, at period.Period) ([]OwnReturn, error) {
	sites, err := s.ownSites(ctx, actor, p)
	if err != nil {
		return nil, err
	}
	var own []OwnReturn
	for _, site := range sites {
		found, err := formSites(ctx, s.desk.DB, c, at, 0, site.Key)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			own = append(own, OwnReturn{
				SiteCode: f.Code, SiteName: f.Name, SubmittedOn: f.SubmittedOn, CompleteOn: f.CompleteOn,
				MayEnter: policy.Allow(actor, policy.SubmitReturns, siteObject(p, f.memberID, f.siteID)) == nil,
			})
		}
	}
	return own, nil
}

func siteObject(p rollout.Programme, memberID, siteID string) policy.Object {
	object := p.Object()
	object.Member, object.Site = memberID, siteID
	return object
}

// memberNames answers the members by id.
func memberNames(members []network.Member) map[string]network.Member {
	byID := map[string]network.Member{}
	for _, m := range members {
		byID[m.ID] = m
	}
	return byID
}
