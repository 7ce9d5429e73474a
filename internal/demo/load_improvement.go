package demo

import (
	"context"
	"fmt"
	"time"

	"sir/internal/db"
	"sir/internal/demo/madeup"
	"sir/internal/improvement"
)

// insertImprovement adds the programme's driver diagram, and the cycles of its
// first network. The running one began three weeks before the day of loading
// and ends three weeks after it.
func (m *madeUp) insertImprovement(ctx context.Context) error {
	measures, err := m.measureIDs(ctx)
	if err != nil {
		return err
	}
	var above [len(madeUpLevels)]string
	for place, box := range madeup.Diagram() {
		driver := improvement.Driver{
			ID: box.ID, ProgrammeID: m.programme.ID, MeasureID: measures[box.Measure], Kind: madeUpLevels[box.Level], Body: box.Text, Place: place,
		}
		if box.Level > 0 {
			driver.ParentID = above[box.Level-1]
		}
		above[box.Level] = box.ID
		if err := improvement.InsertDriver(ctx, m.db, driver); err != nil {
			return err
		}
	}
	return m.insertCycles(ctx, measures)
}

var madeUpLevels = [...]improvement.Kind{improvement.AimKind, improvement.Primary, improvement.Secondary, improvement.Idea}

func (m *madeUp) insertCycles(ctx context.Context, measures map[string]string) error {
	const running = 21 * 24 * time.Hour
	network := m.in.Networks[0].Code
	for _, c := range madeup.Cycles(network) {
		from, to := c.From, c.To
		if from.IsZero() {
			from, to = m.now.Add(-running), m.now.Add(running)
		}
		err := improvement.InsertCycle(ctx, m.db, improvement.Cycle{
			ID: c.ID, ProgrammeID: m.programme.ID, UnitID: m.networks[c.Network], SiteID: m.scope().Site, DriverID: c.Idea, MeasureID: measures[c.Measure],
			Title: c.Title, StartsOn: date(from), EndsOn: date(to), Plan: c.Plan, Prediction: c.Prediction, Done: c.Done, Studied: c.Studied,
			Decision: improvement.Decision(c.Decision), DecidedWhy: c.Why, MadeBy: c.Role,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// measureIDs answers the ids of the programme's measures, by code.
func (m *madeUp) measureIDs(ctx context.Context) (map[string]string, error) {
	ids := map[string]string{}
	err := m.db.Each(ctx, func(row db.Scanner) error {
		var id, code string
		err := row.Scan(&id, &code)
		ids[code] = id
		return err
	}, `SELECT id, code FROM measure WHERE programme_id = $1`, m.programme.ID)
	if err != nil {
		return nil, fmt.Errorf("list measures: %w", err)
	}
	return ids, nil
}
