package adoption

import (
	"slices"

	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// Row is the rates of one member, or of the whole programme, by period.
type Row struct {
	MemberID string // empty for the whole programme
	UnitKey  int64  // of the member in the rollups; 0 for the whole programme
	Code     string
	Name     string
	Rates    []Rate        // one a period of the table
	Tile     *network.Tile // where it stands on a tile map; nil where it has no place
}

// Changes answers the change from each period of the table to the next.
func (r Row) Changes() []Change {
	changes := make([]Change, 0, max(len(r.Rates)-1, 0))
	for i := 1; i < len(r.Rates); i++ {
		changes = append(changes, r.Rates[i].ChangeFrom(r.Rates[i-1]))
	}
	return changes
}

// Table is a programme's rates: members by period, and the programme as a
// whole. Rows is empty for a reader who may see only the total.
type Table struct {
	Programme   rollout.Programme
	Published   bool // the figures are published ones, not computed
	Note        string
	Source      string
	Periods     []period.Period
	Rows        []Row // alphabetical by name
	Total       Row
	Targets     []Target // national ones of the rate, by start date
	Path        []Target // points of the national trajectory of the rate, by date
	Measures    []Measure
	MembersOpen bool           // whether the reader may see members at all
	OwnSites    []network.Site // those that the reader holds a role for

	allTargets, allPaths []Target // those of units too
}

// Mean is the plain mean of the members' exact rates in a period, which
// weighs a member with few sites like one with many. ok is false where no
// member has a rate.
func (t Table) Mean(at int) (mean float64, ok bool) {
	n := 0
	for _, row := range t.Rows {
		if row.Rates[at].Known {
			mean += row.Rates[at].Percent()
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	return mean / float64(n), true
}

// TargetAt answers the national target in force at the end of a period.
func (t Table) TargetAt(at int) (Target, bool) {
	return InForce(t.Targets, t.Periods[at])
}

// Reached counts the members at or over the national target in a period, and
// those with a rate at all.
func (t Table) Reached(at int) (reached, members int) {
	target, ok := t.TargetAt(at)
	for _, row := range t.Rows {
		if row.Rates[at].Known {
			members++
		}
		if ok && target.ReachedBy(row.Rates[at]) {
			reached++
		}
	}
	return reached, members
}

// Untold counts the members of which it cannot be told whether they are at or
// over the national target in a period, because sites did not report.
func (t Table) Untold(at int) (untold int) {
	target, ok := t.TargetAt(at)
	for _, row := range t.Rows {
		if ok && target.MayBeReachedBy(row.Rates[at]) {
			untold++
		}
	}
	return untold
}

// Pick answers the same table for some of its periods. A period that it does
// not have is ErrInvalid.
func (t Table) Pick(periods []period.Period) (Table, error) {
	columns := make([]int, len(periods))
	for i, p := range periods {
		columns[i] = slices.Index(t.Periods, p)
		if columns[i] < 0 {
			return Table{}, fault.Invalid("%s has no figures for %s. Choose from the periods on the page.", t.Programme.Name, p.Label())
		}
	}
	pick := func(row Row) Row {
		rates := make([]Rate, len(columns))
		for i, column := range columns {
			rates[i] = row.Rates[column]
		}
		row.Rates = rates
		return row
	}
	picked := t
	picked.Periods = periods
	picked.Total = pick(t.Total)
	picked.Rows = make([]Row, len(t.Rows))
	for i, row := range t.Rows {
		picked.Rows[i] = pick(row)
	}
	return picked, nil
}

// ThreePoints answers the first, the middle and the last period, the reading
// that the report's table 8.1 has; all of them where there are three or fewer.
func (t Table) ThreePoints() []period.Period {
	n := len(t.Periods)
	if n <= 3 {
		return t.Periods
	}
	return []period.Period{t.Periods[0], t.Periods[(n-1)/2], t.Periods[n-1]}
}
