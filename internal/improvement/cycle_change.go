package improvement

import (
	"context"
	"slices"
	"strings"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// CycleView is one cycle with its place in a ramp.
type CycleView struct {
	Place
	Cycle
	Today       string
	Numbers     map[string]int // of each cycle in its ramp, see Numbers
	Ramp        []Cycle        // the member's cycles of the same idea that the reader may see, by start
	IdeaRemoved bool           // the idea stands in no diagram any more
	Choices     Choices
	MayWork     bool
	MemberOpen  bool // the reader may see all of the member's work
}

// Cycle answers one cycle of a member.
func (s *Service) Cycle(ctx context.Context, actor policy.Actor, at Address, id string) (CycleView, error) {
	c, place, err := s.find(ctx, actor, at, id)
	if err != nil {
		return CycleView{}, err
	}
	v := CycleView{
		Place: place, Cycle: c, Today: s.today(), MayWork: policy.Allow(actor, policy.WorkOnImprovement, c.Object()) == nil,
		MemberOpen: policy.Allow(actor, policy.ViewImprovement, place.Object()) == nil,
	}
	if v.Choices, err = s.choices(ctx, place); err != nil {
		return CycleView{}, err
	}
	_, standing := v.Choices.idea(c.DriverID)
	v.IdeaRemoved = c.DriverID != "" && !standing
	all, err := listCycles(ctx, s.desk.DB, place.Programme.ID, place.unitID())
	if err != nil {
		return CycleView{}, err
	}
	v.Numbers = Numbers(all)
	for _, other := range visible(actor, all) {
		if c.DriverID != "" && other.DriverID == c.DriverID {
			v.Ramp = append(v.Ramp, other)
		}
	}
	return v, nil
}

// find answers a cycle to those who may see it. One of a site is open to the
// site's own, to whom the member's work is closed: the cycle is looked up
// before anything is asked, and one that is not there is refused like the
// member's work.
func (s *Service) find(ctx context.Context, actor policy.Actor, at Address, id string) (Cycle, Place, error) {
	if !policy.Can(actor, policy.ViewImprovement) {
		return Cycle{}, Place{}, s.desk.Read(ctx, actor, policy.ViewImprovement, policy.Object{})
	}
	c, place, err := lookUp(ctx, s.desk.DB, at, id)
	if err != nil {
		return Cycle{}, Place{}, err
	}
	object := place.Object()
	object.Site = c.SiteID
	if err := s.desk.Read(ctx, actor, policy.ViewImprovement, object); err != nil {
		return Cycle{}, Place{}, err
	}
	return c, place, nil
}

func lookUp(ctx context.Context, d *db.DB, at Address, id string) (c Cycle, p Place, err error) {
	if p.Programme, err = rollout.ProgrammeByCode(ctx, d, at.Programme); err != nil {
		return c, p, err
	}
	m, err := memberIn(ctx, d, p.Programme, at.Member)
	if err != nil {
		return c, p, err
	}
	p.Member = &m
	all, err := listCycles(ctx, d, p.Programme.ID, m.ID)
	if err != nil {
		return c, p, err
	}
	i := slices.IndexFunc(all, func(c Cycle) bool { return c.ID == id })
	if i < 0 {
		return c, p, fault.NotFound("There is no such cycle.")
	}
	return all[i], p, nil
}

func (s *Service) choices(ctx context.Context, p Place) (c Choices, err error) {
	own, err := s.diagram(ctx, p, nil)
	if err != nil {
		return c, err
	}
	shared, err := s.diagram(ctx, Place{Programme: p.Programme}, nil)
	if err != nil {
		return c, err
	}
	c.Own, c.Shared = own.Ideas(), shared.Ideas()
	if c.Measures, err = listMeasures(ctx, s.desk.DB, p.Programme.ID); err != nil {
		return c, err
	}
	c.Sites, err = listSites(ctx, s.desk.DB, p.Programme.ID, p.unitID())
	return c, err
}

// Planning answers a member and what a plan of a cycle there can name.
func (s *Service) Planning(ctx context.Context, actor policy.Actor, at Address) (Place, Choices, error) {
	place, err := s.place(ctx, actor, policy.WorkOnImprovement, at)
	if err != nil {
		return place, Choices{}, err
	}
	c, err := s.choices(ctx, place)
	return place, c, err
}

// PlanCycle adds a cycle to a member, and answers its id.
func (s *Service) PlanCycle(ctx context.Context, actor policy.Actor, at Address, plan Plan) (id string, err error) {
	place, err := s.place(ctx, actor, policy.WorkOnImprovement, at)
	if err != nil {
		return "", err
	}
	id = db.NewID()
	return id, s.desk.Write(ctx, actor, policy.WorkOnImprovement, place.Object(), func(ctx context.Context) (audit.Note, error) {
		choices, err := s.choices(ctx, place)
		if err != nil {
			return audit.Note{}, err
		}
		if err := plan.faults(choices, s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		c := Cycle{ID: id, ProgrammeID: place.Programme.ID, UnitID: place.unitID(), MadeBy: rolesOf(actor)}
		plan.into(&c, choices)
		return c.note(place, "planned", c.Plan), InsertCycle(ctx, s.desk.DB, c)
	})
}

// rolesOf says who made a cycle without naming a person.
func rolesOf(actor policy.Actor) string {
	var words []string
	for _, role := range actor.Roles() {
		words = append(words, string(role))
	}
	if len(words) == 0 {
		return "SIR"
	}
	return strings.Join(words, ", ")
}

// note says what was done to a cycle, with the words of the step.
func (c Cycle) note(p Place, what, words string) audit.Note {
	return audit.Note{Object: c.Object().String(), Detail: map[string]string{
		"programme": p.Programme.Code, "cycle": c.Title, "step": what, "words": words,
	}}
}
