package main

import (
	"errors"
	"fmt"

	"sir/internal/app"
	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/web/static"
)

type doctorCommand struct{ output }

func (doctorCommand) Help() string {
	return `Example:
  sir doctor --db sir.db

It changes nothing, and exits with 1 when something is wrong.`
}

// finding is the outcome of one check; remedy is empty when all is well.
type finding struct{ check, state, remedy string }

var errUnwell = errors.New("something is not in order: see above")

func (c doctorCommand) Run(env *environment) error {
	findings := examine(env)
	sheet := exchange.Sheet{Columns: []string{"check", "state", "what_to_do"}}
	var result error
	for _, f := range findings {
		sheet.Rows = append(sheet.Rows, []any{f.check, f.state, f.remedy})
		if f.remedy != "" {
			result = errUnwell
		}
	}
	return errors.Join(c.write(env, sheet), result)
}

func examine(env *environment) []finding {
	var findings []finding
	add := func(check, well string, err error, remedy string) {
		f := finding{check: check, state: well}
		if err != nil {
			f.state, f.remedy = err.Error(), remedy
		}
		findings = append(findings, f)
	}
	_, err := static.Embedded()
	add("pages", "style sheet and scripts are built in", err, "run make build")

	d, err := db.OpenExisting(env.ctx, env.database())
	add("database", "answers", err, "check --db or SIR_DB; sir init makes a new database")
	if err != nil {
		return findings
	}
	defer d.Close()
	current, target, err := d.SchemaVersion(env.ctx)
	if err == nil && current != target {
		err = fmt.Errorf("the schema has version %d, this program wants %d", current, target)
	}
	add("schema", fmt.Sprintf("version %d, up to date", current), err, "run sir migrate, or use the version of sir that made it")
	if err != nil {
		return findings
	}
	add("references", "every row refers to something there", d.CheckReferences(env.ctx), "restore a backup")
	a := app.New(d, nil)
	head, err := a.Trail.Verify(env.ctx, system())
	add("audit trail", fmt.Sprintf("whole, %d entries", head.Seq), err, "find out who changed the database; restore a backup")
	accounts, err := a.Auth.List(env.ctx, system())
	if err == nil && len(accounts) == 0 {
		err = errors.New("there is no account")
	}
	add("accounts", fmt.Sprintf("%d", len(accounts)), err, "run sir init")
	return findings
}
