// Package adoption has the Measure pages: how far a programme's innovation has
// been taken up, from all members down to one site.
package adoption

import (
	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct {
	adoption  *area.Service
	reference *reference.Service
}

// Routes answers the routes of this package. Each asks for the least that any
// of its readers has; the use case behind it checks the very programme,
// member or site.
func Routes(adoption *area.Service, reference *reference.Service) []shell.Route {
	p := pages{adoption, reference}
	return []shell.Route{
		{Method: "GET", Pattern: ui.MeasurePath, Action: policy.ViewPublishedRates, Serve: p.showProgrammes},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}", Action: policy.ViewPublishedRates, Serve: p.showRates},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/rates.csv", Action: policy.ViewPublishedRates, Serve: p.downloadRates},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/rates.svg", Action: policy.ViewPublishedRates, Serve: p.downloadChart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/trend.svg", Action: policy.ViewPublishedRates, Serve: p.downloadTrend},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}", Action: policy.ViewPublishedRates, Serve: p.showUnit},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/trend.svg", Action: policy.ViewPublishedRates, Serve: p.downloadUnitTrend},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/rates.csv", Action: policy.ViewPublishedRates, Serve: p.downloadUnitRates},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}", Action: policy.ViewMemberRates, Serve: p.showUnit},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/trend.svg", Action: policy.ViewMemberRates, Serve: p.downloadUnitTrend},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/rates.csv", Action: policy.ViewMemberRates, Serve: p.downloadUnitRates},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/since-start", Action: policy.ViewPublishedRates, Serve: p.showSinceStart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/since-start.csv", Action: policy.ViewPublishedRates, Serve: p.downloadSinceStart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/since-start.svg", Action: policy.ViewPublishedRates, Serve: p.downloadSinceStartChart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/map", Action: policy.ViewPublishedRates, Serve: p.showMap},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/map.svg", Action: policy.ViewPublishedRates, Serve: p.downloadMap},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/heat-map.svg", Action: policy.ViewPublishedRates, Serve: p.downloadHeatMap},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/equity", Action: policy.ViewMemberRates, Serve: p.showEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/equity.csv", Action: policy.ViewMemberRates, Serve: p.downloadEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/equity.svg", Action: policy.ViewMemberRates, Serve: p.downloadEquityChart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/equity", Action: policy.ViewMemberRates, Serve: p.showEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/equity.csv", Action: policy.ViewMemberRates, Serve: p.downloadEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/equity.svg", Action: policy.ViewMemberRates, Serve: p.downloadEquityChart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/equity", Action: policy.ViewMemberRates, Serve: p.showEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/equity.csv", Action: policy.ViewMemberRates, Serve: p.downloadEquity},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/equity.svg", Action: policy.ViewMemberRates, Serve: p.downloadEquityChart},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/changes", Action: policy.ViewMemberRates, Serve: p.showChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/changes.csv", Action: policy.ViewMemberRates, Serve: p.downloadChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/changes", Action: policy.ViewMemberRates, Serve: p.showChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/members/{unit}/changes.csv", Action: policy.ViewMemberRates, Serve: p.downloadChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/changes", Action: policy.ViewMemberRates, Serve: p.showChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/units/{unit}/changes.csv", Action: policy.ViewMemberRates, Serve: p.downloadChanges},
		{Method: "GET", Pattern: ui.MeasurePath + "/{programme}/sites/{site}", Action: policy.ViewSiteLevels, Serve: p.showSite},
	}
}

func programmePath(code string) string { return ui.MeasurePath + "/" + code }

func breadcrumbs(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Start", Href: "/"}, {Text: "Measure", Href: ui.MeasurePath}}, more...)
}
