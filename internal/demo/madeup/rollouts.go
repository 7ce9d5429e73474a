package madeup

import (
	"slices"
	"time"

	"sir/internal/period"
)

// rollouts starts the programme in each network between April and July 2023 as planned, early or late, and ends it where
// the cast says so.
func (g *generator) rollouts() {
	for i, network := range g.Networks {
		r := Rollout{Network: network.Code, PlannedStart: day(2023, time.April, 10).AddDate(0, 0, 7*g.between(0, 12)), State: Active}
		r.ActualStart = r.PlannedStart.AddDate(0, 0, g.between(0, 10))
		switch {
		case slices.Contains(g.cast.early, i):
			r.PlannedStart = day(2023, time.July, 3)
			r.ActualStart, r.StartReason = r.PlannedStart.AddDate(0, 0, -g.between(30, 70)), pick(g, earlyReasons)
		case slices.Contains(g.cast.late, i):
			r.ActualStart = r.PlannedStart.AddDate(0, 0, g.between(70, 330))
			r.StartReason = lateReasons[slices.Index(g.cast.late, i)]
		}
		r.StateSince = r.ActualStart
		g.end(i, &r)
		g.Rollouts = append(g.Rollouts, r)
	}
}

func (g *generator) end(network int, r *Rollout) {
	switch network {
	case g.cast.stopped:
		r.State, r.StateSince = Stopped, stopDay
		r.StateReason = "The sites chose a regional referral system that does the same work"
		r.Lesson = "Ask what systems are being bought before the first site signs up, and again each quarter"
	case g.cast.paused:
		r.State, r.StateSince = Paused, pauseDay
		r.StateReason = "The project manager left and the post is vacant"
	case g.cast.handedOver:
		r.State, r.StateSince = HandedOver, handOverDay
		r.StateReason = "The sites and their pharmacies now run it by themselves"
	}
}

// rolloutOf is the rollout of the network that a site belongs to in a period.
func (g *generator) rolloutOf(site int, p period.Period) Rollout {
	code := g.networkOf(site, p)
	return g.Rollouts[slices.IndexFunc(g.Rollouts, func(r Rollout) bool { return r.Network == code })]
}

// targets sets a national target in three steps, two local ones that begin lower, and one that aims higher.
func (g *generator) targets() {
	g.target("", "National programme board"+madeUp, map[int]int{3: 10, 7: 40, 11: 60})
	for i, network := range g.cast.late[:2] {
		g.target(g.Networks[network].Code, "Steering group of the network"+madeUp, map[int]int{3: 5, 7: 25 + 5*i, 9: 45, 11: 60})
	}
	g.target(g.Networks[g.cast.early[0]].Code, "Steering group of the network"+madeUp, map[int]int{3: 20, 7: 60, 11: 80})
}

// target adds the steps of one target; steps maps the index of a period to per cent.
func (g *generator) target(network, agreedBy string, steps map[int]int) {
	for i, p := range g.Periods {
		if percent, ok := steps[i]; ok {
			g.Targets = append(g.Targets, Target{Network: network, From: p, Percent: percent, AgreedBy: agreedBy})
		}
	}
}

// champions gives three sites in four a champion from soon after the start of the rollout. Some leave; a deputy steps up,
// or after some months somebody new comes, or nobody does.
func (g *generator) champions() {
	for i, site := range g.Sites {
		if !g.chance(75) && i != g.cast.falling && i != g.cast.deputised {
			continue
		}
		rollout := g.rolloutOf(i, g.Periods[0])
		from := rollout.ActualStart
		if i == g.cast.merged {
			from = site.Opened
		}
		from = from.AddDate(0, 0, g.between(0, 90))
		until := g.siteEnd(i, rollout)
		if i == g.cast.falling {
			g.Champions = append(g.Champions, Champion{Site: site.Code, Role: championRoles[0],
				From: rollout.ActualStart, To: fallDay, LeavingReason: leavingReasons[0]})
			continue
		}
		g.championsOf(site, from, until, i == g.cast.deputised)
	}
}

// siteEnd is when champions of a site end with the site or with its rollout; zero when neither does.
func (g *generator) siteEnd(site int, r Rollout) time.Time {
	switch {
	case !g.Sites[site].Closed.IsZero():
		return g.Sites[site].Closed
	case r.State == Stopped:
		return r.StateSince
	}
	return time.Time{}
}

// championsOf draws the champions of one site. Where stepsUp, the first leaves and a deputy follows.
func (g *generator) championsOf(site Site, from, until time.Time, stepsUp bool) {
	first := Champion{Site: site.Code, Role: pick(g, championRoles), From: from}
	hasDeputy := g.chance(35) || stepsUp
	leaves := from.AddDate(0, 0, g.between(150, 800))
	gap := g.between(60, 300)
	replaced := g.chance(60)
	all := []Champion{first}
	if hasDeputy {
		all = append(all, Champion{Site: site.Code, Role: pick(g, championRoles), Deputy: true, From: from.AddDate(0, 0, 30)})
	}
	if leaving := g.chance(40) || stepsUp; leaving && leaves.Before(g.Periods[quarters-1].End()) {
		all[0].To, all[0].LeavingReason = leaves, pick(g, leavingReasons)
		switch {
		case hasDeputy:
			all[1].To, all[1].LeavingReason = leaves, "Became the champion"
			all = append(all, Champion{Site: site.Code, Role: all[1].Role, From: leaves})
		case replaced:
			all = append(all, Champion{Site: site.Code, Role: pick(g, championRoles), From: leaves.AddDate(0, 0, gap)})
		}
	}
	for _, c := range all {
		if cut, ok := endBy(c, until); ok {
			g.Champions = append(g.Champions, cut)
		}
	}
}

// endBy cuts a champion's time at the end of the site or rollout, and drops one who would begin after it.
func endBy(c Champion, until time.Time) (Champion, bool) {
	if until.IsZero() {
		return c, true
	}
	if !c.From.Before(until) {
		return Champion{}, false
	}
	if c.To.IsZero() || c.To.After(until) {
		c.To, c.LeavingReason = until, "The site closed or its rollout stopped"
	}
	return c, true
}
