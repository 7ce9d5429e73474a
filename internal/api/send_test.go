package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sir/internal/api"
	"sir/internal/audit"
	"sir/internal/policy"
)

// latest is the last period of the quarterly return that has ended.
func (s *service) latest(t *testing.T, key string) string {
	t.Helper()
	periods := as[api.Collection](s.get(t, quarterly, key), http.StatusOK).Periods
	return periods[len(periods)-1].Period
}

func value(site, period, measure string, n int) string {
	return fmt.Sprintf(`{"site":%q,"period":%q,"measure":%q,"value":%d}`, site, period, measure, n)
}

func sending(values ...string) string {
	return `{"reason":"A test restates it.","values":[` + strings.Join(values, ",") + `]}`
}

// first is one observation of the made-up programme.
func (s *service) first(t *testing.T, key, query string) map[string]any {
	t.Helper()
	items := as[list](s.get(t, quarterly+"/observations?limit=1&"+query, key), http.StatusOK).Items
	if len(items) == 0 {
		return nil
	}
	return items[0]
}

func TestASendingIsTakenOnceAndKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		p := s.latest(t, key)
		body := sending(value(ownSite, p, "level", 4), value(ownSite, p, "referrals", 10_001))
		dry := as[api.Receipt](s.post(t, quarterly+"/returns?dryRun=true", key, body), http.StatusOK)
		if !dry.DryRun || dry.Submission != 0 || dry.Added+dry.Changed+dry.Unchanged != 2 || dry.Wrong != 0 {
			t.Errorf("dry run %+v", dry)
		}
		if o := s.first(t, key, "site="+ownSite+"&measure=referrals&period="+strings.ReplaceAll(p, "/", "%2F")); o["value"] == 10_001.0 {
			t.Error("the dry run kept the value")
		}
		done := as[api.Receipt](s.post(t, quarterly+"/returns", key, body), http.StatusOK)
		if done.DryRun || done.Submission == 0 || done.Added != dry.Added || done.Changed != dry.Changed || done.Sites != 1 || done.Periods[0] != p {
			t.Errorf("sending %+v after dry run %+v", done, dry)
		}
		if o := s.first(t, key, "site="+ownSite+"&measure=referrals&period="+strings.ReplaceAll(p, "/", "%2F")); o["value"] != 10_001.0 {
			t.Errorf("keeps %v", o)
		}
		again := as[api.Receipt](s.post(t, quarterly+"/returns", key, body), http.StatusOK)
		if again.Added+again.Changed+again.Cleared != 0 || again.Unchanged != 2 {
			t.Errorf("the same again: %+v", again)
		}
		entries, err := s.app.Trail.List(t.Context(), system, audit.Filter{Limit: 1})
		if err != nil || !strings.Contains(entries[0].ActorName, "(key "+t.Name()+")") || !strings.Contains(entries[0].Detail, `"source":"api"`) {
			t.Errorf("the trail says %+v, %v", entries, err)
		}
	})
}

func TestConflictsAreToldByPlace(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		p := s.latest(t, key)
		body := sending(
			value(ownSite, p, "level", 3), value("no-such", p, "level", 3), value(ownSite, "31 March", "level", 3), value(ownSite, p, "no-such", 3),
			value(ownSite, p, "referrals", -1), value(ownSite, "2018-04-01/P1Y", "referrals", 1),
		)
		want := map[string]bool{"body.values[1].site": true, "body.values[2].period": true, "body.values[3].measure": true, "body.values[4].value": true, "body.values[5].period": true}
		check := func(what string, conflicts []api.Conflict, wrong int) {
			got := map[string]bool{}
			for _, c := range conflicts {
				got[c.Location] = true
				if c.Reason == "" {
					t.Errorf("%s: no reason at %s", what, c.Location)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) || wrong != len(want) {
				t.Errorf("%s: conflicts at %v (%d), want %v", what, got, wrong, want)
			}
		}
		dry := as[api.Receipt](s.post(t, quarterly+"/returns?dryRun=true", key, body), http.StatusOK)
		check("dry run", dry.Conflicts, dry.Wrong)
		refused := s.post(t, quarterly+"/returns", key, body).problem(http.StatusUnprocessableEntity)
		check("sending", refused.Conflicts, refused.Wrong)
	})
}

// However a number is written in JSON, it is read for what it is; those that
// do not fit are told by place, beside all else that is wrong.
func TestNumbersOfASending(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	p := s.latest(t, key)
	written := func(n string) string { return strings.Replace(value(ownSite, p, "completed", 777), "777", n, 1) }
	for n, want := range map[string]string{
		"4": "", "4.0": "", "4e0": "", "4.000": "", "40E-1": "", "0.4e1": "", "0e5": "", "-0": "", "1e1": "", "0e-999999999": "",
		"3.5": "fraction", "35e-1": "fraction", "1e-9": "fraction", "1e-999999999": "fraction", "0.0005": "fraction", "-3.5": "fraction",
		"1e99": "too large", "-1e99": "too large", "99999999999999999999": "too large", "9223372036854775808": "too large", "9223372036854775807.5": "too large",
		"-1": "cannot be less than 0", "-1e0": "cannot be less than 0",
		`"4"`: "not a whole number", `"clear"`: "not a whole number", "true": "not a whole number", "{}": "not a whole number", "[4]": "not a whole number",
		"4." + strings.Repeat("0", 60): "not a whole number",
	} {
		dry := as[api.Receipt](s.post(t, quarterly+"/returns?dryRun=true", key, sending(written(n))), http.StatusOK)
		if want == "" {
			if dry.Wrong > 0 {
				t.Errorf("%s: %+v", n, dry.Conflicts)
			}
			continue
		}
		if dry.Wrong != 1 || dry.Conflicts[0].Location != "body.values[0].value" || !strings.Contains(dry.Conflicts[0].Reason, want) || !strings.HasPrefix(n, dry.Conflicts[0].Value) {
			t.Errorf("%s: %+v, want %q", n, dry.Conflicts, want)
		}
	}
	refused := s.post(t, quarterly+"/returns", key, sending(written("-1"), value(foreignSite, p, "level", 3), written("1e99"), written("3.5"))).problem(http.StatusUnprocessableEntity)
	var got []string
	for _, c := range refused.Conflicts {
		got = append(got, c.Location+" "+c.Value)
	}
	want := []string{"body.values[0].value -1", "body.values[1].site " + foreignSite, "body.values[2].value 1e99", "body.values[3].value 3.5"}
	if !slices.Equal(got, want) || refused.Wrong != len(want) {
		t.Errorf("all at once: %q (%d), want %q", got, refused.Wrong, want)
	}
	as[api.Receipt](s.post(t, quarterly+"/returns", key, sending(strings.Replace(value(ownSite, p, "referrals", 777), "777", "3.1001e4", 1))), http.StatusOK)
	if o := s.first(t, key, "site="+ownSite+"&measure=referrals&period="+strings.ReplaceAll(p, "/", "%2F")); o["value"] != 31_001.0 {
		t.Errorf("keeps %v", o)
	}
}

// What contradicts an earlier value names that by its place in the content.
func TestAContradictionNamesTheOtherPlace(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	p := s.latest(t, key)
	dry := as[api.Receipt](s.post(t, quarterly+"/returns?dryRun=true", key, sending(value(ownSite, p, "completed", 1), value(ownSite, p, "completed", 2))), http.StatusOK)
	if dry.Wrong != 1 || dry.Conflicts[0].Location != "body.values[1].value" || !strings.HasPrefix(dry.Conflicts[0].Reason, "body.values[0] says otherwise") {
		t.Errorf("values: %+v", dry.Conflicts)
	}
	set := fmt.Sprintf(`{"period":"2026Q1","orgUnit":%q,"dataValues":[{"dataElement":"completed","value":"1"},{"dataElement":"completed","value":"2"}]}`, ownSite)
	summary := as[api.ImportSummary](s.post(t, quarterly+"/dataValueSets?dryRun=true", key, set), http.StatusConflict)
	if c := summary.Response.Conflicts; len(c) != 1 || fmt.Sprint(c[0].Indexes) != "[1]" || !strings.HasPrefix(c[0].Value, "body.dataValues[0] says otherwise") {
		t.Errorf("data values: %+v", c)
	}
}

// What is no data value set is not told as a value of one.
func TestADataValueSetThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	for body, want := range map[string]string{
		`{"dataValues":[{"dataElement"`: "Nothing was taken: the data value set could not be read: ", `{"dataValues":[]}`: "Nothing was taken: the data value set has no values",
	} {
		summary := as[api.ImportSummary](s.post(t, quarterly+"/dataValueSets", key, body), http.StatusConflict)
		if !strings.HasPrefix(summary.Message, want) {
			t.Errorf("%s: %q, want %q", body, summary.Message, want)
		}
	}
}

// A site of another member, one that is not there and one that is not eligible
// are answered alike.
func TestGuessedSitesAreAnsweredAlike(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SiteChampion)
	p := s.latest(t, key)
	answer := func(site string) string {
		refused := s.post(t, quarterly+"/returns", key, sending(value(site, p, "level", 1))).problem(http.StatusUnprocessableEntity)
		refused.Incident = ""
		return strings.ReplaceAll(fmt.Sprintf("%+v", refused), site, "SITE")
	}
	if foreign, missing := answer(foreignSite), answer("no-such"); foreign != missing {
		t.Errorf("a foreign site: %s\none that is not there: %s", foreign, missing)
	}
}

func TestAConditionHoldsOffALateSending(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		p := s.latest(t, key)
		tag := s.get(t, quarterly, key).header.Get("ETag")
		send := func(n int, tag string) answer {
			return s.post(t, quarterly+"/returns", key, sending(value(ownSite, p, "referrals", n)), "If-Match", tag)
		}
		as[api.Receipt](send(20_001, tag), http.StatusOK)
		send(20_002, tag).problem(http.StatusPreconditionFailed)
		send(20_002, `"other"`).problem(http.StatusPreconditionFailed)
		for _, held := range []string{tag, `"other"`, "garbage", "W/" + tag} {
			s.post(t, quarterly+"/returns?dryRun=true", key, sending(value(ownSite, p, "referrals", 20_002)), "If-Match", held).problem(http.StatusPreconditionFailed)
		}
		send(20_002, "W/"+tag).problem(http.StatusPreconditionFailed)
		if o := s.first(t, key, "site="+ownSite+"&measure=referrals&period="+strings.ReplaceAll(p, "/", "%2F")); o["value"] != 20_001.0 {
			t.Errorf("keeps %v", o)
		}
		now := s.get(t, quarterly, key).header.Get("ETag")
		as[api.Receipt](s.post(t, quarterly+"/returns?dryRun=true", key, sending(value(ownSite, p, "referrals", 20_002)), "If-Match", now), http.StatusOK)
		as[api.Receipt](send(20_002, now), http.StatusOK)
		as[api.Receipt](send(20_003, "*"), http.StatusOK)
	})
}

func TestDHIS2DataValueSets(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		p := as[api.Collection](s.get(t, quarterly, key), http.StatusOK).Periods
		at := p[len(p)-1].DHIS2
		set := func(element, site, n string) string {
			return fmt.Sprintf(`{"dataSet":"quarterly","period":%q,"dataValues":[{"dataElement":%q,"orgUnit":%q,"value":%q}]}`, at, element, site, n)
		}
		path := quarterly + "/dataValueSets"
		dry := as[api.ImportSummary](s.post(t, path+"?dryRun=true", key, set("referrals", ownSite, "30001")), http.StatusOK)
		done := as[api.ImportSummary](s.post(t, path, key, set("referrals", ownSite, "30001")), http.StatusOK)
		if dry.Response.ImportCount != done.Response.ImportCount || done.Status != "OK" || done.Response.ImportCount.Imported+done.Response.ImportCount.Updated != 1 {
			t.Errorf("dry run %+v, import %+v", dry, done)
		}
		again := as[api.ImportSummary](s.post(t, path+"?importStrategy=CREATE_AND_UPDATE&idScheme=code", key, set("referrals", ownSite, "30001")), http.StatusOK)
		if (again.Response.ImportCount != api.ImportCount{Ignored: 1}) {
			t.Errorf("again %+v", again)
		}
		wrong := as[api.ImportSummary](s.post(t, path, key, set("referrals", "no-such", "1")), http.StatusConflict)
		if wrong.Status != "ERROR" || len(wrong.Response.Conflicts) != 1 || wrong.Response.Conflicts[0].Object != "no-such" || fmt.Sprint(wrong.Response.Conflicts[0].Indexes) != "[0]" {
			t.Errorf("conflict %+v", wrong)
		}
		for _, query := range []string{"?importStrategy=DELETE", "?importStrategy=CREATE", "?idScheme=uid"} {
			s.post(t, path+query, key, set("referrals", ownSite, "1")).problem(http.StatusUnprocessableEntity)
		}
		s.post(t, path, key, "dataelement,period,orgunit,value\n").problem(http.StatusUnprocessableEntity)
	})
}

// How the returns came is told to each as far as they may see it.
func TestReturnStatus(t *testing.T) {
	t.Parallel()
	s := open(t)
	manager := as[api.ReturnStatus](s.get(t, quarterly+"/returns", s.key(t, policy.SpreadManager)), http.StatusOK)
	if len(manager.Members) != 14 || manager.Total.Expected == 0 || manager.Total.Complete > manager.Total.Received || manager.Period == nil || manager.Period.DueOn == "" {
		t.Errorf("a spread manager: %+v", manager)
	}
	champion := as[api.ReturnStatus](s.get(t, quarterly+"/returns?period=2023-04-01%2FP3M", s.key(t, policy.SiteChampion)), http.StatusOK)
	if len(champion.Members) != 0 || len(champion.Own) != 1 || champion.Own[0].Site != ownSite || champion.Period.Period != "2023-04-01/P3M" {
		t.Errorf("a champion: %+v", champion)
	}
}

// Published figures cannot be sent to, whoever asks.
func TestNothingIsSentToAPublishedProgramme(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.post(t, "/programmes/tcam/collections/quarterly/returns", s.key(t, policy.SpreadManager), sending(value("x", "2018-10-01/P3M", "y", 1)))
	a.problem(http.StatusForbidden)
}
