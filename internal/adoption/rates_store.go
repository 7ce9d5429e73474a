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
func computedPoints(ctx context.Context, d *db.DB, m Measure) ([]point, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (point, error) {
		var at point
		var eligible, reported, adopted int
		err := row.Scan((*db.Text)(&at.memberID), periodKey{&at.period}, &eligible, &reported, &adopted)
		at.rate = Computed(adopted, reported, eligible)
		return at, err
	}, `SELECT m.id, r.period, r.expected, coalesce(v.reported, 0), coalesce(v.adopted, 0)
		FROM (SELECT id, key FROM unit WHERE kind = 'member' UNION ALL SELECT NULL, 0) m CROSS JOIN return_rollup r
		LEFT JOIN measure_rollup v ON v.measure_key = $2 AND v.unit_key = r.unit_key AND v.period = r.period
		WHERE r.collection_key = $1 AND r.unit_key = m.key`, m.CollectionKey, m.Key)
	return list, wrap("list rates", err)
}

// tableOf reads a programme's whole table.
func tableOf(ctx context.Context, d *db.DB, p rollout.Programme) (Table, error) {
	table := Table{Programme: p, MembersOpen: true}
	figures, err := publishedFigures(ctx, d, p.ID)
	if err != nil {
		return table, err
	}
	points := figures.points
	table.Published, table.Note, table.Source = len(points) > 0, figures.note, figures.source
	if table.Measures, err = measuresOf(ctx, d, p.ID); err != nil {
		return table, err
	}
	if m, ok := adoptionMeasure(table.Measures); ok && !table.Published {
		if points, err = computedPoints(ctx, d, m); err != nil {
			return table, err
		}
	}
	targets, err := targetsOf(ctx, d, p.ID)
	if err != nil {
		return table, err
	}
	table.allTargets, table.allPaths = ofMeasure(targets, "", RateBasis)
	table.Targets, table.Path = targetsFor(table.allTargets, ""), targetsFor(table.allPaths, "")
	members, err := network.ListMembers(ctx, d)
	if err != nil {
		return table, err
	}
	tiles, err := network.Tiles(ctx, d)
	table.fill(points, members, tiles)
	return table, err
}

// fill lays the points out as rows and columns.
func (t *Table) fill(all []point, members []network.Member, tiles map[string]network.Tile) {
	column := t.setPeriods(all)
	rows := map[string]*Row{}
	t.Total = Row{Name: "Total", Rates: make([]Rate, len(t.Periods))}
	for _, at := range all {
		if at.memberID == "" {
			t.Total.Rates[column[at.period]] = at.rate
			continue
		}
		if rows[at.memberID] == nil {
			rows[at.memberID] = &Row{MemberID: at.memberID, Rates: make([]Rate, len(t.Periods))}
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
