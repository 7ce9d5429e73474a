package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"sir/internal/exchange"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample has a cell of every kind, and text that means something to each of
// the formats.
var sample = exchange.Sheet{
	Columns: []string{"name", "=condition", "whole", "part", "known"},
	Rows: [][]any{
		{"Alder", "plain", 12, 33.6, true},
		{"naïve – 名前 \"quoted\", with a comma", "two\nlines", int64(-4), -0.5, false},
		{"=HYPERLINK(\"http://192.0.2.1\")", "+44 20", 0, 0.0, true},
		{"-4", "@SUM(A1)", 9007199254740993, 1e21, false},
		{"tab\there", "\u202egnp.exe \x1b[31m", nil, nil, nil},
		{"", "</script><b>&", 1, 1.0 / 3, nil},
	},
}

func written(t testing.TB, s exchange.Sheet, format exchange.Format) string {
	t.Helper()
	var out bytes.Buffer
	if err := s.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSheetIsWrittenAsAgreed(t *testing.T) {
	t.Parallel()
	for format, file := range map[exchange.Format]string{exchange.CSV: "sheet.csv", exchange.JSON: "sheet.json", exchange.Table: "sheet.txt"} {
		path := filepath.Join("testdata", file)
		got := written(t, sample, format)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is\n%s\nwant\n%s\nIf that is meant: go test ./internal/exchange -update", format, got, want)
		}
	}
}

func TestEmptySheets(t *testing.T) {
	t.Parallel()
	s := exchange.Sheet{Columns: []string{"a", "b"}}
	for format, want := range map[exchange.Format]string{exchange.CSV: "a,b\n", exchange.JSON: "[\n]\n", exchange.Table: "a  b\n"} {
		if got := written(t, s, format); got != want {
			t.Errorf("%s of no rows is %q, want %q", format, got, want)
		}
	}
}

func TestWriteSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	one := func(cells ...any) exchange.Sheet {
		return exchange.Sheet{Columns: []string{"a", "b"}, Rows: [][]any{{1, 2}, cells}}
	}
	for name, c := range map[string]struct {
		sheet  exchange.Sheet
		format exchange.Format
		want   string
	}{
		"unknown format": {one(1, 2), "xml", `no format is called "xml": use table, csv or json`},
		"no format":      {one(1, 2), "", "use table, csv or json"},
		"too few":        {one(1), exchange.CSV, "row 2 has 1 cells for 2 columns"},
		"too many":       {one(1, 2, 3), exchange.JSON, "row 2 has 3 cells for 2 columns"},
		"not a number":   {one(1, math.NaN()), exchange.JSON, "column b"},
		"no JSON value":  {one(func() {}, 2), exchange.JSON, "column a"},
	} {
		if err := c.sheet.Write(&bytes.Buffer{}, c.format); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteReportsAFullDisk(t *testing.T) {
	t.Parallel()
	for _, format := range []exchange.Format{exchange.CSV, exchange.JSON, exchange.Table} {
		if err := sample.Write(full{}, format); !errors.Is(err, errFull) {
			t.Errorf("%s: %v, want %v", format, err, errFull)
		}
	}
}

// asReadBack is what encoding/csv makes of a cell: an apostrophe before what
// could be a formula, and a line feed for each carriage return and line feed.
func asReadBack(cell string) string {
	return strings.ReplaceAll(exchange.SafeCell(cell), "\r\n", "\n")
}

// Whatever stands in the cells and over the columns comes out of the CSV and
// JSON files as it went in, and a table has one line a row that no cell can
// break out of.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"", "a", "=1", "\"", "a,b", "\r\n", "\\.", "\xff\xfe", "\u202e", "\x1b[2J", "\u2028", "{\"a\":1}", "\x00"} {
		f.Add(seed, "b", seed)
	}
	f.Fuzz(func(t *testing.T, column, first, second string) {
		s := exchange.Sheet{Columns: []string{"one " + column, "two"}, Rows: [][]any{{first, second}, {nil, 4}}}

		rows, err := csv.NewReader(strings.NewReader(written(t, s, exchange.CSV))).ReadAll()
		want := [][]string{{asReadBack("one " + column), "two"}, {asReadBack(first), asReadBack(second)}, {"", "4"}}
		if err != nil || fmt.Sprintf("%q", rows) != fmt.Sprintf("%q", want) {
			t.Errorf("CSV reads %q, want %q (%v)", rows, want, err)
		}

		var objects []map[string]any
		if err := json.Unmarshal([]byte(written(t, s, exchange.JSON)), &objects); err != nil {
			t.Fatal(err)
		}
		valid := func(s string) string { return string([]rune(s)) }
		name := valid("one " + column)
		if len(objects) != 2 || objects[0][name] != valid(first) || objects[0]["two"] != valid(second) ||
			objects[1][name] != nil || objects[1]["two"] != 4.0 {
			t.Errorf("JSON reads %q", objects)
		}

		table := written(t, s, exchange.Table)
		if strings.Count(table, "\n") != 3 || !utf8.ValidString(table) {
			t.Errorf("the table is %q", table)
		}
		for _, r := range strings.ReplaceAll(table, "\n", "") {
			if unicode.IsControl(r) || slices.Contains([]rune("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), r) {
				t.Errorf("the table holds %U", r)
			}
		}
	})
}
