package chart_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"sir/internal/chart"
)

func TestTables(t *testing.T) {
	dots := sampleDots().Table()
	if dots.Caption != "Adoption rate by network (target: >= 50)" ||
		!slices.Equal(dots.Headers, []string{"Network", "Q4 2023/24 (%)", "Q4 2024/25 (%)", "Q4 2025/26 (%)", "Note"}) ||
		!slices.Equal(dots.Rows[2], []string{"Cedar network (made-up)", "0", "not reported", "100", "up 100"}) {
		t.Errorf("dot plot: %q %q %q", dots.Caption, dots.Headers, dots.Rows[2])
	}
	line := sampleLine(t).Table()
	if len(line.Rows) != 12 || line.Headers[4] != "Target (%)" ||
		!slices.Equal(line.Rows[0], []string{"Q1 2023/24", "1", "1", "0", "none"}) ||
		!slices.Equal(line.Rows[7], []string{"Q4 2024/25", "54", "40", "no value", "50"}) {
		t.Errorf("line: %q %q", line.Headers, line.Rows)
	}
	spark := sampleSpark(t).Table()
	if len(spark.Rows) != 12 || !slices.Equal(spark.Rows[5], []string{"Q2 2024/25", "not reported"}) {
		t.Errorf("sparkline: %q", spark.Rows)
	}
}

// A number is written with its decimals, never as a negative zero, and without separators.
func TestTableNumbers(t *testing.T) {
	line := sampleLine(t)
	line.Axis = chart.Range{}
	line.Measure = chart.Measure{Decimals: 1}
	line.Periods, line.Targets = line.Periods[:4], nil
	line.Series = []chart.Series{{Name: "A", Values: values(1234567.25, -0.04, -12.5, 0)}}
	var got []string
	for _, row := range line.Table().Rows {
		got = append(got, row[1])
	}
	if want := []string{"1234567.2", "0.0", "-12.5", "0.0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if svg := render(t, line); !strings.Contains(svg, "A 1,234,567.2") {
		t.Error("the name of the first period does not group thousands")
	}
}

func TestSafeCell(t *testing.T) {
	tests := map[string]string{
		"=1+1": "'=1+1", "+44 20": "'+44 20", "-cmd": "'-cmd", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		" =1": "' =1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "-1+cmd|' /C calc'!A0": "'-1+cmd|' /C calc'!A0", "-": "'-",
		"-4": "-4", "+4": "+4", "-0.5": "-0.5", "1e-3": "1e-3", "-12%": "-12%", "Alder": "Alder", "": "", "a=b": "a=b", ">= 50": ">= 50",
	}
	for cell, want := range tests {
		if got := chart.SafeCell(cell); got != want {
			t.Errorf("SafeCell(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestWriteCSV(t *testing.T) {
	dots := sampleDots()
	dots.Rows = dots.Rows[:1]
	dots.Rows[0].Name, dots.Rows[0].Note = `=HYPERLINK("x"), "Alder"`, "down\n3"
	var out bytes.Buffer
	if err := dots.Table().WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := "Network,Q4 2023/24 (%),Q4 2024/25 (%),Q4 2025/26 (%),Note\n" +
		"\"'=HYPERLINK(\"\"x\"\"), \"\"Alder\"\"\",50,50,63,\"down\n3\"\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
	if err := dots.Table().WriteCSV(failing{}); err == nil {
		t.Error("a writer that fails is not reported")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

// No cell that comes out of a CSV file starts a formula, and no other cell is changed.
func FuzzCSV(f *testing.F) {
	for _, cell := range []string{"=1", "-1", "\"", "a,b\r\nc", "\ufeff+x", " @x", "1e5", "--1"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		var out bytes.Buffer
		table := chart.Table{Headers: []string{"A", "B"}, Rows: [][]string{{cell, "end"}}}
		if err := table.WriteCSV(&out); err != nil {
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
