package admin

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// The page speaks of people and things by name, and of actions in words; codes
// and ids are for the file.
func TestAuditInWords(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	site.As(t, policy.Analyst).Get("/admin/accounts/demo-evaluator/disable")
	admin := site.As(t, policy.InstanceAdmin)
	admin.Post("/admin/accounts/disable", url.Values{"sign-in-name": {"demo-evaluator"}})
	admin.Post("/admin/settings", url.Values{"term-pack": {"england-2026"}, "version": {"0"}})
	page := admin.Page("/admin/audit")
	page.Check()
	want := [][]string{
		{"Demo instance administrator", "Change the settings", "Done", "Setting: term pack", "To: england-2026"},
		{"Demo instance administrator", "Disable an account", "Done", "Account: Demo evaluator (demo-evaluator)", "Sign-in name: demo-evaluator"},
		{"Demo instance administrator", "Sign in", "Done", "Account: Demo instance administrator (demo-instance-administrator)", "From address: 192.0.2.1"},
		{"Demo analyst", "Disable an account", "Refused", "", "Asked for: /admin/accounts/demo-evaluator/disable"},
	}
	rows := page.Rows("Entries")
	for i, cells := range want {
		if !slices.Equal(rows[i][2:], cells) {
			t.Errorf("row %d reads %q, want %q", i, rows[i][2:], cells)
		}
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(cell, "{}") || anID.MatchString(cell) || policy.Known(policy.Action(cell)) {
				t.Errorf("a code is on the page: %q", row)
			}
		}
	}
}

// Filters stay in the links to older entries and to the file.
func TestAuditLinksKeepTheFilters(t *testing.T) {
	a := pagetest.Demo(t)
	record(t, a, auditPageSize+1, policy.ChangeSettings, audit.Refused)
	v := serve(t, a).As(t, policy.InstanceAdmin)
	page := v.Page("/admin/audit?person=test&action=settings.change&outcome=refused&from=2020-01-01&to=2099-12-31")
	const filters = "action=settings.change"
	for _, href := range page.Hrefs() {
		if strings.HasPrefix(href, "/admin/audit?") || strings.HasPrefix(href, "/admin/audit.csv") {
			query, err := url.ParseQuery(href[strings.Index(href, "?")+1:])
			if err != nil || query.Get("person") != "test" || query.Get("outcome") != "refused" || query.Get("from") != "2020-01-01" ||
				query.Get("to") != "2099-12-31" || !strings.Contains(href, filters) {
				t.Errorf("%s forgets a filter", href)
			}
		}
	}
	older := v.Page("/admin/audit?action=settings.change&before=5")
	if !slices.Contains(older.Hrefs(), "/admin/audit?action=settings.change") {
		t.Errorf("no way back to the newest: %q", older.Hrefs())
	}
}

// The file has every entry that fits, over as many batches as it takes, with
// codes and words, and no cell that a spreadsheet would run.
func TestAuditFile(t *testing.T) {
	a := pagetest.Demo(t)
	record(t, a, auditBatch+5, policy.ChangeSettings, audit.Refused)
	if _, err := a.Auth.SignIn(t.Context(), "=cmd|'/c calc'!A1", "x", "192.0.2.1"); err == nil {
		t.Fatal("the made-up name signs in")
	}
	site := serve(t, a)
	got := site.As(t, policy.InstanceAdmin).Get("/admin/audit.csv?outcome=refused")
	if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		got.Header.Get("Content-Disposition") != `attachment; filename="audit-trail.csv"` {
		t.Fatalf("%d %v", got.Status, got.Header)
	}
	records, err := csv.NewReader(strings.NewReader(got.Body)).ReadAll()
	if err != nil || len(records) != 1+1+auditBatch+5 || !slices.Equal(records[0], auditColumns) {
		t.Fatalf("%d records, head %q, %v", len(records), records[0], err)
	}
	if newest := records[1]; newest[4] != "session.sign-in" || newest[5] != "Sign in" || newest[7] != "name =cmd|'/c calc'!a1" {
		t.Errorf("the newest entry is %q", newest)
	}
	if second := records[2]; second[4] != "settings.change" || second[5] != "Change the settings" || second[6] != "refused" {
		t.Errorf("the one before is %q", second)
	}
	for _, record := range records {
		for _, cell := range record {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	for role, want := range map[policy.Role]int{policy.MemberAdmin: 403, policy.Evaluator: 403} {
		if got := site.As(t, role).Get("/admin/audit.csv"); got.Status != want || strings.Contains(got.Body, "settings.change") {
			t.Errorf("%s is answered %d", role, got.Status)
		}
	}
	if got := site.Stranger(t).Get("/admin/audit.csv"); got.Status != http.StatusSeeOther {
		t.Errorf("a visitor is answered %d", got.Status)
	}
}

// anID is an id as the database has it.
var anID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-`)
