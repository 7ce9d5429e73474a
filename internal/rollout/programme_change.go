package rollout

import (
	"context"
	"strings"

	"sir/internal/audit"
	"sir/internal/network"
	"sir/internal/policy"
)

// ProgrammeView is a programme with what the reader may see of it and do to it.
type ProgrammeView struct {
	Programme
	Rollouts  []Rollout // those that the reader may see, by name of the member
	Members   []network.Member
	Today     string
	MayChange bool
	MayAdd    bool // a rollout
}

// Programmes answers all programmes to those who may see them, by name.
func (s *Service) Programmes(ctx context.Context, actor policy.Actor) ([]Programme, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewProgrammes, policy.Object{}); err != nil {
		return nil, err
	}
	return ListProgrammes(ctx, s.desk.DB)
}

// Programme answers a programme to those who may see it.
func (s *Service) Programme(ctx context.Context, actor policy.Actor, code string) (ProgrammeView, error) {
	return s.programme(ctx, actor, policy.ViewProgrammes, code)
}

// EditingProgramme is Programme for those who may change it.
func (s *Service) EditingProgramme(ctx context.Context, actor policy.Actor, code string) (ProgrammeView, error) {
	return s.programme(ctx, actor, policy.ChangeProgramme, code)
}

func (s *Service) programme(ctx context.Context, actor policy.Actor, action policy.Action, code string) (ProgrammeView, error) {
	p, err := s.findProgramme(ctx, actor, action, code)
	if err != nil {
		return ProgrammeView{}, err
	}
	v := ProgrammeView{Programme: p, Today: s.today(), MayChange: policy.Allow(actor, policy.ChangeProgramme, p.Object()) == nil}
	all, err := listByProgramme(ctx, s.desk.DB, p.ID)
	if err != nil {
		return ProgrammeView{}, err
	}
	v.Rollouts = visible(actor, all)
	if v.Members, err = network.ListMembers(ctx, s.desk.DB); err != nil {
		return ProgrammeView{}, err
	}
	if policy.Can(actor, policy.ChangeRollout) {
		o, err := s.Opening(ctx, actor, code)
		if err != nil {
			return ProgrammeView{}, err
		}
		v.MayAdd = len(o.Members) > 0
	}
	return v, nil
}

// findProgramme answers a programme to those who may do the action to it. One
// that is not there is refused like one that is closed.
func (s *Service) findProgramme(ctx context.Context, actor policy.Actor, action policy.Action, code string) (Programme, error) {
	if !policy.Can(actor, action) {
		return Programme{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	p, missing := ProgrammeByCode(ctx, s.desk.DB, code)
	if err := s.desk.Read(ctx, actor, action, p.Object()); err != nil {
		return Programme{}, err
	}
	return p, missing
}

// ChangeProgramme changes what people wrote about a programme, unless somebody
// else changed it since the version.
func (s *Service) ChangeProgramme(ctx context.Context, actor policy.Actor, code string, version int64, in Programme) error {
	seen, err := s.findProgramme(ctx, actor, policy.ChangeProgramme, code)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.ChangeProgramme, seen.Object(), func(ctx context.Context) (audit.Note, error) {
		p, err := ProgrammeByCode(ctx, s.desk.DB, code)
		if err != nil {
			return audit.Note{}, err
		}
		changed := p.described(in)
		if err := s.judge(ctx, changed); err != nil {
			return audit.Note{}, err
		}
		return audit.Note{Object: p.Object().String(), Detail: map[string]string{
			"programme": p.Code, "changed": changed.text(), "before": p.text(),
		}}, updateProgramme(ctx, s.desk.DB, changed, version)
	})
}

// judge answers what is wrong with a programme, its lead among it.
func (s *Service) judge(ctx context.Context, p Programme) error {
	wrong := p.faults()
	members, err := network.ListMembers(ctx, s.desk.DB)
	if err != nil {
		return err
	}
	known := p.LeadID == ""
	for _, m := range members {
		known = known || m.ID == p.LeadID
	}
	if !known {
		wrong.Add("lead", "Choose who leads it.")
	}
	return wrong.Err()
}

// text is what people wrote in one line, for the audit trail.
func (p Programme) text() string {
	return strings.Join([]string{
		p.Name, p.Summary, p.Level, p.LeadID, p.Mandate, p.MandateNote, p.AnnouncedOn, p.StartsOn, p.EndsOn, p.Budget.text(),
	}, "; ")
}
