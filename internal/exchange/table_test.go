package exchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"sir/internal/exchange"
)

// returnColumns are the columns of a made-up return.
var returnColumns = []exchange.Column{
	{Name: "site", Required: true}, {Name: "period", Required: true}, {Name: "level", Aliases: []string{"stage"}}, {Name: "referrals"},
}

// readAll reads a table and answers its rows as "number:cell|cell", its conflicts and its notes.
func readAll(t *testing.T, content string, options exchange.TableOptions) (rows, conflicts, notes []string) {
	t.Helper()
	table, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), options)
	if err != nil {
		return nil, []string{err.Error()}, nil
	}
	return drain(t, table, options)
}

func drain(t *testing.T, table *exchange.TableReader, options exchange.TableOptions) (rows, conflicts, notes []string) {
	t.Helper()
	width := len(options.Columns)
	if width == 0 {
		width = len(table.Names())
	}
	for row := range table.Rows() {
		cells := make([]string, width)
		for i := range cells {
			cells[i] = row.Text(i)
		}
		rows = append(rows, fmt.Sprintf("%d:%s", row.Number(), strings.Join(cells, "|")))
	}
	if err := table.Err(); err != nil {
		t.Fatal(err)
	}
	for _, c := range table.Conflicts().List() {
		conflicts = append(conflicts, c.Error())
	}
	return rows, conflicts, table.Notes()
}

// matches tells whether each of the texts holds what is wanted at its place.
func matches(got, want []string) bool {
	return slices.EqualFunc(got, want, func(g, w string) bool { return strings.Contains(g, w) })
}

func utf16LE(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

func TestTableFromText(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("A1,Q1,1,2\n", 9000)
	for name, c := range map[string]struct {
		content                string
		rows, conflicts, notes []string
	}{
		"commas":              {"site,period,level,referrals\nA1,Q1,3,12\nB2,Q1,,\n", []string{"2:A1|Q1|3|12", "3:B2|Q1||"}, nil, nil},
		"order and case":      {"Referrals, SITE ,STAGE,period\n12,A1,3,Q1", []string{"2:A1|Q1|3|12"}, nil, nil},
		"semicolons":          {"site;period;level\nA1;Q1;3\n", []string{"2:A1|Q1|3|"}, nil, []string{"semicolons"}},
		"tabs":                {"site\tperiod\tlevel\nA1\tQ1, Q2\t3\n", []string{"2:A1|Q1, Q2|3|"}, nil, []string{"tabs"}},
		"sep line":            {"sep=;\r\nsite;period\r\nA,1;Q1\r\n", []string{"2:A,1|Q1||"}, nil, []string{"semicolons"}},
		"byte order mark":     {"\ufeffsite,period\nÀ1,Q1\n", []string{"2:À1|Q1||"}, nil, nil},
		"UTF-16":              {utf16LE("site,period\r\nÀ😀,Q1\r\n"), []string{"2:À😀|Q1||"}, nil, []string{"UTF-16"}},
		"Windows-1252":        {"site,period\nCaf\xe9 \x80,Q1\n", []string{"2:Café €|Q1||"}, nil, []string{"Windows-1252"}},
		"late Windows-1252":   {"site,period,level,referrals\n" + big + "\xe9,Q1,,\n", nil, nil, []string{"Windows-1252"}},
		"mixed encodings":     {"site,period\nCafé,Q1\nCaf\xe9,Q1\n", []string{"2:Café|Q1||"}, []string{"row 3, column site"}, nil},
		"not in Windows-1252": {"site,period\n\x81,Q1\n", nil, []string{"row 2, column site"}, []string{"Windows-1252"}},
		"NUL":                 {"site,period\nA\x001,Q1\nB1,Q1\n", nil, []string{"looks like a binary file"}, nil},
		"NUL further down":    {"site,period,level,referrals\n" + big + "A\x00,Q1,,\n", nil, []string{"row 9002, column site"}, nil},
		"lone carriage":       {"site,period\rA1,Q1\rB1,Q1", []string{"2:A1|Q1||", "3:B1|Q1||"}, nil, nil},
		"empty lines":         {"\n\nsite,period\n\nA1,Q1\n,,,\n\n", []string{"5:A1|Q1||"}, nil, nil},
		"quotes": {"site,period\n\"A \"\"1\"\", east\",\"Q1\n2\"\nB, \"Q1, Q2\" \nC\"1,Q\n",
			[]string{"2:A \"1\", east|Q1\n2||", "3:B|Q1, Q2||", "4:C\"1|Q||"}, nil, nil},
		"quote not closed":   {"site,period\nA1,Q1\nB1,\"Q1\nC1,Q1\n", []string{"2:A1|Q1||"}, []string{"row 3, column period"}, nil},
		"text after quote":   {"site,period\n\"A\"1,Q1\nB,Q1", []string{"3:B|Q1||"}, []string{"row 2, column site, \"A\": text follows"}, nil},
		"too few cells":      {"site,period,level\nA1,Q1\nB1,Q1,1\n", []string{"3:B1|Q1|1|"}, []string{"row 2: the row has fewer cells (2) than the header (3)"}, nil},
		"too many cells":     {"site,period\nA1,Q1,\nB1,Q1,x\n", []string{"2:A1|Q1||"}, []string{`row 3, column C, "x"`}, nil},
		"no name":            {"site,,period\nA1,,Q1\nB1,x,Q1\n", []string{"2:A1|Q1||"}, []string{`row 3, column B, "x"`}, nil},
		"formula comes back": {"site,period\n'=1+1,'-\n'a,''=1\n", []string{"2:=1+1|-||", "3:'a|'=1||"}, nil, nil},
		"blanks":             {"site,period\nA1, n/a \n#N/A,..\n–,-", []string{"2:A1|||", "3:|||", "4:|||"}, nil, nil},
		"spreadsheet error":  {"site,period\n#REF!,Q1\n", []string{"2:|Q1||"}, []string{"row 2, column site, \"#REF!\""}, nil},
	} {
		rows, conflicts, notes := readAll(t, c.content, exchange.TableOptions{Columns: returnColumns})
		if strings.Contains(c.content, big) {
			rows = nil // 9,000 of them
		}
		if !slices.Equal(rows, c.rows) || !matches(conflicts, c.conflicts) || !matches(notes, c.notes) {
			t.Errorf("%s:\nrows %q, want %q\nconflicts %q, want %q\nnotes %q, want %q", name, rows, c.rows, conflicts, c.conflicts, notes, c.notes)
		}
	}
}

func TestHeaderSaysWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"empty":            {"", []string{"the table is empty"}},
		"only lines":       {"\n,,\n \n", []string{"the table is empty"}},
		"duplicate":        {"site,period,Site\nA,Q1,B\n", []string{"row 1, column Site: two columns have this name, cells 1 and 3"}},
		"two names of one": {"site,period,level,stage\nA,Q1,1,1\n", []string{"column stage: this is another name of the column level"}},
		"misspelt":         {"stie,period,colour\nA,Q1,1\n", []string{"column stie: no column has this name; did you mean site?", "column colour: no column has this name; the columns are site, period", "column site: the column is missing; add it to the header, or rename stie"}},
		"no header":        {"A1,Q1\nB1,Q1\n", []string{"column A1", "column Q1", "the first row with text is no header"}},
		"quote in header":  {"site,\"period\nA,Q1\n", []string{"row 1: the header cannot be read: a quotation mark"}},
	} {
		rows, conflicts, _ := readAll(t, c.content, exchange.TableOptions{Columns: returnColumns})
		if !matches(conflicts, c.want) || rows != nil {
			t.Errorf("%s: rows %q, conflicts %q, want %q", name, rows, conflicts, c.want)
		}
	}
}

func TestExtraColumnsMayBeLetBe(t *testing.T) {
	t.Parallel()
	content := "name,site,notes,period\nx,A1,y,Q1\nz,B1,,Q1,beyond\n"
	rows, conflicts, _ := readAll(t, content, exchange.TableOptions{Columns: returnColumns, Extra: true})
	if want := []string{"2:A1|Q1||", "3:B1|Q1||"}; !slices.Equal(rows, want) || conflicts != nil {
		t.Errorf("rows %q, want %q; conflicts %q", rows, want, conflicts)
	}
	rows, conflicts, _ = readAll(t, "a,b\n1,2\n", exchange.TableOptions{})
	if want := []string{"2:1|2"}; !slices.Equal(rows, want) || conflicts != nil {
		t.Errorf("without columns: rows %q, want %q; conflicts %q", rows, want, conflicts)
	}
}

// A file that is no table is named, whatever it is called.
func TestOtherFilesAreNamed(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"%PDF-1.7\n":                              "a PDF document",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":        "an old Excel file (.xls)",
		"<!DOCTYPE html><html>":                   "a web page",
		"\ufeff <?xml version='1.0'?>":            "an XML file",
		`{"dataValues": []}`:                      "a JSON file",
		"\x1f\x8b\x08":                            "a gzip file",
		"s\x00i\x00t\x00e\x00,\x00":               "UTF-16 text without a byte order mark",
		"PK\x05\x06" + strings.Repeat("\x00", 18): "an empty ZIP file",
		"PK\x03\x04nothing":                       "cannot be read as an Excel workbook",
	} {
		_, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), exchange.TableOptions{})
		var conflict exchange.Conflict
		if !errors.As(err, &conflict) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want a conflict that says %q", content, err, want)
		}
	}
}

func TestConflictsBeyondTheFirstAreCounted(t *testing.T) {
	t.Parallel()
	content := "site,period\n" + strings.Repeat("A1\n", 2500)
	table, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), exchange.TableOptions{Columns: returnColumns})
	if err != nil {
		t.Fatal(err)
	}
	for range table.Rows() {
		t.Error("a row of one cell was handed out")
	}
	if kept, total := len(table.Conflicts().List()), table.Conflicts().Total(); kept != exchange.KeptConflicts || total != 2500 {
		t.Errorf("kept %d of %d conflicts, want %d of 2500", kept, total, exchange.KeptConflicts)
	}
}

// However few bytes a connection gives at a time, the rows are the same; when it breaks, that is an error.
func TestCSVFromSlowAndBrokenReaders(t *testing.T) {
	t.Parallel()
	content := "site,period\r\n" + strings.Repeat("\"Ä \"\"1\"\"\",Q1\r\n", 5000)
	options := exchange.TableOptions{Columns: returnColumns}
	want, _, _ := readAll(t, content, options)
	table, err := exchange.ReadCSV(iotest.OneByteReader(strings.NewReader(content)), options)
	if err != nil {
		t.Fatal(err)
	}
	if got, conflicts, _ := drain(t, table, options); !slices.Equal(got, want) || len(want) != 5000 || conflicts != nil {
		t.Errorf("byte by byte there are %d rows, at once %d; conflicts %q", len(got), len(want), conflicts)
	}
	broken := io.MultiReader(bytes.NewReader([]byte(content)), iotest.ErrReader(io.ErrClosedPipe))
	if table, err = exchange.ReadCSV(broken, options); err != nil {
		t.Fatal(err)
	}
	for range table.Rows() {
	}
	if !errors.Is(table.Err(), io.ErrClosedPipe) {
		t.Errorf("error %v, want %v", table.Err(), io.ErrClosedPipe)
	}
}
