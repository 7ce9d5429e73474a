package madeup

import (
	"fmt"
	"time"
)

// Kinds of Area, in the words of the units that they become.
const (
	OrganisationArea = "organisation"
	CommissionerArea = "commissioner"
	RegionArea       = "region"
)

// Area is a unit of the hierarchy that stands beside the networks: an
// organisation that runs sites, a commissioner of organisations, a region of
// commissioners.
type Area struct{ Code, Name, Kind string }

// AreaBond puts a site or an area in an area for a time.
type AreaBond struct {
	Child, Parent string
	From, To      time.Time
}

// How wide the areas are: three sites an organisation, four organisations a
// commissioner, three commissioners a region. Networks have other borders.
const (
	sitesAnOrganisation        = 3
	organisationsACommissioner = 4
	commissionersARegion       = 3
)

var (
	boundaryDay = day(2024, time.April, 1) // the first day of Q1 2024/25
	// movingCommissioner changes its region on that day.
	movingCommissioner = 2
)

// hierarchy adds the areas and what belongs to what. It draws nothing, so that
// no other part of the programme depends on it.
func (g *generator) hierarchy() {
	plain := len(minerals) * len(features)
	organisations := plain / sitesAnOrganisation
	commissioners := organisations / organisationsACommissioner
	g.areas(OrganisationArea, "MU-O%02d", organisations, func(i int) string {
		return birds[i%len(birds)] + []string{" Hospitals Trust", " Care Trust"}[i/len(birds)]
	})
	g.areas(CommissionerArea, "MU-C%02d", commissioners, func(i int) string { return tools[i] + " commissioning area" })
	g.areas(RegionArea, "MU-R%d", (commissioners+commissionersARegion-1)/commissionersARegion, func(i int) string { return lights[i] + " region" })
	for i, site := range g.Sites {
		at := i
		if i == g.cast.merged {
			at = g.cast.merging[0]
		}
		g.AreaBonds = append(g.AreaBonds, AreaBond{site.Code, fmt.Sprintf("MU-O%02d", at/sitesAnOrganisation+1), later(site.Opened, networksFormed), site.Closed})
	}
	for i := range organisations {
		g.bond("MU-O%02d", i, "MU-C%02d", i/organisationsACommissioner)
	}
	for i := range commissioners {
		g.bond("MU-C%02d", i, "MU-R%d", i/commissionersARegion)
		if i == movingCommissioner {
			g.AreaBonds[len(g.AreaBonds)-1].To = boundaryDay
			g.bond("MU-C%02d", i, "MU-R%d", i/commissionersARegion+1)
			g.AreaBonds[len(g.AreaBonds)-1].From = boundaryDay
		}
	}
}

func (g *generator) areas(kind, code string, n int, name func(int) string) {
	for i := range n {
		g.Areas = append(g.Areas, Area{Code: fmt.Sprintf(code, i+1), Name: name(i) + madeUp, Kind: kind})
	}
}

func (g *generator) bond(child string, i int, parent string, j int) {
	g.AreaBonds = append(g.AreaBonds, AreaBond{Child: fmt.Sprintf(child, i+1), Parent: fmt.Sprintf(parent, j+1), From: networksFormed})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
