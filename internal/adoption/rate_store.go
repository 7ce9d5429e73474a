package adoption

import (
	"context"
	"fmt"
	"slices"

	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// slice is the rate of one member in one period, as read.
type slice struct {
	memberID string
	period   period.Period
	rate     Rate
}

// Recompute counts a programme's eligible sites anew, by member and period:
// those eligible, those that reported, and those that reported a level that
// counts as adopted. Whatever changes an eligible list, an observation or the
// adopted level calls it in the same transaction.
func Recompute(ctx context.Context, d *db.DB, programmeID string) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		if _, err := d.Exec(ctx, `DELETE FROM rate_rollup WHERE programme_id = $1`, programmeID); err != nil {
			return fmt.Errorf("clear rates: %w", err)
		}
		_, err := d.Exec(ctx, `
			INSERT INTO rate_rollup (programme_id, member_id, period, eligible, reported, adopted)
			SELECT e.programme_id, e.member_id, e.period, count(*), count(o.value),
				sum(CASE WHEN o.value >= m.adopted_level THEN 1 ELSE 0 END)
			FROM eligible_site e
			JOIN measure m ON m.key = (SELECT min(key) FROM measure WHERE programme_id = $1 AND kind = 'level')
			LEFT JOIN observation o ON o.measure_key = m.key AND o.period = e.period AND o.site_key = e.site_key
			WHERE e.programme_id = $1 GROUP BY e.programme_id, e.member_id, e.period`, programmeID)
		return wrap("compute rates", err)
	})
}

// computedSlices answers the counted rates of a programme.
func computedSlices(ctx context.Context, d *db.DB, programmeID string) ([]slice, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (slice, error) {
		var s slice
		var eligible, reported, adopted int
		err := row.Scan(&s.memberID, periodKey{&s.period}, &eligible, &reported, &adopted)
		s.rate = Computed(adopted, reported, eligible)
		return s, err
	}, `SELECT member_id, period, eligible, reported, adopted FROM rate_rollup WHERE programme_id = $1`, programmeID)
	return list, wrap("list rates", err)
}

// published is what others published about a programme.
type published struct {
	slices []slice // the total has no member
	note   string
	source string
}

func publishedFigures(ctx context.Context, d *db.DB, programmeID string) (published, error) {
	var all published
	err := d.Each(ctx, func(row db.Scanner) error {
		var s slice
		var percent int
		err := row.Scan((*db.Text)(&s.memberID), periodKey{&s.period}, &percent, &all.note, &all.source)
		s.rate = PublishedPercent(percent)
		all.slices = append(all.slices, s)
		return err
	}, `SELECT member_id, period, percent, note, source FROM published_figure WHERE programme_id = $1 ORDER BY id`, programmeID)
	return all, wrap("list published figures", err)
}

// hasPublished tells whether the programme's figures are published ones.
func hasPublished(ctx context.Context, d *db.DB, programmeID string) (bool, error) {
	var n int
	err := d.Row(ctx, `SELECT count(*) FROM published_figure WHERE programme_id = $1`, programmeID).Scan(&n)
	return n > 0, wrap("look for published figures", err)
}

func targetsOf(ctx context.Context, d *db.DB, programmeID string) ([]Target, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Target, error) {
		var t Target
		err := row.Scan((*db.Text)(&t.MemberID), &t.StartsOn, &t.Percent, &t.Inclusive, &t.AgreedBy, &t.Source)
		return t, err
	}, `SELECT member_id, starts_on, percent, inclusive, agreed_by, source FROM target WHERE programme_id = $1 ORDER BY starts_on, id`, programmeID)
	return list, wrap("list targets", err)
}

// tableOf reads a programme's whole table.
func tableOf(ctx context.Context, d *db.DB, p rollout.Programme) (Table, error) {
	table := Table{Programme: p, MembersOpen: true}
	figures, err := publishedFigures(ctx, d, p.ID)
	if err != nil {
		return table, err
	}
	slices := figures.slices
	table.Published, table.Note, table.Source = len(slices) > 0, figures.note, figures.source
	if !table.Published {
		if slices, err = computedSlices(ctx, d, p.ID); err != nil {
			return table, err
		}
	}
	targets, err := targetsOf(ctx, d, p.ID)
	if err != nil {
		return table, err
	}
	table.Targets = nationalOnly(targets)
	members, err := network.ListMembers(ctx, d)
	if err != nil {
		return table, err
	}
	table.fill(slices, members)
	return table, nil
}

func nationalOnly(targets []Target) []Target {
	return slices.DeleteFunc(slices.Clone(targets), func(t Target) bool { return t.MemberID != "" })
}

// fill lays the slices out as rows and columns. A published total is taken as
// it stands; a computed one is pooled from all sites.
func (t *Table) fill(all []slice, members []network.Member) {
	column := t.setPeriods(all)
	rows := map[string]*Row{}
	t.Total = Row{Name: "Total", Rates: make([]Rate, len(t.Periods))}
	for _, s := range all {
		at := column[s.period]
		if s.memberID == "" {
			t.Total.Rates[at] = s.rate
			continue
		}
		if rows[s.memberID] == nil {
			rows[s.memberID] = &Row{MemberID: s.memberID, Rates: make([]Rate, len(t.Periods))}
		}
		rows[s.memberID].Rates[at] = s.rate
		if !t.Published {
			sum := t.Total.Rates[at]
			t.Total.Rates[at] = Computed(sum.Adopted+s.rate.Adopted, sum.Reported+s.rate.Reported, sum.Eligible+s.rate.Eligible)
		}
	}
	for _, m := range members { // alphabetical
		if row := rows[m.ID]; row != nil {
			row.Code, row.Name = m.Code, m.Name
			t.Rows = append(t.Rows, *row)
		}
	}
}

func (t *Table) setPeriods(all []slice) (column map[period.Period]int) {
	column = map[period.Period]int{}
	for _, s := range all {
		if _, seen := column[s.period]; !seen {
			column[s.period] = 0
			t.Periods = append(t.Periods, s.period)
		}
	}
	slices.SortFunc(t.Periods, period.Compare)
	for i, p := range t.Periods {
		column[p] = i
	}
	return column
}
