package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// table is a table of SIR's own with its columns, in the order of the schema.
// seeded tables hold rows as soon as the schema is made.
type table struct {
	name    string
	columns []string
	boolean []bool   // which columns are, since SQLite hands them out as numbers
	parents []string // the tables it refers to
	seeded  bool
}

// row makes room for one row of the table: values to read out, and the targets
// that Scan fills them through.
func (t table) row() (values, targets []any) {
	values = make([]any, len(t.columns))
	targets = make([]any, len(t.columns))
	for i := range values {
		targets[i] = &values[i]
		if t.boolean[i] {
			flag := new(sql.NullBool)
			values[i], targets[i] = flag, flag
		}
	}
	return values, targets
}

// notOurs are tables that belong to the tools: their content follows from the
// schema's version.
var notOurs = []string{versionTable, sealTable}

var seededTables = []string{"audit_head"}

// tablesInOrder answers SIR's own tables so that each comes after those it
// refers to, and otherwise by name.
func (d *DB) tablesInOrder(ctx context.Context) ([]table, error) {
	tables := map[string]*table{}
	err := d.Each(ctx, func(row Scanner) error {
		var name, column, kind string
		if err := row.Scan(&name, &column, &kind); err != nil {
			return err
		}
		if slices.Contains(notOurs, name) {
			return nil
		}
		if tables[name] == nil {
			tables[name] = &table{name: name, seeded: slices.Contains(seededTables, name)}
		}
		tables[name].columns = append(tables[name].columns, column)
		tables[name].boolean = append(tables[name].boolean, strings.EqualFold(kind, "boolean"))
		return nil
	}, d.dialect.columns)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	references, err := d.References(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range references {
		if t := tables[r[0]]; t != nil && r[1] != r[0] {
			t.parents = append(t.parents, r[1])
		}
	}
	return parentsFirst(tables), nil
}

// References answers which tables refer to which, as pairs: the table that
// refers, and the one it refers to.
func (d *DB) References(ctx context.Context) ([][2]string, error) {
	pairs, err := List(ctx, d, func(row Scanner) (pair [2]string, err error) {
		err = row.Scan(&pair[0], &pair[1])
		return pair, err
	}, d.dialect.references)
	if err != nil {
		return nil, fmt.Errorf("list references between tables: %w", err)
	}
	return pairs, nil
}

func parentsFirst(tables map[string]*table) []table {
	var names []string
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	var ordered []table
	placed := map[string]bool{}
	var place func(name string)
	place = func(name string) {
		if placed[name] || tables[name] == nil {
			return
		}
		placed[name] = true
		for _, parent := range tables[name].parents {
			place(parent)
		}
		ordered = append(ordered, *tables[name])
	}
	for _, name := range names {
		place(name)
	}
	return ordered
}
