package innovation

import (
	"context"

	"sir/internal/db"
)

// InsertAnswer adds an answer to a readiness question.
func InsertAnswer(ctx context.Context, d *db.DB, innovationID string, a Answer) error {
	_, err := d.Exec(ctx, `
		INSERT INTO readiness_answer (innovation_id, question, version, answer, note, answered_at, answered_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		innovationID, a.Key, a.Version, a.Answer, db.NullText(a.Note), db.At(a.At), a.By)
	return wrap("insert readiness answer", err)
}

// listAnswers answers all that was answered on an innovation, of each question
// the newest first.
func listAnswers(ctx context.Context, d *db.DB, innovationID string) ([]Answer, error) {
	all, err := db.List(ctx, d, func(row db.Scanner) (a Answer, err error) {
		return a, row.Scan(&a.Key, &a.Version, &a.Answer, (*db.Text)(&a.Note), (*db.Time)(&a.At), &a.By)
	}, `SELECT question, version, answer, note, answered_at, answered_by
		FROM readiness_answer WHERE innovation_id = $1 ORDER BY question, version DESC`, innovationID)
	return all, wrap("list readiness answers", err)
}
