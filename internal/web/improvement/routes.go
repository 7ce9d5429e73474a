// Package improvement has the pages on which people work on a measure: driver
// diagrams of a programme and its members, and PDSA cycles.
package improvement

import (
	area "sir/internal/improvement"
	"sir/internal/policy"
	"sir/internal/web/measure"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct{ improvement *area.Service }

// The patterns of the addresses.
const (
	sharedPattern = ui.MeasurePath + "/{programme}/improvement"
	memberPattern = ui.MeasurePath + "/{programme}/members/{unit}/improvement"
	cyclePattern  = memberPattern + "/cycles/{cycle}"
)

// Routes answers the routes of this package.
func Routes(improvement *area.Service) []shell.Route {
	p := pages{improvement}
	routes := []shell.Route{
		{Method: "POST", Pattern: memberPattern + "/copy", Action: policy.WorkOnImprovement, Serve: p.copyDiagram},
		{Method: "GET", Pattern: memberPattern + "/cycles/add", Action: policy.WorkOnImprovement, Serve: p.showPlan},
		{Method: "POST", Pattern: memberPattern + "/cycles/add", Action: policy.WorkOnImprovement, Serve: p.addCycle},
		{Method: "GET", Pattern: cyclePattern, Action: policy.ViewImprovement, Serve: p.showCycle},
		{Method: "POST", Pattern: cyclePattern, Action: policy.WorkOnImprovement, Serve: p.takeStep},
	}
	for _, at := range []string{sharedPattern, memberPattern} {
		routes = append(routes,
			shell.Route{Method: "GET", Pattern: at, Action: policy.ViewImprovement, Serve: p.show},
			shell.Route{Method: "GET", Pattern: at + "/diagram.csv", Action: policy.ViewImprovement, Serve: p.downloadTable},
			shell.Route{Method: "GET", Pattern: at + "/diagram.svg", Action: policy.ViewImprovement, Serve: p.downloadDrawing},
			shell.Route{Method: "GET", Pattern: at + "/cycles.csv", Action: policy.ViewImprovement, Serve: p.downloadCycles},
			shell.Route{Method: "GET", Pattern: at + "/drivers/add", Action: policy.WorkOnImprovement, Serve: p.showAdd},
			shell.Route{Method: "POST", Pattern: at + "/drivers/add", Action: policy.WorkOnImprovement, Serve: p.add},
			shell.Route{Method: "GET", Pattern: at + "/drivers/{driver}", Action: policy.WorkOnImprovement, Serve: p.showBox},
			shell.Route{Method: "POST", Pattern: at + "/drivers/{driver}", Action: policy.WorkOnImprovement, Serve: p.changeBox},
		)
	}
	return routes
}

// address is what the request's address names.
func address(r *shell.Request) area.Address {
	return area.Address{Programme: r.PathValue("programme"), Member: r.PathValue("unit")}
}

// basePath is where the work of a place is shown.
func basePath(at area.Address) string {
	if at.Member == "" {
		return measure.Improvement.Path(at.Programme)
	}
	return measure.Rates.Path(at.Programme) + "/members/" + at.Member + "/improvement"
}

func cyclePath(programme string, c area.Cycle) string {
	return basePath(area.Address{Programme: programme, Member: c.UnitCode}) + "/cycles/" + c.ID
}

// addressOf is the address of a place.
func addressOf(p area.Place) area.Address {
	at := area.Address{Programme: p.Programme.Code}
	if p.Member != nil {
		at.Member = p.Member.Code
	}
	return at
}

// breadcrumbs lead to a place, and where within is set through it.
func breadcrumbs(p area.Place, within bool) []ui.Link {
	at := addressOf(p)
	links := []ui.Link{
		{Text: "Start", Href: "/"}, {Text: "Measure", Href: ui.MeasurePath}, {Text: p.Programme.Name, Href: measure.Rates.Path(at.Programme)},
	}
	if p.Member != nil || within {
		links = append(links, ui.Link{Text: "Improvement", Href: basePath(area.Address{Programme: at.Programme})})
	}
	if p.Member != nil && within {
		links = append(links, ui.Link{Text: p.Member.Name, Href: basePath(at)})
	}
	return links
}
