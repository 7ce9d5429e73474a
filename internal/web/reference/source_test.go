package reference

import (
	"slices"
	"testing"

	"sir/internal/web/ui"
)

func TestCiteNamesThePlaceInTheReport(t *testing.T) {
	for _, c := range []struct {
		name    string
		sources []string
		want    string
	}{
		{"a section", []string{"§5.2"}, "the report, section 5.2"},
		{"a section with two digits", []string{"§10"}, "the report, section 10"},
		{"each kind of place", []string{"§4.2; T4.1; F4.1; SP3; ES; A2"},
			"the report, section 4.2, table 4.1, figure 4.1, spotlight 3, executive summary and appendix table 2"},
		{"a place named twice", []string{"T4.1; §4.2", "T4.1; T4.4"}, "the report, table 4.1, section 4.2 and table 4.4"},
		{"a public source after the report", []string{"Public: Rogers, Diffusion of Innovations, 5th edition, 2003; T4.1"},
			"the report, table 4.1; Rogers, Diffusion of Innovations, 5th edition, 2003"},
		{"a public source with a semicolon of its own", []string{"T4.1; Public: BMJ 2008;336:924-6"}, "the report, table 4.1; BMJ 2008;336:924-6"},
		{"a public source alone", []string{"Public: NHS Horizons"}, "NHS Horizons"},
		{"what only looks like a place", []string{"Terms of 2026; A; T4.; §..1"}, "Terms of 2026; A; T4.; §..1"},
		{"nothing", []string{"", " ; "}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Cite(c.sources...); got != c.want {
				t.Errorf("Cite(%q) = %q, want %q", c.sources, got, c.want)
			}
		})
	}
}

func TestOriginsNameTheReportByItsTitle(t *testing.T) {
	got := Origins("T4.1", "Public: BMJ 2008;336:924-6")
	want := []ui.Link{{Text: "The report, table 4.1: " + ReportTitle}, {Text: "BMJ 2008;336:924-6"}}
	if !slices.Equal(got, want) {
		t.Errorf("Origins = %q, want %q", got, want)
	}
}
