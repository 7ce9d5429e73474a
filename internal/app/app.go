// Package app puts the areas together over one database. The command line,
// the web service and end-to-end tests all start here.
package app

import (
	"context"
	"time"

	"sir/internal/adoption"
	"sir/internal/auth"
	"sir/internal/db"
	"sir/internal/improvement"
	"sir/internal/innovation"
	"sir/internal/lever"
	"sir/internal/network"
	"sir/internal/pattern"
	"sir/internal/reference"
	"sir/internal/rollout"
	"sir/internal/setting"
	"sir/internal/usecase"
)

// App is SIR without a way in: its areas over an open, migrated database.
type App struct {
	Desk        *usecase.Desk
	Auth        *auth.Service
	Trail       *usecase.Trail
	Settings    *setting.Service
	Reference   *reference.Service
	Network     *network.Service
	Rollout     *rollout.Service
	Lever       *lever.Service
	Adoption    *adoption.Service
	Improvement *improvement.Service
	Innovation  *innovation.Service
	Pattern     *pattern.Service
}

// Open opens the database at address (see db.Open), brings its schema up to
// date and puts the areas over it. Close App.Desk.DB when done.
func Open(ctx context.Context, address string, now func() time.Time) (*App, error) {
	d, err := db.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(ctx); err != nil {
		_ = d.Close()
		return nil, err
	}
	return New(d, now), nil
}

// New puts the areas over a migrated database.
func New(d *db.DB, now func() time.Time) *App {
	desk := &usecase.Desk{DB: d, Now: now}
	return &App{
		Desk:        desk,
		Auth:        auth.New(desk),
		Trail:       usecase.NewTrail(desk),
		Settings:    setting.New(desk),
		Reference:   reference.New(desk),
		Network:     network.New(desk),
		Rollout:     rollout.New(desk),
		Lever:       lever.New(desk),
		Adoption:    adoption.New(desk),
		Improvement: improvement.New(desk),
		Innovation:  innovation.New(desk),
		Pattern:     pattern.New(desk),
	}
}
