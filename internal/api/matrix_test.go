package api_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"sir/internal/policy"
)

var update = flag.Bool("update", false, "write the files of testdata anew")

const matrixHead = `# What each operation answers to whom, by status. Columns: no key, a key that was revoked, then keys of the roles in the
# order of policy.Roles, each held for the made-up programme, its member MU-N01 and that member's first site.
# Written by go test ./internal/api -run TestMatrix -update. Read what a change does to it before you commit it.
`

// columns are the headings, by role.
var columns = map[policy.Role]string{
	policy.SpreadManager: "spread", policy.ProgrammeLead: "lead", policy.Evaluator: "evalu", policy.SeniorManager: "senior",
	policy.SiteChampion: "champ", policy.Innovator: "innov", policy.Communications: "comms", policy.Analyst: "analys",
	policy.InsightReviewer: "review", policy.MemberAdmin: "member", policy.InstanceAdmin: "instan",
}

// wildcards are what roles hold, what others hold, and what is not there.
var wildcards = map[string][]string{"programme": {madeUp, "tcam", "no-such"}, "collection": {"quarterly", "no-such"}}

// bodies are what is sent to each operation that takes a body, without a trace:
// a value of an own site, of another's, and of one that is not there.
func bodies(pattern, p string) (all []string) {
	for _, site := range []string{ownSite, foreignSite, "no-such"} {
		if strings.HasSuffix(pattern, "/dataValueSets") {
			all = append(all, fmt.Sprintf(`{"dataValues":[{"dataElement":"referrals","period":"2026Q1","orgUnit":%q,"value":"70001"}]}`, site))
			continue
		}
		all = append(all, sending(value(site, p, "referrals", 70_001)))
	}
	return all
}

func addresses(pattern string) []string {
	all := []string{pattern}
	for strings.Contains(all[0], "{") {
		name, _, _ := strings.Cut(all[0][strings.Index(all[0], "{")+1:], "}")
		var filled []string
		for _, address := range all {
			for _, value := range wildcards[name] {
				filled = append(filled, strings.Replace(address, "{"+name+"}", value, 1))
			}
		}
		all = filled
	}
	return all
}

// TestMatrix asks every operation as every role.
func TestMatrix(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		keys := []string{"", s.revoked(t)}
		text := matrixHead + fmt.Sprintf("\n%-92s none   ended", "")
		for _, role := range policy.Roles {
			keys = append(keys, s.key(t, role))
			text += fmt.Sprintf(" %-6s", columns[role])
		}
		p := s.latest(t, keys[2])
		for _, route := range s.api.Routes() {
			text += fmt.Sprintf("\n%s %s (%s)\n", route.Method, route.Pattern, route.Action)
			for _, address := range addresses(strings.TrimPrefix(route.Pattern, "/api/v1")) {
				text += s.rows(t, route.Method, address, p, keys)
			}
		}
		golden(t, "testdata/matrix.txt", text)
	})
}

func (s *service) rows(t *testing.T, method, address, p string, keys []string) (text string) {
	t.Helper()
	sent := []string{""}
	if method == http.MethodPost {
		sent = bodies(address, p)
		address += "?dryRun=true"
	}
	for i, body := range sent {
		name := address
		if body != "" {
			name += " " + []string{"own site", "other's site", "no site"}[i]
		}
		line := fmt.Sprintf("  %-90s", name)
		for _, key := range keys {
			var a answer
			if body == "" {
				a = s.get(t, address, key, "Test-From", address)
			} else {
				a = s.post(t, address, key, body, "Test-From", address)
			}
			line += fmt.Sprintf(" %-6s", outcome(a))
		}
		text += strings.TrimRight(line, " ") + "\n"
	}
	return text
}

// outcome is the status, with c where a dry run has conflicts.
func outcome(a answer) string {
	text := fmt.Sprint(a.status)
	if a.status == http.StatusOK && strings.Contains(a.body, `"wrong":1`) {
		text += "c"
	}
	return text
}

// revoked is a key that was.
func (s *service) revoked(t *testing.T) string {
	t.Helper()
	token, key := s.keyOf(t, policy.SpreadManager)
	if err := s.app.Auth.RevokeToken(t.Context(), policy.Actor{ID: token.AccountID, Name: "x"}, token.ID); err != nil {
		t.Fatal(err)
	}
	return key
}

// golden compares with a file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(is), len(was)) {
		if a, b := line(is, i), line(was, i); a != b {
			t.Fatalf("%s, line %d:\nis  %s\nwas %s", file, i+1, a, b)
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}
