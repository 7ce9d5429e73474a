package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// serve answers a site with this package's pages.
func serve(t testing.TB, a *app.App) *pagetest.Site { return pagetest.Serve(t, a, Routes(a)) }

// record adds n entries to the trail.
func record(t *testing.T, a *app.App, n int, action policy.Action, outcome audit.Outcome) {
	t.Helper()
	for i := range n {
		err := a.Desk.Record(context.Background(), audit.Record{
			Actor: policy.System("Test <system>"), Action: string(action), Outcome: outcome,
			Note: audit.Note{Object: fmt.Sprintf("thing %d", i), Detail: map[string]string{"from": "<b>here</b>"}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Going back page by page shows every entry once, newest first.
func TestAuditPages(t *testing.T) {
	a := pagetest.Demo(t)
	v := serve(t, a).As(t, policy.InstanceAdmin)
	record(t, a, 2*auditPageSize+10, policy.ChangeSettings, audit.Done)
	entries, err := audit.List(context.Background(), a.Desk.DB, audit.Filter{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	address, pages := "/admin/audit", 0
	for ; address != "" && pages < 10; pages++ {
		page := v.Page(address)
		page.Check()
		for _, row := range page.Rows("Entries") {
			shown = append(shown, row[0])
		}
		address = ""
		for _, link := range page.All("a") {
			if strings.Contains(pagetest.Text(link), "Older entries") {
				address = pagetest.Attribute(link, "href")
			}
		}
	}
	var want []string
	for _, e := range entries {
		want = append(want, fmt.Sprint(e.Seq))
	}
	if !slices.Equal(shown, want) {
		t.Errorf("%d pages show %d entries, the trail has %d:\n%v", pages, len(shown), len(want), shown)
	}
}

// A page of exactly one length has none after it.
func TestAuditLastPage(t *testing.T) {
	a := pagetest.Demo(t)
	record(t, a, auditPageSize, policy.ChangeSettings, audit.Refused)
	page := serve(t, a).As(t, policy.InstanceAdmin).Page("/admin/audit?outcome=refused")
	if rows := page.Rows("Entries"); len(rows) != auditPageSize || strings.Contains(page.Main(), "Older entries") {
		t.Errorf("%d rows; the page goes on: %v", len(rows), strings.Contains(page.Main(), "Older entries"))
	}
}

func TestAuditFilter(t *testing.T) {
	a := pagetest.Demo(t)
	record(t, a, 3, policy.ChangeSettings, audit.Done)
	record(t, a, 2, policy.ChangeSettings, audit.Refused)
	record(t, a, 1, policy.DisableAccount, audit.Refused)
	v := serve(t, a).As(t, policy.InstanceAdmin)
	today := a.Desk.Now().UTC().Format(time.DateOnly)
	for query, want := range map[string]int{
		"action=settings.change":                         5,
		"outcome=refused":                                3,
		"action=settings.change&outcome=refused":         2,
		"action=account.disable&outcome=done":            0,
		"person=TEST+%3Csys":                             6,
		"person=test%25system":                           0,
		"person=nobody+of+that+name":                     0,
		"person=test+%3C&from=" + today + "&to=" + today: 6,
		"person=test&to=2020-01-01":                      0,
		"person=test&from=2099-01-01":                    0,
	} {
		page := v.Page("/admin/audit?" + query)
		if want == 0 {
			if text := page.Main(); !strings.Contains(text, "No entry fits.") {
				t.Errorf("%s: the page says %q", query, text)
			}
			continue
		}
		rows := page.Rows("Entries")
		if len(rows) != want {
			t.Errorf("%s: %d rows, want %d", query, len(rows), want)
		}
		if row := rows[0]; row[2] != "Test <system>" || !strings.HasPrefix(row[5], "Thing ") || row[6] != "From: <b>here</b>" {
			t.Errorf("%s: %q", query, row)
		}
	}
	for _, query := range []string{"action=no.such", "action=%3Cscript%3E", "outcome=maybe", "from=yesterday", "to=1/2/19", "from=2026-02-30", "from=2026-02-02&to=2026-02-01", "person=%00", "before=x", "before=0", "before=-1", "before=9223372036854775808"} {
		if got := v.Get("/admin/audit?" + query).Status; got != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", query, got)
		}
	}
}

// Administrators see the accounts that they look after, with a button for each
// that is in use but their own.
func TestAccounts(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	for role, others := range map[policy.Role]int{policy.InstanceAdmin: len(policy.Roles) - 1, policy.MemberAdmin: len(policy.Roles) - 2} {
		page := site.As(t, role).Page("/admin/accounts")
		page.Check()
		rows := page.Rows("Accounts")
		buttons := 0
		for _, row := range rows {
			switch own := row[0] == "Demo "+string(role); {
			case row[3] != "In use":
				t.Errorf("%s: %q", role, row)
			case own && row[4] != "":
				t.Errorf("%s is offered to lock themselves out: %q", role, row)
			case !own && row[4] == "Disable "+row[0]:
				buttons++
			}
		}
		if buttons != others {
			t.Errorf("%s has %d buttons for %d accounts", role, buttons, len(rows))
		}
	}
}

// Disabling asks first, on a page that says whose account it is and what it
// means, and that works without scripts; then the account can be enabled.
func TestDisablingAsksFirst(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	admin := site.As(t, policy.MemberAdmin)
	list := admin.Page("/admin/accounts")
	ask := admin.Page(list.Href("Disable Demo analyst"))
	ask.Check()
	for _, says := range []string{"Disable the account of Demo analyst?", "Sign-in name demo-analyst", "Roles analyst", "signed out everywhere at once", "until an administrator enables it again"} {
		if !strings.Contains(ask.Main(), says) {
			t.Errorf("the page does not say %q: %s", says, ask.Main())
		}
	}
	forms := ask.All("form")
	form := forms[len(forms)-1]
	if pagetest.Attribute(form, "action") != "/admin/accounts/disable" || pagetest.Attribute(form, "method") != "post" || ask.Href("Keep the account and go back") != "/admin/accounts" {
		t.Errorf("the page has the form %v", form.Attr)
	}
	if account, err := a.Auth.ToDisable(context.Background(), policy.System("test"), "demo-analyst"); err != nil || account.Disabled() {
		t.Errorf("asking disabled the account: %v", err)
	}
	if got := admin.Post("/admin/accounts/disable", url.Values{"sign-in-name": {"demo-analyst"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("disabling answers %d", got.Status)
	}
	rows := admin.Page("/admin/accounts").Rows("Accounts")
	if i := slices.IndexFunc(rows, func(row []string) bool { return row[0] == "Demo analyst" }); i < 0 || rows[i][3] != "Disabled" || rows[i][4] != "Enable Demo analyst" {
		t.Errorf("the accounts are %q", rows)
	}
}

// What must not be disabled is refused before and after the question, and who
// may not disable is told the same of every name.
func TestDisablingRefused(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	tests := []struct {
		role   policy.Role
		name   string
		status int
		says   string
	}{
		{policy.InstanceAdmin, "demo-instance-administrator", 422, "You cannot disable your own account."},
		{policy.MemberAdmin, "demo-member-administrator", 422, "You cannot disable your own account."},
		{policy.InstanceAdmin, "nobody-here", 404, "There is no account with the sign-in name nobody-here."},
		{policy.MemberAdmin, "demo-instance-administrator", 403, "There is nothing at this address"},
		{policy.MemberAdmin, "nobody-here", 403, "There is nothing at this address"},
		{policy.Analyst, "demo-evaluator", 403, "Your role does not let you disable an account."},
	}
	for _, test := range tests {
		v := site.As(t, test.role)
		asked := v.Get("/admin/accounts/" + test.name + "/disable")
		if asked.Status != test.status || !strings.Contains(pagetest.Read(t, asked.Body).Main(), test.says) {
			t.Errorf("%s, %s: asking answers %d", test.role, test.name, asked.Status)
		}
		if sent := v.Post("/admin/accounts/disable", url.Values{"sign-in-name": {test.name}}); sent.Status != test.status {
			t.Errorf("%s, %s: sending answers %d", test.role, test.name, sent.Status)
		}
	}
	if got := site.Stranger(t).Get("/admin/accounts/demo-analyst/disable"); got.Header.Get("Location") != "/sign-in?next=%2Fadmin%2Faccounts%2Fdemo-analyst%2Fdisable" {
		t.Errorf("a visitor: %d", got.Status)
	}
}
