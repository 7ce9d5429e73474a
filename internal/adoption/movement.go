package adoption

import (
	"cmp"
	"fmt"
	"slices"

	"sir/internal/network"
	"sir/internal/period"
)

// Movement explains how a rate came from one period to another: every site
// that changed the numerator or the denominator stands under one cause, so
// that the causes add up to the difference.
type Movement struct {
	From, To      period.Period
	Before, After Rate
	Causes        []Cause
}

// hideSites takes the names of sites out for a reader who may not see them:
// the counts stay.
func (m *Movement) hideSites() {
	for i := range m.Causes {
		m.Causes[i].Sites = nil
	}
}

// Cause is one reason why sites count otherwise than before, and by how much
// they changed the number that had adopted and the number eligible.
type Cause struct {
	Kind     CauseKind
	Adopted  int
	Eligible int
	Sites    []MovedSite // by name
}

// MovedSite is a site that a cause applies to, with what is known about why.
type MovedSite struct {
	Code, Name string
	Why        string
}

// CauseKind is why a site counts otherwise than before, in words.
type CauseKind string

// The causes, in the order in which pages show them.
const (
	Adopted       CauseKind = "adopted"
	AdoptedHeard  CauseKind = "adopted, and had not reported before"
	LevelFell     CauseKind = "level fell below adopted"
	NotReported   CauseKind = "had adopted, and did not report this time"
	BecameListed  CauseKind = "became eligible"
	MovedHere     CauseKind = "came from another part of the network"
	CameOfMerger  CauseKind = "came of a merger or split"
	Merged        CauseKind = "merged into another site"
	Closed        CauseKind = "closed"
	MovedAway     CauseKind = "moved to another part of the network"
	NoLongerAsked CauseKind = "no longer eligible"
)

var causeOrder = []CauseKind{
	Adopted, AdoptedHeard, LevelFell, NotReported, BecameListed, MovedHere, CameOfMerger, Merged, Closed, MovedAway, NoLongerAsked,
}

// Fall tells whether the cause lowers the number that had adopted.
func (c Cause) Fall() bool { return c.Adopted < 0 }

// standingSite is how one site counted in one period.
type standingSite struct {
	key        int64
	code, name string
	level      cell
	adopted    bool
}

// fates is what is known of the sites that came or went between two periods.
type fates struct {
	ended     map[int64]network.Succession // by key of the site: what became of it
	began     map[int64]network.Succession // by key of the successor: what it came of
	elsewhere map[int64]bool               // on the other period's list, under another unit
	reasons   map[int64]string             // why a site became or ceased to be eligible
}

// explain compares how sites counted before and after.
func explain(before, after []standingSite, f fates) []Cause {
	causes := map[CauseKind]*Cause{}
	put := func(kind CauseKind, s standingSite, adopted, eligible int, why string) {
		c := causes[kind]
		if c == nil {
			c = &Cause{Kind: kind}
			causes[kind] = c
		}
		c.Adopted += adopted
		c.Eligible += eligible
		c.Sites = append(c.Sites, MovedSite{Code: s.code, Name: s.name, Why: why})
	}
	was := map[int64]standingSite{}
	for _, s := range before {
		was[s.key] = s
	}
	for _, s := range after {
		earlier, stood := was[s.key]
		delete(was, s.key)
		switch {
		case !stood:
			kind, why := f.whyCame(s.key)
			put(kind, s, asInt(s.adopted), 1, why)
		case s.adopted && !earlier.adopted && earlier.level.known:
			put(Adopted, s, 1, 0, "")
		case s.adopted && !earlier.adopted:
			put(AdoptedHeard, s, 1, 0, "")
		case !s.adopted && earlier.adopted && s.level.known:
			put(LevelFell, s, -1, 0, "")
		case !s.adopted && earlier.adopted:
			put(NotReported, s, -1, 0, f.whySilent(s.key))
		}
	}
	for key, s := range was {
		kind, why := f.whyWent(key)
		put(kind, s, -asInt(s.adopted), -1, why)
	}
	return inOrder(causes)
}

func inOrder(causes map[CauseKind]*Cause) []Cause {
	var list []Cause
	for _, kind := range causeOrder {
		if c := causes[kind]; c != nil {
			slices.SortFunc(c.Sites, func(a, b MovedSite) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code)) })
			list = append(list, *c)
		}
	}
	return list
}

// whySilent says why a site that is still on the list did not report: what
// became of it within the time, or else what was said.
func (f fates) whySilent(key int64) string {
	if s, ended := f.ended[key]; ended {
		return fmt.Sprintf("%s on %s: %s", s.Kind, s.HappenedOn, s.Reason)
	}
	return f.reasons[key]
}

func (f fates) whyCame(key int64) (CauseKind, string) {
	if s, ok := f.began[key]; ok {
		return CameOfMerger, s.Reason
	}
	if f.elsewhere[key] {
		return MovedHere, ""
	}
	return BecameListed, f.reasons[key]
}

func (f fates) whyWent(key int64) (CauseKind, string) {
	switch s, ok := f.ended[key]; {
	case ok && s.Kind == network.Closure:
		return Closed, s.Reason
	case ok:
		return Merged, s.Reason
	case f.elsewhere[key]:
		return MovedAway, ""
	}
	return NoLongerAsked, f.reasons[key]
}

func asInt(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
