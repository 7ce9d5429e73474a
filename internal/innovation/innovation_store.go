package innovation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

// Insert adds an innovation.
func Insert(ctx context.Context, d *db.DB, i Innovation) error {
	_, err := d.Exec(ctx, `
		INSERT INTO innovation (id, code, name, summary, kind, setting, supplier, nhs_service_id, status, successor,
			pathway_change, pathway_note, practice_fit, keeper_id, made_up, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		i.ID, i.Code, i.Name, i.Summary, db.NullText(i.Kind), db.NullText(i.Setting), db.NullText(i.Supplier), db.NullText(i.ServiceID),
		db.NullText(i.Status), db.NullText(i.Successor), db.NullText(i.PathwayChange), db.NullText(i.PathwayNote), db.NullText(i.Fit),
		db.NullText(i.KeeperID), i.MadeUp, i.Source)
	return wrap("insert innovation "+i.Code, err)
}

const selectInnovation = `SELECT i.id, i.code, i.name, i.summary, i.kind, i.setting, i.supplier, i.nhs_service_id, i.status, i.successor,
		i.pathway_change, i.pathway_note, i.practice_fit, i.keeper_id, u.name, i.made_up, i.source, i.version
	FROM innovation i LEFT JOIN unit u ON u.id = i.keeper_id`

func scan(row db.Scanner) (i Innovation, err error) {
	err = row.Scan(&i.ID, &i.Code, &i.Name, &i.Summary, (*db.Text)(&i.Kind), (*db.Text)(&i.Setting), (*db.Text)(&i.Supplier),
		(*db.Text)(&i.ServiceID), (*db.Text)(&i.Status), (*db.Text)(&i.Successor), (*db.Text)(&i.PathwayChange), (*db.Text)(&i.PathwayNote),
		(*db.Text)(&i.Fit), (*db.Text)(&i.KeeperID), (*db.Text)(&i.Keeper), &i.MadeUp, &i.Source, &i.Version)
	return i, err
}

// byCode answers an innovation with its programmes, or ErrNotFound.
func byCode(ctx context.Context, d *db.DB, code string) (Innovation, error) {
	i, err := scan(d.Row(ctx, selectInnovation+` WHERE i.code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return i, fault.NotFound("There is no such innovation.")
	}
	if err != nil {
		return i, wrap("read innovation", err)
	}
	programmes, err := listProgrammes(ctx, d)
	i.Programmes = programmes[i.ID]
	return i, err
}

// list answers all innovations with their programmes, by name.
func list(ctx context.Context, d *db.DB) ([]Innovation, error) {
	all, err := db.List(ctx, d, scan, selectInnovation+` ORDER BY i.name, i.code`)
	if err != nil {
		return nil, wrap("list innovations", err)
	}
	programmes, err := listProgrammes(ctx, d)
	for at := range all {
		all[at].Programmes = programmes[all[at].ID]
	}
	return all, err
}

// listProgrammes answers the programmes by innovation, each by name.
func listProgrammes(ctx context.Context, d *db.DB) (map[string][]Programme, error) {
	of := map[string][]Programme{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var innovationID string
		var p Programme
		err := row.Scan(&innovationID, &p.ID, &p.Code, &p.Name)
		of[innovationID] = append(of[innovationID], p)
		return err
	}, `SELECT innovation_id, id, code, name FROM programme ORDER BY name, code`)
	return of, wrap("list programmes of innovations", err)
}

// update writes what people say of an innovation, unless somebody else changed
// it since the version.
func update(ctx context.Context, d *db.DB, i Innovation, version int64) error {
	return unlessStale("change innovation", d.ExecOne(ctx, `
		UPDATE innovation SET name = $3, summary = $4, kind = $5, setting = $6, supplier = $7, nhs_service_id = $8, status = $9, successor = $10,
			pathway_change = $11, pathway_note = $12, practice_fit = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		i.ID, version, i.Name, i.Summary, db.NullText(i.Kind), db.NullText(i.Setting), db.NullText(i.Supplier), db.NullText(i.ServiceID),
		db.NullText(i.Status), db.NullText(i.Successor), db.NullText(i.PathwayChange), db.NullText(i.PathwayNote), db.NullText(i.Fit)))
}

// freeCode answers the code, or where it is taken the code with a number.
func freeCode(ctx context.Context, d *db.DB, code string) (string, error) {
	for number := 2; ; number++ {
		candidate := code
		if number > 2 {
			candidate = fmt.Sprintf("%s-%d", code, number-1)
		}
		var taken int
		if err := d.Row(ctx, `SELECT count(*) FROM innovation WHERE code = $1`, candidate).Scan(&taken); err != nil {
			return "", wrap("look for a free code", err)
		}
		if taken == 0 {
			return candidate, nil
		}
	}
}

// lock has changes to what hangs on an innovation wait for each other until
// the transaction ends.
func lock(ctx context.Context, d *db.DB, innovationID string) error {
	return wrap("lock innovation", d.ExecOne(ctx, `UPDATE innovation SET code = code WHERE id = $1`, innovationID))
}

var errStale = fault.Stale("Somebody else changed this in the meantime. Look at what it says now before you change it.")

// unlessStale says that nothing changed as what it means here.
func unlessStale(what string, err error) error {
	if errors.Is(err, db.ErrNoChange) {
		return errStale
	}
	return wrap(what, err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
