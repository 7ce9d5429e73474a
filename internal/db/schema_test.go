package db_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// exempt are the tables that may differ between the engines: the migration
// tool's own. Search structures and a job library's tables join them here.
var exempt = []string{"schema_version"}

// shape is a schema as lines of text, keyed by what each describes, so that
// two engines can be compared and a difference reads plainly.
type shape map[string]string

// catalog answers what one engine says about its schema. Each query yields
// rows of a key and a description, in the words that both engines share.
type catalog map[string]string

var sqliteCatalog = catalog{
	"column": `SELECT t.name || '.' || c.name,
			c.type || CASE WHEN c."notnull" THEN ' not null' ELSE '' END || coalesce(' default ' || c.dflt_value, '')
		FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
	"key": `SELECT name, group_concat(column_name, ', ') FROM (
			SELECT t.name, c.name AS column_name FROM sqlite_master t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND c.pk > 0 ORDER BY t.name, c.pk) GROUP BY name`,
	"reference": `SELECT name || ' (' || group_concat("from", ', ') || ')', "table" || ' (' || group_concat("to", ', ') || ') ' || on_delete FROM (
			SELECT t.name, f.* FROM sqlite_master t, pragma_foreign_key_list(t.name) f
			WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq) GROUP BY name, id`,
	"index": `SELECT name || ' (' || group_concat(column_name, ', ') || ')', CASE WHEN "unique" THEN 'unique' ELSE 'plain' END FROM (
			SELECT t.name, i.name AS index_name, i."unique", c.name AS column_name
			FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
			WHERE t.type = 'table' AND i.origin <> 'pk' ORDER BY t.name, i.name, c.seqno) GROUP BY name, index_name`,
	"checks": `SELECT name, (length(sql) - length(replace(sql, 'CHECK (', ''))) / length('CHECK (') FROM sqlite_master
		WHERE type = 'table' AND sql LIKE '%CHECK (%'`,
}

var postgresCatalog = catalog{
	"column": `SELECT table_name || '.' || column_name,
			data_type || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END || coalesce(' default ' || column_default, '')
		FROM information_schema.columns WHERE table_schema = current_schema()`,
	"key": `SELECT t.relname, string_agg(a.attname, ', ' ORDER BY k.place)
		FROM pg_constraint p JOIN pg_class t ON t.oid = p.conrelid, unnest(p.conkey) WITH ORDINALITY AS k(number, place), pg_attribute a
		WHERE p.contype = 'p' AND p.connamespace = current_schema()::regnamespace AND a.attrelid = t.oid AND a.attnum = k.number
		GROUP BY t.relname`,
	"reference": `SELECT child.relname || ' (' || string_agg(c.attname, ', ' ORDER BY k.place) || ')',
			parent.relname || ' (' || string_agg(p.attname, ', ' ORDER BY k.place) || ') ' ||
			CASE f.confdeltype WHEN 'a' THEN 'NO ACTION' ELSE f.confdeltype::text END
		FROM pg_constraint f JOIN pg_class child ON child.oid = f.conrelid JOIN pg_class parent ON parent.oid = f.confrelid,
			unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(mine, theirs, place), pg_attribute c, pg_attribute p
		WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace
			AND c.attrelid = child.oid AND c.attnum = k.mine AND p.attrelid = parent.oid AND p.attnum = k.theirs
		GROUP BY f.oid, child.relname, parent.relname, f.confdeltype`,
	"index": `SELECT t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.place) || ')', CASE WHEN i.indisunique THEN 'unique' ELSE 'plain' END
		FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid, unnest(i.indkey) WITH ORDINALITY AS k(number, place), pg_attribute a
		WHERE t.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary AND a.attrelid = t.oid AND a.attnum = k.number
		GROUP BY i.indexrelid, t.relname, i.indisunique`,
	"checks": `SELECT t.relname, count(*) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
		WHERE c.contype = 'c' AND c.connamespace = current_schema()::regnamespace GROUP BY t.relname`,
}

// sameWords turns an engine's own spelling of a type or a default into the
// spelling that the migrations share.
var sameWords = strings.NewReplacer(
	"TEXT", "text", "BIGINT", "bigint", "BOOLEAN", "boolean", "BLOB", "bytea", "DOUBLE PRECISION", "double precision",
	"::text", "", "FALSE", "false", "TRUE", "true",
)

func shapeOf(t *testing.T, d *db.DB, c catalog) shape {
	t.Helper()
	s := shape{}
	for kind, query := range c {
		err := d.Each(t.Context(), func(row db.Scanner) error {
			var key, description string
			if err := row.Scan(&key, &description); err != nil {
				return err
			}
			if !slices.Contains(exempt, strings.FieldsFunc(key, func(r rune) bool { return r == '.' || r == ' ' })[0]) {
				s[kind+" "+key] = sameWords.Replace(description)
			}
			return nil
		}, query)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	return s
}

// differences lists what two shapes do not share.
func differences(lite, pg shape) []string {
	var found []string
	for key, description := range lite {
		if other, there := pg[key]; !there {
			found = append(found, fmt.Sprintf("%s: SQLite %q, PostgreSQL has none", key, description))
		} else if other != description {
			found = append(found, fmt.Sprintf("%s: SQLite %q, PostgreSQL %q", key, description, other))
		}
	}
	for key, description := range pg {
		if _, there := lite[key]; !there {
			found = append(found, fmt.Sprintf("%s: PostgreSQL %q, SQLite has none", key, description))
		}
	}
	slices.Sort(found)
	return found
}

func TestBothSchemasAreEqual(t *testing.T) {
	t.Parallel()
	pg := dbtest.Open(t, dbtest.Postgres(t))
	lite := dbtest.Open(t, dbtest.SQLite(t))
	ours, theirs := shapeOf(t, lite, sqliteCatalog), shapeOf(t, pg, postgresCatalog)
	for _, difference := range differences(ours, theirs) {
		t.Error(difference)
	}
	for _, kind := range slices.Sorted(maps.Keys(sqliteCatalog)) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(ours)), func(key string) bool { return strings.HasPrefix(key, kind+" ") }) {
			t.Errorf("the schema has no %s at all: the comparison looks at nothing", kind)
		}
	}
}

// The comparison itself must see each kind of difference.
func TestSchemaComparisonSeesDifferences(t *testing.T) {
	t.Parallel()
	changes := map[string]string{
		"column":    `ALTER TABLE setting ADD COLUMN extra TEXT`,
		"key":       `CREATE TABLE extra_key (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (b, a))`,
		"reference": `CREATE TABLE extra_reference (a TEXT REFERENCES setting (name))`,
		"index":     `CREATE UNIQUE INDEX extra ON setting (value, version)`,
		"checks":    `CREATE TABLE extra_check (a TEXT CHECK (a <> ''))`,
	}
	engines := map[string]struct {
		catalog catalog
		address func(testing.TB) string
	}{"sqlite": {sqliteCatalog, dbtest.SQLite}, "postgres": {postgresCatalog, dbtest.Postgres}}
	for name, engine := range engines {
		d := dbtest.Open(t, engine.address(t))
		before := shapeOf(t, d, engine.catalog)
		for kind, statement := range changes {
			if _, err := d.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			after := shapeOf(t, d, engine.catalog)
			seen := differences(before, after)
			if !slices.ContainsFunc(seen, func(line string) bool { return strings.HasPrefix(line, kind+" ") }) {
				t.Errorf("%s: %s changed nothing under %q: %q", name, statement, kind, seen)
			}
			before = after
		}
	}
}

// Text must compare by code point, as in SQLite, or lists would be sorted
// differently on the two engines.
func TestEveryPostgresTextColumnComparesByCodePoint(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t))
	n := 0
	err := d.Each(t.Context(), func(row db.Scanner) error {
		var table, column, collation string
		if err := row.Scan(&table, &column, &collation); err != nil {
			return err
		}
		n++
		if collation != "C" && !slices.Contains(exempt, table) {
			t.Errorf(`%s.%s has the collation %q: write TEXT COLLATE "C"`, table, column, collation)
		}
		return nil
	}, `SELECT table_name, column_name, coalesce(collation_name, 'default') FROM information_schema.columns
		WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying', 'character')`)
	if err != nil || n == 0 {
		t.Fatalf("looked at %d columns, %v", n, err)
	}
}

func TestMigrationsArePaired(t *testing.T) {
	t.Parallel()
	names := map[string][]string{}
	for _, engine := range []string{"sqlite", "postgres"} {
		files, err := filepath.Glob(filepath.Join("migrations", engine, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no migrations for %s (%v)", engine, err)
		}
		for _, file := range files {
			names[engine] = append(names[engine], filepath.Base(file))
		}
	}
	if !slices.Equal(names["sqlite"], names["postgres"]) {
		t.Errorf("SQLite has %v, PostgreSQL has %v", names["sqlite"], names["postgres"])
	}
}

var checkClause = regexp.MustCompile(`CHECK \((?:[^()]|\([^()]*\))*\)`)

// The catalogues give no common text for a CHECK, so its clauses are compared
// as the paired migrations write them.
func TestPairedMigrationsCheckTheSame(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no migrations", err)
	}
	n := 0
	for _, file := range files {
		lite, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pg, err := os.ReadFile(filepath.Join("migrations/postgres", filepath.Base(file)))
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := checkClause.FindAllString(string(lite), -1), checkClause.FindAllString(string(pg), -1)
		if !slices.Equal(ours, theirs) {
			t.Errorf("%s: SQLite checks\n%s\nPostgreSQL checks\n%s", file, strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
		}
		n += len(ours)
	}
	if n == 0 {
		t.Error("found no CHECK at all")
	}
}

// Every table but reference data and the observations names its owner.
func TestTablesNameTheirOwner(t *testing.T) {
	t.Parallel()
	without := []string{
		"eligible_site", "measure_rollup", "observation", "placement_unit", "restatement", "return_rollup", "site_return", // integer keys only
		"shelf", "shelf_facet", "shelf_entry", "shelf_link", "shelf_link_end", "shelf_entry_facet", // reference data
	}
	d := dbtest.Open(t, dbtest.SQLite(t))
	tables, err := db.List(context.Background(), d, func(row db.Scanner) (string, error) {
		var name string
		err := row.Scan(&name)
		return name, err
	}, `SELECT t.name FROM sqlite_master t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
		AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = 'owner_id') ORDER BY t.name`)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(append(without, exempt...)))
	if !slices.Equal(tables, want) {
		t.Errorf("tables without owner_id: %v, want %v", tables, want)
	}
}
