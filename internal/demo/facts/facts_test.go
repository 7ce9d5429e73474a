package facts

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func mustRead(t *testing.T) Facts {
	t.Helper()
	f, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// withFile is a copy of the embedded files in which one file has other contents.
func withFile(t *testing.T, name, contents string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := files.ReadFile(p)
		m[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if m[name] == nil {
		t.Fatalf("there is no file %s", name)
	}
	m[name] = &fstest.MapFile{Data: []byte(contents)}
	return m
}

func embedded(t *testing.T, name string) string {
	t.Helper()
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func header(t *testing.T, file string) []string {
	t.Helper()
	first, err := csv.NewReader(strings.NewReader(embedded(t, file))).Read()
	if err != nil {
		t.Fatal(err)
	}
	return first
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"unknown column", "named/members.csv", "code,name", "code,title", "named/members.csv line 1: columns are"},
		{"too few fields", "named/members.csv", "oxford,Oxford,,", "oxford,Oxford,", "record on line 10"},
		{"empty name", "named/members.csv", "oxford,Oxford,", "oxford,,", "named/members.csv line 10: column name is empty"},
		{"space around", "named/members.csv", "oxford,Oxford,", "oxford,Oxford ,", "line 10: column name has spaces"},
		{"duplicate member", "named/members.csv", "oxford,Oxford", "eastern,Oxford", `line 10: "eastern" is already on line 3`},
		{"order of members", "named/members.csv", "oxford,Oxford", "oxford,Zoxford", "want alphabetical order"},
		{"bad source", "named/members.csv", "oxford,Oxford,,T3.1", "oxford,Oxford,,page 3", `column source has "page 3"`},
		{"unknown member", "named/staff-by-member.csv", "oxford,15", "cambridge,15", `"cambridge", want "oxford"`},
		{"member missing", "named/staff-by-member.csv", "oxford,15,T3.1\n", "", "has 14 members, want 15"},
		{"staff of none", "named/staff-by-role.csv", "Patient safety,21", "Patient safety,0", `column staff is "0"`},
		{"unknown orientation", "named/orientations.csv", "oxford,explicit", "oxford,open", `column orientation is "open"`},
		{"unknown category", "named/orientations.csv", "10 Step Approach,NA2", "10 Step Approach,NA9", `column category is "NA9"`},
		{"implicit with a name", "named/orientations.csv", "uclpartners,implicit,", "uclpartners,implicit,Some way", "column approach"},
		{"rate over 100", "named/tcam-published-rates.csv", "oxford,0,20,20", "oxford,0,20,120", `column q2_2020_21 is "120"`},
		{"rate not whole", "named/tcam-published-rates.csv", "oxford,0,20,20", "oxford,0,20.5,20", `column q3_2019_20 is "20.5"`},
		{"two totals", "named/tcam-published-total.csv", "All acute trusts", "Other,1,1,1,n,T8.1\nAll acute trusts", "has 2 rows, want 1"},
		{"bad date", "named/tcam-periods.csv", "2018-10-01", "2018-13-01", "line 2: column starts"},
		{"period ends first", "named/tcam-periods.csv", "2018-12-31", "2018-09-30", "an end after its start"},
		{"period missing", "named/tcam-periods.csv", "q3_2018_19,Q3 2018/19,2018-10-01,2018-12-31,T8.1\n", "", "has 2 periods, want 3"},
		{"unknown comparison", "named/tcam-target.csv", "50,>=", "50,=", "column comparison"},
		{"code not 0 or 1", "cases/tcam-cases.csv", "15,1,0,1", "15,2,0,1", `line 16: column OUTCOME is "2"`},
		{"case missing", "cases/tcam-cases.csv", "\n14,", "\n16,", `has "14", which is not a case`},
		{"blank is not zero", "cases/tcam-cases.csv", "15,1,0,1", "15,1,,1", `line 16: column EXPLICIT is ""`},
		{"condition renamed", "cases/tcam-conditions.csv", "PPI,", "PPIE,", "tcam-cases.csv line 1: columns are"},
		{"outcome not first", "cases/tcam-conditions.csv", ",outcome,", ",dropped,", "the first row is OUTCOME, want the outcome"},
		{"unknown note code", "cases/tcam-case-notes.csv", "5,barrier,CAP", "5,barrier,CAPS", `column code is "CAPS"`},
		{"enabler as barrier", "cases/tcam-case-notes.csv", "6,enabler,PRIOR", "6,barrier,PRIOR", `column code is "PRIOR"`},
		{"barrier without code", "cases/tcam-case-notes.csv", "5,barrier,CAP", "5,barrier,", `column code is ""`},
		{"activity with code", "cases/tcam-case-notes.csv", "13,activity,,Employed", "13,activity,CAP,Employed", "column code"},
		{"note of no case", "cases/tcam-case-notes.csv", "5,barrier,CAP", "55,barrier,CAP", `column case has "55"`},
		{"unused code", "cases/tcam-codes.csv", "LATEc,", "ZZZ,barrier,Nothing,T8.2\nLATEc,", "no note uses ZZZ"},
		{"truth row against the cases", "cases/tcam-truth-table.csv", "15,1,0,1,1,1", "15,1,0,1,1,0", "column OUTCOME differs from case 15"},
		{"case twice in a truth row", "cases/tcam-truth-table.csv", "15,1,0,1,1,1,", "\"15,15\",1,0,1,1,1,", "case 15 is listed 2 times"},
		{"truth row without a case", "cases/tcam-truth-table.csv", "15,1,0,1,1,1,T8.4\n", "", "case 15 is listed 0 times"},
		{"coverage over 1", "cases/tcam-solutions.csv", "0.375", "1.375", `column unique_coverage is "1.375"`},
		{"solution of no case", "cases/tcam-solutions.csv", "1;2;3;12", "1;2;3;21", `has "21", which is not a case`},
		{"empty group of cases", "cases/tcam-solutions.csv", "1;2;3;12", "1;2;;12", `has an empty item in "1;2;;12"`},
		{"no case in a truth row", "cases/tcam-truth-table.csv", "15,1,0,1,1,1,", ",1,0,1,1,1,", "column cases is empty"},
		{"cases out of order", "cases/tcam-cases.csv", "15,1,0,1", "16,0,0,0,0,0,0,0,0,0,0,0,0,0,T8.3\n15,1,0,1", "row 15 is case 16, want 15"},
		{"notes out of order", "cases/tcam-case-notes.csv", "1,activity,,Sent", "2,activity,,Sent", "is out of order"},
		{"unknown page", "oddities.csv", "X1,measure", "X1,start", `oddities.csv line 2: column page is "start"`},
		{"unknown JSON field", "shelves/approaches.json", `"code": "NA2", "parent"`, `"code": "NA2", "father"`, "shelves/approaches.json: entry 4 (after NA1)"},
		{"unknown shelf field", "shelves/approaches.json", `"introduction"`, `"preface"`, `unknown field "preface"`},
		{"broken JSON", "shelves/approaches.json", `"entries": [`, `"entries": {`, "shelves/approaches.json: line 10"},
		{"two JSON values", "shelves/approaches.json", `"shelf": "approaches",`, `"shelf": "approaches"} {`, "shelves/approaches.json"},
		{"another shelf's name", "shelves/approaches.json", `"shelf": "approaches"`, `"shelf": "levers"`, `shelf is "levers"`},
		{"duplicate code", "shelves/approaches.json", `"code": "NA2"`, `"code": "NA1"`, "entry 4 (NA1): the code is empty or taken"},
		{"unknown parent", "shelves/approaches.json", `"code": "NA2", "parent": "OR1"`, `"code": "NA2", "parent": "OR9"`, `entry 4 (NA2): parent "OR9"`},
		{"no title", "shelves/approaches.json", `"Flexible broad framework"`, `""`, "entry 4 (NA2): the title has 0"},
		{"long title", "shelves/approaches.json", `"Flexible broad framework"`, `"` + strings.Repeat("long ", 15) + `"`, "the title has 75"},
		{"undeclared facet", "shelves/approaches.json", `{"level": ["Orientation"]}`, `{"height": ["Orientation"]}`, `facet "height" is not declared`},
		{"unused facet", "shelves/approaches.json", `"facets": [`, `"facets": [{"key": "x", "label": "X"},`, `facet "x" needs`},
		{"blank facet value", "shelves/approaches.json", `{"level": ["Orientation"]}`, `{"level": [" "]}`, `facet "level" has no value`},
		{"empty note", "shelves/approaches.json", `"items": ["Room for inventive answers"]`, `"items": []`, `note "Speaks for it" needs`},
		{"unknown stage of a step", "shelves/frameworks.json", `"stage": "SUS"`, `"stage": "END"`, `entry FW1 step 7: "END" is not a stage`},
		{"step without a title", "shelves/frameworks.json", `"title": "The technology"`, `"title": ""`, "entry 1 (FW1): step 2 has no title"},
		{"text empty", "shelves/levers.json", `"text": "One more incentive, where the innovation fits a goal of the scheme."`, `"text": ""`, "entry 6 (L6): the text is empty"},
		{"no introduction", "shelves/levers.json", `"introduction": "`, `"introduction": "", "title": "`, "needs a title, an introduction and entries"},
		{"number for a title", "shelves/levers.json", `"title": "NHS Long Term Plan"`, `"title": 7`, "entry 1 (after none)"},
		{"link without an effect", "shelves/factors.json", `"effect": "offsets"`, `"effect": ""`, "link 1 (D1): needs a code"},
		{"unknown field of a link", "shelves/factors.json", `"effect": "offsets"`, `"does": "offsets"`, `link 1: json: unknown field "does"`},
		{"link to nothing", "shelves/factors.json", `"to": ["S4"]`, `"to": ["S40"]`, `link 1 (D1): "S40" is not an entry`},
		{"entry without source", "shelves/approaches.json", `"source": "§4.2; T4.1; T4.4"`, `"source": ""`, "source is empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := embedded(t, c.file)
			after := strings.Replace(before, c.old, c.new, 1)
			if after == before {
				t.Fatalf("%s does not hold %q", c.file, c.old)
			}
			_, err := read(withFile(t, c.file, after))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path.Base(c.file)) && !strings.Contains(c.want, ".csv") {
				t.Errorf("error %v, want one with %q that names the file", err, c.want)
			}
		})
	}
}

// TestEveryRowNeedsItsSource takes the source from each row of each CSV file in
// turn, and from each entry and link of each shelf.
func TestEveryRowNeedsItsSource(t *testing.T) {
	approaches, _ := mustRead(t).Shelf("approaches")
	readers := map[string]func(fs.FS) error{
		".":       func(fsys fs.FS) error { _, err := readOddities(fsys); return err },
		"named":   func(fsys fs.FS) error { _, err := readNamed(fsys, approaches.codes()); return err },
		"cases":   func(fsys fs.FS) error { _, err := readCases(fsys); return err },
		"shelves": func(fsys fs.FS) error { _, err := readShelves(fsys); return err },
	}
	for file := range allTexts(t) {
		if file == "named/tiles.csv" { // a layout of our own, not a fact
			continue
		}
		text := embedded(t, file)
		source, empty, start := regexp.MustCompile(`[^,\n"]*\n`), "\n", strings.IndexByte(text, '\n')+1 // after the header
		if path.Ext(file) == ".json" {
			source, empty, start = regexp.MustCompile(`"source": "[^"]*"`), `"source": ""`, 0
		}
		for _, at := range source.FindAllStringIndex(text[start:], -1) {
			without := text[:start+at[0]] + empty + text[start+at[1]:]
			if err := readers[path.Dir(file)](withFile(t, file, without)); err == nil || !strings.Contains(err.Error(), "source") {
				t.Errorf("%s without the source at byte %d: error %v", file, start+at[0], err)
			}
		}
	}
}

func TestNoRows(t *testing.T) {
	onlyHeader := strings.Join(header(t, "oddities.csv"), ",") + "\n"
	for contents, want := range map[string]string{onlyHeader: "oddities.csv: has no rows", "": "oddities.csv: EOF"} {
		if _, err := read(withFile(t, "oddities.csv", contents)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", contents, err, want)
		}
	}
}

func TestLookUps(t *testing.T) {
	f := mustRead(t)
	factors, ok := f.Shelf("factors")
	if !ok || factors.Key != "factors" {
		t.Errorf("shelf factors: %q, %v", factors.Key, ok)
	}
	if _, ok := f.Shelf("none"); ok {
		t.Error("there is a shelf called none")
	}
	if e, ok := factors.Entry("O24"); !ok || e.Title != "Access to data" {
		t.Errorf("factor O24: %q, %v", e.Title, ok)
	}
	if _, ok := factors.Entry("PRE-01"); ok {
		t.Error("the factors have a stage item")
	}
}

// TestEveryFileIsRead takes each embedded file away in turn.
func TestEveryFileIsRead(t *testing.T) {
	for file := range allTexts(t) {
		m := withFile(t, file, "")
		delete(m, file)
		if _, err := read(m); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("without %s: error %v, want that it does not exist", file, err)
		}
	}
}
