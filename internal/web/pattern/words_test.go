package pattern

import (
	"strings"
	"testing"

	area "sir/internal/pattern"
	"sir/qca"
)

func TestReadingPutsShortFormulasIntoWords(t *testing.T) {
	set := area.CaseTable{Conditions: []area.Condition{
		{Name: "A", OneMeans: "The team met.", ZeroMeans: "The team never met"},
		{Name: "B", OneMeans: "IT was ready", ZeroMeans: "IT was not ready"},
	}}
	tests := []struct{ formula, want string }{
		{"A", "The team met."},
		{"A*~B", "The team met, and IT was not ready."},
		{"~A + B", "The team never met; or IT was ready."},
		{"A*B + A*~B + ~A", ""}, // too long to help
		{"0", ""},
	}
	for _, test := range tests {
		e, err := qca.Parse(test.formula)
		if err != nil {
			t.Fatal(err)
		}
		if got := reading(set, e); got != test.want {
			t.Errorf("%s reads %q, want %q", test.formula, got, test.want)
		}
	}
}

func TestFiguresAsTheFieldWritesThem(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{figure(qca.Defined(0.5)), "0.500"}, {figure(qca.Figure{}), "–"},
		{share(qca.Ratio{Num: 4, Den: 15}), "4 of 15 (26.7%)"}, {share(qca.Ratio{Num: 6, Den: 15}), "6 of 15 (40%)"},
		{count(1, "row", "rows"), "1 row"}, {count(uint64(0), "row", "rows"), "0 rows"},
	} {
		if test.got != test.want {
			t.Errorf("%s, want %s", test.got, test.want)
		}
	}
	if number(qca.Figure{}) != nil || number(qca.Defined(0.25)) != 0.25 {
		t.Error("an undefined figure must be an empty cell of a file")
	}
}

// What was typed is shown again, without what could not be stored.
func TestPrintableKeepsWhatCanBeShown(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"1/3", "1/3"}, {"a\x00b\xffc\n", "abc"}, {"<b>", "<b>"},
		{strings.Repeat("x", 5000), strings.Repeat("x", 200)}, {strings.Repeat("é", 150), strings.Repeat("é", 100)},
	} {
		if got := printable(test.text); got != test.want {
			t.Errorf("%.20q is shown as %.20q, want %.20q", test.text, got, test.want)
		}
	}
}
