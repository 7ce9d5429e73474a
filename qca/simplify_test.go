package qca_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

func mustParse(t interface{ Fatal(...any) }, text string) qca.Expression {
	e, err := qca.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func formTexts(forms []qca.Expression) []string {
	var out []string
	for _, f := range forms {
		out = append(out, f.String())
	}
	slices.Sort(out)
	return out
}

// By hand: absorption, consensus, tautology, contradiction; A*B + ~A*C + B*~C
// has B*C covered by the others; the last is the classic with two shortest
// forms.
func TestSimplifyByHand(t *testing.T) {
	levels := map[string]int{"M": 3}
	for _, test := range []struct {
		text   string
		simple []string
		negate []string
	}{
		{"A*B + A*~B", []string{"A"}, []string{"~A"}},
		{"A + A*B", []string{"A"}, []string{"~A"}},
		{"A + ~A", []string{"1"}, []string{"0"}},
		{"A*~A", []string{"0"}, []string{"1"}},
		{"M[1]*A + M[2]*A", []string{"M[1]*A + M[2]*A"}, []string{"M[0] + ~A"}},
		{"M[0] + M[1] + M[2]", []string{"1"}, []string{"0"}},
		{"~A*B + A*~B + A*C", []string{"A*C + ~A*B + A*~B", "A*~B + ~A*B + B*C"}, nil},
	} {
		e := mustParse(t, test.text)
		for i, want := range [][]string{test.simple, test.negate} {
			f := qca.Simplify
			if i == 1 {
				f = qca.Negate
			}
			forms, err := f(t.Context(), e, levels)
			if err != nil {
				t.Fatal(err)
			}
			var got, canon []string
			for _, form := range forms {
				got = append(got, canonical(t, form.String()))
			}
			for _, w := range want {
				canon = append(canon, canonical(t, w))
			}
			if want != nil {
				sameSet(t, test.text, got, canon)
			}
		}
	}
	intersection, err := qca.Intersect(t.Context(), []qca.Expression{mustParse(t, "A + B"), mustParse(t, "~A + C")}, nil)
	if err != nil || !slices.Equal(formTexts(intersection), []string{"A*C + B*~A"}) && !slices.Equal(formTexts(intersection), []string{"A*C + ~A*B"}) {
		t.Errorf("intersection %v (%v)", formTexts(intersection), err)
	}
	_, err = qca.Simplify(t.Context(), mustParse(t, "A1+A2+A3+A4+A5+A6+A7+A8+A9+B1+B2+B3+B4+B5+B6"), nil)
	wantInputError(t, err, []string{"too many conditions"})
}

// Every form of an expression, factored or not, and the negation of its
// negation hold of the same cases.
func TestFormsMeanTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tt, err := randomTable(t, 4).TruthTable(qca.Settings{Outcome: "OUT"})
		if err != nil {
			t.Fatal(err)
		}
		levels := make(map[string]int)
		for _, c := range tt.Conditions {
			levels[c.Name] = c.Levels
		}
		var e qca.Expression
		for range rapid.IntRange(1, 4).Draw(t, "terms") {
			term := qca.Term{}
			for _, c := range tt.Conditions {
				if v := rapid.IntRange(-1, c.Levels-1).Draw(t, "value"); v >= 0 {
					term = append(term, qca.Literal{Condition: c.Name, Values: []int{v}})
				}
			}
			e = append(e, term)
		}
		simple, err := qca.Simplify(t.Context(), e, levels)
		if err != nil {
			t.Fatal(err)
		}
		negated, err := qca.Negate(t.Context(), e, levels)
		if err != nil {
			t.Fatal(err)
		}
		forms := simple
		for _, n := range negated {
			back, err := qca.Negate(t.Context(), n, levels)
			if err != nil {
				t.Fatal(err)
			}
			forms = append(forms, back...)
		}
		for _, text := range qca.Factor(simple[0]) {
			forms = append(forms, mustParse(t, text))
		}
		all, err := tt.AllRows()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range all {
			want := covers(tt, e, row.Values)
			for _, f := range forms {
				if covers(tt, f, row.Values) != want {
					t.Fatalf("%s and %s differ at row %d", e, f, row.Number)
				}
			}
			if covers(tt, negated[0], row.Values) == want {
				t.Fatalf("%s and its negation %s agree at row %d", e, negated[0], row.Number)
			}
		}
	})
}

func TestFactorByHand(t *testing.T) {
	for text, want := range map[string]string{
		"A*B + A*~C":        "A*(B + ~C)",
		"A*B + C*D":         "A*B + C*D",
		"A*B + A*C + B*C":   "A*(B + C) + B*C",
		"A*B*C + A*B*D + E": "A*B*(C + D) + E",
	} {
		forms := qca.Factor(mustParse(t, text))
		if !slices.Contains(forms, want) {
			t.Errorf("%s is factored as %q, without %q", text, forms, want)
		}
	}
}

// The report's formula against the theory that a pharmacist is enough: the
// seven successes are in both; cases 2, 3 and 12 have a pharmacist and failed.
func TestTheoryByHand(t *testing.T) {
	areas, err := spreadTable(t).Theory("OUTCOME", mustParse(t, "NONDELAY*PHARMA"), mustParse(t, "PHARMA"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range areas {
		got = append(got, strings.Join(a.With, " ")+"|"+strings.Join(a.Without, " "))
	}
	want := []string{"4 6 8 9 13 14 15|", "|", "|2 3 12", "|1 5 7 10 11"}
	if !slices.Equal(got, want) {
		t.Errorf("areas %q, want %q", got, want)
	}
	wantFigure(t, "coverage of agreement", areas[0].Coverage, ptr(1))
	if _, ok := areas[1].Inclusion.Value(); ok {
		t.Errorf("inclusion of an empty area is %s", areas[1].Inclusion)
	}
}
