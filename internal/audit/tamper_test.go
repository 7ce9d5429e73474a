package audit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// disarm takes the triggers away, as somebody with the database's own tools
// can.
func disarm(t testing.TB, d *db.DB) {
	t.Helper()
	statements := []string{`DROP TRIGGER audit_entry_no_update`, `DROP TRIGGER audit_entry_no_delete`}
	if d.Engine() == "postgres" {
		statements = []string{`DROP TRIGGER audit_entry_append_only ON audit_entry`}
	}
	for _, statement := range statements {
		if _, err := d.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

const insertEntry = `INSERT INTO audit_entry (seq, at, actor_id, actor_name, action, outcome, object, detail, previous_hash, hash) `

func TestVerifyNamesTheFirstWrongEntry(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name       string
		statements []string
		seq        int64
		reason     string
	}{
		{"altered first", []string{`UPDATE audit_entry SET actor_name = 'Else' WHERE seq = 1`}, 1, "was altered"},
		{"altered middle", []string{`UPDATE audit_entry SET detail = '{}' WHERE seq = 3`}, 3, "was altered"},
		{"altered last", []string{`UPDATE audit_entry SET outcome = 'refused' WHERE seq = 5`}, 5, "was altered"},
		{"altered by a microsecond", []string{`UPDATE audit_entry SET at = at + 1 WHERE seq = 2`}, 2, "was altered"},
		{"text moved between fields", []string{`UPDATE audit_entry SET action = action || object, object = '' WHERE seq = 4`}, 4, "was altered"},
		{"altered twice", []string{`UPDATE audit_entry SET object = 'x' WHERE seq IN (2, 4)`}, 2, "was altered"},
		{"removed first", []string{`DELETE FROM audit_entry WHERE seq = 1`}, 1, "is missing"},
		{"removed middle", []string{`DELETE FROM audit_entry WHERE seq = 3`}, 3, "is missing"},
		{"removed last", []string{`DELETE FROM audit_entry WHERE seq = 5`}, 5, "is missing"},
		{"removed all", []string{`DELETE FROM audit_entry`}, 1, "is missing"},
		{
			"removed and closed up",
			[]string{`DELETE FROM audit_entry WHERE seq = 3`, `UPDATE audit_entry SET seq = 3 WHERE seq = 4`, `UPDATE audit_entry SET seq = 4 WHERE seq = 5`},
			3, "does not follow",
		},
		{
			"reordered",
			[]string{`UPDATE audit_entry SET seq = 99 WHERE seq = 2`, `UPDATE audit_entry SET seq = 2 WHERE seq = 4`, `UPDATE audit_entry SET seq = 4 WHERE seq = 99`},
			2, "does not follow",
		},
		{
			"inserted at the end",
			[]string{insertEntry + `SELECT 6, at, actor_id, actor_name, action, outcome, object, detail, hash, hash FROM audit_entry WHERE seq = 5`},
			6, "was altered",
		},
		{
			"inserted before the first",
			[]string{insertEntry + `SELECT 0, at, actor_id, actor_name, action, outcome, object, detail, previous_hash, hash FROM audit_entry WHERE seq = 1`},
			0, "was added",
		},
		{"head cut back", []string{`UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)`}, 4, "comes after the last entry"},
		{"head's hash changed", []string{`UPDATE audit_head SET hash = 'other'`}, 5, "is not the entry that the head"},
		{"head moved on", []string{`UPDATE audit_head SET seq = 7`}, 6, "go on to entry 7"},
		{"head removed", []string{`DELETE FROM audit_head`}, 5, "the head of the trail was removed"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 5)
		disarm(t, d)
		for _, c := range cases {
			undo := errors.New("undo")
			err := d.InTx(t.Context(), func(ctx context.Context) error {
				for _, statement := range c.statements {
					if _, err := d.Exec(ctx, statement); err != nil {
						return err
					}
				}
				_, err := audit.Verify(ctx, d)
				checkBroken(t, c.name, err, c.seq, c.reason)
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Errorf("the trail before it was tampered with: %v", err)
		}
	})
}

func checkBroken(t testing.TB, name string, err error, seq int64, reason string) {
	t.Helper()
	var broken *audit.Broken
	switch {
	case !errors.As(err, &broken):
		t.Errorf("%s: Verify = %v, want a *Broken", name, err)
	case broken.Seq != seq || !strings.Contains(broken.Reason, reason):
		t.Errorf("%s: %v, want entry %d that %s", name, err, seq, reason)
	case !strings.HasPrefix(err.Error(), fmt.Sprintf("audit entry %d: ", seq)):
		t.Errorf("%s: the message does not begin with the entry: %v", name, err)
	}
}

// SQLite keeps whatever stands in a cell; a value that is no longer of its
// type is an alteration like any other.
func TestVerifyNamesAnEntryThatCannotBeRead(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	keep(t, d, 3)
	disarm(t, d)
	if _, err := d.Exec(t.Context(), `UPDATE audit_entry SET at = 'yesterday' WHERE seq = 2`); err != nil {
		t.Fatal(err)
	}
	_, err := audit.Verify(t.Context(), d)
	checkBroken(t, "text for a time", err, 2, "cannot be read")
}

// Bytes that are not UTF-8 must not pass for the replacement character.
func TestVerifySeesBytesBehindTheReplacementCharacter(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	r := record(1)
	r.Note.Object = "member \ufffd"
	if err := audit.Append(t.Context(), d, r); err != nil {
		t.Fatal(err)
	}
	disarm(t, d)
	if _, err := d.Exec(t.Context(), `UPDATE audit_entry SET object = CAST(x'6d656d62657220ff' AS TEXT)`); err != nil {
		t.Fatal(err)
	}
	_, err := audit.Verify(t.Context(), d)
	checkBroken(t, "invalid bytes", err, 1, "was altered")
}

const trailLength = 8

// anySeq is an entry, or a number before the first or after the last.
var anySeq = rapid.IntRange(-1, trailLength+2)

// Whatever is done to the entries, in one statement or several: where the trail
// is not what it was, Verify says so, and names the first entry that differs or
// the one after it, which no longer follows.
func TestVerifyFindsRandomTampering(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, trailLength)
		disarm(t, d)
		before := dump(t, t.Context(), d)
		rapid.Check(t, func(rt *rapid.T) {
			statements := rapid.SliceOfN(anyTampering, 1, 3).Draw(rt, "statements")
			undo := errors.New("undo")
			err := d.InTx(t.Context(), func(ctx context.Context) error {
				for _, statement := range statements {
					if _, err := d.Exec(ctx, statement); err != nil {
						return fmt.Errorf("%s: %w", statement, err)
					}
				}
				checkTampered(rt, before, dump(rt, ctx, d), verify(ctx, d))
				return undo
			})
			if !errors.Is(err, undo) {
				rt.Fatal(err)
			}
		})
	})
}

func verify(ctx context.Context, d *db.DB) error {
	_, err := audit.Verify(ctx, d)
	return err
}

func checkTampered(t *rapid.T, before, after []string, err error) {
	if slices.Equal(before, after) {
		if err != nil {
			t.Fatalf("nothing changed, and yet: %v", err)
		}
		return
	}
	var broken *audit.Broken
	if !errors.As(err, &broken) {
		t.Fatalf("Verify = %v after\n%s\nbecame\n%s", err, strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if first := firstDifference(before, after); broken.Seq > first+1 {
		t.Fatalf("%v, yet entry %d is the first that differs", err, first)
	}
}

var anyTampering = rapid.Custom(func(t *rapid.T) string {
	at := anySeq.Draw(t, "seq")
	switch rapid.SampledFrom([]string{"alter", "remove", "move", "copy", "hash", "head"}).Draw(t, "kind") {
	case "alter":
		column := rapid.SampledFrom([]string{"actor_id", "actor_name", "action", "object", "detail", "previous_hash", "hash"}).Draw(t, "column")
		return fmt.Sprintf(`UPDATE audit_entry SET %s = '%s' WHERE seq = %d`, column, rapid.StringMatching(`[a-z0-9]{0,4}`).Draw(t, "text"), at)
	case "remove":
		return fmt.Sprintf(`DELETE FROM audit_entry WHERE seq = %d`, at)
	case "move":
		return fmt.Sprintf(`UPDATE audit_entry SET seq = %[1]d WHERE seq = %[2]d AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = %[1]d)`,
			anySeq.Draw(t, "to"), at)
	case "copy":
		return fmt.Sprintf(insertEntry+`SELECT %[1]d, at, actor_id, actor_name, action, outcome, object, detail, previous_hash, hash
			FROM audit_entry WHERE seq = %[2]d AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = %[1]d)`, anySeq.Draw(t, "to"), at)
	case "hash":
		return fmt.Sprintf(`UPDATE audit_entry SET hash = coalesce((SELECT hash FROM audit_entry WHERE seq = %d), '') WHERE seq = %d`,
			anySeq.Draw(t, "other"), at)
	default:
		return fmt.Sprintf(`UPDATE audit_head SET seq = %d`, anySeq.Draw(t, "head"))
	}
})

// dump is the entries, one a line, and the head after them.
func dump(t rapid.TB, ctx context.Context, d *db.DB) []string {
	lines, err := db.List(ctx, d, func(row db.Scanner) (string, error) {
		var line string
		err := row.Scan(&line)
		return line, err
	}, `SELECT line FROM (
			SELECT 0 AS part, seq, seq || ' ' || at || ' ' || actor_id || ' ' || actor_name || ' ' || action || ' ' || outcome || ' ' ||
				object || ' ' || detail || ' ' || previous_hash || ' ' || hash AS line FROM audit_entry
			UNION ALL SELECT 1, seq, 'head ' || seq || ' ' || hash FROM audit_head) AS trail
		ORDER BY part, seq`)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// firstDifference is the number of the first entry that is not what it was.
func firstDifference(before, after []string) int64 {
	for i := range before {
		if i >= len(after) || before[i] != after[i] {
			return int64(i + 1)
		}
	}
	return int64(len(before))
}
