package network

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sir/internal/db"
)

// store writes what is new and what changed in a register. today is from when
// a new name holds.
func (r *register) store(ctx context.Context, d *db.DB, file OrganisationFile, today string) error {
	w := writing{source: file.Name, today: today}
	for _, code := range r.codes() {
		w.take(r.nodes[code])
	}
	for _, update := range []func(context.Context, *db.DB) error{w.updateSites, w.updateUnits} {
		if err := update(ctx, d); err != nil {
			return err
		}
	}
	for _, insert := range w.inserts() {
		if err := insert.run(ctx, d); err != nil {
			return err
		}
	}
	return w.endBonds(ctx, d)
}

// writing sorts what has to be written by table.
type writing struct {
	source, today                    string
	newSites, newUnits               [][]any
	changedSites, changedUnits       []*node
	attributes, names                [][]any
	siteFates, unitFates             [][]any
	newSiteBonds, newUnitBonds       [][]any
	changedSiteBonds, changedUnitBds []*bond
}

func (w *writing) take(n *node) {
	switch {
	case n.isSite() && n.isNew:
		w.newSites = append(w.newSites, []any{
			n.id, n.key, n.scheme, n.code, n.name, n.madeUp, db.NullText(n.sizeBand), nullInt(n.fifth), db.NullText(n.setting),
			db.NullText(n.from), db.NullText(n.to),
		})
	case n.isNew:
		w.newUnits = append(w.newUnits, []any{
			n.id, n.key, string(n.kind), n.scheme, n.code, n.name, n.madeUp, db.NullText(n.from), db.NullText(n.to), w.source,
		})
	case n.changed && n.isSite():
		w.changedSites = append(w.changedSites, n)
	case n.changed:
		w.changedUnits = append(w.changedUnits, n)
	}
	w.takeDetails(n)
}

func (w *writing) takeDetails(n *node) {
	if n.renamedFrom != "" && !n.isNew {
		site, unit := db.NullText(n.id), any(nil)
		if !n.isSite() {
			site, unit = unit, site
		}
		w.names = append(w.names, []any{db.NewID(), site, unit, n.renamedFrom, w.today})
	}
	for _, name := range n.newAttributes {
		w.attributes = append(w.attributes, []any{n.id, name, n.attributes[name]})
	}
	for _, f := range n.fates {
		if !f.isNew {
			continue
		}
		var next any
		if f.next != nil {
			next = f.next.id
		}
		into := &w.unitFates
		if n.isSite() {
			into = &w.siteFates
		}
		*into = append(*into, []any{db.NewID(), n.id, next, string(f.kind), f.on, f.reason})
	}
	for _, b := range n.up {
		w.takeBond(n, b)
	}
}

func (w *writing) takeBond(n *node, b *bond) {
	row := []any{db.NewID(), n.id, b.parent.id, b.from, db.NullText(b.to)}
	switch {
	case b.isNew && n.isSite():
		w.newSiteBonds = append(w.newSiteBonds, row)
	case b.isNew:
		w.newUnitBonds = append(w.newUnitBonds, row)
	case b.changed && n.isSite():
		w.changedSiteBonds = append(w.changedSiteBonds, b)
	case b.changed:
		w.changedUnitBds = append(w.changedUnitBds, b)
	}
}

// insert is rows of one width for a table; into names it and its columns, and
// then what to do where there is a row already.
type insert struct {
	into string
	rows [][]any
	then string
}

// inserts are in an order in which what is referred to comes first.
func (w *writing) inserts() []insert {
	return []insert{
		{`unit (id, key, kind, scheme, code, name, made_up, valid_from, valid_to, source)`, w.newUnits, ``},
		{`site (id, key, scheme, code, name, made_up, size_band, deprivation_fifth, setting, valid_from, valid_to)`, w.newSites, ``},
		{`former_name (id, site_id, unit_id, name, held_to)`, w.names, ``},
		{`unit_succession (id, unit_id, successor_id, kind, happened_on, reason)`, w.unitFates, ``},
		{`site_succession (id, site_id, successor_id, kind, happened_on, reason)`, w.siteFates, ``},
		{`unit_membership (id, child_id, parent_id, valid_from, valid_to)`, w.newUnitBonds, ``},
		{`site_membership (id, site_id, unit_id, valid_from, valid_to)`, w.newSiteBonds, ``},
		{`site_attribute (site_id, name, value)`, w.attributes, ` ON CONFLICT (site_id, name) DO UPDATE SET value = excluded.value`},
	}
}

func (w *writing) updateSites(ctx context.Context, d *db.DB) error {
	for _, n := range w.changedSites {
		err := d.ExecOne(ctx, `
			UPDATE site SET name = $2, scheme = $3, made_up = $4, size_band = $5, deprivation_fifth = $6, setting = $7,
				valid_from = $8, valid_to = $9, version = version + 1 WHERE id = $1`,
			n.id, n.name, n.scheme, n.madeUp, db.NullText(n.sizeBand), nullInt(n.fifth), db.NullText(n.setting), db.NullText(n.from), db.NullText(n.to))
		if err != nil {
			return wrap("update site "+n.code, err)
		}
	}
	return nil
}

func (w *writing) updateUnits(ctx context.Context, d *db.DB) error {
	for _, n := range w.changedUnits {
		err := d.ExecOne(ctx, `
			UPDATE unit SET name = $2, scheme = $3, made_up = $4, valid_from = $5, valid_to = $6, version = version + 1 WHERE id = $1`,
			n.id, n.name, n.scheme, n.madeUp, db.NullText(n.from), db.NullText(n.to))
		if err != nil {
			return wrap("update unit "+n.code, err)
		}
	}
	return nil
}

func (w *writing) endBonds(ctx context.Context, d *db.DB) error {
	for _, b := range w.changedSiteBonds {
		if err := d.ExecOne(ctx, `UPDATE site_membership SET valid_to = $2 WHERE id = $1`, b.id, db.NullText(b.to)); err != nil {
			return wrap("end membership of site", err)
		}
	}
	for _, b := range w.changedUnitBds {
		if err := d.ExecOne(ctx, `UPDATE unit_membership SET valid_to = $2 WHERE id = $1`, b.id, db.NullText(b.to)); err != nil {
			return wrap("end membership of unit", err)
		}
	}
	return nil
}

func nullInt(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// mostParameters is how many values one statement carries. Both engines take
// more, but SQLite looks each $1 up among all names before it: 5,000 were ten
// times slower.
const mostParameters = 250

// run inserts the rows, many in a statement.
func (in insert) run(ctx context.Context, d *db.DB) error {
	if len(in.rows) == 0 {
		return nil
	}
	for chunk := range slices.Chunk(in.rows, mostParameters/len(in.rows[0])) {
		var text strings.Builder
		text.WriteString("INSERT INTO " + in.into + " VALUES ")
		args := make([]any, 0, len(chunk)*len(chunk[0]))
		for i, row := range chunk {
			text.WriteString([]string{"(", ", ("}[min(i, 1)])
			for j, value := range row {
				args = append(args, value)
				text.WriteString([]string{"$", ", $"}[min(j, 1)] + strconv.Itoa(len(args)))
			}
			text.WriteString(")")
		}
		if _, err := d.Exec(ctx, text.String()+in.then, args...); err != nil {
			return wrap("insert into "+in.into, err)
		}
	}
	return nil
}
