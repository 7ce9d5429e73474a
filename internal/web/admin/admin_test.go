package admin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

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
	for query, want := range map[string]int{
		"action=settings.change":                 5,
		"outcome=refused":                        3,
		"action=settings.change&outcome=refused": 2,
		"action=account.disable&outcome=done":    0,
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
		if row := rows[0]; row[2] != "Test <system>" || row[6] != `{"from":"\u003cb\u003ehere\u003c/b\u003e"}` {
			t.Errorf("%s: %q", query, row)
		}
	}
	for _, query := range []string{"action=no.such", "action=%3Cscript%3E", "outcome=maybe", "before=x", "before=0", "before=-1", "before=9223372036854775808"} {
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
