package improvement

import (
	"context"
	"strconv"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
)

// CopyDiagram gives a member that has no diagram a copy of the programme's, as
// a start for its own. Cycles stay with the idea that they tried.
func (s *Service) CopyDiagram(ctx context.Context, actor policy.Actor, at Address) error {
	return s.onDiagram(ctx, actor, at, func(ctx context.Context, place Place) (audit.Note, error) {
		if place.Member == nil {
			return audit.Note{}, fault.NotFound("Only a member can start from the programme's diagram.")
		}
		own, err := s.diagram(ctx, place, nil)
		if err != nil {
			return audit.Note{}, err
		}
		if own.Root != nil {
			return audit.Note{}, fault.Stale("%s has a diagram of its own by now.", place.Member.Name)
		}
		shared, err := s.diagram(ctx, Place{Programme: place.Programme}, nil)
		if err != nil {
			return audit.Note{}, err
		}
		if shared.Root == nil {
			return audit.Note{}, fault.NotFound("The programme has no diagram to start from.")
		}
		return audit.Note{Object: place.Object().String(), Detail: map[string]string{
			"programme": place.Programme.Code, "driver diagram": place.Words(), "copied from": "the programme",
			"boxes": strconv.Itoa(shared.Size()),
		}}, copyBelow(ctx, s.desk.DB, *shared.Root, "", place.unitID())
	})
}

// copyBelow copies a box and all below it.
func copyBelow(ctx context.Context, d *db.DB, node Node, parentID, unitID string) error {
	v := node.Driver
	v.ID, v.ParentID, v.UnitID = db.NewID(), parentID, unitID
	if err := InsertDriver(ctx, d, v); err != nil {
		return err
	}
	for _, child := range node.Children {
		if err := copyBelow(ctx, d, child, v.ID, unitID); err != nil {
			return err
		}
	}
	return nil
}
