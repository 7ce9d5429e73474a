package improvement

import (
	"context"
	"slices"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Box is a box of a diagram to be changed, with what the form needs.
type Box struct {
	Place
	Node
	Parent   *Node // nil for the aim
	Measures []Measure
}

// Box answers a standing box to those who may change it.
func (s *Service) Box(ctx context.Context, actor policy.Actor, at Address, id string) (Box, error) {
	place, err := s.place(ctx, actor, policy.WorkOnImprovement, at)
	if err != nil {
		return Box{}, err
	}
	return s.box(ctx, actor, place, id)
}

// NewBox answers what a form needs to add a box below another; an empty
// parentID adds the aim.
func (s *Service) NewBox(ctx context.Context, actor policy.Actor, at Address, parentID string) (Box, error) {
	place, err := s.place(ctx, actor, policy.WorkOnImprovement, at)
	if err != nil {
		return Box{}, err
	}
	b := Box{Place: place}
	if parentID != "" {
		above, err := s.box(ctx, actor, place, parentID)
		if err != nil {
			return Box{}, err
		}
		b.Parent, b.ParentID = &above.Node, above.ID
	}
	b.Kind, err = s.kindBelow(ctx, place, b.Parent)
	if err != nil {
		return Box{}, err
	}
	b.Measures, err = listMeasures(ctx, s.desk.DB, place.Programme.ID)
	return b, err
}

// kindBelow is the kind of what can be added below a box, or to an empty
// diagram.
func (s *Service) kindBelow(ctx context.Context, p Place, parent *Node) (Kind, error) {
	diagram, err := s.diagram(ctx, p, nil)
	switch {
	case err != nil:
		return "", err
	case parent == nil && diagram.Root != nil:
		return "", fault.Stale("The diagram has an aim already. Change that, or remove it first.")
	case diagram.Size() >= MaxDrivers:
		return "", fault.Invalid("The diagram has %d boxes, which is the most. Remove some before you add another.", MaxDrivers)
	case parent == nil:
		return AimKind, nil
	case parent.Kind.Below() == "":
		return "", fault.Invalid("Nothing hangs below a change idea. Plan a cycle to test it.")
	}
	return parent.Kind.Below(), nil
}

func (s *Service) box(ctx context.Context, actor policy.Actor, p Place, id string) (Box, error) {
	cycles, err := listCycles(ctx, s.desk.DB, p.Programme.ID, p.unitID())
	if err != nil {
		return Box{}, err
	}
	diagram, err := s.diagram(ctx, p, visible(actor, cycles))
	if err != nil {
		return Box{}, err
	}
	node, parent := diagram.Find(id)
	if node == nil {
		return Box{}, fault.NotFound("This is not in the diagram, or not any more.")
	}
	b := Box{Place: p, Node: *node, Parent: parent}
	b.Measures, err = listMeasures(ctx, s.desk.DB, p.Programme.ID)
	return b, err
}

// AddDriver adds a box below another, or the aim where parentID is empty.
func (s *Service) AddDriver(ctx context.Context, actor policy.Actor, at Address, parentID string, w Wording) error {
	return s.onDiagram(ctx, actor, at, func(ctx context.Context, place Place) (audit.Note, error) {
		b, err := s.NewBox(ctx, actor, at, parentID)
		if err != nil {
			return audit.Note{}, err
		}
		if err := w.faults(b.Kind, b.Measures).Err(); err != nil {
			return audit.Note{}, err
		}
		measure, _ := measureByCode(b.Measures, w.Measure)
		v := Driver{
			ProgrammeID: place.Programme.ID, UnitID: place.unitID(), ParentID: parentID, MeasureID: measure.ID, Kind: b.Kind, Body: w.body(b.Kind),
		}
		if b.Parent != nil {
			for _, child := range b.Parent.Children {
				v.Place = max(v.Place, child.Place+1)
			}
		}
		return place.note("added", v), InsertDriver(ctx, s.desk.DB, v)
	})
}

// ChangeDriver changes what a box says, unless somebody else changed it since
// the version.
func (s *Service) ChangeDriver(ctx context.Context, actor policy.Actor, at Address, id string, version int64, w Wording) error {
	return s.onBox(ctx, actor, at, id, func(ctx context.Context, b Box) (audit.Note, error) {
		if err := w.faults(b.Kind, b.Measures).Err(); err != nil {
			return audit.Note{}, err
		}
		measure, _ := measureByCode(b.Measures, w.Measure)
		before := b.Text()
		b.Body, b.MeasureID = w.body(b.Kind), measure.ID
		note := b.note("changed", b.Driver)
		note.Detail["before"] = before
		return note, updateWording(ctx, s.desk.DB, b.Driver, version)
	})
}

// RemoveDriver takes a box off the diagram, and with it what hangs below. All
// of it is kept.
func (s *Service) RemoveDriver(ctx context.Context, actor policy.Actor, at Address, id string, version int64) error {
	return s.onBox(ctx, actor, at, id, func(ctx context.Context, b Box) (audit.Note, error) {
		return b.note("removed", b.Driver), updateRemoved(ctx, s.desk.DB, id, version, s.today())
	})
}

// MoveDriver moves a box up (by -1) or down (by 1) among those below the same
// parent. At the end it stays.
func (s *Service) MoveDriver(ctx context.Context, actor policy.Actor, at Address, id string, by int) error {
	return s.onBox(ctx, actor, at, id, func(ctx context.Context, b Box) (audit.Note, error) {
		note := b.note("moved", b.Driver)
		if b.Parent == nil {
			return note, nil
		}
		beside := b.Parent.Children
		from := slices.IndexFunc(beside, func(n Node) bool { return n.ID == id })
		to := from + by
		if to < 0 || to >= len(beside) {
			return note, nil
		}
		beside[from], beside[to] = beside[to], beside[from]
		for place, n := range beside {
			if err := updatePlace(ctx, s.desk.DB, n.ID, place); err != nil {
				return audit.Note{}, err
			}
		}
		return note, nil
	})
}

// onDiagram changes a diagram as a use case, one change at a time.
func (s *Service) onDiagram(ctx context.Context, actor policy.Actor, at Address,
	change func(ctx context.Context, p Place) (audit.Note, error),
) error {
	place, err := s.place(ctx, actor, policy.WorkOnImprovement, at)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.WorkOnImprovement, place.Object(), func(ctx context.Context) (audit.Note, error) {
		if err := lockDiagrams(ctx, s.desk.DB, place.Programme.ID); err != nil {
			return audit.Note{}, err
		}
		return change(ctx, place)
	})
}

// onBox changes one standing box as a use case.
func (s *Service) onBox(ctx context.Context, actor policy.Actor, at Address, id string,
	change func(ctx context.Context, b Box) (audit.Note, error),
) error {
	return s.onDiagram(ctx, actor, at, func(ctx context.Context, place Place) (audit.Note, error) {
		b, err := s.box(ctx, actor, place, id)
		if err != nil {
			return audit.Note{}, err
		}
		return change(ctx, b)
	})
}

// RestoreDriver puts a removed box back, with what hung below it.
func (s *Service) RestoreDriver(ctx context.Context, actor policy.Actor, at Address, id string) error {
	return s.onDiagram(ctx, actor, at, func(ctx context.Context, place Place) (audit.Note, error) {
		diagram, err := s.diagram(ctx, place, nil)
		if err != nil {
			return audit.Note{}, err
		}
		i := slices.IndexFunc(diagram.Removed, func(v Driver) bool { return v.ID == id })
		if i < 0 {
			return audit.Note{}, fault.NotFound("There is nothing to put back here.")
		}
		v := diagram.Removed[i]
		if v.Kind == AimKind && diagram.Root != nil {
			return audit.Note{}, fault.Stale("The diagram has another aim by now. Remove that first, or leave it.")
		}
		return place.note("put back", v), updateRemoved(ctx, s.desk.DB, id, v.Version, "")
	})
}

// note says what was done to a box.
func (p Place) note(what string, v Driver) audit.Note {
	return audit.Note{Object: p.Object().String(), Detail: map[string]string{
		"programme": p.Programme.Code, "driver diagram": p.Words(), what: v.Kind.Words() + ": " + v.Text(),
	}}
}
