package qca_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

// TestReferenceIrredundant compares all irredundant parsimonious models. Where
// the reference lists fewer prime implicants than its exhaustive algorithm, its
// default one stopped early and its list cannot be the whole.
func TestReferenceIrredundant(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		if c.Irredundant == nil {
			t.Skip("the reference has no irredundant models for this case")
		}
		s, err := c.truthTable(t).Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, Exclude: c.Exclude, AllModels: true})
		if err != nil {
			t.Fatal(err)
		}
		if !s.Complete || !s.ProvedMinimal {
			t.Errorf("complete %v, proved %v", s.Complete, s.ProvedMinimal)
		}
		var got, want []string
		for _, m := range s.Models {
			got = append(got, canonical(t, m.Expression.String()))
		}
		for _, m := range c.Irredundant.Models {
			want = append(want, canonical(t, strings.Join(m, " + ")))
		}
		sameSet(t, "models", got, want)
	})
}

// bruteIrredundant lists all covers that lose a positive row with any term.
func bruteIrredundant(tt *qca.TruthTable, primes []bruteCube) []string {
	var models []string
	for set := range 1 << len(primes) {
		var parts []string
		needed := 0
		covered := true
		once := make([]bool, len(primes))
		for _, r := range tt.Rows {
			if r.Output != qca.Positive {
				continue
			}
			times, last := 0, 0
			for i, q := range primes {
				if set>>i&1 != 0 && q.covers(r.Values) {
					times, last = times+1, i
				}
			}
			covered = covered && times > 0
			once[last] = once[last] || times == 1
		}
		for i, q := range primes {
			if set>>i&1 != 0 {
				parts = append(parts, q.text(tt))
				if once[i] {
					needed++
				}
			}
		}
		if covered && needed == len(parts) {
			slices.Sort(parts)
			models = append(models, strings.Join(parts, " + "))
		}
	}
	slices.Sort(models)
	return models
}

func TestIrredundantModelsAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]qca.SolutionKind{qca.Conservative, qca.Parsimonious}).Draw(t, "kind")
		tt, minimal := solved(t, 4, kind)
		primes := brutePrimes(tt, bruteAllowed(tt, kind))
		if len(primes) > 14 {
			t.SkipNow()
		}
		s, err := tt.Minimize(t.Context(), qca.Options{Solution: kind, AllModels: true, MaxModels: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		want := bruteIrredundant(tt, primes)
		if got := modelTexts(s); !slices.Equal(got, want) || s.ModelCount != uint64(len(want)) || !s.Complete {
			t.Fatalf("models %q, want %q", got, want)
		}
		for i, m := range minimal.Models {
			if m.Expression.String() != s.Models[i].Expression.String() {
				t.Fatalf("the minimal models do not come first: %s at %d", s.Models[i].Expression, i)
			}
		}
	})
}

// A search for irredundant models that is stopped keeps the minimal ones.
func TestStoppedSearchForIrredundantModels(t *testing.T) {
	tt, err := spreadTable(t).TruthTable(qca.Settings{Outcome: "~OUTCOME"})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, AllModels: true})
	if err != nil {
		t.Fatal(err)
	}
	if whole.ModelCount != 112 { // R, package QCA, all.sol
		t.Errorf("%d models, want 112", whole.ModelCount)
	}
	s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious, AllModels: true, MaxModels: 5})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Models) != 5 || s.ModelCount != 112 || s.Complete || !s.ProvedMinimal {
		t.Errorf("%d of %d models, complete %v, proved %v", len(s.Models), s.ModelCount, s.Complete, s.ProvedMinimal)
	}
}
