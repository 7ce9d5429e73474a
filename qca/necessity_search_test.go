package qca_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

func TestReferenceNecessary(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		if c.SuperSubset == nil || len(c.SuperSubset.Fit) == 0 {
			t.Skip("the reference has no superSubset for this case")
		}
		got, err := c.truthTable(t).Necessary(t.Context(), qca.NecessityOptions{Inclusion: c.SuperSubset.InclCut})
		if err != nil {
			t.Fatal(err)
		}
		fits := make(map[string]qca.NecessityFit)
		var texts, want []string
		for _, f := range slices.Concat(got.Conjunctions, got.Disjunctions) {
			text := canonical(t, f.Expression.String())
			texts, fits[text] = append(texts, text), f
		}
		for _, w := range c.SuperSubset.Fit {
			text := canonical(t, w.Term)
			want = append(want, text)
			if f, ok := fits[text]; ok {
				wantFigure(t, text+" inclusion", f.Inclusion, w.InclN)
				wantFigure(t, text+" relevance", f.Relevance, w.RoN)
				wantFigure(t, text+" coverage", f.Coverage, w.CovN)
			}
		}
		sameSet(t, "necessary", texts, want)
	})
}

// bruteNecessary lists by trying every choice of literals what Necessary finds.
func bruteNecessary(t *rapid.T, tt *qca.TruthTable, cut float64) (conjunctions, disjunctions []string) {
	reaches := func(e qca.Expression) bool {
		f, err := tt.Table().NecessityOf(tt.Outcome, e)
		if err != nil {
			t.Fatal(err)
		}
		return f.Inclusion.AtLeast(cut)
	}
	for _, q := range allCubes(tt) {
		var term qca.Term
		var parts qca.Expression
		for i, v := range q {
			if v >= 0 {
				l := qca.Literal{Condition: tt.Conditions[i].Name, Values: []int{v}}
				term, parts = append(term, l), append(parts, qca.Term{l})
			}
		}
		if len(term) == 0 {
			continue
		}
		if reaches(qca.Expression{term}) {
			conjunctions = append(conjunctions, strings.Join(texts([]qca.Term{term}), ""))
		}
		minimal := len(parts) > 1 && reaches(parts)
		for i := range parts {
			minimal = minimal && !reaches(slices.Delete(slices.Clone(parts), i, i+1))
		}
		if minimal {
			disjunctions = append(disjunctions, strings.Join(texts(parts), " + "))
		}
	}
	slices.Sort(conjunctions)
	slices.Sort(disjunctions)
	return conjunctions, disjunctions
}

func TestNecessaryExpressionsAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tt, err := randomTable(t, 4).TruthTable(qca.Settings{Outcome: "OUT"})
		if err != nil {
			t.Fatal(err)
		}
		cut := rapid.SampledFrom([]float64{1, 0.75, 0.5}).Draw(t, "cut")
		got, err := tt.Necessary(t.Context(), qca.NecessityOptions{Inclusion: cut})
		if err != nil || !got.Complete {
			t.Fatal(err)
		}
		conjunctions, disjunctions := bruteNecessary(t, tt, cut)
		if c := fitTexts(got.Conjunctions); !slices.Equal(c, conjunctions) {
			t.Fatalf("conjunctions %q, want %q", c, conjunctions)
		}
		if d := fitTexts(got.Disjunctions); !slices.Equal(d, disjunctions) {
			t.Fatalf("disjunctions %q, want %q", d, disjunctions)
		}
	})
}

func fitTexts(fits []qca.NecessityFit) []string {
	var out []string
	for _, f := range fits {
		out = append(out, strings.Join(texts(f.Expression), " + "))
	}
	slices.Sort(out)
	return out
}

func TestNecessaryLimits(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "OUTCOME"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		options  qca.NecessityOptions
		complete bool
	}{
		{qca.NecessityOptions{MaxSteps: 50}, false},
		{qca.NecessityOptions{MaxListed: 3}, false},
		{qca.NecessityOptions{MaxLiterals: 2}, true},
	} {
		got, err := tt.Necessary(t.Context(), test.options)
		if err != nil || got.Complete != test.complete {
			t.Errorf("%+v: complete %v (%v), want %v", test.options, got.Complete, err, test.complete)
		}
		for _, f := range got.Disjunctions {
			if test.options.MaxLiterals > 0 && len(f.Expression) > test.options.MaxLiterals {
				t.Errorf("%s has more than %d literals", f.Expression, test.options.MaxLiterals)
			}
		}
	}
	trivial, err := tt.Necessary(t.Context(), qca.NecessityOptions{MaxLiterals: 1, Relevance: 0.6})
	if err != nil {
		t.Fatal(err)
	}
	// Of the seven conditions that every success shares, PHARMA and CHAMP have a
	// relevance of 5/8, the others less.
	if got := fitTexts(trivial.Conjunctions); !slices.Equal(got, []string{"CHAMP[1]", "PHARMA[1]"}) {
		t.Errorf("relevant necessary conditions %q", got)
	}
	_, err = tt.Necessary(t.Context(), qca.NecessityOptions{Inclusion: 1.5})
	wantInputError(t, err, []string{"outside 0 to 1"})
}
