package plot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
	"sir/qca/drawn"
	"sir/qca/plot"
)

// anyTable draws up to 30 cases with up to five crisp or fuzzy conditions.
func anyTable(t *rapid.T) *qca.Table {
	n := rapid.IntRange(2, 30).Draw(t, "cases")
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("case %d", i+1)
	}
	membership := rapid.Custom(func(t *rapid.T) float64 {
		v := rapid.IntRange(0, 100).Draw(t, "hundredths")
		if v == 50 {
			v = 51
		}
		return float64(v) / 100
	})
	var columns []qca.Column
	for i := range rapid.IntRange(1, plot.MaxVennConditions).Draw(t, "conditions") {
		values := rapid.SliceOfN(membership, n, n).Draw(t, "values")
		if rapid.Bool().Draw(t, "crisp") {
			for j := range values {
				values[j] = float64(int(values[j] + 0.5))
			}
		}
		columns = append(columns, qca.Column{Name: string(rune('A' + i)), Values: values})
	}
	outcome := rapid.SliceOfN(membership, n, n).Draw(t, "outcome")
	outcome[0], outcome[1] = 0.9, 0.1
	table, err := qca.NewTable(ids, append(columns, qca.Column{Name: "OUT", Values: outcome}))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Every case is in one region of a Venn diagram, the one its memberships say.
func TestVennRegionsHoldEveryCaseOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		tt, err := table.TruthTable(qca.Settings{Outcome: "OUT", Inclusion: 0.8})
		if err != nil {
			t.Fatal(err)
		}
		f, err := plot.Venn(tt)
		if err != nil {
			t.Fatal(err)
		}
		k := len(tt.Conditions)
		if len(f.Table().Rows) != 1<<k {
			t.Fatalf("%d regions of %d conditions", len(f.Table().Rows), k)
		}
		want := map[string]int{}
		for i := range table.Cases() {
			row := 0
			for _, c := range tt.Conditions {
				column, _, _ := table.Column(c.Name)
				row *= 2
				if column.Values[i] > 0.5 {
					row++
				}
			}
			want[strconv.Itoa(row+1)]++
		}
		for _, row := range f.Table().Rows {
			if n := row[len(row)-2]; n != strconv.Itoa(want[row[0]]) {
				t.Fatalf("region of row %s has %s cases, want %d", row[0], n, want[row[0]])
			}
		}
	})
}

// The regions of an XY plot part the cases; the typical ones are those that
// the relation is true of in both sets.
func TestRegionsHoldEveryCaseOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		for relation, typical := range map[plot.Relation]func(x, y float64) bool{
			plot.Sufficiency: func(x, y float64) bool { return x > 0.5 && y >= x },
			plot.Necessity:   func(x, y float64) bool { return y > 0.5 && x >= y },
		} {
			f, err := plot.XY(table, "OUT", qca.Expression{{{Condition: "A"}}}, relation)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Table().Rows) != len(table.Cases()) {
				t.Fatalf("%d lines for %d cases", len(f.Table().Rows), len(table.Cases()))
			}
			for _, row := range f.Table().Rows {
				x, _ := strconv.ParseFloat(row[1], 64)
				y, _ := strconv.ParseFloat(row[2], 64)
				if (row[3] == "typical") != typical(x, y) {
					t.Fatalf("%s at %v, %v is %s", row[0], x, y, row[3])
				}
			}
		}
	})
}

// A cell of the prime implicant chart is marked exactly when the cases of the
// row are more in the term than out of it.
func TestChartAgainstMemberships(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		tt, err := table.TruthTable(qca.Settings{Outcome: "OUT", Inclusion: 0.6})
		if err != nil {
			t.Fatal(err)
		}
		o := qca.Options{Solution: rapid.SampledFrom([]qca.SolutionKind{qca.Conservative, qca.Parsimonious}).Draw(t, "solution")}
		s, err := tt.Minimize(context.Background(), o)
		if errors.Is(err, qca.ErrInput) {
			return // nothing positive, or nothing negative
		}
		if err != nil {
			t.Fatal(err)
		}
		f, err := plot.Chart(tt, o, s)
		if err != nil {
			t.Fatal(err)
		}
		if want := len(s.PrimeImplicants) * tt.Count(qca.Positive); len(f.Table().Rows) != want {
			t.Fatalf("%d cells, want %d", len(f.Table().Rows), want)
		}
		for _, cell := range f.Table().Rows {
			term, err := qca.Parse(cell[0])
			if err != nil {
				t.Fatal(err)
			}
			members, err := term.Memberships(table)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(cell[2], ", ")
			if in := members[slices.Index(table.Cases(), first)] > 0.5; in != (cell[3] == "yes") {
				t.Fatalf("%s covers row %s: %s, but its cases are in the term: %v", cell[0], cell[1], cell[3], in)
			}
		}
	})
}

// A multi-value chart marks the rows whose values the term names.
func TestChartOfValues(t *testing.T) {
	table, err := drawn.Table(drawn.MultiValue, 6, 30)
	check(t, err)
	tt := truthTable(t, table, qca.Settings{Outcome: "Y"})
	o := qca.Options{Solution: qca.Parsimonious}
	f, err := plot.Chart(tt, o, minimize(t, tt, o))
	check(t, err)
	covered := 0
	for _, cell := range f.Table().Rows {
		term, err := qca.Parse(cell[0])
		check(t, err)
		members, err := term.Memberships(table)
		check(t, err)
		first, _, _ := strings.Cut(cell[2], ", ")
		if in := members[slices.Index(table.Cases(), first)] == 1; in != (cell[3] == "yes") {
			t.Errorf("%s covers row %s: %s", cell[0], cell[1], cell[3])
		} else if in {
			covered++
		}
	}
	if covered == 0 {
		t.Error("no cell is marked")
	}
}

// Core literals are in a parsimonious term, peripheral ones in none that the
// term lies in: the report of Fiss (2011), on a table worked out by hand.
// Conservative ~A*B*C + A*B*~C, parsimonious B*C + A: with B*C the term ~A*B*C
// has a core of B and C; with A the other one has a core of A.
func TestCoreConditions(t *testing.T) {
	conservative, err := qca.Parse("~A*B*C + A*B*~C")
	check(t, err)
	core, err := qca.Parse("B*C + A")
	check(t, err)
	s := &qca.Solution{Outcome: "OUT", Conditions: []string{"A", "B", "C"}, Complete: true,
		Models: []qca.Model{{Expression: conservative, Terms: []qca.TermFit{{Expression: conservative[0]}, {Expression: conservative[1]}}}}}
	f, err := plot.Configurations(s, plot.ConfigurationOptions{Core: []qca.Expression{core}})
	check(t, err)
	want := [][]string{{"absent, peripheral", "present, core", "present, core"}, {"present, core", "present, peripheral", "absent, peripheral"}}
	for i, cells := range want {
		if got := f.Table().Rows[i][2:5]; !slices.Equal(got, cells) {
			t.Errorf("term %d: %q, want %q", i+1, got, cells)
		}
	}
	f, err = plot.Configurations(s, plot.ConfigurationOptions{})
	check(t, err)
	if got, want := f.Table().Rows[0][2:5], []string{"absent", "present", "present"}; !slices.Equal(got, want) {
		t.Errorf("without core: %q, want %q", got, want)
	}
}

// The table of ranges has every digit, and no end where none was found.
func TestRangesTable(t *testing.T) {
	r := robustness(t)
	f, err := plot.Ranges(r)
	check(t, err)
	for i, row := range f.Table().Rows {
		one := r.Ranges[i]
		high, hasHigh := one.High.Value()
		if row[0] != one.Choice || (row[4] != "") != hasHigh {
			t.Errorf("%q for %+v", row, one)
		}
		if got, _ := strconv.ParseFloat(row[4], 64); got != high {
			t.Errorf("%s: %v, want %v", one.Choice, got, high)
		}
	}
}

func TestRefusedPlots(t *testing.T) {
	many, err := drawn.Table(drawn.Struct, 12, 100)
	check(t, err)
	tt := truthTable(t, many, qca.Settings{Outcome: "Y"})
	values, err := drawn.Table(drawn.MultiValue, 6, 30)
	check(t, err)
	for name, try := range map[string]func() (*plot.Figure, error){
		"shows up to 5 conditions": func() (*plot.Figure, error) {
			return plot.Venn(truthTable(t, many, qca.Settings{Outcome: "Y", Conditions: []string{"C1", "C2", "C3", "C4", "C5", "C6"}, Inclusion: 0.5}))
		},
		"has 3 values": func() (*plot.Figure, error) {
			return plot.Venn(truthTable(t, values, qca.Settings{Outcome: "Y", Conditions: []string{"C1"}, Inclusion: 0.5}))
		},
		"too many to draw": func() (*plot.Figure, error) {
			o := qca.Options{Solution: qca.Parsimonious}
			return plot.Chart(tt, o, minimize(t, tt, o))
		},
		"no such column": func() (*plot.Figure, error) {
			return plot.XY(many, "Q", qca.Expression{{{Condition: "C1"}}}, plot.Sufficiency)
		},
		"no model":   func() (*plot.Figure, error) { return plot.Configurations(&qca.Solution{}, plot.ConfigurationOptions{}) },
		"no range":   func() (*plot.Figure, error) { return plot.Ranges(&qca.Robustness{}) },
		"no literal": func() (*plot.Figure, error) { return plot.XY(many, "", qca.Expression{}, plot.Sufficiency) },
	} {
		f, err := try()
		if !errors.Is(err, qca.ErrInput) || f != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(err.Error(), name) && name != "no literal" {
			t.Errorf("%q does not say %q", err, name)
		}
	}
}
