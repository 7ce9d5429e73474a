package adoption

import (
	"context"
	"slices"

	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// EquityView compares uptake between groups of sites.
type EquityView struct {
	Programme  rollout.Programme
	Unit       *network.Unit // nil for the whole programme
	Period     period.Period
	Periods    []period.Period
	By         string   // the attribute that groups the sites
	Attributes []string // by which they could be grouped
	Groups     []Group  // by value; sites of which it is not known last
	Total      Rate
}

// Group is the sites that share a value of an attribute.
type Group struct {
	Value string // empty where it is not known
	Rate  Rate
}

// SmallGroup is the number of sites below which a group is too small to
// compare, and may single a site out.
const SmallGroup = 5

// The attributes that every site has a place for. Others are those that an
// import of organisations brought.
const (
	BySize        = "size"
	ByDeprivation = "deprivation fifth"
	BySetting     = "setting"
	ByReadiness   = "readiness"
)

var builtIn = []string{BySize, ByDeprivation, BySetting, ByReadiness}

// attributeOf is the SQL of a site s's value of an attribute; $6 is its name.
var attributeOf = map[string]string{
	BySize:        `s.size_band`,
	ByDeprivation: `CAST(s.deprivation_fifth AS TEXT)`,
	BySetting:     `s.setting`,
	ByReadiness: `(SELECT max(rs.readiness) FROM rollout_site rs JOIN rollout r ON r.id = rs.rollout_id
		WHERE rs.site_id = s.id AND r.programme_id = $5)`,
}

const otherAttribute = `(SELECT a.value FROM site_attribute a WHERE a.site_id = s.id AND a.name = $6)`

// Equity compares uptake in a period (the last one where it is zero) between
// the sites of a unit, or of the whole programme where the code is empty,
// grouped by an attribute (size where it is empty).
func (s *Service) Equity(ctx context.Context, actor policy.Actor, programmeCode, unitCode, by string, p period.Period) (EquityView, error) {
	table, err := s.Rates(ctx, actor, programmeCode)
	if err != nil {
		return EquityView{}, err
	}
	view := EquityView{Programme: table.Programme, Periods: table.Periods, By: by, Period: p}
	var unitKey int64
	if unitCode == "" {
		err = s.desk.Read(ctx, actor, policy.ViewMemberRates, table.Programme.Object())
	} else {
		var unit network.Unit
		unit, err = s.openUnit(ctx, actor, table, unitCode)
		view.Unit, unitKey = &unit, unit.Key
	}
	if err != nil {
		return EquityView{}, err
	}
	m, ok := adoptionMeasure(table.Measures)
	if !ok || table.Published || len(table.Periods) == 0 {
		return EquityView{}, fault.NotFound("%s has no figures by site.", table.Programme.Name)
	}
	if err := view.choose(ctx, s.desk.DB, table); err != nil {
		return EquityView{}, err
	}
	view.Groups, err = groups(ctx, s.desk.DB, m, unitKey, view.By, view.Period)
	for _, g := range view.Groups {
		view.Total = Computed(view.Total.Adopted+g.Rate.Adopted, view.Total.Reported+g.Rate.Reported, view.Total.Eligible+g.Rate.Eligible)
	}
	return view, err
}

// choose fills in what was not asked for, and refuses what there is not.
func (v *EquityView) choose(ctx context.Context, d *db.DB, table Table) error {
	if v.Period.IsZero() {
		v.Period = table.Periods[len(table.Periods)-1]
	}
	if !slices.Contains(table.Periods, v.Period) {
		return fault.Invalid("%s has no figures for %s.", table.Programme.Name, v.Period.Label())
	}
	own, err := db.List(ctx, d, func(row db.Scanner) (name string, err error) {
		err = row.Scan(&name)
		return name, err
	}, `SELECT DISTINCT name FROM site_attribute ORDER BY name`)
	if err != nil {
		return wrap("list attributes", err)
	}
	v.Attributes = append(slices.Clone(builtIn), own...)
	if v.By == "" {
		v.By = BySize
	}
	if !slices.Contains(v.Attributes, v.By) {
		return fault.Invalid("Sites cannot be grouped by %q. Choose from the list on the page.", clipped(v.By))
	}
	return nil
}

func groups(ctx context.Context, d *db.DB, m Measure, unitKey int64, by string, p period.Period) ([]Group, error) {
	attribute, known := attributeOf[by]
	if !known {
		attribute = otherAttribute
	}
	list, err := db.List(ctx, d, func(row db.Scanner) (Group, error) {
		var g Group
		var eligible, reported, adopted int
		err := row.Scan(&g.Value, &eligible, &reported, &adopted)
		g.Rate = Computed(adopted, reported, eligible)
		return g, err
	}, `SELECT v.value, count(*), count(v.level), sum(CASE WHEN v.level >= CAST($7 AS BIGINT) THEN 1 ELSE 0 END) FROM (
			SELECT coalesce(`+attribute+`, '') AS value, o.value AS level FROM eligible_site e JOIN site s ON s.key = e.site_key
			LEFT JOIN observation o ON o.measure_key = $3 AND o.period = e.period AND o.site_key = e.site_key
			WHERE e.collection_key = $1 AND e.period = $2 AND CAST($5 AS TEXT) <> CAST($6 AS TEXT)
				AND ($4 = 0 OR EXISTS (SELECT 1 FROM placement_unit pu WHERE pu.placement_key = e.placement_key AND pu.unit_key = $4))
		) v GROUP BY v.value ORDER BY v.value = '', v.value`,
		m.CollectionKey, p.Key(), m.Key, unitKey, m.ProgrammeID, by, m.AdoptedLevel)
	return list, wrap("group sites", err)
}
