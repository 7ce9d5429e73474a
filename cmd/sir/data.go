package main

import (
	"errors"
	"fmt"

	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/db"
)

type migrateCommand struct{}

func (migrateCommand) Help() string {
	return `Example:
  sir migrate --db postgres://sir@db.internal/sir

sir serve does this by itself. Several processes may do it at once.`
}

func (migrateCommand) Run(env *environment) error {
	d, err := db.Open(env.ctx, env.database())
	if err != nil {
		return err
	}
	defer d.Close()
	steps, err := d.Migrate(env.ctx)
	if err != nil {
		return err
	}
	if steps == 0 {
		fmt.Fprintln(env.out, "The schema is up to date.")
		return nil
	}
	fmt.Fprintf(env.out, "The schema is up to date after %d step(s).\n", steps)
	return nil
}

type backupCommand struct {
	File string `arg:"" help:"The file to write; it must not be there yet."`
}

func (backupCommand) Help() string {
	return `Example:
  sir backup sir-2026-11-23.backup

A backup is one SQLite file, whichever engine it comes from, sealed so that damage is found. It may be
taken while SIR is serving, and restored into SQLite or PostgreSQL.`
}

func (c backupCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		if err := a.Desk.DB.Backup(env.ctx, c.File); err != nil {
			return err
		}
		fmt.Fprintf(env.out, "The backup is in %s\n", c.File)
		return nil
	})
}

type restoreCommand struct {
	File  string `arg:"" help:"The backup."`
	Force bool   `help:"Replace the database that is there."`
}

func (restoreCommand) Help() string {
	return `Examples:
  sir restore sir-2026-11-23.backup --db sir.db
  sir restore sir-2026-11-23.backup --db postgres://sir@db.internal/sir

A damaged backup, and one of a newer version of SIR, is refused before anything is changed. An older one
is brought up to date.`
}

func (c restoreCommand) Run(env *environment) error {
	if err := db.Restore(env.ctx, c.File, env.database(), c.Force); err != nil {
		return err
	}
	fmt.Fprintf(env.out, "%s is restored from %s\n", db.Redact(env.database()), c.File)
	return nil
}

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Find entries of the audit trail that were altered, removed or reordered."`
}

type auditVerifyCommand struct {
	Head string `placeholder:"HASH" help:"The head that an earlier check printed: it must still be part of the trail."`
}

func (auditVerifyCommand) Help() string {
	return `Examples:
  sir audit verify
  sir audit verify --head 5f0c…

Keep the head that is printed somewhere else. Who can rewrite the whole database can rewrite the whole
trail; with an earlier head that is found too.`
}

func (c auditVerifyCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		head, err := a.Trail.Verify(env.ctx, system())
		var broken *audit.Broken
		if errors.As(err, &broken) {
			return fmt.Errorf("the audit trail is broken: %w", broken)
		}
		if err != nil {
			return err
		}
		if c.Head != "" {
			if err := audit.Contains(env.ctx, a.Desk.DB, c.Head); err != nil {
				return err
			}
		}
		fmt.Fprintf(env.out, "The audit trail is whole: %d entries, head %s\n", head.Seq, head.Hash)
		return nil
	})
}
