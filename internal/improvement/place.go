package improvement

import (
	"context"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Place is where improvement work is done: a programme as a whole, or one of
// its members.
type Place struct {
	Programme rollout.Programme
	Member    *network.Member // nil for the programme
}

// Object is the place as policy sees it.
func (p Place) Object() policy.Object {
	object := p.Programme.Object()
	object.Member = p.unitID()
	return object
}

func (p Place) unitID() string {
	if p.Member == nil {
		return ""
	}
	return p.Member.ID
}

// Words name the place for the audit trail.
func (p Place) Words() string {
	if p.Member == nil {
		return "shared by the programme"
	}
	return "of " + p.Member.Name
}

// Address names a place by codes; an empty Member is the programme.
type Address struct{ Programme, Member string }

// place answers the place that codes name, to those who may do the action
// there. What is not there is refused like what is closed to those who may not
// see all. Whoever may see the work of anybody in a programme may also see
// what the programme shares.
func (s *Service) place(ctx context.Context, actor policy.Actor, action policy.Action, at Address) (Place, error) {
	if !policy.Can(actor, action) {
		return Place{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, at.Programme)
	place := Place{Programme: p}
	if missing == nil && at.Member != "" {
		var m network.Member
		m, missing = memberIn(ctx, s.desk.DB, p, at.Member)
		place.Member = &m
	}
	object := place.Object()
	if missing == nil && at.Member == "" && action == policy.ViewImprovement {
		opened, err := s.opening(ctx, actor, p)
		if err != nil {
			return Place{}, err
		}
		object = opened
	}
	if err := s.desk.Read(ctx, actor, action, object); err != nil {
		return Place{}, err
	}
	return place, missing
}

// opening answers the object by which the actor may see what a programme
// shares: the programme, or a member or site of theirs that takes part in it.
func (s *Service) opening(ctx context.Context, actor policy.Actor, p rollout.Programme) (policy.Object, error) {
	for _, grant := range actor.Grants {
		taking, err := takesPart(ctx, s.desk.DB, p.ID, grant.Member, grant.Site)
		if err != nil {
			return policy.Object{}, err
		}
		object := p.Object()
		object.Member, object.Site = taking.member, taking.site
		if policy.Allow(actor, policy.ViewImprovement, object) == nil {
			return object, nil
		}
	}
	return p.Object(), nil
}

// taking is a member and a site that take part in a programme; empty where
// they do not.
type taking struct{ member, site string }

func takesPart(ctx context.Context, d *db.DB, programmeID, memberID, siteID string) (taking, error) {
	var found taking
	err := d.Row(ctx, `SELECT
			(SELECT min(member_id) FROM rollout WHERE programme_id = $1 AND member_id = $2),
			(SELECT min(e.site_id) FROM rollout r JOIN rollout_site e ON e.rollout_id = r.id WHERE r.programme_id = $1 AND e.site_id = $3)`,
		programmeID, memberID, siteID).Scan((*db.Text)(&found.member), (*db.Text)(&found.site))
	return found, wrap("look who takes part", err)
}

// memberIn answers a member that takes part in the programme, or ErrNotFound.
func memberIn(ctx context.Context, d *db.DB, p rollout.Programme, code string) (network.Member, error) {
	m, err := network.MemberByCode(ctx, d, code)
	if err != nil {
		return m, err
	}
	found, err := takesPart(ctx, d, p.ID, m.ID, "")
	if err == nil && found.member == "" {
		err = fault.NotFound("%s takes no part in %s.", m.Name, p.Name)
	}
	return m, err
}

// membersIn answers the members that take part in a programme, alphabetically.
func membersIn(ctx context.Context, d *db.DB, programmeID string) ([]network.Member, error) {
	all, err := network.ListMembers(ctx, d)
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	err = d.Each(ctx, func(row db.Scanner) error {
		var id string
		err := row.Scan(&id)
		in[id] = true
		return err
	}, `SELECT member_id FROM rollout WHERE programme_id = $1`, programmeID)
	var members []network.Member
	for _, m := range all {
		if in[m.ID] {
			members = append(members, m)
		}
	}
	return members, wrap("list members that take part", err)
}
