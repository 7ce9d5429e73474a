package exchange_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"sir/internal/exchange"
)

func TestSafeCell(t *testing.T) {
	tests := map[string]string{
		"=1+1": "'=1+1", "+44 20": "'+44 20", "-cmd": "'-cmd", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		" =1": "' =1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "\x00=1": "'\x00=1", "-1+cmd|' /C calc'!A0": "'-1+cmd|' /C calc'!A0", "-": "'-",
		"-4": "-4", "+4": "+4", "-0.5": "-0.5", "1e-3": "1e-3", "-12%": "-12%", "Alder": "Alder", "": "", "a=b": "a=b", ">= 50": ">= 50",
	}
	for cell, want := range tests {
		if got := exchange.SafeCell(cell); got != want {
			t.Errorf("SafeCell(%q) = %q, want %q", cell, got, want)
		}
	}
}

// No cell that comes out of a CSV file starts a formula, and no other cell is changed.
func FuzzCSV(f *testing.F) {
	for _, cell := range []string{"=1", "-1", "\"", "a,b\r\nc", "\ufeff+x", " @x", "1e5", "--1"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		var out bytes.Buffer
		sheet := exchange.Sheet{Columns: []string{"A", "B"}, Rows: [][]any{{cell, "end"}}}
		if err := sheet.Write(&out, exchange.CSV); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 2 {
			t.Fatalf("%q reads as %q, %v", cell, rows, err)
		}
		got := rows[1][0]
		if trimmed := strings.TrimLeft(got, " "); trimmed != "" && strings.ContainsRune("=@\t\r", rune(trimmed[0])) {
			t.Fatalf("%q starts a formula", got)
		}
		if clean := strings.ReplaceAll(cell, "\r\n", "\n"); got != clean && got != "'"+clean {
			t.Fatalf("%q became %q", cell, got)
		}
	})
}
