package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// fill writes one row of every type the schema has.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	statements := []string{
		`INSERT INTO unit (id, code, name, made_up, source) VALUES ('m1', 'alder', 'Alder – ` + "\u202e" + `made up', TRUE, 'test')`,
		`INSERT INTO innovation (id, code, name, summary, source) VALUES ('i1', 'i', 'I', '', 'test')`,
		`INSERT INTO programme (id, code, name, summary, innovation_id, source) VALUES ('p1', 'p', 'P', '', 'i1', 'test')`,
		`INSERT INTO target (id, programme_id, starts_on, value, inclusive, agreed_by, source) VALUES ('t1', 'p1', '2026-04-01', 50, FALSE, 'x', 'test')`,
		`INSERT INTO case_set (id, code, title, summary, source) VALUES ('s1', 's', 'S', '', 'test')`,
		`INSERT INTO published_term (id, case_set_id, outcome, term, cases, raw_coverage, unique_coverage, solution_coverage, source)
			VALUES ('u1', 's1', 'success', 'A', '1', 0.625, 0.5, 1, 'test')`,
	}
	for _, statement := range statements {
		if _, err := d.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Exec(t.Context(), `INSERT INTO session (token_hash, data, expires_at) VALUES ('h', $1, 5)`, []byte{0, 255, 7}); err != nil {
		t.Fatal(err)
	}
}

// content reads back what fill wrote.
func content(t *testing.T, d *db.DB) string {
	t.Helper()
	var name string
	var madeUp, inclusive bool
	var coverage float64
	var data []byte
	err := d.Row(t.Context(), `SELECT m.name, m.made_up, t.inclusive, u.raw_coverage, s.data
		FROM unit m, target t, published_term u, session s`).Scan(&name, &madeUp, &inclusive, &coverage, &data)
	if err != nil {
		t.Fatal(err)
	}
	var audit string
	if err := d.Row(t.Context(), `SELECT hash FROM audit_head`).Scan(&audit); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(name, madeUp, inclusive, coverage, data, audit)
}

func TestBackupOfEitherEngineRestoresIntoEither(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, source *db.DB) {
		fill(t, source)
		want := content(t, source)
		file := filepath.Join(t.TempDir(), "backup.db")
		if err := source.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		dbtest.EachAddress(t, func(t *testing.T, address string) {
			if err := db.Restore(t.Context(), file, address, false); err == nil {
				t.Fatal("a restore replaced a database without being forced to")
			}
			if err := db.Restore(t.Context(), file, address, true); err != nil {
				t.Fatal(err)
			}
			if got := content(t, dbtest.Open(t, address)); got != want {
				t.Errorf("restored\n%s\nwant\n%s", got, want)
			}
		})
	})
}

func TestBackupIsSafeBesideWriters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, source *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- writePairs(ctx, source) }()
		file := filepath.Join(t.TempDir(), "backup.db")
		if err := source.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		cancel()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		restored := filepath.Join(t.TempDir(), "restored.db")
		if err := db.Restore(t.Context(), file, restored, false); err != nil {
			t.Fatal(err)
		}
		var odd int
		err := dbtest.Open(t, restored).Row(t.Context(), `SELECT count(*) % 2 FROM setting`).Scan(&odd)
		if err != nil || odd != 0 {
			t.Errorf("the backup holds half a transaction (odd %d, %v)", odd, err)
		}
	})
}

// writePairs commits two rows at a time until ctx ends.
func writePairs(ctx context.Context, d *db.DB) error {
	for i := 0; ctx.Err() == nil; i++ {
		err := d.InTx(ctx, func(ctx context.Context) error {
			if err := put(ctx, d, fmt.Sprintf("a%d", i), "1"); err != nil {
				return err
			}
			return put(ctx, d, fmt.Sprintf("b%d", i), "1")
		})
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

func TestRestoreRefusesWhatIsNotWhole(t *testing.T) {
	source := dbtest.Open(t, dbtest.SQLite(t))
	fill(t, source)
	good := filepath.Join(t.TempDir(), "good.db")
	if err := source.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		content []byte
		want    error
	}{
		"one changed letter": {[]byte(strings.Replace(string(whole), "Alder", "Elder", 1)), db.ErrDamaged},
		"cut short":          {whole[:len(whole)/2], db.ErrDamaged},
		"not a database":     {[]byte("name,value\n"), db.ErrDamaged},
		"no seal":            {[]byte(strings.Replace(string(whole), "CREATE TABLE backup_seal", "CREATE TABLE backup_soul", 1)), db.ErrDamaged},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bad.db")
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			target := dbtest.SQLite(t)
			before, _ := os.ReadFile(target)
			if err := db.Restore(t.Context(), file, target, true); !errors.Is(err, c.want) {
				t.Errorf("Restore = %v, want %v", err, c.want)
			}
			if after, _ := os.ReadFile(target); string(after) != string(before) {
				t.Error("a refused restore changed the database")
			}
		})
	}
}

func TestRestoreRefusesANewerSchema(t *testing.T) {
	source := dbtest.Open(t, dbtest.SQLite(t))
	if _, err := source.Exec(t.Context(), `INSERT INTO schema_version (version_id, is_applied) VALUES (99999, TRUE)`); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "newer.db")
	if err := source.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	err := db.Restore(t.Context(), file, filepath.Join(t.TempDir(), "target.db"), false)
	if !errors.Is(err, db.ErrNewerSchema) {
		t.Errorf("Restore of a newer schema = %v, want ErrNewerSchema", err)
	}
}

func TestBackupDoesNotOverwrite(t *testing.T) {
	source := dbtest.Open(t, dbtest.SQLite(t))
	file := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := source.Backup(t.Context(), file); err == nil {
		t.Error("a backup overwrote a file")
	}
	if content, _ := os.ReadFile(file); string(content) != "precious" {
		t.Errorf("the file now holds %q", content)
	}
}
