package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sir/internal/api"
	"sir/internal/audit"
	"sir/internal/policy"
)

func TestKeysOpenTheAPIAndNothingElseDoes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		token, key := s.keyOf(t, policy.Analyst)
		if a := s.get(t, "/programmes", key); a.status != http.StatusOK {
			t.Errorf("a key: %d %s", a.status, a.body)
		}
		for name, headers := range map[string][]string{
			"nothing":        {},
			"a cookie":       {"Cookie", "sir_session=" + key},
			"basic":          {"Authorization", "Basic " + key},
			"no scheme":      {"Authorization", key},
			"a blank key":    {"Authorization", "Bearer "},
			"another's key":  {"Authorization", "Bearer sir_" + strings.Repeat("a", 32)},
			"a key and more": {"Authorization", "Bearer " + key + " x"},
			"a long key":     {"Authorization", "Bearer " + strings.Repeat("x", 10_000)},
		} {
			a := s.get(t, "/programmes", "", headers...)
			a.problem(http.StatusUnauthorized)
			if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s: WWW-Authenticate is %q", name, a.header.Get("WWW-Authenticate"))
			}
		}
		if err := s.app.Auth.RevokeToken(t.Context(), policy.Actor{ID: token.AccountID, Name: "x"}, token.ID); err != nil {
			t.Fatal(err)
		}
		s.get(t, "/programmes", key).problem(http.StatusUnauthorized)
		if strings.Contains(s.log.String(), key) {
			t.Error("the log holds a key")
		}
	})
}

func TestAKeyExpires(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.Analyst)
	s.now.move(30*24*time.Hour - time.Second)
	if a := s.get(t, "/programmes", key); a.status != http.StatusOK {
		t.Errorf("before: %d", a.status)
	}
	s.now.move(time.Second)
	s.get(t, "/programmes", key).problem(http.StatusUnauthorized)
}

// A key of a disabled account is refused, and one guess too many is told to
// wait, while the right key goes on.
func TestGuessesAreSlowedDown(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.Analyst)
		for range 20 {
			s.get(t, "/programmes", "sir_"+strings.Repeat("b", 32)).problem(http.StatusUnauthorized)
		}
		s.get(t, "/programmes", "sir_"+strings.Repeat("b", 32)).problem(http.StatusTooManyRequests)
		if a := s.get(t, "/programmes", key); a.status != http.StatusOK {
			t.Errorf("the right key: %d", a.status)
		}
	})
}

func TestNoOtherSiteReadsAnswers(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, a := range []answer{
		s.get(t, "/programmes", s.key(t, policy.Analyst), "Origin", "https://other.example"),
		s.request(t, http.MethodOptions, "/programmes", "", nil, "Origin", "https://other.example", "Access-Control-Request-Method", "GET"),
	} {
		for name := range a.header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: %s", name, a.header.Get(name))
			}
		}
		if a.header.Get("Cache-Control") != "private, no-cache" || a.header.Get("Vary") != "Authorization" || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", a.header)
		}
	}
}

// An entity tag stays while nothing changes, and changes with the content.
func TestEntityTags(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		for _, path := range []string{"/programmes", "/programmes/" + madeUp + "/rates", quarterly, quarterly + "/observations", "/organisations"} {
			first := s.get(t, path, key)
			tag := first.header.Get("ETag")
			if first.status != http.StatusOK || len(tag) < 20 {
				t.Fatalf("%s: %d, tag %q", path, first.status, tag)
			}
			for _, asked := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
				a := s.get(t, path, key, "If-None-Match", asked)
				if a.status != http.StatusNotModified || a.body != "" || a.header.Get("ETag") != tag {
					t.Errorf("%s with %s: %d %q", path, asked, a.status, a.body)
				}
			}
			if a := s.get(t, path, key, "If-None-Match", `"other"`); a.status != http.StatusOK || a.body != first.body {
				t.Errorf("%s with another tag: %d", path, a.status)
			}
		}
		before := s.get(t, quarterly, key).header.Get("ETag")
		p := s.latest(t, key)
		if a := s.post(t, quarterly+"/returns", key, sending(value(ownSite, p, "referrals", 12_345))); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
		if after := s.get(t, quarterly, key).header.Get("ETag"); after == before {
			t.Error("the tag of the collection is the same after a sending")
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	s.get(t, "/no-such", key).problem(http.StatusNotFound)
	a := s.request(t, http.MethodDelete, "/programmes", key, nil)
	if p := a.problem(http.StatusMethodNotAllowed); !strings.Contains(p.Detail, "GET") {
		t.Errorf("detail %q does not say what it takes", p.Detail)
	}
	s.get(t, "/programmes?no-such=1", key).problem(http.StatusUnprocessableEntity)
	s.get(t, "/programmes/"+madeUp+"/rates?limit=0", key).problem(http.StatusUnprocessableEntity)
	s.get(t, "/programmes/"+madeUp+"/rates?limit=1&limit=2", key).problem(http.StatusUnprocessableEntity)
	s.get(t, "/programmes/"+madeUp+"/rates?cursor=%25%25", key).problem(http.StatusUnprocessableEntity)
	s.get(t, "/programmes/"+madeUp+"/rates?period=1/2/19", key).problem(http.StatusUnprocessableEntity)
	s.get(t, "/organisations?on=yesterday", key).problem(http.StatusUnprocessableEntity)
}

// What goes wrong inside stays inside; the log line has the incident.
func TestFailuresTellNothingOfTheInside(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	if _, err := s.app.Desk.DB.Exec(t.Context(), `ALTER TABLE measure_level RENAME TO gone`); err != nil {
		t.Fatal(err)
	}
	p := s.get(t, "/programmes/"+madeUp, key).problem(http.StatusInternalServerError)
	if strings.Contains(fmt.Sprint(p), "measure_level") || !strings.Contains(s.log.String(), "measure_level") || !strings.Contains(s.log.String(), p.Incident) {
		t.Errorf("told %+v, logged %s", p, s.log)
	}
}

// What huma finds wrong is logged in words, once.
func TestMistakesAreLogged(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.post(t, quarterly+"/returns", s.key(t, policy.SpreadManager), `{"values":[],"colour":1}`).problem(http.StatusUnprocessableEntity)
	if text := s.log.String(); strings.Count(text, "\n") < 1 || !strings.Contains(text, "body.colour") || strings.Contains(text, "%!") {
		t.Errorf("logged %s", text)
	}
}

// A refusal to somebody known is recorded with the name of their key.
func TestRefusalsAreRecorded(t *testing.T) {
	t.Parallel()
	s := open(t)
	key := s.key(t, policy.Innovator)
	s.get(t, "/programmes/no-such/rates", key).problem(http.StatusForbidden)
	entries, err := s.app.Trail.List(t.Context(), system, audit.Filter{Limit: 1})
	if err != nil || entries[0].Outcome != audit.Refused || !strings.Contains(entries[0].ActorName, "(key "+t.Name()+")") ||
		!strings.Contains(entries[0].Detail, "GET /api/v1/programmes/no-such/rates") {
		t.Errorf("%+v, %v", entries, err)
	}
}

func TestTheDocumentIsForEverybody(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.get(t, strings.TrimPrefix(api.DocumentPath, api.Prefix), "")
	if doc := as[map[string]any](a, http.StatusOK); doc["openapi"] != "3.1.0" {
		t.Errorf("openapi is %v", doc["openapi"])
	}
	if strings.Contains(a.body, "unpkg") || strings.Contains(a.body, "<script") {
		t.Error("it names a script")
	}
}
