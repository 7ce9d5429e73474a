package improvement

import (
	"context"
	"slices"
	"time"

	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of improvement work.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// today is the ISO date of the desk's clock.
func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// View is the improvement work of a place, as far as the reader may see it.
type View struct {
	Place
	Today    string
	Diagram  Diagram
	Cycles   []Cycle // by start; of a programme those of all members that the reader may see
	Measures []Measure
	Members  []MemberWork // of a programme, those that the reader may see, alphabetically
	MayWork  bool
	MayCopy  bool // there is a shared diagram, and none of the member's own
}

// MemberWork says in short what a member has.
type MemberWork struct {
	Member network.Member
	Aim    string // empty where it has no diagram of its own
	Cycles []Cycle
}

// Look answers the improvement work of a place.
func (s *Service) Look(ctx context.Context, actor policy.Actor, at Address) (View, error) {
	place, err := s.place(ctx, actor, policy.ViewImprovement, at)
	if err != nil {
		return View{}, err
	}
	v := View{Place: place, Today: s.today(), MayWork: policy.Allow(actor, policy.WorkOnImprovement, place.Object()) == nil}
	if v.Measures, err = listMeasures(ctx, s.desk.DB, place.Programme.ID); err != nil {
		return View{}, err
	}
	all, err := listCycles(ctx, s.desk.DB, place.Programme.ID, place.unitID())
	if err != nil {
		return View{}, err
	}
	v.Cycles = visible(actor, all)
	if v.Diagram, err = s.diagram(ctx, place, v.Cycles); err != nil {
		return View{}, err
	}
	if place.Member == nil {
		v.Members, err = s.memberWork(ctx, actor, place, v.Cycles)
		return v, err
	}
	if v.MayWork && v.Diagram.Root == nil {
		shared, err := s.diagram(ctx, Place{Programme: place.Programme}, nil)
		v.MayCopy = shared.Root != nil
		return v, err
	}
	return v, nil
}

func (s *Service) diagram(ctx context.Context, p Place, cycles []Cycle) (Diagram, error) {
	drivers, err := listDrivers(ctx, s.desk.DB, p.Programme.ID, p.unitID())
	return diagramOf(drivers, cycles), err
}

func (s *Service) memberWork(ctx context.Context, actor policy.Actor, p Place, cycles []Cycle) (list []MemberWork, err error) {
	members, err := membersIn(ctx, s.desk.DB, p.Programme.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		own := Place{p.Programme, &m}
		if policy.Allow(actor, policy.ViewImprovement, own.Object()) != nil {
			continue
		}
		diagram, err := s.diagram(ctx, own, nil)
		if err != nil {
			return nil, err
		}
		work := MemberWork{Member: m}
		if diagram.Root != nil {
			work.Aim = diagram.Root.Text()
		}
		for _, c := range cycles {
			if c.UnitID == m.ID {
				work.Cycles = append(work.Cycles, c)
			}
		}
		list = append(list, work)
	}
	return list, nil
}

// CyclesOn answers the cycles that work on a measure, have begun and may be
// seen by the actor, by start, for a chart of the measure: of a member's unit,
// or with the key 0 of the whole programme. A plan is not among them, for
// nothing has happened yet. Who may see no improvement work at all is refused:
// ask policy.Can first.
func (s *Service) CyclesOn(ctx context.Context, actor policy.Actor, measureID string, unitKey int64) ([]Cycle, error) {
	if !policy.Can(actor, policy.ViewImprovement) {
		return nil, s.desk.Read(ctx, actor, policy.ViewImprovement, policy.Object{})
	}
	all, err := CyclesOf(ctx, s.desk.DB, measureID, unitKey)
	begun := slices.DeleteFunc(visible(actor, all), func(c Cycle) bool { return c.State(s.today()) == Planned })
	return begun, err
}
