package pattern

import (
	area "sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// pages holds what the handlers need.
type pages struct {
	patterns *area.Service
	shelves  *reference.Service
}

// Routes answers the routes of this package. Everybody who is signed in may
// read what the step is; the case sets are for those who may view cases.
func Routes(patterns *area.Service, shelves *reference.Service) []shell.Route {
	p := pages{patterns, shelves}
	routes := []shell.Route{{Method: "GET", Pattern: ui.ExplainPath, Action: policy.ViewHome, Serve: p.showSets}}
	for _, page := range []struct {
		address string
		serve   func(*shell.Request) error
	}{
		{"", p.showOverview},
		{"/" + cases.path, p.showCases},
		{"/" + screening.path, p.showScreening},
		{"/" + truthTable.path, p.showTruthTable},
		{"/" + solutions.path, p.showSolutions},
		{"/" + rivals.path, p.showRivals},
		{"/" + cases.path + ".csv", p.downloadCases},
		{"/conditions.csv", p.downloadConditions},
		{"/notes.csv", p.downloadNotes},
		{"/" + screening.path + ".csv", p.downloadScreening},
		{"/" + truthTable.path + ".csv", p.downloadTruthTable},
		{"/" + solutions.path + ".csv", p.downloadSolutions},
		{"/assumptions.csv", p.downloadAssumptions},
		{"/prime-implicants.csv", p.downloadPrimeImplicants},
		{"/necessity.csv", p.downloadNecessity},
		{"/" + rivals.path + ".csv", p.downloadRivals},
	} {
		routes = append(routes, shell.Route{Method: "GET", Pattern: ui.ExplainPath + "/{set}" + page.address, Action: policy.ViewCases, Serve: page.serve})
	}
	return routes
}
