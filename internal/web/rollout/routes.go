package rollout

import (
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// pages holds what the handlers need.
type pages struct {
	rollouts *rollout.Service
	shelves  *reference.Service
}

// Routes answers the routes of this package.
func Routes(rollouts *rollout.Service, shelves *reference.Service) []shell.Route {
	p := pages{rollouts, shelves}
	return []shell.Route{
		{Method: "GET", Pattern: ui.DoPath, Action: policy.ViewShelves, Serve: p.showDo},
		{Method: "GET", Pattern: filePath, Action: policy.ViewRollouts, Serve: p.downloadRollouts},
	}
}
