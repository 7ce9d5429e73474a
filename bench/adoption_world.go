package main

import (
	"context"
	"fmt"
	"time"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// The size that the adoption benchmark stands for: 9.6 million observations.
const (
	worldSites      = 12_000
	worldMembers    = 15
	worldRegions    = 7
	worldAreas      = 42
	worldTrusts     = 1_200 // organisations, of ten sites each
	worldQuarters   = 40
	worldProgrammes = 5
	worldMeasures   = 4 // a programme: one level, three counts
	sitesOfMember   = worldSites / worldMembers
)

// world is a made-up health system of that size.
type world struct {
	app      *app.App
	quarters []period.Period
	scale    int // one in so many sites is there
}

func newWorld(ctx context.Context, address string, scale int) (*world, error) {
	a, err := app.Open(ctx, address, time.Now)
	if err != nil {
		return nil, err
	}
	first, err := period.OfQuarter(2014, 1)
	if err != nil {
		return nil, err
	}
	w := &world{app: a, scale: scale}
	for i := range worldQuarters {
		w.quarters = append(w.quarters, first.Add(i))
	}
	return w, a.Desk.DB.InTx(ctx, w.fill)
}

func (w *world) sites() int { return worldSites / w.scale }

func (w *world) fill(ctx context.Context) error {
	for _, part := range []func(context.Context) error{w.units, w.places, w.programmes} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func memberID(n int) string { return fmt.Sprintf("member-%02d", n) }

// units adds regions, commissioners within them, and members.
func (w *world) units(ctx context.Context) error {
	d := w.app.Desk.DB
	add := func(kind network.UnitKind, id string) error {
		return network.InsertUnit(ctx, d, network.Unit{ID: id, Kind: kind, Code: id, Name: "Made-up " + id, MadeUp: true, Source: "benchmark"})
	}
	for n := range worldRegions {
		if err := add(network.RegionUnit, fmt.Sprintf("region-%d", n)); err != nil {
			return err
		}
	}
	for n := range worldAreas {
		id := fmt.Sprintf("commissioner-%02d", n)
		if err := add(network.CommissionerUnit, id); err != nil {
			return err
		}
		err := network.InsertUnitMembership(ctx, d, network.UnitMembership{
			ChildID: id, ParentID: fmt.Sprintf("region-%d", n%worldRegions), ValidFrom: "2014-04-01",
		})
		if err != nil {
			return err
		}
	}
	for n := range worldMembers {
		if err := add(network.MemberUnit, memberID(n)); err != nil {
			return err
		}
	}
	for n := range w.trusts() {
		if err := add(network.OrganisationUnit, trustID(n)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) trusts() int { return worldTrusts / w.scale }

func trustID(n int) string { return fmt.Sprintf("trust-%04d", n) }

// places adds the sites, each in an organisation, a member and a commissioner's
// area.
func (w *world) places(ctx context.Context) error {
	d := w.app.Desk.DB
	for n := range w.sites() {
		id := siteID(n)
		if err := network.InsertSite(ctx, d, network.Site{ID: id, Key: int64(n + 1), Code: id, Name: "Made-up " + id, MadeUp: true}); err != nil {
			return err
		}
		for _, unit := range []string{trustID(n % w.trusts()), memberID(n % worldMembers), fmt.Sprintf("commissioner-%02d", n%worldAreas)} {
			if err := network.InsertMembership(ctx, d, network.Membership{SiteID: id, UnitID: unit, ValidFrom: "2014-04-01"}); err != nil {
				return err
			}
		}
	}
	return network.Place(ctx, d)
}

func siteID(n int) string { return fmt.Sprintf("site-%05d", n) }

func programmeCode(n int) string { return fmt.Sprintf("programme-%d", n) }

// measureKey is the key of a programme's measure.
func measureKey(programme, measure int) int64 { return int64(programme*worldMeasures + measure + 1) }

func (w *world) programmes(ctx context.Context) error {
	d := w.app.Desk.DB
	for n := range worldProgrammes {
		code := programmeCode(n)
		if err := innovation.Insert(ctx, d, innovation.Innovation{ID: code, Code: code, Name: code, MadeUp: true, Source: "benchmark"}); err != nil {
			return err
		}
		err := rollout.InsertProgramme(ctx, d, rollout.Programme{ID: code, Code: code, Name: code, InnovationID: code, MadeUp: true, Source: "benchmark"})
		if err != nil {
			return err
		}
		if err := w.collection(ctx, n); err != nil {
			return err
		}
		if err := w.rollouts(ctx, code); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) collection(ctx context.Context, programme int) error {
	d, code := w.app.Desk.DB, programmeCode(programme)
	c := adoption.Collection{
		Key: int64(programme + 1), ID: code, ProgrammeID: code, Code: "quarterly", Name: "Quarterly return",
		PeriodKind: period.Quarter, DueDays: 30, First: w.quarters[0],
	}
	if err := adoption.InsertCollection(ctx, d, c); err != nil {
		return err
	}
	for n := range worldMeasures {
		m := adoption.Measure{
			ID: db.NewID(), Key: measureKey(programme, n), ProgrammeID: code, CollectionKey: c.Key, Code: fmt.Sprintf("measure-%d", n),
			Name: fmt.Sprintf("Measure %d", n), Kind: adoption.CountMeasure, Purpose: adoption.ForActivity, Direction: adoption.Increase,
		}
		if n == 0 {
			m.Kind, m.Purpose, m.Required, m.AdoptedLevel = adoption.LevelMeasure, adoption.ForAdoption, true, 3
			m.Levels = map[int]string{0: "none", 1: "agreed", 2: "trying", 3: "in use", 4: "everywhere"}
		}
		if err := adoption.InsertMeasure(ctx, d, m); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) rollouts(ctx context.Context, programme string) error {
	d := w.app.Desk.DB
	for n := range worldMembers {
		err := rollout.Insert(ctx, d, rollout.Rollout{
			ID: programme + memberID(n), ProgrammeID: programme, MemberID: memberID(n), State: rollout.Active, PlannedStart: "2014-04-01",
		})
		if err != nil {
			return err
		}
	}
	for n := range w.sites() {
		err := rollout.InsertSite(ctx, d, rollout.Site{RolloutID: programme + memberID(n%worldMembers), SiteID: siteID(n), EligibleFrom: "2014-04-01"})
		if err != nil {
			return err
		}
	}
	return nil
}

// value is what a site reports: a level that rises along an S-curve of the
// site's own, or a count.
func value(measure, site, quarter int) int64 {
	spread := uint32(site)*2654435761 + uint32(measure)*40503
	if measure > 0 {
		return int64((spread>>7 + uint32(quarter)*7) % 200)
	}
	begin, pace := int(spread>>8%30), int(2+spread>>16%5)
	return int64(min(max((quarter-begin)/pace, 0), 4))
}

// returns gives a programme's values quarter by quarter, as they arrive.
func (w *world) returns(programme int) adoption.Entries {
	return w.entries(programme, w.quarters, func(int) bool { return true }, 0)
}

// entries gives the values of those sites that are wanted, each with more
// added to its counts.
func (w *world) entries(programme int, quarters []period.Period, wanted func(site int) bool, more int64) adoption.Entries {
	return func(_ conflictReport, take func(adoption.Entry) error) error {
		for q, p := range quarters {
			for n := range w.sites() {
				if !wanted(n) {
					continue
				}
				for m := range worldMeasures {
					e := adoption.Entry{Period: p, SiteKey: int64(n + 1), MeasureKey: measureKey(programme, m), Value: value(m, n, q)}
					if m > 0 {
						e.Value += more
					} else if more > 0 {
						e.Value = (e.Value + 1) % 5
					}
					if err := take(e); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
}
