package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sir/internal/exchange"
)

// edited is a workbook made by another library, as an independent writer.
func edited(t testing.TB, edit func(*excelize.File) error) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := edit(book); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func fillCells(book *excelize.File, sheet string, rows [][]any) error {
	for i, row := range rows {
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

func TestTableFromWorkbook(t *testing.T) {
	t.Parallel()
	content := edited(t, func(book *excelize.File) error {
		return fillCells(book, "Sheet1", [][]any{
			{}, {"site", "Period", "level", "referrals"}, {"A & B <1>", "Q1", 3, 0.1 + 0.2}, {}, {nil, "Q2", true, 1e-7},
			{"naïve 名", "Q3", 1234567890123, 33.6}, {"=1+1", time.Date(2019, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2019, 2, 1, 9, 30, 0, 0, time.UTC), nil},
		})
	})
	rows, conflicts, notes := readAll(t, content, exchange.TableOptions{Columns: returnColumns})
	want := []string{"3:A & B <1>|Q1|3|0.3", "5:|Q2|true|0.0000001", "6:naïve 名|Q3|1234567890123|33.6", "7:=1+1|2019-02-01|2019-02-01 09:30:00|"}
	if !slices.Equal(rows, want) || conflicts != nil || notes != nil {
		t.Errorf("rows %q, want %q; conflicts %q, notes %q", rows, want, conflicts, notes)
	}
}

func TestWorkbookOddities(t *testing.T) {
	t.Parallel()
	content := edited(t, func(book *excelize.File) error {
		rows := [][]any{{"site", "period", "level"}, {"A1", "Q1", 1}, {"B1", "Q1", 2}, {"C1", "Q1", 3}, {"D1", "Q1", nil}, {"E1", "Q1", 5, "x"}}
		if err := fillCells(book, "Sheet1", rows); err != nil {
			return err
		}
		if _, err := book.NewSheet("Help"); err != nil {
			return err
		}
		for _, step := range []error{
			book.SetCellFormula("Sheet1", "C2", "1+1"), book.SetRowVisible("Sheet1", 3, false), book.MergeCell("Sheet1", "C4", "C5"),
			book.MergeCell("Sheet1", "E1", "F1"), book.SetColVisible("Sheet1", "B", false), book.MergeCell("Sheet1", "K20", "L21"),
		} {
			if step != nil {
				return step
			}
		}
		return nil
	})
	rows, conflicts, notes := readAll(t, content, exchange.TableOptions{Columns: returnColumns})
	wantRows := []string{"2:A1|Q1|1|", "3:B1|Q1|2|", "4:C1|Q1|3|", "5:D1|Q1||"}
	wantConflicts := []string{`row 6, column D, "x": the value stands beyond`, "row 4, column level: the cells C4:C5 are merged"}
	wantNotes := []string{"The sheet Sheet1 was read, not Help.", "1 cell holds a formula (first: C2)", "1 hidden row was read too (first: row 3)", "Hidden columns were read too: B"}
	if !slices.Equal(rows, wantRows) || !matches(conflicts, wantConflicts) || !matches(notes, wantNotes) {
		t.Errorf("rows %q, want %q\nconflicts %q, want %q\nnotes %q, want %q", rows, wantRows, conflicts, wantConflicts, notes, wantNotes)
	}
}

func TestWorkbookSheets(t *testing.T) {
	t.Parallel()
	content := edited(t, func(book *excelize.File) error {
		if _, err := book.NewSheet("Return 1"); err != nil {
			return err
		}
		book.SetActiveSheet(1)
		if err := book.SetSheetVisible("Sheet1", false); err != nil {
			return err
		}
		return fillCells(book, "Return 1", [][]any{{"site", "period"}, {"A1", "Q1"}})
	})
	for sheet, want := range map[string]string{"": "2:A1|Q1||", "return  1": "2:A1|Q1||"} {
		rows, conflicts, notes := readAll(t, content, exchange.TableOptions{Columns: returnColumns, Sheet: sheet})
		if !slices.Equal(rows, []string{want}) || conflicts != nil || notes != nil {
			t.Errorf("sheet %q: rows %q, conflicts %q, notes %q", sheet, rows, conflicts, notes)
		}
	}
	_, conflicts, _ := readAll(t, content, exchange.TableOptions{Sheet: "Data"})
	if !matches(conflicts, []string{`no sheet "Data"; it has Sheet1, Return 1`}) {
		t.Errorf("conflicts %q", conflicts)
	}
}

// parts packs a workbook by hand, to hold what no spreadsheet would write.
func parts(t testing.TB, sheet string, more map[string]string) string {
	t.Helper()
	all := map[string]string{
		"xl/workbook.xml": `<workbook><workbookPr date1904="` + more["1904"] + `"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/>` +
			`<Relationship Id="r2" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-809]dd mmmm&quot;y&quot;"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
		"xl/worksheets/s.xml": sheet,
	}
	delete(more, "1904")
	for name, content := range more {
		all[name] = content
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range all {
		part, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const sheetHead = `<x:worksheet xmlns:x="x"><x:sheetData><x:row r="1"><x:c t="inlineStr"><x:is><x:t>site</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>per</x:t></x:r><x:r><x:t>iod</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c></x:row>`

func TestSheetsWrittenByHand(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows, date1904 string
		want           []string
		conflicts      []string
	}{
		"no references":     {`<row><c><v>1</v></c><c t="str"><f>A1</f><v>x</v></c></row>`, "", []string{"2:1|x"}, nil},
		"dates":             {`<row r="3"><c s="1"><v>43497</v></c><c s="2"><v>43497.5</v></c></row>`, "", []string{"3:2019-02-01|2019-02-01 12:00:00"}, nil},
		"no dates":          {`<row><c s="3"><v>43497</v></c><c s="4"><v>0.5</v></c></row>`, "", []string{"2:43497|0.5"}, nil},
		"dates from 1904":   {`<row><c s="1"><v>42035</v></c><c s="1"><v>0</v></c></row>`, "1", []string{"2:2019-02-01|1904-01-01"}, nil},
		"exponents":         {`<row><c><v>1.2345678E-3</v></c><c><v>1E+20</v></c></row>`, "", []string{"2:0.0012345678|100000000000000000000"}, nil},
		"errors":            {`<row><c t="e"><v>#N/A</v></c><c t="e"><v>#REF!</v></c></row>`, "", []string{"2:|"}, []string{"row 2, column period, \"#REF!\""}},
		"never computed":    {`<row><c><f>1+1</f></c><c><v>1</v></c></row>`, "", nil, []string{"row 2, column site: the formula has no computed value"}},
		"rows out of order": {`<row r="5"/><row r="4"/>`, "", nil, []string{"row 6: the rows of the sheet are not in order"}},
		"no such text":      {`<row><c t="s"><v>7</v></c></row>`, "", nil, []string{"row 2, column site"}},
		"no such text, -1":  {`<row><c t="s"><v>-1</v></c></row>`, "", nil, []string{"row 2, column site"}},
		"far column":        {`<row><c r="XFD2"><v>7</v></c></row>`, "", nil, []string{"row 2: the row has more than 500 cells"}},
		"broken":            {`<row><c><v>7</w></c></row`, "", nil, []string{"row 3: the sheet S cannot be read further"}},
		"cut short":         {`<row><c><v>7`, "", nil, []string{"row 3: the sheet S cannot be read further (unexpected EOF)"}},
		"entity":            {`<row><c t="inlineStr"><is><t>&lol;</t></is></c></row>`, "", nil, []string{"cannot be read further"}},
	} {
		sheet := sheetHead + c.rows
		if !strings.HasPrefix(name, "cut") && !strings.HasPrefix(name, "broken") {
			sheet += `</x:sheetData></x:worksheet>`
		}
		content := parts(t, sheet, map[string]string{"1904": c.date1904})
		rows, conflicts, _ := readAll(t, content, exchange.TableOptions{Columns: returnColumns[:2]})
		if !slices.Equal(rows, c.want) || !matches(conflicts, c.conflicts) {
			t.Errorf("%s: rows %q, want %q; conflicts %q, want %q", name, rows, c.want, conflicts, c.conflicts)
		}
	}
}

// A date serial without a date's style counts from the workbook's own first day.
func TestSerialsIn1904Workbook(t *testing.T) {
	t.Parallel()
	content := parts(t, sheetHead+`<row><c><v>42035</v></c></row></x:sheetData></x:worksheet>`, map[string]string{"1904": "true"})
	table, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), exchange.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for row := range table.Rows() {
		if date, ok := row.Date(0); !ok || date.Format(time.DateOnly) != "2019-02-01" {
			t.Errorf("the date is %v, %v", date, table.Conflicts().List())
		}
	}
}

func TestOtherZipFilesAreNamed(t *testing.T) {
	t.Parallel()
	for part, want := range map[string]string{
		"xl/workbook.bin": ".xlsb", "word/document.xml": "a Word document", "mimetype": "an OpenDocument file", "a.txt": "a ZIP file", "ppt/presentation.xml": "PowerPoint",
	} {
		var out bytes.Buffer
		archive := zip.NewWriter(&out)
		if _, err := archive.Create(part); err != nil {
			t.Fatal(err)
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		if _, conflicts, _ := readAll(t, out.String(), exchange.TableOptions{}); !matches(conflicts, []string{want}) {
			t.Errorf("%s: %q, want %q", part, conflicts, want)
		}
	}
}
