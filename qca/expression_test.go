package qca_test

import (
	"testing"

	"sir/qca"
)

func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{"A*~B + C[2]", "A*~B + C[2]"},
		{" a.1 * b_2 ", "a.1*b_2"},
		{"C{2,1}", "C[1,2]"},
		{"~C[1]", "~C[1]"},
		{"A*(B + ~C)", "A*B + A*~C"},
		{"~(A*B + C)", "~A*~C + ~B*~C"},
		{"~~A", "A"},
		{"(A + B)*(C + D)", "A*C + A*D + B*C + B*D"},
		{"1", "1"},
		{"0", "0"},
		{"~(A + 1)", "0"},
		{"Größe*ä", "Größe*ä"},
	}
	for _, test := range tests {
		e, err := qca.Parse(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := e.String(); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestParseNamesTheCharacter(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "character 1: a condition is missing"},
		{"A*", "character 3: a condition is missing"},
		{"A B", "character 3: an operator is missing"},
		{"(A", "character 3: a closing bracket"},
		{"A[", "character 3: a value is missing"},
		{"A[1;2]", "character 4: the list of values is not closed"},
		{"A[64]", "too large"},
		{"2A", "character 1"},
	}
	for _, test := range tests {
		_, err := qca.Parse(test.text)
		wantInputError(t, err, []string{test.want})
	}
}

// Memberships by hand: AND is the minimum, OR the maximum, NOT 1 - x.
func TestMemberships(t *testing.T) {
	table := mustTable(t, "case,A,B,M,OUT\nx,0.8,0.3,2,1\ny,0.1,0.6,0,0\n")
	tests := []struct {
		text string
		x, y float64
	}{
		{"A*B", 0.3, 0.1},
		{"A + B", 0.8, 0.6},
		{"~A", 0.2, 0.9},
		{"A[0]", 0.2, 0.9},
		{"A*M[2] + ~B*M[0,1]", 0.8, 0.4},
		{"~M[2]", 0, 1},
		{"1", 1, 1},
		{"0", 0, 0},
	}
	for _, test := range tests {
		e, err := qca.Parse(test.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.Memberships(table)
		if err != nil {
			t.Fatal(err)
		}
		wantFigure(t, test.text+" of x", qca.Defined(got[0]), &test.x)
		wantFigure(t, test.text+" of y", qca.Defined(got[1]), &test.y)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"A*~B + C[2]", "~(A*(B+~C))", "C{1,2}", "((((", "~~~1", "A[999999999999]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := qca.Parse(text)
		if err != nil {
			return
		}
		again, err := qca.Parse(e.String())
		if err != nil || again.String() != e.String() {
			t.Fatalf("%q is written %q, which reads as %q (%v)", text, e, again, err)
		}
	})
}
