package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// point is the rate of one member, or of the whole programme, in one period.
type point struct {
	memberID string // empty for the whole programme
	period   period.Period
	rate     Rate
}

// computedPoints answers the rates of the members and of the whole programme
// by the adoption measure.
func computedPoints(ctx context.Context, d *db.DB, m Measure, members []network.Member) ([]point, error) {
	units := []network.Unit{{}}
	for _, member := range members {
		units = append(units, network.Unit{ID: member.ID, Key: member.Key})
	}
	lists, err := readExpected(ctx, d, []Measure{m}, units)
	if err != nil {
		return nil, err
	}
	counts, err := readCounts(ctx, d, []Measure{m}, units)
	if err != nil {
		return nil, err
	}
	var points []point
	for _, unit := range units {
		of := counts[rollupKey{m.Key, unit.Key}] // by period, as the lists are
		for _, list := range lists[rollupKey{m.CollectionKey, unit.Key}] {
			for len(of) > 0 && period.Compare(of[0].period, list.period) < 0 {
				of = of[1:]
			}
			var c counted
			if len(of) > 0 && of[0].period == list.period {
				c, of = of[0], of[1:]
			}
			points = append(points, point{unit.ID, list.period, Computed(c.adopted, c.reported, list.sites)})
		}
	}
	return points, nil
}

// tableOf reads a programme's whole table, but for what was published of it.
func tableOf(ctx context.Context, d *db.DB, p rollout.Programme, figures published) (table Table, err error) {
	points := figures.points
	table = Table{Programme: p, MembersOpen: true, Published: len(points) > 0, Note: figures.note, Source: figures.source}
	if table.Measures, err = measuresOf(ctx, d, p.ID); err != nil {
		return table, err
	}
	members, err := network.ListMembers(ctx, d)
	if err != nil {
		return table, err
	}
	if m, ok := adoptionMeasure(table.Measures); ok && !table.Published {
		if points, err = computedPoints(ctx, d, m, members); err != nil {
			return table, err
		}
	}
	targets, err := targetsOf(ctx, d, p.ID)
	if err != nil {
		return table, err
	}
	table.allTargets, table.allPaths = ofMeasure(targets, "", RateBasis)
	table.Targets, table.Path = targetsFor(table.allTargets, ""), targetsFor(table.allPaths, "")
	tiles, err := network.Tiles(ctx, d)
	table.fill(points, members, tiles)
	return table, err
}

// fill lays the points out as rows and columns.
func (t *Table) fill(all []point, members []network.Member, tiles map[string]network.Tile) {
	column := t.setPeriods(all)
	rows := map[string]*Row{}
	t.Total = Row{Name: "Total", Rates: t.noRates()}
	for _, at := range all {
		if at.memberID == "" {
			t.Total.Rates[column[at.period]] = at.rate
			continue
		}
		if rows[at.memberID] == nil {
			rows[at.memberID] = &Row{MemberID: at.memberID, Rates: t.noRates()}
		}
		rows[at.memberID].Rates[column[at.period]] = at.rate
	}
	for _, m := range members { // alphabetical
		if row := rows[m.ID]; row != nil {
			row.Code, row.Name, row.UnitKey = m.Code, m.Name, m.Key
			if tile, ok := tiles[m.ID]; ok {
				row.Tile = &tile
			}
			t.Rows = append(t.Rows, *row)
		}
	}
}

// noRates are the rates of a row before any is known.
func (t *Table) noRates() []Rate {
	rates := make([]Rate, len(t.Periods))
	for i := range rates {
		rates[i].Empty = !t.Published // a unit without a list had no eligible site
	}
	return rates
}

func (t *Table) setPeriods(all []point) (column map[period.Period]int) {
	column = map[period.Period]int{}
	for _, at := range all {
		if _, seen := column[at.period]; !seen {
			column[at.period] = 0
			t.Periods = append(t.Periods, at.period)
		}
	}
	slices.SortFunc(t.Periods, period.Compare)
	for i, p := range t.Periods {
		column[p] = i
	}
	return column
}
