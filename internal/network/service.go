package network

import (
	"context"

	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of the members.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// MemberFacts is a member with what sources say about it.
type MemberFacts struct {
	Member
	Orientations []Orientation
	People       int // staff interviewed; 0 when no source gives a number
}

// Directory is the members and their staff, as one page shows them.
type Directory struct {
	Members []MemberFacts // alphabetical by name
	Roles   []RoleStaff   // alphabetical by role
}

// Directory answers all members, alphabetically, with orientation and staff.
func (s *Service) Directory(ctx context.Context, actor policy.Actor) (Directory, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewMembers, policy.Object{}); err != nil {
		return Directory{}, err
	}
	members, err := ListMembers(ctx, s.desk.DB)
	if err != nil {
		return Directory{}, err
	}
	orientations, err := listOrientations(ctx, s.desk.DB)
	if err != nil {
		return Directory{}, err
	}
	staff, err := listMemberStaff(ctx, s.desk.DB)
	if err != nil {
		return Directory{}, err
	}
	roles, err := listRoleStaff(ctx, s.desk.DB)
	return Directory{Members: join(members, orientations, staff), Roles: roles}, err
}

func join(members []Member, orientations []Orientation, staff map[string]int) []MemberFacts {
	byMember := map[string][]Orientation{}
	for _, o := range orientations {
		byMember[o.MemberID] = append(byMember[o.MemberID], o)
	}
	facts := make([]MemberFacts, len(members))
	for i, m := range members {
		facts[i] = MemberFacts{Member: m, Orientations: byMember[m.ID], People: staff[m.ID]}
	}
	return facts
}
