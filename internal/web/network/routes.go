package network

import (
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// Path is the address of the members. A member's row is at "#" and its code.
const Path = "/members"

// pages holds what the handlers need.
type pages struct {
	members *network.Service
	shelves *reference.Service
}

// Routes answers the routes of this package. The shelves give the types of
// approach their titles.
func Routes(members *network.Service, shelves *reference.Service) []shell.Route {
	p := pages{members, shelves}
	return []shell.Route{
		{Method: "GET", Pattern: Path, Action: policy.ViewMembers, Serve: p.showMembers},
		{Method: "GET", Pattern: Path + ".csv", Action: policy.ViewMembers, Serve: p.downloadMembers},
	}
}

// start is the page above this one.
var start = ui.Link{Text: "Start", Href: "/"}
