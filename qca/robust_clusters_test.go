package qca_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sir/qca"
)

const regions = `case,A,B,REGION,OUT
n1,1,0,north,1
n2,0,0,north,0
n3,1,1,north,1
s1,0,1,south,1
s2,1,1,south,1
s3,1,0,west,0
`

func TestLeavingOutClusters(t *testing.T) {
	table, err := qca.ReadCSV(strings.NewReader(regions), qca.CSVOptions{Defer: true})
	if err != nil {
		t.Fatal(err)
	}
	clusters, err := table.Texts("REGION")
	if err != nil {
		t.Fatal(err)
	}
	o := qca.RobustnessOptions{Settings: qca.Settings{Outcome: "OUT", Conditions: []string{"A", "B"}},
		Options: qca.Options{Solution: qca.Parsimonious}, Repeats: 5, Clusters: clusters}
	r, err := table.Robustness(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	// With all cases row A*~B is mixed, so that B explains; without the west it
	// is not, and A or B does.
	if len(r.Models) != 1 || r.Models[0].String() != "B" {
		t.Fatalf("models %v", r.Models)
	}
	var found []string
	for _, c := range r.Clusters {
		text := c.Cluster + " " + strings.Join(c.Cases, ",") + ":"
		for _, m := range c.Models {
			text += " " + m.String()
		}
		found = append(found, text)
		if c.Same != (text[strings.Index(text, ":"):] == ": B") {
			t.Errorf("%s: same %v", text, c.Same)
		}
	}
	want := []string{"north n1,n2,n3: B", "south s1,s2: B", "west s3: A + B"}
	if !slices.Equal(found, want) {
		t.Errorf("clusters %q, want %q", found, want)
	}
	// B in the north: n3 of n1, n3 with the outcome.
	wantFigure(t, "inclusion in the north", r.Clusters[0].Fits[0].Inclusion, ptr(1))
	wantFigure(t, "coverage in the north", r.Clusters[0].Fits[0].Coverage, ptr(0.5))
	wantFigure(t, "inclusion in the west", r.Clusters[2].Fits[0].Inclusion, nil)
}

func TestClustersThatCannotBe(t *testing.T) {
	table := mustTable(t, "case,A,OUT\na,1,1\nb,0,0\nc,1,1\n")
	for _, clusters := range [][]string{{}, {"x", "x", "x"}, {"x", "y"}, {"x", "y", ""}} {
		_, err := table.Robustness(t.Context(), qca.RobustnessOptions{Settings: qca.Settings{Outcome: "OUT"}, Repeats: 1, Clusters: clusters})
		if !errors.Is(err, qca.ErrInput) {
			t.Errorf("clusters %q: %v", clusters, err)
		}
	}
	if _, err := table.Texts("NONE"); !errors.Is(err, qca.ErrInput) {
		t.Errorf("no such column: %v", err)
	}
}

// Tied models are each compared, and each says that it is one of several; with
// AllTests the tied models of the other choices are tests as well.
func TestTiedModelsAreComparedAndFlagged(t *testing.T) {
	table := spreadTable(t)
	settings := qca.Settings{Outcome: "OUTCOME", Conditions: []string{"EXPLICIT", "ADOPT", "PHARMA", "INTERSECT", "CHAMP"}}
	o := qca.RobustnessOptions{Settings: settings, Options: qca.Options{Solution: qca.Parsimonious}, Repeats: 1}
	first, err := table.Robustness(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	o.AllTests = true
	all, err := table.Robustness(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	tied := 0
	for _, r := range first.Ranges {
		tied += len(r.Below) + len(r.Above)
	}
	if tied <= len(first.Cores[0].Tests) || len(all.Cores[0].Tests) <= len(first.Cores[0].Tests) {
		t.Errorf("%d models beyond the ranges; %d tests of the first, %d of all", tied, len(first.Cores[0].Tests), len(all.Cores[0].Tests))
	}
	for _, c := range all.Cores {
		if c.OneOf != 3 || len(all.Cores) != 3 {
			t.Errorf("%s is one of %d, of %d cores", c.Expression, c.OneOf, len(all.Cores))
		}
	}
}
