package madeup

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sir/internal/period"
)

// spread is how far a site has come, in thousandths, at each point from 0 to 100 of its own way: a logistic curve,
// 1000/(1+exp(-(x-50)/9)), in whole numbers.
var spread = func() (s [101]int) {
	for x := range s {
		s[x] = int(math.Round(curve(x)))
	}
	return s
}()

func curve(x int) float64 { return 1000 / (1 + math.Exp(-(float64(x)-50)/9)) }

// reaches is the spread, in thousandths, from which a site is at level 1, 2, 3 and 4.
var reaches = [...]int{20, 200, 450, 850}

func levelAt(spread int) int {
	level := 0
	for _, least := range reaches {
		if spread >= least {
			level++
		}
	}
	return level
}

// returns walks each site through its eligible periods.
func (g *generator) returns() {
	ends := map[int]int{} // how far a site had come when its way ended, for its successor
	for i := range g.Sites {
		way := g.way(i)
		if i == g.cast.merged {
			way.at = (ends[g.cast.merging[0]] + ends[g.cast.merging[1]]) / 2
		}
		for _, p := range g.Periods {
			if g.eligible(i, p) {
				way.at = min(max(way.at+g.step(i, p, way), 0), way.ceiling)
				g.report(i, p, spread[way.at])
			}
		}
		ends[i] = way.at
	}
}

// way is how far a site has come, from 0 to 100, and what it is able to.
type way struct{ at, pace, ceiling int }

// way draws the temper of a site: most begin at nothing, some had used something like it before, and some that were not
// ready never get beyond level 2.
func (g *generator) way(site int) way {
	w := way{pace: g.between(-2, 2), ceiling: 100}
	if before := g.between(20, 55); g.chance(12) {
		w.at = before
	}
	if stuck := g.chance(40); stuck && g.Sites[site].Readiness == LowReadiness {
		w.ceiling = 45
	}
	if site == g.cast.falling {
		return way{ceiling: 100} // an even temper, so that the fall brings it below the adopted level
	}
	return w
}

// eligible relies on one eligibility a site, in the order of the sites.
func (g *generator) eligible(site int, p period.Period) bool {
	e := g.Eligibilities[site]
	return period.Compare(p, e.First) >= 0 && (e.Last.IsZero() || period.Compare(p, e.Last) <= 0)
}

// step is how far a site comes in a period. Readiness and a champion speed it up, a late start slows it, a pause halts it,
// and a champion who left with nobody to follow throws it back.
func (g *generator) step(site int, p period.Period, w way) int {
	noise := g.between(-1, 1)
	rollout := g.rolloutOf(site, p)
	had, has := g.championed(site, p)
	switch {
	case p.End().Before(rollout.ActualStart):
		return 0
	case site == g.cast.falling && p == g.before(fallDay) && w.at < 60:
		return 60 - w.at // adopted before the champion goes, so that the fall is seen
	case had && !has:
		return -6 + noise
	case rollout.State == Paused && !p.End().Before(rollout.StateSince):
		return 0
	}
	speed := 3 + map[string]int{LowReadiness: 0, MediumReadiness: 1, HighReadiness: 3}[g.Sites[site].Readiness] + w.pace + noise
	if has {
		speed += 3
	}
	if rollout.ActualStart.Sub(rollout.PlannedStart) > 60*24*time.Hour {
		speed--
	}
	return speed
}

// championed reports whether the site has had a champion or deputy by the end of a period, and whether it has one then.
func (g *generator) championed(site int, p period.Period) (had, has bool) {
	for _, c := range g.Champions {
		if c.Site == g.Sites[site].Code && !c.From.After(p.End()) {
			had = true
			has = has || c.To.IsZero() || c.To.After(p.End())
		}
	}
	return had, has
}

// report adds a return, or notes that none came. One in 30 is missing and one in 14 late. A site's last return before it
// closes, and those of the site that falls back, are always there and on time.
func (g *generator) report(site int, p period.Period, spread int) {
	code, due := g.Sites[site].Code, p.End().AddDate(0, 0, g.DueDays)
	luck, early, late := g.rng.IntN(210), g.between(0, 18), g.between(1, 30)
	spared := site == g.cast.falling || g.Eligibilities[site].Last == p && !g.Sites[site].Closed.IsZero()
	if luck < 7 && !spared {
		g.Missing = append(g.Missing, MissingReturn{Site: code, Period: p, Due: due, Reason: pick(g, missingReasons)})
		return
	}
	r := Return{Site: code, Period: p, SentBy: code, Due: due, Sent: due.AddDate(0, 0, -early), Level: levelAt(spread)}
	if luck >= 195 && !spared {
		r.Sent = due.AddDate(0, 0, late)
	}
	if closed := g.Sites[site].Closed; !closed.IsZero() && !r.Sent.Before(closed) {
		r.SentBy = g.Sites[site].Successor
	}
	if r.Level >= 2 {
		r.Referrals = map[string]int{Small: 60, Medium: 110, Large: 165}[g.Sites[site].SizeBand] * spread * g.between(80, 120) / 100_000
		r.Completed = r.Referrals * min(100, g.between(50, 65)+spread/40) / 100
	}
	g.Returns = append(g.Returns, r)
}

// restate corrects one in ten of the returns with enough in them to correct, which is about one in 60 of all.
func (g *generator) restate() {
	for _, r := range g.Returns {
		if !g.chance(10) || r.Site == g.Sites[g.cast.falling].Code || r.Level < 3 || r.Referrals-r.Completed < 4 || r.Completed < 4 {
			continue
		}
		kind := restatementKinds[len(g.Restatements)%len(restatementKinds)]
		change := Restatement{Site: r.Site, Period: r.Period, Field: kind.field, Old: *r.field(kind.field), Reason: kind.reason, Role: kind.role,
			On: r.Sent.AddDate(0, 0, g.between(20, 150))}
		switch kind.field {
		case FieldReferrals:
			change.New = r.Referrals - g.between(1, r.Referrals-r.Completed)
		case FieldCompleted:
			change.New = r.Completed + g.between(1, r.Referrals-r.Completed)
		case FieldLevel:
			change.New = r.Level - 1
		}
		g.Restatements = append(g.Restatements, change)
	}
	sortByDay(g.Restatements)
}

// sortByDay puts restatements in the order they were made; those of one day by site and period.
func sortByDay(all []Restatement) {
	slices.SortFunc(all, func(a, b Restatement) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Site, b.Site), period.Compare(a.Period, b.Period))
	})
}
