package madeup_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/demo/madeup"
	"sir/internal/period"
)

// slot is a site in a period.
type slot struct {
	site string
	p    period.Period
}

// world is a programme with its sites, networks and eligibilities by code.
type world struct {
	madeup.Programme
	sites    map[string]madeup.Site
	networks map[string]bool
	eligible map[string]madeup.Eligibility
	problems []string
}

func look(p madeup.Programme) *world {
	w := &world{Programme: p, sites: map[string]madeup.Site{}, networks: map[string]bool{}, eligible: map[string]madeup.Eligibility{}}
	for _, s := range p.Sites {
		w.sites[s.Code] = s
	}
	for _, n := range p.Networks {
		w.networks[n.Code] = true
	}
	for _, e := range p.Eligibilities {
		w.eligible[e.Site] = e
	}
	return w
}

func (w *world) fault(ok bool, format string, args ...any) {
	if !ok {
		w.problems = append(w.problems, fmt.Sprintf(format, args...))
	}
}

// open reports whether a site is open on a day.
func (w *world) open(code string, d time.Time) bool {
	s := w.sites[code]
	return !d.Before(s.Opened) && (s.Closed.IsZero() || d.Before(s.Closed))
}

func (w *world) expected(code string, p period.Period) bool {
	e := w.eligible[code]
	return period.Compare(p, e.First) >= 0 && (e.Last.IsZero() || period.Compare(p, e.Last) <= 0)
}

// TestInvariants holds doc.go's promises over many seeds.
func TestInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := look(madeup.Generate(rapid.Uint64().Draw(t, "seed")))
		for _, check := range []func(*world){
			checkNames, checkPlaces, checkAreas, checkEligibility, checkRollouts, checkChampions, checkReturns, checkRestatements, checkTargets, checkMonthly,
		} {
			check(w)
		}
		if len(w.problems) > 0 {
			t.Fatalf("seed %d: %s", w.Seed, strings.Join(w.problems[:min(5, len(w.problems))], "\n"))
		}
	})
}

// odsCode is the form of every code of the Organisation Data Service.
var odsCode = regexp.MustCompile(`^[A-Z0-9]{1,9}$`)

func checkNames(w *world) {
	names, codes := map[string]bool{}, map[string]bool{}
	add := func(code, name string) {
		w.fault(strings.HasSuffix(name, " (made-up)"), "%s is not labelled made-up", name)
		w.fault(!odsCode.MatchString(code), "%s could be a real code", code)
		w.fault(!names[name] && !codes[code], "%s %s is there twice", code, name)
		names[name], codes[code] = true, true
	}
	add(w.Code, w.Name)
	add(w.Innovation.Code, w.Innovation.Name)
	add("MU-SUPPLIER", w.Innovation.Supplier)
	for _, n := range w.Networks {
		add(n.Code, n.Name)
	}
	for _, s := range w.Sites {
		add(s.Code, s.Name)
	}
	for _, a := range w.Areas {
		add(a.Code, a.Name)
	}
	w.fault(len(w.Networks) == 15 && len(w.Sites) == 121, "%d networks, %d sites", len(w.Networks), len(w.Sites))
	w.fault(slices.IsSortedFunc(w.Networks, func(a, b madeup.Network) int { return strings.Compare(a.Name, b.Name) }), "networks are not by name")
	w.fault(slices.IsSortedFunc(w.Sites, func(a, b madeup.Site) int { return strings.Compare(a.Code, b.Code) }), "sites are not by code")
}

// checkPlaces: an open site is in exactly one network on every day, a closed one in none.
func checkPlaces(w *world) {
	for _, s := range w.Sites {
		w.fault(s.DeprivationFifth >= 1 && s.DeprivationFifth <= 5, "%s: fifth %d", s.Code, s.DeprivationFifth)
		w.fault(s.Closed.IsZero() == (s.ClosingReason == ""), "%s: closed %v because %q", s.Code, s.Closed, s.ClosingReason)
		w.fault(s.Successor == "" || w.sites[s.Successor].Opened.Equal(s.Closed), "%s: successor %s", s.Code, s.Successor)
	}
	days := map[time.Time]bool{w.Periods[0].Start(): true, w.Periods[len(w.Periods)-1].End(): true}
	for _, m := range w.Memberships {
		if !m.To.IsZero() { // the days round every change
			days[m.To], days[m.To.AddDate(0, 0, -1)] = true, true
		}
	}
	for d := range days {
		in := map[string]int{}
		for _, m := range w.Memberships {
			w.fault(w.networks[m.Network], "membership of %s in %s", m.Site, m.Network)
			if !d.Before(m.From) && (m.To.IsZero() || d.Before(m.To)) {
				in[m.Site]++
			}
		}
		for code := range w.sites {
			want := 0
			if w.open(code, d) {
				want = 1
			}
			w.fault(in[code] == want, "%s is in %d networks on %s", code, in[code], d.Format(time.DateOnly))
		}
	}
}

// checkAreas: from the day on which the networks were formed, an open site is in exactly one area of each kind, and one
// commissioner changes its region.
func checkAreas(w *world) {
	kinds, days := map[string]string{}, map[time.Time]bool{w.Periods[0].Start(): true, w.Periods[len(w.Periods)-1].End(): true}
	for _, a := range w.Areas {
		kinds[a.Code] = a.Kind
	}
	moves := 0
	for _, b := range w.AreaBonds {
		w.fault(kinds[b.Parent] != "", "%s is in %s, which is no area", b.Child, b.Parent)
		if !b.To.IsZero() {
			days[b.To], days[b.To.AddDate(0, 0, -1)] = true, true
			if kinds[b.Child] != "" {
				moves++
			}
		}
	}
	w.fault(moves == 1, "%d changes of boundary", moves)
	for d := range days {
		for code := range w.sites {
			got := areasOn(w, kinds, code, d)
			want := fmt.Sprint(map[string]int{madeup.OrganisationArea: 1, madeup.CommissionerArea: 1, madeup.RegionArea: 1})
			if !w.open(code, d) {
				want = fmt.Sprint(map[string]int{})
			}
			w.fault(fmt.Sprint(got) == want, "%s is in %v on %s", code, got, d.Format(time.DateOnly))
		}
	}
}

// areasOn counts the areas of each kind above a site on a day.
func areasOn(w *world, kinds map[string]string, code string, d time.Time) map[string]int {
	found := map[string]int{}
	for queue := []string{code}; len(queue) > 0; queue = queue[1:] {
		for _, b := range w.AreaBonds {
			if b.Child == queue[0] && !d.Before(b.From) && (b.To.IsZero() || d.Before(b.To)) {
				found[kinds[b.Parent]]++
				queue = append(queue, b.Parent)
			}
		}
	}
	return found
}

func checkEligibility(w *world) {
	w.fault(len(w.Eligibilities) == len(w.Sites), "%d eligibilities", len(w.Eligibilities))
	for _, e := range w.Eligibilities {
		w.fault(e.Last.IsZero() || period.Compare(e.First, e.Last) <= 0, "%s: eligible from %v to %v", e.Site, e.First, e.Last)
		w.fault(e.Last.IsZero() == (e.EndReason == ""), "%s: eligible to %v because %q", e.Site, e.Last, e.EndReason)
		w.fault((e.First == w.Periods[0]) == (e.StartReason == ""), "%s: eligible from %v because %q", e.Site, e.First, e.StartReason)
		for _, p := range w.Periods {
			w.fault(!w.expected(e.Site, p) || w.open(e.Site, p.End()), "%s is eligible in %v but closed at its end", e.Site, p)
		}
	}
}

func checkRollouts(w *world) {
	seen := map[string]bool{}
	for _, r := range w.Rollouts {
		w.fault(w.networks[r.Network] && !seen[r.Network], "rollout in %s", r.Network)
		seen[r.Network] = true
		days := int(r.ActualStart.Sub(r.PlannedStart).Hours() / 24)
		w.fault((days < 0 || days > 14) == (r.StartReason != ""), "%s began %d days after plan because %q", r.Network, days, r.StartReason)
		ended := r.StateReason != "" && r.StateSince.After(r.ActualStart)
		w.fault(ended == (r.State != madeup.Active), "%s is %s because %q", r.Network, r.State, r.StateReason)
		w.fault((r.State == madeup.Stopped) == (r.Lesson != ""), "%s is %s with lesson %q", r.Network, r.State, r.Lesson)
		w.fault(!r.ActualStart.Before(w.Periods[0].Start()), "%s began before the programme", r.Network)
	}
	w.fault(len(seen) == len(w.Networks), "%d rollouts", len(seen))
}

func checkChampions(w *world) {
	for _, c := range w.Champions {
		s := w.sites[c.Site]
		w.fault(s.Code != "" && c.Role != "", "champion %+v", c)
		w.fault(w.open(c.Site, c.From) && (c.To.IsZero() || c.From.Before(c.To)), "%s: champion from %v to %v", c.Site, c.From, c.To)
		w.fault(c.To.IsZero() == (c.LeavingReason == ""), "%s: champion left %v because %q", c.Site, c.To, c.LeavingReason)
		w.fault(s.Closed.IsZero() || !c.To.IsZero() && !c.To.After(s.Closed), "%s closed but its champion stays", c.Site)
	}
}

func checkReturns(w *world) {
	seen := map[slot]int{}
	for _, r := range w.Returns {
		seen[slot{r.Site, r.Period}]++
		where := fmt.Sprintf("%s %v", r.Site, r.Period)
		w.fault(r.Sent.After(r.Period.End()), "%s: sent on %v", where, r.Sent)
		w.fault(r.Due.Equal(r.Period.End().AddDate(0, 0, w.DueDays)), "%s: due %v", where, r.Due)
		w.fault(w.open(r.Site, r.Period.End()), "%s: after closure", where)
		w.fault(w.open(r.SentBy, r.Sent), "%s: sent by %q, which is closed then", where, r.SentBy)
		w.fault(r.SentBy == r.Site || r.SentBy == w.sites[r.Site].Successor, "%s: sent by %s", where, r.SentBy)
		checkCounts(w, r)
	}
	for _, m := range w.Missing {
		seen[slot{m.Site, m.Period}]++
		w.fault(m.Reason != "", "%s %v is missing without a reason", m.Site, m.Period)
	}
	for code := range w.sites {
		for _, p := range w.Periods {
			want := 0
			if w.expected(code, p) {
				want = 1
			}
			w.fault(seen[slot{code, p}] == want, "%s %v: %d returns, want %d", code, p, seen[slot{code, p}], want)
			delete(seen, slot{code, p})
		}
	}
	w.fault(len(seen) == 0, "returns of unknown sites or periods: %v", seen)
}

func checkCounts(w *world, r madeup.Return) {
	w.fault(r.Level >= 0 && r.Level < len(w.Levels), "%s %v: level %d", r.Site, r.Period, r.Level)
	w.fault(r.Completed >= 0 && r.Completed <= r.Referrals, "%s %v: %d of %d completed", r.Site, r.Period, r.Completed, r.Referrals)
	w.fault(r.Level >= 2 || r.Referrals == 0, "%s %v: %d referrals at level %d", r.Site, r.Period, r.Referrals, r.Level)
	w.fault(r.Level < 3 || r.Referrals > 0, "%s %v: no referrals at level %d", r.Site, r.Period, r.Level)
}

func checkRestatements(w *world) {
	original := map[slot]madeup.Return{}
	for _, r := range w.Returns {
		original[slot{r.Site, r.Period}] = r
	}
	changed := map[slot]bool{}
	for i, c := range w.Restatements {
		at := slot{c.Site, c.Period}
		r, ok := original[at]
		old := map[string]int{madeup.FieldLevel: r.Level, madeup.FieldReferrals: r.Referrals, madeup.FieldCompleted: r.Completed}
		value, known := old[c.Field]
		w.fault(ok && known && value == c.Old && c.Old != c.New, "restatement %+v of %+v", c, r)
		w.fault(c.On.After(r.Sent) && c.Reason != "" && c.Role != "" && !changed[at], "restatement %+v", c)
		w.fault(i == 0 || !c.On.Before(w.Restatements[i-1].On), "restatement %d is out of order", i)
		changed[at] = true
	}
	for i, r := range w.Restated() {
		checkCounts(w, r)
		before := w.Returns[i]
		w.fault((r != before) == changed[slot{r.Site, r.Period}], "%+v became %+v", before, r)
	}
}

func checkTargets(w *world) {
	latest := map[string]madeup.Target{}
	for _, target := range w.Targets {
		before, ok := latest[target.Network]
		w.fault(!ok || period.Compare(before.From, target.From) < 0, "target %+v follows %+v", target, before)
		w.fault(target.Network == "" || w.networks[target.Network], "target %+v", target)
		w.fault(target.Percent > 0 && target.Percent <= 100 && strings.HasSuffix(target.AgreedBy, "(made-up)"), "target %+v", target)
		latest[target.Network] = target
	}
}

func checkMonthly(w *world) {
	w.fault(len(w.Months) == 3*len(w.Periods) && w.Months[0].Start().Equal(w.Periods[0].Start()), "months from %v, %d", w.Months[0], len(w.Months))
	last := map[string]madeup.MonthlyReturn{}
	for _, r := range w.Monthly {
		before, ok := last[r.Site]
		w.fault(!ok || period.Compare(before.Month, r.Month) < 0, "%s: %v after %v", r.Site, r.Month, before.Month)
		w.fault(r.Step >= before.Step && r.Step < len(w.Steps), "%s goes from step %d to %d in %v", r.Site, before.Step, r.Step, r.Month)
		w.fault(r.Answered >= 0 && r.Answered <= r.Queries, "%s: %d of %d answered in %v", r.Site, r.Answered, r.Queries, r.Month)
		w.fault(r.Sent.After(r.Month.End()), "%s sent %v on %v", r.Site, r.Month, r.Sent)
		e := w.eligible[r.Site]
		w.fault(!r.Month.Start().Before(e.First.Start()) && (e.Last.IsZero() || !r.Month.End().After(e.Last.End())), "%s is not eligible in %v", r.Site, r.Month)
		last[r.Site] = r
	}
	w.fault(len(last) == len(w.Sites), "%d of %d sites ever sent a month", len(last), len(w.Sites))
	for _, r := range w.Remarks {
		w.fault(slices.Contains(w.Months, r.Month) && r.Text != "" && r.ByRole != "", "remark %+v", r)
	}
}
