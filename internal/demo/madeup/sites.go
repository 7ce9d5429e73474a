package madeup

import (
	"fmt"
	"time"

	"sir/internal/period"
)

// sites creates the 120 sites, network by network. A site's index is also that of its first membership.
func (g *generator) sites(sizes []int) {
	names := g.rng.Perm(len(minerals) * len(features))
	for network, size := range sizes {
		for range size {
			i := len(g.Sites)
			site := g.site(i, minerals[names[i]/len(features)]+" "+features[names[i]%len(features)])
			site.Opened = day(g.between(1995, 2015), time.April, 1)
			g.Sites = append(g.Sites, site)
			g.Memberships = append(g.Memberships, Membership{Site: site.Code, Network: g.Networks[network].Code, From: networksFormed})
		}
	}
}

// site draws the attributes of a site. Large sites in less deprived areas are a little readier, so that the equity view
// has something to show.
func (g *generator) site(index int, name string) Site {
	setting := []string{AcuteHospital, AcuteHospital, AcuteHospital, AcuteHospital, CommunityHospital, CommunityHospital, MentalHealth}[g.rng.IntN(7)]
	noun := map[string]string{AcuteHospital: " Hospital", CommunityHospital: " Community Hospital", MentalHealth: " Mental Health Hospital"}[setting]
	size, fifth := g.rng.IntN(3), g.between(1, 5)
	readiness := LowReadiness
	switch score := g.between(1, 10) + size + fifth/2; {
	case score >= 9:
		readiness = HighReadiness
	case score >= 5:
		readiness = MediumReadiness
	}
	return Site{Code: fmt.Sprintf("MU-%03d", index+1), Name: name + noun + madeUp, Setting: setting,
		SizeBand: []string{Small, Medium, Large}[size], DeprivationFifth: fifth, Readiness: readiness}
}

// changeSites writes the merger, the closure and the move into the sites and memberships.
func (g *generator) changeSites() {
	a, b := g.cast.merging[0], g.cast.merging[1]
	g.cast.merged = len(g.Sites)
	g.Sites = append(g.Sites, Site{Code: fmt.Sprintf("MU-%03d", g.cast.merged+1), Name: "Twin Rivers Hospital" + madeUp,
		Setting: AcuteHospital, SizeBand: Large, DeprivationFifth: g.Sites[a].DeprivationFifth, Readiness: MediumReadiness, Opened: mergerDay})
	for _, old := range []int{a, b} {
		g.closeSite(old, mergerDay, "Merged with another site")
		g.Sites[old].Successor = g.Sites[g.cast.merged].Code
	}
	g.Memberships = append(g.Memberships, Membership{Site: g.Sites[g.cast.merged].Code, Network: g.Memberships[a].Network, From: mergerDay})
	g.closeSite(g.cast.closing, closureDay, "Its services moved into the community")
	g.Memberships[g.cast.moving].To = moveDay
	g.Memberships = append(g.Memberships, Membership{Site: g.Sites[g.cast.moving].Code, Network: g.Networks[g.cast.movesTo].Code, From: moveDay})
	g.Sites[g.cast.falling].Readiness = HighReadiness
}

func (g *generator) closeSite(site int, on time.Time, reason string) {
	g.Sites[site].Closed, g.Sites[site].ClosingReason = on, reason
	g.Memberships[site].To = on
}

// eligibility decides which periods count each site. What ends on a day ends with the period before: a site counts in a
// period by how things stand on its last day.
func (g *generator) eligibility() {
	first, last := g.Periods[0], period.Period{}
	for i, site := range g.Sites {
		e := Eligibility{Site: site.Code, First: first, Last: last}
		switch {
		case i == g.cast.merging[0] || i == g.cast.merging[1]:
			e.Last, e.EndReason = g.before(mergerDay), "Merged into "+site.Successor
		case i == g.cast.merged:
			e.First, e.StartReason = g.before(mergerDay).Next(), "Opened by a merger"
		case i == g.cast.closing:
			e.Last, e.EndReason = g.before(closureDay), "Closed"
		case g.rolloutOf(i, g.Periods[0]).State == Stopped:
			e.Last, e.EndReason = g.before(stopDay), "Rollout stopped"
		default:
			g.changeEligibility(i, &e)
		}
		g.Eligibilities = append(g.Eligibilities, e)
	}
}

func (g *generator) changeEligibility(site int, e *Eligibility) {
	for k, other := range g.cast.leaving {
		if other == site {
			e.Last, e.EndReason = g.Periods[7+2*k], "Its discharge ward moved to another site"
		}
	}
	for k, other := range g.cast.joining {
		if other == site {
			e.First, e.StartReason = g.Periods[2+2*k], "Opened a ward that sends patients home"
		}
	}
}

// before is the last period that ended before a day.
func (g *generator) before(d time.Time) period.Period {
	last := g.Periods[0].Prev()
	for last.Next().End().Before(d) {
		last = last.Next()
	}
	return last
}

// networkOf is the code of the network that a site belongs to on the last day of a period; before its first membership the
// first, after its last the last.
func (g *generator) networkOf(site int, p period.Period) string {
	network := ""
	for _, m := range g.Memberships {
		if m.Site == g.Sites[site].Code && (network == "" || !m.From.After(p.End())) {
			network = m.Network
		}
	}
	return network
}
