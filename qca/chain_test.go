package qca_test

import (
	"testing"

	"sir/qca"
)

// By hand: B is A or C, and OUT is B and D. A, C and D follow from nothing
// observed; each of the eight combinations of A, C and D is a case.
func TestChainByHand(t *testing.T) {
	table := mustTable(t, `case,A,C,D,B,OUT
1,0,0,0,0,0
2,0,0,1,0,0
3,0,1,0,1,0
4,0,1,1,1,1
5,1,0,0,1,0
6,1,0,1,1,1
7,1,1,0,1,0
8,1,1,1,1,1
`)
	links, err := table.Chain(t.Context(), qca.ChainOptions{Options: qca.Options{Solution: qca.Parsimonious}, Order: [][]string{{"A", "C", "D"}, {"B"}, {"OUT"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"A": "", "C": "", "D": "", "B": "A + C", "OUT": "B*D"}
	for _, link := range links {
		if link.Explained != (want[link.Outcome] != "") {
			t.Errorf("%s explained: %v", link.Outcome, link.Explained)
		}
		if !link.Explained {
			continue
		}
		found := false
		for _, m := range link.Solution.Models {
			found = found || canonical(t, m.Expression.String()) == canonical(t, want[link.Outcome])
		}
		if !found {
			t.Errorf("%s is explained by %v, not %s", link.Outcome, link.Solution.Models, want[link.Outcome])
		}
	}
	if len(links) != 5 || len(links[4].Conditions) != 4 || len(links[0].Conditions) != 2 {
		t.Errorf("links %+v", links)
	}
	_, err = table.Chain(t.Context(), qca.ChainOptions{Order: [][]string{{"Q"}}})
	wantInputError(t, err, []string{`"Q"`, "use A, C, D, B, OUT"})
}

// A column that nothing leads to, or that never varies, is said to be so.
func TestChainSaysWhyNot(t *testing.T) {
	links, err := mustTable(t, "case,A,K\nx,1,1\ny,0,1\n").Chain(t.Context(), qca.ChainOptions{
		Options: qca.Options{Solution: qca.Parsimonious}, Order: [][]string{{"A"}, {"K"}}})
	if err != nil {
		t.Fatal(err)
	}
	if links[0].Reason != "nothing comes before it" || links[1].Solution != nil || links[1].Reason == "" {
		t.Errorf("links %+v", links)
	}
}
