package exchange_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sir/internal/exchange"
)

// form is a made-up return.
var form = exchange.Template{
	Sheet: "Return",
	Columns: []exchange.TemplateColumn{
		{Name: "site", Help: "The code of the site", Required: true}, {Name: "period", Help: "=not a formula", Width: 20},
		{Name: "level", Allowed: []string{"0", "1", "2", "started, then paused"}}, {Name: "referrals"},
	},
	Rows: exchange.RowsOf([][]any{
		{"RXX01", time.Date(2018, 10, 1, 0, 0, 0, 0, time.UTC), 2, 12.5}, {"=HYPERLINK(1)", "-", nil, int64(7)}, {"'=1", "Ä", true, time.Date(2019, 1, 1, 9, 30, 0, 0, time.UTC)},
	}),
	Instructions: []string{"Fill in the sheet Return.", "@nobody"},
}

// A template comes back as it went out, in both forms, formulas and all.
func TestTemplateReadsBack(t *testing.T) {
	t.Parallel()
	want := []string{"2:RXX01|2018-10-01|2|12.5", "3:=HYPERLINK(1)|-||7", "4:'=1|Ä|true|2019-01-01T09:30:00Z"}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"CSV":  func(out *bytes.Buffer) error { return form.WriteCSV(out) },
		"XLSX": func(out *bytes.Buffer) error { return form.WriteXLSX(out) },
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		rows, conflicts, notes := readAll(t, out.String(), exchange.TableOptions{Columns: returnColumns})
		if !slices.Equal(rows, want) || conflicts != nil {
			t.Errorf("%s: rows %q, want %q; conflicts %q", name, rows, want, conflicts)
		}
		if name == "XLSX" && !slices.Equal(notes, []string{"The sheet Return was read, not Instructions."}) {
			t.Errorf("notes %q", notes)
		}
	}
}

// What people see is checked with another reader than our own.
func TestTemplateAsASpreadsheetShowsIt(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := form.WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"A3": "'=HYPERLINK(1)", "B2": "2018-10-01", "D2": "12.5", "C4": "TRUE"} {
		if got, err := book.GetCellValue("Return", cell); err != nil || got != want {
			t.Errorf("%s shows %q, %v; want %q", cell, got, err, want)
		}
		if formula, err := book.GetCellFormula("Return", cell); err != nil || formula != "" {
			t.Errorf("%s holds the formula %q, %v", cell, formula, err)
		}
	}
	if got, err := book.GetCellValue("Instructions", "B6"); err != nil || got != "'=not a formula" {
		t.Errorf("the help is %q, %v", got, err)
	}
	rules, err := book.GetDataValidations("Return")
	if err != nil || len(rules) != 1 || rules[0].Sqref != "C2:C1048576" || rules[0].Formula1 != "Lists!$C$1:$C$4" {
		t.Errorf("the rules are %+v, %v", rules, err)
	}
	if list, err := book.GetCellValue("Lists", "C4"); err != nil || list != "started, then paused" {
		t.Errorf("the list ends with %q, %v", list, err)
	}
	if visible, err := book.GetSheetVisible("Lists"); err != nil || visible {
		t.Errorf("the lists are in sight: %v, %v", visible, err)
	}
	if panes, err := book.GetPanes("Return"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header does not stay: %+v, %v", panes, err)
	}
	if width, err := book.GetColWidth("Return", "B"); err != nil || width != 20 {
		t.Errorf("the second column is %v wide, %v", width, err)
	}
}

func TestTemplateSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	narrow := form
	narrow.Rows = exchange.RowsOf([][]any{{1, 2, 3, 4}, {1}})
	failing := form
	failing.Rows = sequence([][]any{{1, 2, 3, 4}}, errFull)
	for _, write := range []func(exchange.Template, *bytes.Buffer) error{
		func(t exchange.Template, out *bytes.Buffer) error { return t.WriteCSV(out) },
		func(t exchange.Template, out *bytes.Buffer) error { return t.WriteXLSX(out) },
	} {
		var out bytes.Buffer
		if err := write(narrow, &out); err == nil || !strings.Contains(err.Error(), "row 2 has 1 cells for 4 columns") {
			t.Errorf("a narrow row: %v", err)
		}
		if err := write(failing, &out); !errors.Is(err, errFull) {
			t.Errorf("rows that fail: %v", err)
		}
	}
	if err := (exchange.Template{Sheet: "a/b"}).WriteXLSX(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "workbook a/b") {
		t.Errorf("a bad name: %v", err)
	}
}
