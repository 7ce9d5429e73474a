// Package innovation keeps the innovations that programmes spread.
package innovation

import (
	"context"
	"fmt"

	"sir/internal/db"
)

// Innovation is an idea, service or product that is new to a place.
type Innovation struct {
	ID       string
	Code     string
	Name     string
	Summary  string
	Supplier string
	MadeUp   bool
	Source   string
}

// Insert adds an innovation.
func Insert(ctx context.Context, d *db.DB, i Innovation) error {
	_, err := d.Exec(ctx, `
		INSERT INTO innovation (id, code, name, summary, supplier, made_up, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		i.ID, i.Code, i.Name, i.Summary, db.NullText(i.Supplier), i.MadeUp, i.Source)
	if err != nil {
		return fmt.Errorf("insert innovation %s: %w", i.Code, err)
	}
	return nil
}
