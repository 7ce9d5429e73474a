package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/api"
	"sir/internal/policy"
)

// nextPage is the path that a Link leads to, below the prefix; empty on the
// last page.
func nextPage(a answer) string {
	link, _, found := strings.Cut(strings.TrimPrefix(a.header.Get("Link"), "<"), ">; rel=\"next\"")
	if !found {
		return ""
	}
	return strings.TrimPrefix(link, api.Prefix)
}

// walk reads a list to its end, doing something between pages, and answers its
// items as text.
func (s *service) walk(t *testing.T, path, key string, between func(page int)) (items []string) {
	t.Helper()
	for page := 0; path != ""; page++ {
		a := s.get(t, path, key)
		for _, item := range as[list](a, http.StatusOK).Items {
			items = append(items, fmt.Sprint(item))
		}
		if path = nextPage(a); path != "" && between != nil {
			between(page)
		}
		if page > 2000 {
			t.Fatal("the pages have no end")
		}
	}
	return items
}

func TestPagesHoldTheWholeListOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.ProgrammeLead)
		for path, limit := range map[string]int{
			"/programmes/" + madeUp + "/rates":                      97,
			"/programmes/tcam/rates":                                7,
			quarterly + "/observations?period=2023-04-01%2FP3M":     13,
			"/organisations?kind=site":                              11,
			"/organisations":                                        10,
			"/organisations?kind=site&on=2023-04-01&within=MU-N01":  2,
			quarterly + "/observations?site=MU-001&measure=level":   1,
			quarterly + "/observations?site=no-such&measure=level":  1,
			quarterly + "/observations?site=MU-001&measure=no-such": 1,
		} {
			join := "?"
			if strings.Contains(path, "?") {
				join = "&"
			}
			whole := s.walk(t, path+join+"limit=1000", key, nil)
			parts := s.walk(t, fmt.Sprintf("%s%slimit=%d", path, join, limit), key, nil)
			if strings.Join(whole, "\n") != strings.Join(parts, "\n") {
				t.Errorf("%s: %d items at once, %d in pages of %d", path, len(whole), len(parts), limit)
			}
			seen := map[string]bool{}
			for _, item := range parts {
				if seen[item] {
					t.Errorf("%s: %s stands twice", path, item)
				}
				seen[item] = true
			}
			if len(parts) == 0 && !strings.Contains(path, "no-such") {
				t.Errorf("%s: nothing", path)
			}
		}
	})
}

// While others send, a walk still gives every observation that stood all the
// time exactly once.
func TestPagesHoldWhileDataChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.ProgrammeLead)
		p := s.latest(t, key)
		path := quarterly + "/observations?limit=20&period=" + url.QueryEscape(p)
		identity := func(item map[string]any) string { return fmt.Sprint(item["measure"], " ", item["site"]) }
		before := map[string]bool{}
		for _, item := range as[list](s.get(t, quarterly+"/observations?limit=1000&period="+url.QueryEscape(p), key), http.StatusOK).Items {
			before[identity(item)] = true
		}
		touched := map[string]bool{}
		seen := map[string]int{}
		n := 0
		for next := path; next != ""; n++ {
			a := s.get(t, next, key)
			items := as[list](a, http.StatusOK).Items
			for _, item := range items {
				seen[identity(item)]++
			}
			// Take back the first of the page and the one before the last, and add one that was not there.
			for _, item := range []map[string]any{items[0], items[max(len(items)-2, 0)]} {
				if item["measure"] == "referrals" || item["measure"] == "completed" {
					touched[identity(item)] = true
					s.post(t, quarterly+"/returns", key, fmt.Sprintf(`{"reason":"test","values":[{"site":%q,"period":%q,"measure":%q,"clear":true}]}`, item["site"], p, item["measure"]))
				}
			}
			next = nextPage(a)
		}
		for id := range before {
			if !touched[id] && seen[id] != 1 {
				t.Errorf("%s stood all the time and came %d times", id, seen[id])
			}
		}
		for id, times := range seen {
			if times > 1 {
				t.Errorf("%s came %d times", id, times)
			}
		}
		if n < 3 || len(touched) == 0 {
			t.Errorf("%d pages and %d changes are too few to show anything", n, len(touched))
		}
	})
}

// Rates carry their parts, and a published one says that it has none.
func TestRatesHaveTheirParts(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	page := as[api.RatePage](s.get(t, "/programmes/"+madeUp+"/rates?limit=1000&unit=*", key), http.StatusOK)
	if len(page.Items) < 10 {
		t.Fatalf("%d rates", len(page.Items))
	}
	for _, r := range page.Items {
		if r.Unit != "*" || r.Expected == nil || r.Percent == nil || *r.Adopted > *r.Reported || *r.Reported > *r.Expected ||
			*r.Percent != 100*float64(*r.Adopted)/float64(*r.Expected) || r.Status == "published" {
			t.Errorf("rate %+v", r)
		}
	}
	published := as[api.RatePage](s.get(t, "/programmes/tcam/rates?unit=east-midlands&period=Q3+2018/19", key), http.StatusOK)
	if len(published.Items) != 1 || published.Items[0].Status != "published" || published.Items[0].Expected != nil || published.Items[0].Period != "2018-10-01/P3M" || published.Source == "" {
		t.Errorf("published %+v", published)
	}
}

// The programme's own account of itself.
func TestProgrammeDetail(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	p := as[api.ProgrammeDetail](s.get(t, "/programmes/"+madeUp, key), http.StatusOK)
	if !p.MadeUp || len(p.Measures) < 3 || len(p.Collections) == 0 || len(p.Collections[0].Periods) == 0 {
		t.Fatalf("%+v", p)
	}
	level := p.Measures[0]
	if level.Kind != "level" || level.AdoptedLevel == nil || len(level.Levels) < 2 || level.Levels[0].Adopted || level.Collection != "quarterly" {
		t.Errorf("measure %+v", level)
	}
	if at := p.Collections[0].Periods[0]; at.Period != "2023-04-01/P3M" || at.DHIS2 != "2023Q2" || at.SDMX != "2023-Q1" || at.EndsOn != "2023-06-30" || at.DueOn <= at.EndsOn {
		t.Errorf("period %+v", at)
	}
}

// Who sees some sites sees the observations of those alone.
func TestObservationsOfOwnSitesOnly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		sites := func(role policy.Role) (own, others int) {
			key := s.key(t, role)
			for path := quarterly + "/observations?limit=1000"; path != ""; {
				a := s.get(t, path, key)
				for _, item := range as[list](a, http.StatusOK).Items {
					switch {
					case role == policy.SiteChampion && item["site"] == ownSite, role == policy.SpreadManager && item["member"] == ownMember:
						own++
					default:
						others++
					}
				}
				path = nextPage(a)
			}
			return own, others
		}
		for _, role := range []policy.Role{policy.SiteChampion, policy.SpreadManager} {
			if own, others := sites(role); own == 0 || others > 0 {
				t.Errorf("%s sees %d observations of their own and %d of others", role, own, others)
			}
		}
	})
}
