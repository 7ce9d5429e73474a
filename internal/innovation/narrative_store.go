package innovation

import (
	"context"
	"slices"
	"time"

	"sir/internal/db"
)

// InsertNarrative adds a narrative with its versions. evidence are the items
// that its lines may name. Without an id it gets one.
func InsertNarrative(ctx context.Context, d *db.DB, n Narrative, evidence []Evidence) error {
	if n.ID == "" {
		n.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `INSERT INTO narrative (id, innovation_id, kind, version) VALUES ($1, $2, $3, $4)`,
		n.ID, n.InnovationID, n.Kind, n.Now().Number)
	if err != nil {
		return wrap("insert narrative", err)
	}
	for _, t := range n.Versions {
		if err := insertTelling(ctx, d, n.ID, t, evidence); err != nil {
			return err
		}
	}
	return nil
}

func insertTelling(ctx context.Context, d *db.DB, narrativeID string, t Telling, evidence []Evidence) error {
	_, err := d.Exec(ctx, `
		INSERT INTO narrative_version (narrative_id, number, audience, ask, written_at, written_by) VALUES ($1, $2, $3, $4, $5, $6)`,
		narrativeID, t.Number, t.Audience, t.Ask, db.At(t.WrittenAt), t.WrittenBy)
	if err != nil {
		return wrap("insert version of a narrative", err)
	}
	for place, line := range t.Lines {
		_, err := d.Exec(ctx, `INSERT INTO narrative_line (narrative_id, number, place, body) VALUES ($1, $2, $3, $4)`,
			narrativeID, t.Number, place, line.Body)
		if err != nil {
			return wrap("insert line of a narrative", err)
		}
		for _, e := range evidence {
			if !slices.Contains(line.Evidence, e.Number) {
				continue
			}
			_, err := d.Exec(ctx, `INSERT INTO narrative_line_evidence (narrative_id, number, place, evidence_id) VALUES ($1, $2, $3, $4)`,
				narrativeID, t.Number, place, e.ID)
			if err != nil {
				return wrap("tie a line to its evidence", err)
			}
		}
	}
	return nil
}

// listNarratives answers the narratives of an innovation with all versions, in
// the order in which they were begun.
func listNarratives(ctx context.Context, d *db.DB, innovationID string) ([]Narrative, error) {
	all, err := db.List(ctx, d, func(row db.Scanner) (n Narrative, err error) {
		return n, row.Scan(&n.ID, &n.InnovationID, &n.Kind)
	}, `SELECT id, innovation_id, kind FROM narrative WHERE innovation_id = $1 ORDER BY id`, innovationID)
	if err != nil {
		return nil, wrap("list narratives", err)
	}
	for i := range all {
		if all[i].Versions, err = listTellings(ctx, d, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func listTellings(ctx context.Context, d *db.DB, narrativeID string) ([]Telling, error) {
	versions, err := db.List(ctx, d, func(row db.Scanner) (t Telling, err error) {
		return t, row.Scan(&t.Number, &t.Audience, &t.Ask, (*db.Time)(&t.WrittenAt), &t.WrittenBy)
	}, `SELECT number, audience, ask, written_at, written_by FROM narrative_version WHERE narrative_id = $1 ORDER BY number`, narrativeID)
	if err != nil {
		return nil, wrap("list versions of a narrative", err)
	}
	// Versions count from 1, lines from 0; a line comes once for each item behind it.
	err = d.Each(ctx, func(row db.Scanner) error {
		var version, place, evidence int
		var body string
		if err := row.Scan(&version, &place, &body, &evidence); err != nil {
			return err
		}
		t := &versions[version-1]
		if place == len(t.Lines) {
			t.Lines = append(t.Lines, Line{Body: body})
		}
		if evidence > 0 {
			t.Lines[place].Evidence = append(t.Lines[place].Evidence, evidence)
		}
		return nil
	}, `SELECT l.number, l.place, l.body, coalesce(e.number, 0) FROM narrative_line l
		LEFT JOIN narrative_line_evidence le ON le.narrative_id = l.narrative_id AND le.number = l.number AND le.place = l.place
		LEFT JOIN evidence_item e ON e.id = le.evidence_id
		WHERE l.narrative_id = $1 ORDER BY l.number, l.place, e.number`, narrativeID)
	return versions, wrap("list lines of a narrative", err)
}

// addTelling adds the next version to a narrative, unless somebody else added
// one since the version.
func addTelling(ctx context.Context, d *db.DB, narrativeID string, version int64, t Telling, evidence []Evidence, at time.Time) error {
	err := unlessStale("change narrative", d.ExecOne(ctx, `UPDATE narrative SET version = version + 1 WHERE id = $1 AND version = $2`, narrativeID, version))
	if err != nil {
		return err
	}
	t.Number, t.WrittenAt = version+1, at
	return insertTelling(ctx, d, narrativeID, t, evidence)
}
