// Package signals has the Measure pages on what every measure says: an overview
// with icons, one measure with its chart and marks, members side by side,
// levels and milestones.
package signals

import (
	"sir/internal/adoption"
	"sir/internal/improvement"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct {
	adoption    *adoption.Service
	improvement *improvement.Service
}

// Routes answers the routes of this package. Each asks for the least that any
// of its readers has; the use case behind it checks the very programme or unit.
func Routes(service *adoption.Service, cycles *improvement.Service) []shell.Route {
	p := pages{service, cycles}
	var all []shell.Route
	add := func(action policy.Action, method, pattern string, serve func(*shell.Request) error) {
		all = append(all, shell.Route{Method: method, Pattern: ui.MeasurePath + "/{programme}" + pattern, Action: action, Serve: serve})
	}
	for _, place := range []string{"", "/members/{unit}", "/units/{unit}"} {
		action := policy.ViewPublishedRates
		if place == "/units/{unit}" { // areas have no published figures
			action = policy.ViewMemberRates
		}
		add(action, "GET", place+"/measures", p.showOverview)
		add(action, "GET", place+"/measures.csv", p.downloadOverview)
		add(action, "GET", place+"/measures/{measure}", p.showSignal)
		add(action, "GET", place+"/measures/{measure}/series.csv", p.downloadSeries)
		add(action, "GET", place+"/measures/{measure}/chart.svg", p.downloadChart)
		add(policy.WorkOnImprovement, "POST", place+"/measures/{measure}/marks", p.addMark)
		add(policy.WorkOnImprovement, "POST", place+"/measures/{measure}/marks/withdraw", p.withdrawMark)
		levels := action
		if levels == policy.ViewPublishedRates { // published figures have no levels
			levels = policy.ViewTotalRate
		}
		add(levels, "GET", place+"/measures/{measure}/levels", p.showLevels)
		add(levels, "GET", place+"/measures/{measure}/levels.csv", p.downloadLevels)
		add(levels, "GET", place+"/measures/{measure}/levels.svg", p.downloadLevelsChart)
		add(policy.ViewSiteLevels, "GET", place+"/milestones", p.showMilestones)
		add(policy.ViewSiteLevels, "GET", place+"/milestones.csv", p.downloadMilestones)
	}
	add(policy.ViewPublishedRates, "GET", "/measures/{measure}/members", p.showMembers)
	add(policy.ViewPublishedRates, "GET", "/measures/{measure}/members.csv", p.downloadMembers)
	add(policy.ViewPublishedRates, "GET", "/measures/{measure}/members.svg", p.downloadMembersChart)
	return all
}

// placePath is where a unit, or the whole programme, is shown.
func placePath(programme string, unit network.Unit) string {
	path := ui.MeasurePath + "/" + programme
	switch unit.Kind {
	case "":
		return path
	case network.MemberUnit:
		return path + "/members/" + unit.Code
	}
	return path + "/units/" + unit.Code
}

func measuresPath(programme string, unit network.Unit) string {
	return placePath(programme, unit) + "/measures"
}

func signalPath(s adoption.Series) string {
	return measuresPath(s.Programme.Code, s.Unit) + "/" + s.Measure.Code
}

// fileName starts the names of downloads.
func fileName(programme string, unit network.Unit, what string) string {
	if unit.Code != "" {
		programme += "-" + unit.Code
	}
	return programme + "-" + what
}

// breadcrumbs lead from the start to a place, and on to more.
func breadcrumbs(programme, name string, unit network.Unit, more ...ui.Link) []ui.Link {
	links := []ui.Link{{Text: "Start", Href: "/"}, {Text: "Measure", Href: ui.MeasurePath}, {Text: name, Href: ui.MeasurePath + "/" + programme}}
	if unit.Code != "" {
		links = append(links, ui.Link{Text: unit.Name, Href: placePath(programme, unit)})
	}
	return append(links, more...)
}

// caption is whose measures a page shows.
func caption(programme string, unit network.Unit) string {
	if unit.Name == "" {
		return programme
	}
	return programme + ": " + unit.Name
}
