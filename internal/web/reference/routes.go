package reference

import (
	"sir/internal/adoption"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/shell"
)

// pages holds what the handlers need.
type pages struct {
	shelves  *reference.Service
	members  *network.Service
	adoption *adoption.Service
}

// Routes answers the routes of this package. The search also looks for members
// and for programmes whose adoption the reader may see.
func Routes(shelves *reference.Service, members *network.Service, rates *adoption.Service) []shell.Route {
	p := pages{shelves, members, rates}
	return []shell.Route{
		{Method: "GET", Pattern: "/shelves", Action: policy.ViewShelves, Serve: p.showShelves},
		{Method: "GET", Pattern: "/shelves/{shelf}", Action: policy.ViewShelves, Serve: p.showShelf},
		{Method: "GET", Pattern: "/shelves/{shelf}/entries.csv", Action: policy.ViewShelves, Serve: p.downloadShelf},
		{Method: "GET", Pattern: "/shelves/{shelf}/{code}", Action: policy.ViewShelves, Serve: p.showEntry},
		{Method: "GET", Pattern: "/search", Action: policy.Search, Serve: p.search},
	}
}
