package improvement

import (
	"context"
	"fmt"
	"slices"

	"sir/internal/db"
)

// Measure is a measure of the programme that an aim or a cycle can name.
type Measure struct{ ID, Code, Name string }

func listMeasures(ctx context.Context, d *db.DB, programmeID string) ([]Measure, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (m Measure, err error) {
		err = row.Scan(&m.ID, &m.Code, &m.Name)
		return m, err
	}, `SELECT id, code, name FROM measure WHERE programme_id = $1 ORDER BY key`, programmeID)
	if err != nil {
		return nil, fmt.Errorf("list measures to improve: %w", err)
	}
	return list, nil
}

func measureByCode(measures []Measure, code string) (Measure, bool) {
	at := slices.IndexFunc(measures, func(m Measure) bool { return m.Code == code })
	if at < 0 {
		return Measure{}, false
	}
	return measures[at], true
}

// MeasureByID answers a measure of the list; the zero Measure where it is not
// in it.
func MeasureByID(measures []Measure, id string) Measure {
	at := slices.IndexFunc(measures, func(m Measure) bool { return m.ID == id })
	if at < 0 {
		return Measure{}
	}
	return measures[at]
}
