package adoption

import (
	"context"
	"fmt"

	"sir/internal/db"
	"sir/internal/period"
)

// Measure is one thing that sites report: an adoption level or a count. Key is
// its integer key in the observations.
type Measure struct {
	ID           string
	Key          int64
	ProgrammeID  string
	Code         string
	Name         string
	Kind         string // "level" or "count"
	PeriodKind   period.Kind
	AdoptedLevel int            // for a level: this and higher levels count as adopted
	Levels       map[int]string // for a level: what each one is called
}

// LevelMeasure and CountMeasure are the kinds of measures.
const (
	LevelMeasure = "level"
	CountMeasure = "count"
)

// InsertMeasure adds a measure with its levels.
func InsertMeasure(ctx context.Context, d *db.DB, m Measure) error {
	var adopted any
	if m.Kind == LevelMeasure {
		adopted = m.AdoptedLevel
	}
	_, err := d.Exec(ctx, `
		INSERT INTO measure (id, key, programme_id, code, name, kind, period_kind, adopted_level)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		m.ID, m.Key, m.ProgrammeID, m.Code, m.Name, m.Kind, m.PeriodKind.String(), adopted)
	if err != nil {
		return fmt.Errorf("insert measure %s: %w", m.Code, err)
	}
	for level, label := range m.Levels {
		_, err := d.Exec(ctx, `INSERT INTO measure_level (measure_id, level, label) VALUES ($1, $2, $3)`, m.ID, level, label)
		if err != nil {
			return fmt.Errorf("insert level %d of measure %s: %w", level, m.Code, err)
		}
	}
	return nil
}

// measuresOf answers a programme's measures, by key, with their levels.
func measuresOf(ctx context.Context, d *db.DB, programmeID string) ([]Measure, error) {
	measures, err := db.List(ctx, d, func(row db.Scanner) (Measure, error) {
		m := Measure{ProgrammeID: programmeID, Levels: map[int]string{}}
		var adopted *int
		var length string
		err := row.Scan(&m.ID, &m.Key, &m.Code, &m.Name, &m.Kind, &length, &adopted)
		m.PeriodKind = kindNamed(length)
		if adopted != nil {
			m.AdoptedLevel = *adopted
		}
		return m, err
	}, `SELECT id, key, code, name, kind, period_kind, adopted_level FROM measure WHERE programme_id = $1 ORDER BY key`, programmeID)
	if err != nil {
		return nil, fmt.Errorf("list measures: %w", err)
	}
	for _, m := range measures {
		err := d.Each(ctx, func(row db.Scanner) error {
			var level int
			var label string
			err := row.Scan(&level, &label)
			m.Levels[level] = label
			return err
		}, `SELECT level, label FROM measure_level WHERE measure_id = $1`, m.ID)
		if err != nil {
			return nil, fmt.Errorf("list levels of measure %s: %w", m.Code, err)
		}
	}
	return measures, nil
}

// kindNamed is the inverse of period.Kind's String; 0 where there is none.
func kindNamed(name string) period.Kind {
	for _, kind := range []period.Kind{period.Month, period.Quarter, period.Year} {
		if kind.String() == name {
			return kind
		}
	}
	return 0
}

// levelMeasure answers the first level measure, by which adoption is counted.
func levelMeasure(measures []Measure) (Measure, bool) {
	for _, m := range measures {
		if m.Kind == LevelMeasure {
			return m, true
		}
	}
	return Measure{}, false
}
