package adoption

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sir/internal/audit"
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
	Subjects       []TargetSubject
}

// TargetSubject is what a target can be of: a value of a measure.
type TargetSubject struct {
	Measure Measure
	Whole   Measure // of a proportion
	Basis   Basis
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
	subjects, err := s.targetSubjects(ctx, p, published)
	if err != nil {
		return TargetList{}, err
	}
	list := TargetList{
		Programme: p, National: all[""], Published: published, Subjects: subjects,
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

// targetSubjects lists what targets of a programme can be of, the adoption rate
// first. A count that is a part of another is read as a proportion, any other
// as a total or an average.
func (s *Service) targetSubjects(ctx context.Context, p rollout.Programme, published bool) ([]TargetSubject, error) {
	measures, err := s.measuresAt(ctx, place{programme: p, published: published})
	var subjects []TargetSubject
	for _, m := range measures {
		whole := measureKeyed(measures, m.PartOf)
		switch {
		case m.Purpose == ForAdoption && m.Kind == LevelMeasure:
			subjects = append([]TargetSubject{{Measure: m, Basis: RateBasis}}, subjects...)
		case m.Kind == LevelMeasure:
			subjects = append(subjects, TargetSubject{Measure: m, Basis: RateBasis})
		case whole.Key != 0:
			subjects = append(subjects, TargetSubject{Measure: m, Whole: whole, Basis: ShareBasis})
		default:
			subjects = append(subjects, TargetSubject{Measure: m, Basis: TotalBasis}, TargetSubject{Measure: m, Basis: EachBasis})
		}
	}
	return subjects, err
}

// about completes a target with what its measure says; without a measure it is
// of the adoption rate. What it can be of is refused as a fault of its field.
func (s *Service) about(ctx context.Context, p rollout.Programme, t Target) (Target, error) {
	published, err := hasPublished(ctx, s.desk.DB, p.ID)
	if err != nil {
		return t, err
	}
	subjects, err := s.targetSubjects(ctx, p, published)
	if err != nil {
		return t, err
	}
	t.Basis = cmp.Or(t.Basis, RateBasis)
	for _, o := range subjects {
		isRate := o.Measure.Purpose == ForAdoption && o.Basis == RateBasis
		if o.Basis != t.Basis || t.Measure != o.Measure.Code && (t.Measure != "" || !isRate) {
			continue
		}
		t.Direction = o.Measure.Direction
		t.Measure, t.Name, t.measureID = o.Measure.Code, o.Measure.Name, o.Measure.ID
		if isRate {
			t.Measure, t.Name, t.measureID, t.Direction = "", "", "", Increase
		}
		return t, nil
	}
	var wrong fault.Fields
	wrong.Add("measure", "Choose from the list what the target is of.")
	return t, wrong.Err()
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
	t, err := s.about(ctx, p, t)
	if err != nil {
		return audit.Note{}, err
	}
	wrong := t.faults(s.today())
	standing, err := targetsOf(ctx, s.desk.DB, p.ID)
	if err != nil {
		return audit.Note{}, err
	}
	if slices.ContainsFunc(standing, t.replaces) {
		wrong.Add("starts-on", "There is a target from that date already. Withdraw it first, or choose another date.")
	}
	if err := wrong.Err(); err != nil {
		return audit.Note{}, err
	}
	t.Source = "agreed by " + t.AgreedBy
	return t.note(p, object, "added"), insertTarget(ctx, s.desk.DB, p.ID, t)
}

// replaces tells whether two targets would hold for the same value of a unit
// from the same date.
func (t Target) replaces(o Target) bool {
	return o.UnitID == t.UnitID && o.Measure == t.Measure && o.Basis == t.Basis && o.OnPath == t.OnPath && o.StartsOn == t.StartsOn
}

// longestAgreedBy bounds the words on who agreed a target.
const longestAgreedBy = 120

// faults lists what is wrong with a target, by field of the form.
func (t Target) faults(today string) (wrong fault.Fields) {
	if problem := t.wrongValue(); problem != "" {
		wrong.Add("value", "%s", problem)
	}
	if t.InPercent() && t.Value == 100 && t.Sign() == ">" {
		wrong.Add("inclusive", "Nothing is more than 100%%. Choose that it is reached at its value, or a lower value.")
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

// mostTarget bounds the targets of counts.
const mostTarget = 1e9

// wrongValue says why a value can be no target; empty when it can. What should
// go up is not reached at nothing; what should go down may be.
func (t Target) wrongValue() string {
	least := t.Value > 0 || t.Value == 0 && t.Direction == Decrease
	switch {
	case t.Basis == RateBasis && (t.Value != math.Trunc(t.Value) || t.Value > 100 || !least):
		return "Enter a whole number from 1 to 100."
	case t.Basis == ShareBasis && (t.Value > 100 || !least || !inTenths(t.Value)):
		return "Enter a percentage up to 100, with at most one decimal, such as 92.5."
	case t.Basis == TotalBasis && (t.Value != math.Trunc(t.Value) || t.Value > mostTarget || !least):
		return "Enter a whole number, such as 1200."
	case t.Basis == EachBasis && (t.Value > mostTarget || !least || !inTenths(t.Value)):
		return "Enter a number with at most one decimal, such as 12.5."
	}
	return ""
}

func inTenths(v float64) bool { return math.Round(10*v) == 10*v }

func isDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1990 && day.Year() < 2200
}

func (t Target) note(p rollout.Programme, object policy.Object, what string) audit.Note {
	return audit.Note{Object: object.String(), Detail: map[string]string{
		"programme": p.Code, "agreed by": t.AgreedBy,
		"target": fmt.Sprintf("%s: %s %s %s %s %s", what, t.subject(), t.Sign(), t.Figure(), map[bool]string{true: "on", false: "from"}[t.OnPath], t.StartsOn),
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
