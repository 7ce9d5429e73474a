package reference

import (
	"sir/internal/adoption"
	"sir/internal/network"
	"sir/internal/pattern"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/shell"
)

// pages holds what the handlers need.
type pages struct {
	shelves  *reference.Service
	members  *network.Service
	adoption *adoption.Service
	patterns *pattern.Service
}

// Routes answers the routes of this package. The search also looks for members,
// for programmes whose adoption the reader may see, and for the conditions of
// case tables where the reader may see those.
func Routes(shelves *reference.Service, members *network.Service, rates *adoption.Service, patterns *pattern.Service) []shell.Route {
	p := pages{shelves, members, rates, patterns}
	return []shell.Route{
		{Method: "GET", Pattern: "/shelves", Action: policy.ViewShelves, Serve: p.showShelves},
		{Method: "GET", Pattern: "/shelves/{shelf}", Action: policy.ViewShelves, Serve: p.showShelf},
		{Method: "GET", Pattern: "/shelves/{shelf}/entries.csv", Action: policy.ViewShelves, Serve: p.downloadShelf},
		{Method: "GET", Pattern: "/shelves/{shelf}/{code}", Action: policy.ViewShelves, Serve: p.showEntry},
		{Method: "GET", Pattern: "/search", Action: policy.Search, Serve: p.search},
	}
}
