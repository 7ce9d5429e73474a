package adoption

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// TargetList is the targets of a programme: its national ones and those of the
// members that the reader may see.
type TargetList struct {
	Programme      rollout.Programme
	National       []KeptTarget
	Members        []MemberTargets // alphabetical
	MaySetNational bool
	Published      bool // the programme's rates are published ones
}

// MemberTargets are one member's own targets.
type MemberTargets struct {
	Member  network.Member
	Targets []KeptTarget
	MaySet  bool
}

// KeptTarget is a target that stands, or that stood.
type KeptTarget struct {
	Target
	WithdrawnOn string // ISO date; empty while it stands
}

// TargetsOf answers the targets of a programme, by date.
func (s *Service) TargetsOf(ctx context.Context, actor policy.Actor, programme string) (TargetList, error) {
	if !policy.Can(actor, policy.ViewTotalRate) {
		return TargetList{}, s.desk.Read(ctx, actor, policy.ViewTotalRate, policy.Object{})
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, programme)
	if err := s.desk.Read(ctx, actor, policy.ViewTotalRate, p.Object()); err != nil {
		return TargetList{}, err
	}
	if missing != nil {
		return TargetList{}, missing
	}
	all, err := keptTargets(ctx, s.desk.DB, p.ID)
	if err != nil {
		return TargetList{}, err
	}
	members, err := network.ListMembers(ctx, s.desk.DB)
	if err != nil {
		return TargetList{}, err
	}
	published, err := hasPublished(ctx, s.desk.DB, p.ID)
	if err != nil {
		return TargetList{}, err
	}
	list := TargetList{
		Programme: p, National: all[""], Published: published,
		MaySetNational: policy.Allow(actor, policy.SetNationalTarget, p.Object()) == nil,
	}
	for _, m := range members {
		object := memberObject(p, m.ID)
		maySet := policy.Allow(actor, policy.SetLocalTarget, object) == nil && s.takesPart(ctx, p, m)
		if policy.Allow(actor, policy.ViewMemberRates, object) == nil && (maySet || len(all[m.ID]) > 0) {
			list.Members = append(list.Members, MemberTargets{m, all[m.ID], maySet})
		}
	}
	return list, nil
}

// takesPart tells whether a member has figures in the programme.
func (s *Service) takesPart(ctx context.Context, p rollout.Programme, m network.Member) bool {
	n, err := periodsCounted(ctx, s.desk.DB, p.ID, m.Key)
	return err == nil && n > 0
}

// AddNationalTarget adds a target of the whole programme.
func (s *Service) AddNationalTarget(ctx context.Context, actor policy.Actor, programme string, t Target) error {
	p, err := s.programmeFor(ctx, actor, policy.SetNationalTarget, programme)
	if err != nil {
		return err
	}
	t.UnitID = ""
	return s.desk.Write(ctx, actor, policy.SetNationalTarget, p.Object(), func(ctx context.Context) (audit.Note, error) {
		return s.addTarget(ctx, p, p.Object(), t)
	})
}

// AddLocalTarget adds a target of one member, which takes the place of the
// national ones for it.
func (s *Service) AddLocalTarget(ctx context.Context, actor policy.Actor, programme, member string, t Target) error {
	p, err := s.programmeFor(ctx, actor, policy.SetLocalTarget, programme)
	if err != nil {
		return err
	}
	m, err := network.MemberByCode(ctx, s.desk.DB, member)
	if err != nil {
		return err
	}
	t.UnitID = m.ID
	object := memberObject(p, m.ID)
	return s.desk.Write(ctx, actor, policy.SetLocalTarget, object, func(ctx context.Context) (audit.Note, error) {
		return s.addTarget(ctx, p, object, t)
	})
}

// programmeFor answers the programme that a code names to those who may do the
// action to something.
func (s *Service) programmeFor(ctx context.Context, actor policy.Actor, action policy.Action, code string) (rollout.Programme, error) {
	if !policy.Can(actor, action) {
		return rollout.Programme{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	return rollout.ProgrammeByCode(ctx, s.desk.DB, code)
}

func (s *Service) addTarget(ctx context.Context, p rollout.Programme, object policy.Object, t Target) (audit.Note, error) {
	wrong := t.faults(s.today())
	standing, err := targetsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return audit.Note{}, err
	}
	if slices.ContainsFunc(standing, func(o Target) bool { return o.UnitID == t.UnitID && o.StartsOn == t.StartsOn }) {
		wrong.Add("starts-on", "There is a target from that date already. Withdraw it first, or choose another date.")
	}
	if err := wrong.Err(); err != nil {
		return audit.Note{}, err
	}
	t.Source = "agreed by " + t.AgreedBy
	return t.note(p, object, "added"), InsertTarget(ctx, s.desk.DB, p.ID, t)
}

// longestAgreedBy bounds the words on who agreed a target.
const longestAgreedBy = 120

// faults lists what is wrong with a target, by field of the form.
func (t Target) faults(today string) (wrong fault.Fields) {
	if t.Percent < 1 || t.Percent > 100 {
		wrong.Add("percent", "Enter a whole number from 1 to 100.")
	}
	if !t.Inclusive && t.Percent == 100 {
		wrong.Add("inclusive", "No rate is more than 100%%. Choose at least, or a lower rate.")
	}
	if !isDate(t.StartsOn) {
		wrong.Add("starts-on", "Enter the date from which the target holds, such as 1 4 2027.")
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(t.AgreedBy)); {
	case n == 0:
		wrong.Add("agreed-by", "Say who agreed the target.")
	case n > longestAgreedBy:
		wrong.Add("agreed-by", "Say in at most %d characters who agreed the target.", longestAgreedBy)
	}
	switch {
	case !isDate(t.AgreedOn):
		wrong.Add("agreed-on", "Enter the date on which the target was agreed, such as 27 3 2026.")
	case t.AgreedOn > today:
		wrong.Add("agreed-on", "The target cannot have been agreed after today.")
	}
	return wrong
}

func isDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1990 && day.Year() < 2200
}

func (t Target) note(p rollout.Programme, object policy.Object, what string) audit.Note {
	return audit.Note{Object: object.String(), Detail: map[string]string{
		"programme": p.Code, "target": fmt.Sprintf("%s %s %d%% from %s", what, t.Sign(), t.Percent, t.StartsOn), "agreed by": t.AgreedBy,
	}}
}

// WithdrawNationalTarget takes a target of the whole programme back. It is
// kept, and shown as withdrawn.
func (s *Service) WithdrawNationalTarget(ctx context.Context, actor policy.Actor, programme, id string) error {
	p, err := s.programmeFor(ctx, actor, policy.SetNationalTarget, programme)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.SetNationalTarget, p.Object(), func(ctx context.Context) (audit.Note, error) {
		return s.withdraw(ctx, p, p.Object(), "", id)
	})
}

// WithdrawLocalTarget takes a member's target back.
func (s *Service) WithdrawLocalTarget(ctx context.Context, actor policy.Actor, programme, member, id string) error {
	p, err := s.programmeFor(ctx, actor, policy.SetLocalTarget, programme)
	if err != nil {
		return err
	}
	m, err := network.MemberByCode(ctx, s.desk.DB, member)
	if err != nil {
		return err
	}
	object := memberObject(p, m.ID)
	return s.desk.Write(ctx, actor, policy.SetLocalTarget, object, func(ctx context.Context) (audit.Note, error) {
		return s.withdraw(ctx, p, object, m.ID, id)
	})
}

func (s *Service) withdraw(ctx context.Context, p rollout.Programme, object policy.Object, unitID, id string) (audit.Note, error) {
	all, err := keptTargets(ctx, s.desk.DB, p.ID)
	if err != nil {
		return audit.Note{}, err
	}
	i := slices.IndexFunc(all[unitID], func(t KeptTarget) bool { return t.ID == id })
	if i < 0 {
		return audit.Note{}, fault.NotFound("There is no such target.")
	}
	t := all[unitID][i]
	if t.WithdrawnOn != "" {
		return audit.Note{}, fault.Stale("The target was withdrawn on %s already.", t.WithdrawnOn)
	}
	err = s.desk.DB.ExecOne(ctx, `UPDATE target SET withdrawn_on = $2 WHERE id = $1 AND withdrawn_on IS NULL`, id, s.today())
	return t.note(p, object, "withdrawn"), wrap("withdraw target", err)
}

// keptTargets answers all targets of a programme, also those withdrawn, by the
// id of the unit (empty for national ones) and by date.
func keptTargets(ctx context.Context, d *db.DB, programmeID string) (map[string][]KeptTarget, error) {
	byUnit := map[string][]KeptTarget{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var t KeptTarget
		err := row.Scan(&t.ID, (*db.Text)(&t.UnitID), &t.StartsOn, &t.Percent, &t.Inclusive, &t.AgreedBy, (*db.Text)(&t.AgreedOn), &t.Source, (*db.Text)(&t.WithdrawnOn))
		byUnit[t.UnitID] = append(byUnit[t.UnitID], t)
		return err
	}, `SELECT id, unit_id, starts_on, percent, inclusive, agreed_by, agreed_on, source, withdrawn_on FROM target
		WHERE programme_id = $1 ORDER BY starts_on, id`, programmeID)
	return byUnit, wrap("list targets", err)
}
