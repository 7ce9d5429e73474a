package adoption

import (
	"cmp"
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// RateList is a programme's rates as a list of points, for programs and files.
type RateList struct {
	Programme  rollout.Programme
	Published  bool       // the figures are published ones, without their parts
	Note       string     // of published figures
	Source     string     // of published figures
	Collection Collection // that holds the adoption measure; zero for published figures
	Measure    Measure
	Points     []RatePoint // by period, the whole programme first, then units by kind and code
}

// RatePoint is the rate of one unit in one period.
type RatePoint struct {
	Unit     network.Unit // zero for the whole programme
	Period   period.Period
	Rate     Rate
	Returns  ReturnCount
	Target   *Target // in force at the end of the period: the unit's own, or the national one
	Approved bool    // the figures of every member that the unit counts in are approved
}

// RateList answers the rates of a programme that the actor may see: the total,
// each member that is open to them and, to those who see all members, every
// other unit.
func (s *Service) RateList(ctx context.Context, actor policy.Actor, programme string) (RateList, error) {
	table, err := s.Rates(ctx, actor, programme)
	if err != nil {
		return RateList{}, err
	}
	list := RateList{Programme: table.Programme, Published: table.Published, Note: table.Note, Source: table.Source}
	if table.Published {
		list.Points = publishedList(table)
	} else if m, ok := adoptionMeasure(table.Measures); ok {
		list.Measure = m
		if err := s.fillRateList(ctx, actor, &list); err != nil {
			return RateList{}, err
		}
	}
	for i := range list.Points {
		p := &list.Points[i]
		targets, _ := ownOrNational(table.allTargets, p.Unit.ID)
		if target, ok := InForce(targets, p.Period); ok {
			p.Target = &target
		}
	}
	slices.SortFunc(list.Points, compareRates)
	return list, nil
}

// compareRates orders points as a list has them.
func compareRates(a, b RatePoint) int {
	return cmp.Or(cmp.Compare(a.Period.Key(), b.Period.Key()), cmp.Compare(a.Unit.Kind, b.Unit.Kind), cmp.Compare(a.Unit.Code, b.Unit.Code))
}

func publishedList(table Table) (points []RatePoint) {
	for _, row := range append(slices.Clone(table.Rows), table.Total) {
		unit := network.Unit{ID: row.MemberID, Key: row.UnitKey, Code: row.Code, Name: row.Name}
		if row.MemberID == "" {
			unit = network.Unit{}
		} else {
			unit.Kind = network.MemberUnit
		}
		for i, p := range table.Periods {
			if row.Rates[i].Known {
				points = append(points, RatePoint{Unit: unit, Period: p, Rate: row.Rates[i]})
			}
		}
	}
	return points
}

func (s *Service) fillRateList(ctx context.Context, actor policy.Actor, list *RateList) (err error) {
	if list.Collection, err = collectionOf(ctx, s.desk.DB, list.Measure); err != nil {
		return err
	}
	points, err := allRates(ctx, s.desk.DB, list.Measure)
	if err != nil {
		return err
	}
	waiting, err := waitingMembers(ctx, s.desk.DB, list.Collection)
	if err != nil {
		return err
	}
	all := policy.Allow(actor, policy.ViewMemberRates, list.Programme.Object()) == nil
	for _, p := range points {
		open := p.Unit.ID == "" || all
		if p.Unit.Kind == network.MemberUnit {
			open = policy.Allow(actor, policy.ViewMemberRates, memberObject(list.Programme, p.Unit.ID)) == nil
		}
		if open {
			p.Approved = p.Returns.Expected > 0 && !waiting[unitIn{p.Unit.Key, p.Period}]
			list.Points = append(list.Points, p)
		}
	}
	return nil
}

// unitIn is a unit, by its key, in a period.
type unitIn struct {
	key    int64
	period period.Period
}

// allRates answers the rates of all units, and of the whole programme.
func allRates(ctx context.Context, d *db.DB, m Measure) ([]RatePoint, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (RatePoint, error) {
		var at RatePoint
		var reported, adopted int
		n, u := &at.Returns, &at.Unit
		err := row.Scan((*db.Text)(&u.ID), &u.Key, (*db.Text)((*string)(&u.Kind)), (*db.Text)(&u.Code), (*db.Text)(&u.Name),
			periodKey{&at.Period}, &n.Expected, &n.Received, &n.Complete, &n.OnTime, &reported, &adopted)
		at.Rate = Computed(adopted, reported, n.Expected)
		return at, err
	}, `SELECT u.id, r.unit_key, u.kind, u.code, u.name, r.period, r.expected, r.received, r.complete, r.on_time,
			coalesce(v.reported, 0), coalesce(v.adopted, 0)
		FROM return_rollup r LEFT JOIN unit u ON u.key = r.unit_key
		LEFT JOIN measure_rollup v ON v.measure_key = $2 AND v.unit_key = r.unit_key AND v.period = r.period
		WHERE r.collection_key = $1`, m.CollectionKey, m.Key)
	return list, wrap("list rates of units", err)
}

// waitingMembers answers the units that share a site with a member whose
// figures of a period are not approved. A site that the two shared at another
// time counts too: figures are called provisional rather than approved where
// it takes a closer look to tell.
func waitingMembers(ctx context.Context, d *db.DB, c Collection) (map[unitIn]bool, error) {
	waiting := map[unitIn]bool{}
	var members []unitIn
	err := d.Each(ctx, func(row db.Scanner) error {
		var at unitIn
		err := row.Scan(&at.key, periodKey{&at.period})
		members = append(members, at)
		return err
	}, `SELECT u.key, r.period FROM return_rollup r JOIN unit u ON u.key = r.unit_key AND u.kind = 'member'
		WHERE r.collection_key = $1 AND r.expected > 0 AND NOT EXISTS (
			SELECT 1 FROM approval a WHERE a.collection_key = $1 AND a.period = r.period AND a.member_id = u.id AND a.reopened_at IS NULL)`, c.Key)
	if err != nil || len(members) == 0 {
		return waiting, wrap("list members that wait for approval", err)
	}
	beside, err := unitsBeside(ctx, d)
	for _, at := range members {
		waiting[unitIn{wholeProgramme, at.period}] = true
		for _, key := range beside[at.key] {
			waiting[unitIn{key, at.period}] = true
		}
	}
	return waiting, err
}

// unitsBeside answers, by a member's key, the units that ever shared a site
// with it, itself among them.
func unitsBeside(ctx context.Context, d *db.DB) (map[int64][]int64, error) {
	beside := map[int64][]int64{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var member, unit int64
		err := row.Scan(&member, &unit)
		beside[member] = append(beside[member], unit)
		return err
	}, `SELECT DISTINCT m.unit_key, o.unit_key FROM placement_unit m JOIN unit u ON u.key = m.unit_key AND u.kind = 'member'
		JOIN placement_unit o ON o.placement_key = m.placement_key`)
	return beside, wrap("list units beside members", err)
}
