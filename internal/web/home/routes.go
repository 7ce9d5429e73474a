package home

import (
	"sir/internal/adoption"
	"sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// pages holds what the handlers need.
type pages struct {
	shelves  *reference.Service
	rollouts *rollout.Service
	adoption *adoption.Service
	patterns *pattern.Service
}

// Routes answers the routes of this package. The start page counts what the
// other areas hold, as far as the reader may see it.
func Routes(shelves *reference.Service, rollouts *rollout.Service, rates *adoption.Service, patterns *pattern.Service) []shell.Route {
	p := pages{shelves, rollouts, rates, patterns}
	return []shell.Route{
		{Method: "GET", Pattern: "/{$}", Action: policy.ViewHome, Serve: p.showStart},
		{Method: "GET", Pattern: ui.PlanPath, Action: policy.ViewShelves, Serve: p.showPlan},
		{Method: "GET", Pattern: ui.SharePath, Action: policy.ViewShelves, Serve: p.showShare},
	}
}

// start is the page above the others.
var start = ui.Link{Text: "Start", Href: "/"}
