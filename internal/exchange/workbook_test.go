package exchange_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sir/internal/exchange"
)

// workbook writes a workbook with the rows on a sheet called Cases, which is
// not the first, and returns its path.
func workbook(t *testing.T, rows [][]any) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if _, err := book.NewSheet("Cases"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Cases", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	percent, err := book.NewStyle(&excelize.Style{NumFmt: 9})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellStyle("Cases", "B2", "B2", percent); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadWorkbookGivesStoredValues(t *testing.T) {
	path := workbook(t, [][]any{{"case", "A"}, {"North", 0.336}, {}, {"South", 1}})
	rows, err := exchange.ReadWorkbook(path, "Cases")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"case|A", "North|0.336", "", "South|1"}
	var got []string
	for _, row := range rows {
		got = append(got, strings.Join(row, "|"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
}

func TestReadWorkbookSaysWhatIsWrong(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text.xlsx")
	if err := os.WriteFile(text, []byte("case,A\nx,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ path, sheet, want string }{
		{text, "", "cannot be read as an Excel workbook"},
		{workbook(t, nil), "Data", `no sheet "Data"; it has Sheet1, Cases`},
		{filepath.Join(t.TempDir(), "absent.xlsx"), "", "absent.xlsx"},
	} {
		if _, err := exchange.ReadWorkbook(test.path, test.sheet); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one that says %q", err, test.want)
		}
	}
}
