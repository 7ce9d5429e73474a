package db_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// What a database of the first version held: two made-up members, a site that
// moved, one counted under a member that it never belonged to, a value that
// was corrected.
var firstVersion = []string{
	`INSERT INTO member (id, code, name, source) VALUES ('m2', 'birch', 'Birch', 't'), ('m1', 'alder', 'Alder', 't')`,
	`INSERT INTO site (id, key, code, name) VALUES ('s1', 11, 'one', 'One'), ('s2', 12, 'two', 'Two'), ('s3', 13, 'three', 'Three')`,
	`INSERT INTO site_membership (id, site_id, member_id, valid_from, valid_to) VALUES
		('x2', 's1', 'm1', '2018-04-01', '2018-08-01'), ('x1', 's1', 'm2', '2018-08-01', NULL), ('x3', 's2', 'm1', '2018-04-01', NULL)`,
	`INSERT INTO site_succession (id, site_id, successor_id, kind, happened_on, reason) VALUES ('y', 's3', 's2', 'merger', '2018-08-01', 'one trust')`,
	`INSERT INTO innovation (id, code, name, summary, source) VALUES ('i', 'i', 'I', '', 't')`,
	`INSERT INTO programme (id, code, name, summary, innovation_id, source) VALUES ('p', 'p', 'P', '', 'i', 't')`,
	`INSERT INTO measure (id, key, programme_id, code, name, kind, period_kind, adopted_level) VALUES
		('level', 1, 'p', 'level', 'Level', 'level', 'quarter', 3), ('monthly', 2, 'p', 'monthly', 'Monthly', 'count', 'month', NULL)`,
	`INSERT INTO measure_level (measure_id, level, label) VALUES ('level', 3, 'in use')`,
	`INSERT INTO target (id, programme_id, member_id, starts_on, percent, inclusive, agreed_by, source) VALUES ('t', 'p', 'm1', '2018-04-01', 50, TRUE, 'board', 't')`,
	`INSERT INTO site_return (id, key, programme_id, site_id, period, due_on, submitted_on, sent_by, why_missing) VALUES
		('r1', 1, 'p', 's1', 3201804, '2018-07-30', '2018-07-30', 'two', NULL), ('r2', 2, 'p', 's2', 3201804, '2018-07-30', NULL, NULL, 'on leave')`,
	`INSERT INTO eligible_site (programme_id, period, site_key, member_id) VALUES
		('p', 3201804, 11, 'm1'), ('p', 3201804, 12, 'm1'), ('p', 3201804, 13, 'm2')`,
	`INSERT INTO observation (measure_key, period, site_key, value, return_key) VALUES (1, 3201804, 11, 3, 1)`,
	`INSERT INTO rate_rollup (programme_id, member_id, period, eligible, reported, adopted) VALUES ('p', 'm1', 3201804, 2, 1, 1)`,
	`INSERT INTO restatement (id, measure_key, period, site_key, old_value, new_value, restated_on, restated_by, reason) VALUES
		('z', 1, 3201804, 11, 2, 3, '2018-09-01', 'analyst', 'a slip')`,
}

// Everything is there after the later steps, in its new place.
func TestDataOfTheFirstVersionAreKept(t *testing.T) {
	t.Parallel()
	for engine, address := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "first.db") },
		"postgres": func(t *testing.T) string { return dbtest.EmptyPostgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			d := dbtest.Open(t, address(t))
			if err := d.MigrateTo(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			for _, statement := range firstVersion {
				if _, err := d.Exec(t.Context(), statement); err != nil {
					t.Fatalf("%s: %v", statement, err)
				}
			}
			if _, err := d.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := d.CheckReferences(t.Context()); err != nil {
				t.Error(err)
			}
			for query, want := range map[string][]string{
				`SELECT code || ' ' || kind || ' ' || key FROM unit ORDER BY key`:                                                                {"alder member 1", "birch member 2"},
				`SELECT successor_id || ' ' || kind FROM site_succession`:                                                                        {"s2 merger"},
				`SELECT code || ' ' || period_kind FROM collection ORDER BY key`:                                                                 {"quarter quarter", "month month"},
				`SELECT m.code || ' ' || m.purpose || ' ' || c.code FROM measure m JOIN collection c ON c.key = m.collection_key ORDER BY m.key`: {"level adoption quarter", "monthly activity month"},
				`SELECT label FROM measure_level`:                                                                                                {"in use"},
				`SELECT unit_id || ' ' || CAST(value AS BIGINT) || ' ' || basis || ' ' || coalesce(measure_id, 'adoption') || CASE WHEN on_path THEN ' path' ELSE '' END FROM target`: {"m1 50 rate adoption"},
				`SELECT site_key || ' ' || coalesce(submitted_on, '') || ' ' || coalesce(sent_by_key, 0) || ' ' || coalesce(why_missing, '') FROM site_return ORDER BY site_key`: {
					"11 2018-07-30 12 ", "12  0 on leave",
				},
				`SELECT e.site_key || ' ' || u.code || CASE WHEN p.current THEN '' ELSE ', not current' END FROM eligible_site e
					JOIN placement p ON p.key = e.placement_key AND p.site_key = e.site_key
					JOIN placement_unit pu ON pu.placement_key = p.key JOIN unit u ON u.key = pu.unit_key ORDER BY e.site_key`: {"11 alder", "12 alder", "13 birch, not current"},
				`SELECT site_key || ' ' || valid_from || ' ' || coalesce(valid_to, '') FROM placement WHERE current ORDER BY site_key, valid_from`: {
					"11 2018-04-01 2018-08-01", "11 2018-08-01 ", "12 2018-04-01 ",
				},
				`SELECT measure_key || ' ' || period || ' ' || site_key || ' ' || value FROM observation`: {"1 3201804 11 3"},
				`SELECT r.old_value || ' ' || r.new_value || ' ' || s.made_by || ' ' || s.reason || ' ' || s.made_at FROM restatement r
					JOIN measure m ON m.key = r.measure_key JOIN submission s ON s.collection_key = m.collection_key AND s.number = r.submission`: {
					"2 3 analyst a slip 1535760000000000",
				},
				`SELECT member_id FROM approval WHERE reopened_at IS NULL ORDER BY member_id`: {"m1", "m2"},
				`SELECT unit_key || ': ' || expected || ' ' || received FROM return_rollup ORDER BY unit_key`: {
					"0: 3 1", "1: 2 1", "2: 1 0",
				},
				`SELECT unit_key || ': ' || reported || ' ' || adopted || ' ' || total FROM measure_rollup ORDER BY unit_key`: {"0: 1 1 3", "1: 1 1 3"},
			} {
				got, err := db.List(t.Context(), d, func(row db.Scanner) (line string, err error) {
					err = row.Scan(&line)
					return line, err
				}, query)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%s\ngives %q, want %q (%v)", query, got, want, err)
				}
			}
			if _, err := d.Exec(t.Context(), `UPDATE restatement SET old_value = 1`); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("a restatement could be changed: %v", err)
			}
		})
	}
}
