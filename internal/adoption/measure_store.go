package adoption

import (
	"context"
	"fmt"

	"sir/internal/db"
	"sir/internal/period"
)

// InsertMeasure adds a measure with its levels. Without a key it takes the
// next one.
func InsertMeasure(ctx context.Context, d *db.DB, m Measure) error {
	var adopted, largest, whole any
	if m.Kind == LevelMeasure {
		adopted = m.AdoptedLevel
	}
	if m.Largest > 0 {
		largest = m.Largest
	}
	if m.PartOf > 0 {
		whole = m.PartOf
	}
	_, err := d.Exec(ctx, `
		INSERT INTO measure (id, key, programme_id, collection_key, code, name, meaning, kind, purpose, direction, required,
			adopted_level, largest, part_of_key)
		VALUES ($1, CASE WHEN CAST($2 AS BIGINT) > 0 THEN CAST($2 AS BIGINT) ELSE (SELECT coalesce(max(key), 0) + 1 FROM measure) END,
			$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		m.ID, m.Key, m.ProgrammeID, m.CollectionKey, m.Code, m.Name, m.Meaning, m.Kind, string(m.Purpose), string(m.Direction), m.Required,
		adopted, largest, whole)
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

// measuresOf answers a programme's measures, by key, with their levels, in one
// statement: every page of a programme asks for them.
func measuresOf(ctx context.Context, d *db.DB, programmeID string) ([]Measure, error) {
	var measures []Measure
	err := d.Each(ctx, func(row db.Scanner) error {
		m := Measure{ProgrammeID: programmeID, Levels: map[int]string{}}
		var adopted, level *int
		var largest, whole *int64
		var label *string
		err := row.Scan(&m.ID, &m.Key, &m.CollectionKey, &m.Code, &m.Name, &m.Meaning, &m.Kind, &m.Purpose, &m.Direction, &m.Required,
			&adopted, &largest, &whole, &level, &label)
		m.AdoptedLevel, m.Largest, m.PartOf = orZero(adopted), orZero(largest), orZero(whole)
		if n := len(measures); n == 0 || measures[n-1].Key != m.Key {
			measures = append(measures, m)
		}
		if level != nil {
			measures[len(measures)-1].Levels[*level] = orZero(label)
		}
		return err
	}, `SELECT m.id, m.key, m.collection_key, m.code, m.name, m.meaning, m.kind, m.purpose, m.direction, m.required,
			m.adopted_level, m.largest, m.part_of_key, l.level, l.label
		FROM measure m LEFT JOIN measure_level l ON l.measure_id = m.id WHERE m.programme_id = $1 ORDER BY m.key`, programmeID)
	return measures, wrap("list measures", err)
}

// measuresIn answers those measures that belong to a collection.
func measuresIn(ctx context.Context, d *db.DB, c Collection) ([]Measure, error) {
	all, err := measuresOf(ctx, d, c.ProgrammeID)
	var own []Measure
	for _, m := range all {
		if m.CollectionKey == c.Key {
			own = append(own, m)
		}
	}
	return own, err
}

func orZero[T any](value *T) (zero T) {
	if value == nil {
		return zero
	}
	return *value
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
