package plot_test

import (
	"context"
	"testing"

	"sir/qca"
	"sir/qca/drawn"
	"sir/qca/plot"
)

// figures is every kind of plot, of made-up and of drawn data.
func figures(t testing.TB) map[string]*plot.Figure {
	t.Helper()
	fuzzy, err := drawn.Table(drawn.Fuzzy, 5, 40)
	check(t, err)
	tt := truthTable(t, fuzzy, qca.Settings{Outcome: "Y", Inclusion: 0.9, ContradictionCut: 0.7})
	four := truthTable(t, fuzzy, qca.Settings{Outcome: "Y", Inclusion: 0.9, Conditions: []string{"C1", "C2", "C3", "C4"}})
	expression, err := qca.Parse("C1*C2 + ~C1*C3*~C4")
	check(t, err)
	result := map[string]*plot.Figure{}
	add := func(name string) func(*plot.Figure, error) {
		return func(f *plot.Figure, err error) {
			t.Helper()
			check(t, err)
			result[name] = f
		}
	}
	add("xy")(plot.XY(fuzzy, "Y", expression, plot.Sufficiency))
	add("xy-necessity")(plot.XY(crisp(t), "~OUT", qca.Expression{{{Condition: "B"}}}, plot.Necessity))
	add("venn5")(plot.Venn(tt))
	add("venn4")(plot.Venn(four))
	for name, conditions := range map[string][]string{"venn3": {"A", "B", "C"}, "venn2": {"A", "B"}, "venn1": {"A"}} {
		add(name)(plot.Venn(truthTable(t, crisp(t), qca.Settings{Outcome: "OUT", Conditions: conditions})))
	}
	expect := []qca.Term{{{Condition: "C1"}}, {{Condition: "C2"}}}
	add("configurations")(plot.Configurations(minimize(t, tt, qca.Options{Solution: qca.Intermediate, Expect: expect}), plot.ConfigurationOptions{MaxModels: 1}))
	many, err := drawn.Table(drawn.MultiValue, 6, 30)
	check(t, err)
	values := truthTable(t, many, qca.Settings{Outcome: "Y"})
	simple := minimize(t, values, qca.Options{Solution: qca.Parsimonious})
	var core []qca.Expression
	for _, m := range simple.Models {
		core = append(core, m.Expression)
	}
	add("configurations-values")(plot.Configurations(minimize(t, values, qca.Options{}), plot.ConfigurationOptions{Core: core}))
	options := qca.Options{Solution: qca.Parsimonious}
	add("chart")(plot.Chart(four, options, minimize(t, four, options)))
	add("chart-values")(plot.Chart(values, options, simple))
	add("ranges")(plot.Ranges(robustness(t)))
	return result
}

// crisp is a made-up table of eight cases.
func crisp(t testing.TB) *qca.Table {
	t.Helper()
	table, err := qca.NewTable([]string{"Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel"}, []qca.Column{
		{Name: "A", Values: []float64{1, 1, 1, 0, 0, 0, 1, 0}},
		{Name: "B", Values: []float64{1, 1, 0, 1, 0, 0, 1, 1}},
		{Name: "C", Values: []float64{1, 0, 0, 1, 1, 0, 1, 0}},
		{Name: "OUT", Values: []float64{1, 1, 0, 0, 0, 0, 1, 1}},
	})
	check(t, err)
	return table
}

// robustness tests a made-up table of rates, by their anchors, too.
func robustness(t testing.TB) *qca.Robustness {
	t.Helper()
	table, err := qca.NewTable([]string{"a", "b", "c", "d", "e"}, []qca.Column{
		{Name: "A", Values: []float64{1, 1, 1, 0, 0}},
		{Name: "B", Values: []float64{1, 0, 1, 1, 0}},
		{Name: "RATE", Values: []float64{80, 70, 55, 42, 10}},
	})
	check(t, err)
	how, err := qca.ParseCalibration("direct e=20,c=50,i=80")
	check(t, err)
	r, err := table.Robustness(context.Background(), qca.RobustnessOptions{Settings: qca.Settings{Outcome: "RATE", Inclusion: 0.8}, Repeats: 1,
		Calibrations: []qca.NamedCalibration{{Column: "RATE", Calibration: how}}})
	check(t, err)
	return r
}

func truthTable(t testing.TB, table *qca.Table, s qca.Settings) *qca.TruthTable {
	t.Helper()
	tt, err := table.TruthTable(s)
	check(t, err)
	return tt
}

func minimize(t testing.TB, tt *qca.TruthTable, o qca.Options) *qca.Solution {
	t.Helper()
	s, err := tt.Minimize(context.Background(), o)
	check(t, err)
	return s
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
