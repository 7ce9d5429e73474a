package api_test

import (
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"sir/internal/policy"
)

// endless gives the same bytes again and again, up to a limit.
type endless struct {
	piece string
	left  int64
	given int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.left > 0 {
		c := copy(p[n:], e.piece[:min(int64(len(e.piece)), e.left)])
		n, e.left, e.given = n+c, e.left-int64(c), e.given+int64(c)
	}
	return n, nil
}

// A gigabyte is refused after the first few megabytes of it, in little memory.
func TestAGigabyteIsRefusedEarly(t *testing.T) {
	s := open(t)
	key := s.key(t, policy.SpreadManager)
	for path, most := range map[string]int64{"/returns": 8 << 20, "/dataValueSets": 32 << 20} {
		body := &endless{piece: `{"dataValues":[` + strings.Repeat(" ", 4096), left: 1 << 30}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s.request(t, http.MethodPost, quarterly+path, key, body).problem(http.StatusRequestEntityTooLarge)
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; body.given > most || grown > 200<<20 {
			t.Errorf("%s: read %d bytes and took %d of memory", path, body.given, grown)
		}
	}
}

func TestHostileBodies(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.SpreadManager)
		p := s.latest(t, key)
		good := value(ownSite, p, "referrals", 1)
		for name, body := range map[string]string{
			"nothing":               ``,
			"no object":             `[]`,
			"a number":              `1`,
			"null":                  `null`,
			"half":                  `{"values":[`,
			"deep":                  strings.Repeat(`{"values":[`, 20_000),
			"deep and whole":        strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000),
			"no values":             `{"values":[]}`,
			"values are null":       `{"values":null}`,
			"an unknown field":      `{"values":[` + good + `],"account":"x"}`,
			"an unknown inner":      `{"values":[` + strings.TrimSuffix(good, "}") + `,"by":"x"}]}`,
			"a fraction":            strings.Replace(`{"values":[`+good+`]}`, `"value":1`, `"value":1.5`, 1),
			"text for a number":     strings.Replace(`{"values":[`+good+`]}`, `"value":1`, `"value":"1"`, 1),
			"too large a number":    strings.Replace(`{"values":[`+good+`]}`, `"value":1`, `"value":1e300`, 1),
			"beyond 64 bits":        strings.Replace(`{"values":[`+good+`]}`, `"value":1`, `"value":9223372036854775808`, 1),
			"NUL in a code":         strings.Replace(`{"values":[`+good+`]}`, ownSite, `MU\u0000`, 1),
			"a line in a code":      strings.Replace(`{"values":[`+good+`]}`, ownSite, `MU-001\nMU-002`, 1),
			"NUL in the reason":     `{"reason":"a\u0000b","values":[` + good + `]}`,
			"a raw NUL":             "{\"values\":[\x00]}",
			"not UTF-8":             "{\"values\":[{\"site\":\"\xff\xfe\",\"period\":\"" + p + "\",\"measure\":\"level\",\"value\":1}]}",
			"a value and clear":     strings.Replace(`{"values":[`+good+`]}`, `"value":1`, `"value":1,"clear":true`, 1),
			"neither":               strings.Replace(`{"values":[`+good+`]}`, `,"value":1`, ``, 1),
			"a quote":               strings.Replace(`{"values":[`+good+`]}`, ownSite, `\"MU-001\"`, 1),
			"a formula":             strings.Replace(`{"values":[`+good+`]}`, ownSite, `=1+1`, 1),
			"SQL":                   strings.Replace(`{"values":[`+good+`]}`, ownSite, `' OR 1=1 --`, 1),
			"two things of one":     `{"values":[` + good + `,` + value(ownSite, p, "referrals", 2) + `]}`,
			"more values than many": `{"values":[` + strings.TrimSuffix(strings.Repeat(good+",", 20_001), ",") + `]}`,
			"a period with a day":   strings.Replace(`{"values":[`+good+`]}`, p, "1/2/19", 1),
			"a long code":           strings.Replace(`{"values":[`+good+`]}`, ownSite, strings.Repeat("x", 65), 1),
		} {
			a := s.post(t, quarterly+"/returns", key, body)
			if a.status != http.StatusBadRequest && a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: answers %d %s", name, a.status, a.body[:min(len(a.body), 300)])
				continue
			}
			a.problem(a.status)
			a = s.post(t, quarterly+"/dataValueSets", key, body)
			if a.status < 400 || a.status >= 500 {
				t.Errorf("%s as a data value set: answers %d %s", name, a.status, a.body[:min(len(a.body), 300)])
			}
		}
		s.post(t, quarterly+"/returns", key, sending(good), "Content-Type", "text/csv").problem(http.StatusUnsupportedMediaType)
		s.post(t, quarterly+"/returns", key, sending(good), "Content-Type", "").problem(http.StatusUnsupportedMediaType)
		s.post(t, quarterly+"/dataValueSets", key, "{}", "Content-Type", "application/x-www-form-urlencoded").problem(http.StatusUnsupportedMediaType)
		if o := s.first(t, key, "site="+ownSite+"&measure=referrals&period="+url.QueryEscape(p)); o["value"] == 1.0 {
			t.Error("something of it was taken")
		}
	})
}

// No text in an address brings the service to fail, or comes back but as text.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		key := s.key(t, policy.ProgrammeLead)
		for _, text := range []string{
			"\x00", "a\x00b", "\xff\xfe", "../../etc/passwd", "' OR 1=1 --", "<script>x</script>", strings.Repeat("x", 5000), "{programme}", "%", "\r\nX: y", "\u202e", "😀",
			"-9223372036854775809", "*", "eyJQIjoxfQ", "bnVsbA", "W10", "MQ",
		} {
			in, quoted := url.PathEscape(text), url.QueryEscape(text)
			for _, path := range []string{
				"/programmes/" + in, "/programmes/" + in + "/rates", "/programmes/" + madeUp + "/collections/" + in, "/programmes/" + madeUp + "/collections/" + in + "/observations",
				quarterly + "/returns?period=" + quoted, quarterly + "/observations?cursor=" + quoted, quarterly + "/observations?site=" + quoted,
				"/programmes/" + madeUp + "/rates?unit=" + quoted, "/programmes/" + madeUp + "/rates?cursor=" + quoted, "/organisations?cursor=" + quoted,
				"/organisations?on=" + quoted, "/organisations?within=" + quoted, "/organisations?kind=" + quoted, "/organisations?limit=" + quoted, "/programmes?" + quoted + "=1", "/" + in,
			} {
				a := s.get(t, path, key)
				if a.status >= 500 || a.status != 200 && a.status != 301 && a.status != 307 && a.header.Get("Content-Type") != "application/problem+json" {
					t.Errorf("%q: answers %d %s %s", path, a.status, a.header.Get("Content-Type"), a.body)
				}
			}
		}
		if _, err := s.app.Trail.Verify(t.Context(), system); err != nil {
			t.Errorf("after all that the trail does not hold: %v", err)
		}
	})
}

func FuzzSending(f *testing.F) {
	f.Add(`{"values":[{"site":"MU-001","period":"2026-04-01/P3M","measure":"level","value":1}]}`)
	f.Add(`{"reason":"x","values":[{"site":"MU-001","period":"Q1 2026/27","measure":"level","clear":true}]}`)
	f.Add(`{"dataValues":[{"dataElement":"level","period":"2026Q2","orgUnit":"MU-001","value":"1"}]}`)
	s := open(f)
	key := s.key(f, policy.SpreadManager)
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/returns?dryRun=true", "/dataValueSets?dryRun=true"} {
			if a := s.post(t, quarterly+path, key, body); a.status >= 500 {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
	})
}
