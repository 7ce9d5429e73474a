package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
)

var megabyte = strings.Repeat("0123456789abcdé", 1<<16)

// takeable are texts that people paste and that must come back as they were.
var takeable = map[string]string{
	"empty":            "",
	"script":           "<script>alert('x')</script>",
	"SQL":              "'; DROP TABLE member; --",
	"one megabyte":     megabyte,
	"right to left":    "\u202egnp.exe\u202c \u200f\u2067שלום\u2069",
	"line ends":        "a\r\nb\nc\rd\te",
	"other controls":   "\x01\x08\x1b[31m\x7f",
	"zero width":       "a\u200bb\u200d\ufeff",
	"beyond the plane": "𝄞 👩‍⚕️ \U0010ffff",
	"decomposed":       "e\u0301 is not é",
	"replacement":      "\ufffd",
	"LIKE":             `100% _ \ [a]`,
	"placeholder":      "$1 ? :a @b",
	"jsonish":          `{"a":"\u0000"}`,
	"number":           "0012.50",
}

func TestHostileTextRoundTrips(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, text := range takeable {
			if err := put(t.Context(), d, name, text); err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := setting(t, t.Context(), d, name); got != text {
				t.Errorf("%s: %.60q came back as %.60q", name, text, got)
			}
			var n int
			if err := d.Row(t.Context(), `SELECT count(*) FROM setting WHERE value = $1`, text).Scan(&n); err != nil || n != 1 {
				t.Errorf("%s: found %d times by its own text (%v)", name, n, err)
			}
		}
	})
}

// note is a type made from a string, as roles and states are.
type note string

func TestTextThatOneEngineWouldRefuseIsRefusedOnBoth(t *testing.T) {
	t.Parallel()
	bad := "a\x00b"
	arguments := map[string]any{
		"NUL": bad, "invalid UTF-8": "a\xffb", "cut rune": "naï"[:3], "surrogate": "\xed\xa0\x80",
		"named type": note(bad), "pointer": &bad,
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, argument := range arguments {
			ways := map[string]error{}
			_, ways["Exec"] = d.Exec(t.Context(), `INSERT INTO setting (name, value) VALUES ('a', $1)`, argument)
			var got string
			ways["Row"] = d.Row(t.Context(), `SELECT name FROM setting WHERE value = $1`, argument).Scan(&got)
			ways["Each"] = d.Each(t.Context(), func(db.Scanner) error { return nil }, `SELECT name FROM setting WHERE value = $1`, argument)
			ways["ExecOne"] = d.ExecOne(t.Context(), `UPDATE setting SET value = $1`, argument)
			for way, err := range ways {
				var shown *fault.Error
				if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &shown) || !strings.Contains(shown.Message, "cannot be stored") {
					t.Errorf("%s, %s: %v, want a refusal that can be shown", name, way, err)
				}
			}
		}
	})
}

// A refused text must not spoil the transaction that it came up in.
func TestRefusedTextLeavesTheTransactionUsable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			if err := put(ctx, d, "bad", "\x00"); !errors.Is(err, fault.ErrInvalid) {
				t.Errorf("put = %v", err)
			}
			return put(ctx, d, "good", "1")
		})
		if err != nil || setting(t, t.Context(), d, "good") != "1" {
			t.Errorf("the transaction ended with %v", err)
		}
	})
}

// Bytes are not text: a session may hold any.
func TestBytesMayHoldAnything(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		want := []byte{0, 0xff, 0xfe, 'a', 0}
		if _, err := d.Exec(t.Context(), `INSERT INTO session (token_hash, data, expires_at) VALUES ('h', $1, 1)`, want); err != nil {
			t.Fatal(err)
		}
		var got []byte
		if err := d.Row(t.Context(), `SELECT data FROM session`).Scan(&got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v came back as %v (%v)", want, got, err)
		}
	})
}

// Lists must stand in one order whatever the engine: by code point.
func TestTextSortsByCodePointOnBothEngines(t *testing.T) {
	t.Parallel()
	words := []string{
		"", " a", "-", "10", "9", "A", "B", "Z", "_", "a", "a b", "a-b", "aB", "ab", "b", "z", "{",
		"É", "á", "é", "ø", "Ā", "ß", "西", "ﬁ", "\U0001f600", "a\u0301", "\u200ba",
	}
	want := slices.Sorted(slices.Values(words))
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, word := range words {
			if err := put(t.Context(), d, word, word); err != nil {
				t.Fatal(err)
			}
		}
		for _, column := range []string{"name", "value"} { // one has an index, the other none
			got, err := db.List(t.Context(), d, func(row db.Scanner) (string, error) {
				var word string
				err := row.Scan(&word)
				return word, err
			}, `SELECT `+column+` FROM setting ORDER BY `+column)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("by %s: %q, want %q (%v)", column, got, want, err)
			}
		}
		var below int
		err := d.Row(t.Context(), `SELECT count(*) FROM setting WHERE value < 'a'`).Scan(&below)
		if err != nil || below != slices.Index(want, "a") {
			t.Errorf("%d texts stand before a, want %d (%v)", below, slices.Index(want, "a"), err)
		}
	})
}
