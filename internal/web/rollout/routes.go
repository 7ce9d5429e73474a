package rollout

import (
	"sir/internal/lever"
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

// records holds what the handlers of programmes and rollouts need.
type records struct {
	rollouts *rollout.Service
	levers   *lever.Service
}

// RecordRoutes answers the routes of single programmes and rollouts.
func RecordRoutes(rollouts *rollout.Service, levers *lever.Service) []shell.Route {
	p := records{rollouts, levers}
	return []shell.Route{
		{Method: "GET", Pattern: recordPattern, Action: policy.ViewRollouts, Serve: p.show},
		{Method: "GET", Pattern: recordPattern + "/states.csv", Action: policy.ViewRollouts, Serve: p.downloadStates},
		{Method: "GET", Pattern: recordPattern + "/edit", Action: policy.ChangeRollout, Serve: p.showEdit},
		{Method: "POST", Pattern: recordPattern + "/edit", Action: policy.ChangeRollout, Serve: p.edit},
		{Method: "GET", Pattern: recordPattern + "/state", Action: policy.ChangeRolloutState, Serve: p.showMove},
		{Method: "POST", Pattern: recordPattern + "/state", Action: policy.ChangeRolloutState, Serve: p.move},
		{Method: "GET", Pattern: programmesPath, Action: policy.ViewProgrammes, Serve: p.showProgrammes},
		{Method: "GET", Pattern: programmesFile, Action: policy.ViewProgrammes, Serve: p.downloadProgrammes},
		{Method: "GET", Pattern: programmePattern, Action: policy.ViewProgrammes, Serve: p.showProgramme},
		{Method: "GET", Pattern: programmePattern + "/edit", Action: policy.ChangeProgramme, Serve: p.showEditProgramme},
		{Method: "POST", Pattern: programmePattern + "/edit", Action: policy.ChangeProgramme, Serve: p.editProgramme},
		{Method: "GET", Pattern: programmePattern + "/rollout", Action: policy.ChangeRollout, Serve: p.showAdd},
		{Method: "POST", Pattern: programmePattern + "/rollout", Action: policy.ChangeRollout, Serve: p.add},
	}
}
