package adoption_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
)

// fileOf is a file with the text.
func fileOf(name, text string) adoption.File {
	return adoption.File{Name: name, Content: strings.NewReader(text), Size: int64(len(text))}
}

func workbook(t *testing.T, rows ...[]any) adoption.File {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return adoption.File{Name: "return.xlsx", Content: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}
}

func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

func (w *world) sendFile(actor policy.Actor, file adoption.File) (adoption.FileReceipt, error) {
	return w.service.SubmitFile(w.ctx, actor, "code-p1", "quarterly", file, adoption.Sending{})
}

func (w *world) checkFile(file adoption.File) adoption.FileReceipt {
	w.t.Helper()
	receipt, err := w.service.CheckFile(w.ctx, system, "code-p1", "quarterly", file, adoption.Sending{})
	w.must(err)
	return receipt
}

// observed lists what is stored as "period measure site value".
func (w *world) observed() (lines []string) {
	each(w.t, w.ctx, w.db, `SELECT period, measure_key, site_key, value FROM observation ORDER BY period, measure_key, site_key`, func(n []int64) {
		lines = append(lines, strings.Trim(fmt.Sprint(n), "[]"))
	}, 4)
	return lines
}

func inQ1(f adoption.File) adoption.File {
	f.Period = quarters(1)[0]
	return f
}

// Each form of file says the same.
func TestFormsOfFiles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		want := []string{"3201804 10 1 3", "3201804 10 4 0", "3201804 11 1 40", "3201804 11 2 7"}
		for _, c := range []struct {
			readAs string
			file   adoption.File
			note   string
		}{
			{"long table, CSV", fileOf("a.csv", "period,site,measure,value\nQ1 2018/19,site-1,level,3\nQ1 2018/19,site-1,count,40\n\nq1_2018_19,site-2,Referrals,7\n2018-04-01/P3M,site-4,level,none\nQ1 2018/19,site-3,count,n/a\n"), ""},
			{"wide table, CSV", fileOf("b.csv", "\ufeffperiod;site;site name;level;count;last level\nQ1 2018/19;site-1;Café;In use;40;0\nQ1 2018/19;site-2;;;7;\nQ1 2018/19;site-3;;;;\nQ1 2018/19;site-4;;0;;\n"), "The values are separated by semicolons."},
			{"wide table, CSV", inQ1(fileOf("c.csv", "site,name,level,referrals\nsite-1,Caf\xe9,3,40\nsite-2,,,7\nsite-4,,0,\n")), "Windows-1252"},
			{"wide table, CSV", inQ1(fileOf("d.csv", utf16le("site\tlevel\tcount\nsite-1\t3\t40\nsite-2\t\t7\nsite-4\t0\t\n"))), "UTF-16"},
			{"wide table, Excel workbook", inQ1(workbook(t, []any{"site", "level", "count"}, []any{"site-1", 3, 40}, []any{"site-2", nil, 7}, []any{"site-4", "none"})), ""},
			{"DHIS2 data value set, JSON", fileOf("e.json", ` {"dataSet": "quarterly", "period": "2018Q2", "dataValues": [
				{"dataElement": "level", "orgUnit": "site-1", "value": "3"}, {"dataElement": "count", "orgUnit": "site-1", "value": 40},
				{"dataElement": "count", "orgUnit": "site-2", "value": "7", "categoryOptionCombo": "default"},
				{"dataElement": "level", "orgUnit": "site-4", "value": "0"}, {"dataElement": "level", "orgUnit": "site-5", "value": null}]}`), ""},
			{"DHIS2 data value set, CSV", fileOf("f.csv", "dataelement,period,orgunit,catoptcombo,attroptcombo,value\nlevel,2018Q2,site-1,,,3\ncount,2018Q2,site-1,,,40\ncount,2018Q2,site-2,,,7\nlevel,2018Q2,site-4,,,0\n"), ""},
		} {
			t.Run(c.file.Name, func(t *testing.T) {
				w := asked(t, fresh(t, d))
				dry := w.checkFile(c.file)
				if dry.ReadAs != c.readAs || dry.Wrong > 0 || dry.Tally.Added != 4 {
					t.Fatalf("read as %q, %+v", dry.ReadAs, dry)
				}
				if !strings.Contains(strings.Join(dry.Notes, " "), c.note) {
					t.Errorf("the notes are %q, want %q", dry.Notes, c.note)
				}
				_, err := w.sendFile(system, c.file)
				w.must(err)
				if got := w.observed(); !slices.Equal(got, want) {
					t.Errorf("stored\n%q, want\n%q", got, want)
				}
				again, err := w.sendFile(system, c.file)
				w.must(err)
				if again.Tally != (adoption.Tally{Unchanged: 4}) || !slices.ContainsFunc(again.Notes, func(n string) bool { return strings.HasPrefix(n, "Nothing changed") }) {
					t.Errorf("sent again: %+v", again)
				}
				checkRollups(t, w.db, ofP1)
			})
		}
	})
}

// fresh is another empty database on the same engine.
func fresh(t *testing.T, like *db.DB) *db.DB {
	t.Helper()
	if like.Engine() == "sqlite" {
		return dbtest.Open(t, dbtest.SQLite(t))
	}
	return dbtest.Open(t, dbtest.Postgres(t))
}

// What is wrong is said by row and column, and nothing is taken.
func TestFilesThatDoNotFit(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	const long = "period,site,measure,value\n"
	for _, c := range []struct {
		name   string
		file   adoption.File
		row    int
		column string
		says   string
	}{
		{"unknown measure", fileOf("a.csv", long+"Q1 2018/19,site-1,levl,3\n"), 2, "measure", "the measures are level, count"},
		{"unknown column", fileOf("a.csv", "period,site,levl,count\nQ1 2018/19,site-1,3,\n"), 1, "levl", "did you mean level?"},
		{"unknown site", fileOf("a.csv", long+"Q1 2018/19,site-9,level,3\n"), 2, "site", "no eligible site that you may send for"},
		{"no site", fileOf("a.csv", long+"Q1 2018/19,,level,3\n"), 2, "site", "does not say which site"},
		{"no measure", fileOf("a.csv", long+"Q1 2018/19,site-1,,3\n"), 2, "measure", "does not say which measure"},
		{"no period", fileOf("a.csv", long+",site-1,level,3\n"), 2, "period", "does not say its period"},
		{"no period column", fileOf("a.csv", "site,level\nsite-1,3\n"), 1, "period", "missing"},
		{"another period", inQ1(fileOf("a.csv", long+"Q2 2018/19,site-1,level,3\n")), 2, "period", "sent as one of Q1 2018/19"},
		{"a period of another kind", fileOf("a.csv", long+"Q1 2018/19,site-1,level,3\n2018/19,site-1,level,3\n"), 3, "period", "asks for each quarter"},
		{"a period of another kind, wide", fileOf("a.csv", "period,site,level,count\n2018/19,site-1,3,4\n"), 2, "period", "asks for each quarter"},
		{"a period of another kind, DHIS2", fileOf("a.json", `{"dataValues": [{"dataElement": "level", "orgUnit": "site-1", "period": "201804", "value": "3"}]}`), 1, "period", "asks for each quarter"},
		{"date for a period", fileOf("a.csv", long+"1/2/19,site-1,level,3\n"), 2, "period", "write it like Q3 2018/19"},
		{"DHIS2 period in a table", fileOf("a.csv", long+"2018Q2,site-1,level,3\n"), 2, "period", "write it like Q3 2018/19"},
		{"level that is none", fileOf("a.csv", long+"Q1 2018/19,site-1,level,4\n"), 2, "value", "levels 0 and 3"},
		{"label that is none", fileOf("a.csv", long+"Q1 2018/19,site-1,level,used\n"), 2, "value", "0 (none), 3 (in use)"},
		{"decimals", fileOf("a.csv", long+"Q1 2018/19,site-1,count,1.5\n"), 2, "value", "fraction"},
		{"date in a number", fileOf("a.csv", long+"Q1 2018/19,site-1,count,1/2/19\n"), 2, "value", "not a whole number"},
		{"words in a number", fileOf("a.csv", long+"Q1 2018/19,site-1,count,a few\n"), 2, "value", "not a whole number"},
		{"formula as text", fileOf("a.csv", long+"Q1 2018/19,site-1,count,=1+1\n"), 2, "value", "not a whole number"},
		{"error of a spreadsheet", fileOf("a.csv", long+"Q1 2018/19,site-1,count,#REF!\n"), 2, "value", "spreadsheet shows an error"},
		{"NUL", fileOf("a.csv", long+"Q1 2018/19,site-1,count,1\x00\n"), 0, "", "binary"},
		{"said twice", fileOf("a.csv", long+"Q1 2018/19,site-1,level,3\nQ1 2018/19,site-1,level,0\n"), 3, "value", "row 2 says otherwise"},
		{"short row", fileOf("a.csv", long+"Q1 2018/19,site-1,level\n"), 2, "", "fewer cells"},
		{"no header", fileOf("a.csv", "1,2,3\n"), 0, "", "no header that is known"},
		{"empty", fileOf("a.csv", ""), 0, "", "empty"},
		{"a picture", fileOf("a.png", "\x89PNG\r\n\x1a\n"), 0, "", "a picture"},
		{"no workbook", fileOf("a.xlsx", "PK\x03\x04 and nothing"), 0, "", "cannot be read as an Excel workbook"},
		{"JSON cut off", fileOf("a.json", `{"dataValues": [{"dataElement": "level"`), 1, "", "JSON cannot be read"},
		{"unknown data element", fileOf("a.json", `{"dataValues": [{"dataElement": "x", "orgUnit": "site-1", "period": "2018Q2", "value": "3"}]}`), 1, "dataElement", "the measures are"},
		{"broken down", fileOf("a.json", `{"dataValues": [{"dataElement": "level", "orgUnit": "site-1", "period": "2018Q2", "value": "3", "categoryOptionCombo": "male"}]}`), 1, "categoryOptionCombo", "send the total"},
		{"decimals in JSON", fileOf("a.json", `{"dataValues": [{"dataElement": "count", "orgUnit": "site-1", "period": "2018Q2", "value": 1.5}]}`), 1, "value", "fraction"},
		{"date in a workbook", inQ1(workbook(t, []any{"site", "count"}, []any{"site-1", time.Date(2019, 2, 1, 0, 0, 0, 0, time.UTC)})), 2, "count", "not a whole number"},
	} {
		receipt, err := w.sendFile(system, c.file)
		if outcome(err) != "invalid" || receipt.Wrong != 1 || len(receipt.Conflicts) != 1 {
			t.Errorf("%s: %v, %+v", c.name, err, receipt)
			continue
		}
		if got := receipt.Conflicts[0]; got.Row != c.row || got.Column != c.column || !strings.Contains(got.Reason, c.says) {
			t.Errorf("%s: the conflict is %q, want row %d, column %q and %q", c.name, got.Error(), c.row, c.column, c.says)
		}
	}
	if got := w.observed(); len(got) > 0 {
		t.Errorf("something was taken: %q", got)
	}
}

// What is amiss with a file as a whole is not counted as one of its values, and
// a file without values is no news of nothing.
func TestFilesThatAreAmiss(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	const long = "period,site,measure,value\n"
	for _, c := range []struct {
		name string
		file adoption.File
		says string // empty where the fault is a value's
	}{
		{"empty", fileOf("a.csv", ""), "the file could not be read: the table is empty"},
		{"no workbook", fileOf("a.xlsx", "PK\x03\x04 and nothing"), "the file could not be read: the file cannot be read as an Excel workbook"},
		{"no header", fileOf("a.csv", "1,2,3\n"), "the file could not be read: the first row with text is no header"},
		{"unknown column", fileOf("a.csv", "period,site,levl,count\nQ1 2018/19,site-1,3,\n"), "the file could not be read: row 1, column levl: "},
		{"a column twice", fileOf("a.csv", "period,site,level,level\nQ1 2018/19,site-1,3,\n"), "the file could not be read: row 1, column level: "},
		{"short row", fileOf("a.csv", long+"Q1 2018/19,site-1,level\n"), "the file could not be read: row 2: the row has fewer cells"},
		{"JSON cut off", fileOf("a.json", `{"dataValues": [{"dataElement": "level"`), "the file could not be read: row 1: the JSON cannot be read"},
		{"a header alone, long", fileOf("a.csv", long), "the file has no values"},
		{"a header alone, wide", inQ1(fileOf("a.csv", "site,level,count\n")), "the file has no values"},
		{"a header alone, workbook", inQ1(workbook(t, []any{"site", "level"})), "the file has no values"},
		{"a set of nothing", fileOf("a.json", `{"dataValues": []}`), "the file has no values"},
		{"a value", fileOf("a.csv", long+"Q1 2018/19,site-1,level,4\n"), ""},
	} {
		dry := w.checkFile(c.file)
		receipt, err := w.sendFile(system, c.file)
		if outcome(err) != "invalid" || receipt.Wrong != 1 || dry.Wrong != 1 || dry.Amiss != receipt.Amiss {
			t.Errorf("%s: %v, %+v, dry run %+v", c.name, err, receipt, dry)
			continue
		}
		want := "Nothing was taken: " + c.says
		if c.says == "" {
			want += "1 value cannot be taken"
		}
		if !strings.HasPrefix(err.Error(), want) || (c.says == "") != (receipt.Amiss == "") || !strings.HasPrefix("the file "+receipt.Amiss, c.says) {
			t.Errorf("%s: says %q, amiss is %q; want %q", c.name, err, receipt.Amiss, want)
		}
	}
}

// An empty template comes back without harm, and is told from one that says
// what is known.
func TestRowsWithoutValues(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	for _, file := range []adoption.File{
		inQ1(fileOf("a.csv", "site,level,count\nsite-1,,\n")), fileOf("a.csv", "period,site,measure,value\nQ1 2018/19,site-1,level,\n"),
		fileOf("a.json", `{"dataValues": [{"dataElement": "level", "orgUnit": "site-1", "period": "2018Q2", "value": ""}]}`),
	} {
		receipt, err := w.sendFile(system, file)
		if err != nil || receipt.Wrong > 0 || len(receipt.Notes) != 1 || !strings.Contains(receipt.Notes[0], "no value in any") {
			t.Errorf("%s: %v, %+v", file.Name, err, receipt)
		}
	}
}

// A row with a wrong period is told once, whatever number of values it has.
func TestAWrongPeriodIsToldOnceARow(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	dry := w.checkFile(fileOf("a.csv", "period,site,level,count\nq3_2026_27,site-1,3,4\nQ3 2026/27,site-2,3,4\n"))
	var got []string
	for _, c := range dry.Conflicts {
		got = append(got, fmt.Sprintf("%d %s %s", c.Row, c.Column, c.Value))
	}
	if want := []string{"2 period q3_2026_27", "3 period Q3 2026/27"}; !slices.Equal(got, want) || dry.Wrong != 2 {
		t.Errorf("the conflicts are %q (%d), want %q", got, dry.Wrong, want)
	}
}

// A sender cannot find out by a file which sites of others there are.
func TestFilesTellNothingOfOthersSites(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	said := map[string]bool{}
	for _, site := range []string{"site-4", "site-9"} {
		receipt, err := w.sendFile(manager, fileOf("a.csv", "period,site,level,count\nQ1 2018/19,"+site+",3,4\n"))
		if outcome(err) != "invalid" || receipt.Wrong != 1 {
			t.Fatalf("%s: %v, %+v", site, err, receipt)
		}
		said[strings.ReplaceAll(receipt.Conflicts[0].Error(), site, "SITE")] = true
	}
	if len(said) != 1 {
		t.Errorf("a site of others and none at all are told apart: %v", said)
	}
	if _, err := w.sendFile(held(policy.Evaluator, policy.Grant{Member: "m1"}), fileOf("a.csv", "x")); outcome(err) != "forbidden" {
		t.Errorf("an evaluator sends a file: %v", err)
	}
}

func TestFileTakesValuesBack(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	const long = "period,site,measure,value\nQ1 2018/19,site-1,level,"
	for _, c := range []struct{ value, want string }{{"3", "3201804 10 1 3"}, {"", "3201804 10 1 3"}, {"Clear", ""}} {
		_, err := w.sendFile(system, fileOf("a.csv", long+c.value+"\n"))
		w.must(err)
		if got := strings.Join(w.observed(), "; "); got != c.want {
			t.Errorf("after %q: %q, want %q", c.value, got, c.want)
		}
	}
	var source, name, hash string
	w.must(w.db.Row(w.ctx, `SELECT source, file_name, file_hash FROM submission WHERE number = 1`).Scan(&source, &name, &hash))
	// sha256sum of the first file.
	if source != "csv" || name != "a.csv" || hash != "79b5a4c1db1389a02117c8d86535a6cdf8f1f73e87b213f629b8610a5ba653d8" {
		t.Errorf("the submission keeps %s %s %s", source, name, hash)
	}
}

// A dry run points out what is unlikely, and takes it all the same.
func TestHintsOfAFile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		_, err := w.sendFile(system, inQ1(fileOf("a.csv", "site,level,count\nsite-1,3,10\nsite-2,3,5200\n")))
		w.must(err)
		dry := w.checkFile(fileOf("b.csv", "period,site,level,count\nQ2 2018/19,site-1,0,110\nQ2 2018/19,site-2,3,5200\nQ3 2018/19,site-2,3,52000\n"))
		var got []string
		for _, h := range dry.Hints {
			got = append(got, fmt.Sprintf("%d %s %s %s: %s", h.Row, h.Column, h.Period.Slug(), h.Site, h.Text))
		}
		want := []string{
			"2 level q2_2018_19 site-1: Level falls from 3 (in use) in Q1 2018/19 to 0 (none)",
			"2 count q2_2018_19 site-1: Referrals is 110, after 10 in Q1 2018/19, and was never above 10: check that no digit is too many",
			"3  q2_2018_19 site-2: All counts are those of Q1 2018/19: Referrals 5200",
			"0  q2_2018_19 site-3: Site 03 is on the list and has no row",
			"4 count q3_2018_19 site-2: Referrals is 52000, after 5200 in Q2 2018/19, and was never above 5200: check that no digit is too many",
			"0  q3_2018_19 site-1: Site 01 is on the list and has no row",
			"0  q3_2018_19 site-3: Site 03 is on the list and has no row",
		}
		if !slices.Equal(got, want) || dry.Wrong > 0 {
			t.Errorf("the hints are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// What a template holds, filled in or not, can be sent back.
func TestTemplateComesBack(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	_, err := w.sendFile(system, fileOf("a.csv", "period,site,level,count\nQ1 2018/19,site-1,3,10\nQ2 2018/19,site-2,0,\n"))
	w.must(err)
	name := adoption.FormName{Programme: "code-p1", Collection: "quarterly", Member: "code-m1", Period: quarters(2)[1]}
	template, err := w.service.Template(w.ctx, manager, name)
	w.must(err)
	var text, book bytes.Buffer
	w.must(template.WriteCSV(&text))
	w.must(template.WriteXLSX(&book))
	want := "period,site,site name,level,count,last level,last count\n" +
		"Q2 2018/19,site-1,Site 01,,,in use,10\nQ2 2018/19,site-2,Site 02,none,,,\nQ2 2018/19,site-3,Site 03,,,,\n"
	if text.String() != want {
		t.Errorf("the template is\n%s, want\n%s", text.String(), want)
	}
	for _, file := range []adoption.File{
		fileOf("t.csv", text.String()),
		{Name: "t.xlsx", Content: bytes.NewReader(book.Bytes()), Size: int64(book.Len())},
		fileOf("u.csv", strings.Replace(text.String(), "Site 01,,", "Site 01,in use,", 1)),
	} {
		dry := w.checkFile(file)
		if wantAdded := int64(strings.Count(file.Name, "u")); dry.Wrong > 0 || dry.Tally != (adoption.Tally{Added: wantAdded, Unchanged: 1}) {
			t.Errorf("%s sent back: %+v", file.Name, dry)
		}
	}
	if _, err := w.service.Template(w.ctx, held(policy.SpreadManager, policy.Grant{Member: "m2"}), name); outcome(err) != "forbidden" {
		t.Errorf("a template of another member's sites: %v", err)
	}
}

func TestExportComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := asked(t, d)
		q := quarters(2)
		_, err := w.sendFile(system, fileOf("a.csv", "period,site,level,count\nQ1 2018/19,site-1,3,10\nQ1 2018/19,site-4,0,\nQ2 2018/19,site-2,3,5\n"))
		w.must(err)
		w.must(w.service.Approve(w.ctx, system, adoption.Part{Programme: "code-p1", Collection: "quarterly", Member: "code-m1", Period: q[0]}, "two are missing"))
		_, err = w.send(manager, "a slip", value(2, q[0], 1, 11, 12))
		w.must(err)
		export := func(actor policy.Actor, choice adoption.ExportChoice, format adoption.ExportFormat) (string, error) {
			var out bytes.Buffer
			err := w.service.Export(w.ctx, actor, "code-p1", "quarterly", choice, format, &out)
			return out.String(), err
		}
		const header = "programme,collection,period,iso,dhis2,sdmx,site,member,measure,value,level,status,restated\n"
		const alder = "code-p1,quarterly,Q1 2018/19,2018-04-01/P3M,2018Q2,2018-Q1,site-1,code-m1,level,3,in use,approved,no\n"
		const birch = "code-p1,quarterly,Q1 2018/19,2018-04-01/P3M,2018Q2,2018-Q1,site-4,code-m2,level,0,none,provisional,no\n"
		const restated = "code-p1,quarterly,Q1 2018/19,2018-04-01/P3M,2018Q2,2018-Q1,site-1,code-m1,count,12,,approved,yes\n"
		got, err := export(system, adoption.ExportChoice{Last: q[0]}, adoption.ExportCSV)
		w.must(err)
		if want := header + alder + birch + restated; got != want {
			t.Errorf("the export is\n%s, want\n%s", got, want)
		}
		if got, err = export(manager, adoption.ExportChoice{Last: q[0]}, adoption.ExportCSV); err != nil || got != header+alder+restated {
			t.Errorf("a member's own export is\n%s, %v", got, err)
		}
		if _, err = export(held(policy.Evaluator, policy.Grant{Member: "m1"}), adoption.ExportChoice{}, adoption.ExportCSV); outcome(err) != "forbidden" {
			t.Errorf("an evaluator exports sites: %v", err)
		}
		if _, err = export(system, adoption.ExportChoice{}, "xml"); outcome(err) != "invalid" {
			t.Errorf("an unknown format: %v", err)
		}
		for format, file := range map[adoption.ExportFormat]string{adoption.ExportCSV: "a.csv", adoption.ExportDHIS2: "a.json", adoption.ExportDHIS2CSV: "b.csv"} {
			text, err := export(system, adoption.ExportChoice{}, format)
			w.must(err)
			dry := w.checkFile(fileOf(file, text))
			if dry.Wrong > 0 || dry.Tally != (adoption.Tally{Unchanged: 5}) {
				t.Errorf("%s read back: %+v", format, dry)
			}
		}
		if got, err = export(system, adoption.ExportChoice{First: q[1]}, adoption.ExportJSON); err != nil ||
			!strings.HasPrefix(got, "[\n  {\"programme\":\"code-p1\"") || strings.Count(got, "\n") != 4 {
			t.Errorf("as JSON: %s, %v", got, err)
		}
		if got, err = export(system, adoption.ExportChoice{First: q[1].Add(8)}, adoption.ExportJSON); err != nil || got != "[]\n" {
			t.Errorf("of nothing, as JSON: %q, %v", got, err)
		}
	})
}
