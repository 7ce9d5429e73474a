//go:build browser

package returns

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web/account"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// window is a window in which somebody in the role is signed in.
func (w *world) window(role policy.Role) *browsertest.Session {
	w.t.Helper()
	server := httptest.NewServer(pagetest.Serve(w.t, w.app, slices.Concat(account.Routes(w.app.Auth, true), Routes(w.app.Adoption))).Handler)
	w.t.Cleanup(server.Close)
	s := browsertest.Open(w.t, server.URL)
	s.Goto("/sign-in?next=" + url.QueryEscape(returnsPath(madeUp)))
	s.Follow(browsertest.CSS(fmt.Sprintf(`input[name="role"][value="%s"] + button`, role)))
	return s
}

func picture(name string, width int) string {
	name = strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.Trim(name, "/"))
	return filepath.Join("..", "..", "..", "build", "_shot", fmt.Sprintf("returns-%.60s-%d.png", name, width))
}

func judge(s *browsertest.Session, name string) {
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s.SetWidth(width)
		s.JudgeAsIs()
		s.Screenshot(picture(name, width))
	}
}

func TestPagesInABrowser(t *testing.T) {
	w := open(t)
	s := w.window(policy.ProgrammeLead)
	earlier := memberPath(madeUp, w.last.Collection, w.last.Periods[1], ownMember)
	for name, address := range map[string]string{
		"status": returnsPath(madeUp), "form": w.path(ownMember), "form-last": w.path(ownMember) + "?levels=last", "restate": earlier,
		"sent": w.path(ownMember) + "/sent", "approve": w.path(ownMember) + "/approve", "reopen": earlier + "/reopen",
		"upload": w.uploads(), "quality": programmePath(madeUp) + "/quality", "targets": programmePath(madeUp) + "/targets",
		"site-form": partPath(madeUp, w.last.Collection, w.last.Period) + "/sites/" + w.form(ownMember).Sites[0].Code,
	} {
		s.Goto(address)
		judge(s, name)
	}
}

// What a reader meets on the way of a file, with and without faults.
func TestUploadInABrowser(t *testing.T) {
	w := open(t)
	from := w.sender(policy.ProgrammeLead)
	s := w.window(policy.ProgrammeLead)
	for name, file := range map[string]string{"dry-run": w.table(2, "31"), "conflicts": w.table(9, "many")} {
		s.Goto(from.upload("return.csv", file, map[string]string{"period": w.last.Period.Slug()}).Header().Get("Location"))
		judge(s, name)
	}
}

// The form is filled with the keyboard alone, field by field, without a
// script; what is wrong is shown, and mended.
func TestFormWithKeyboardAndWithoutScripts(t *testing.T) {
	w := open(t)
	s := w.window(policy.SpreadManager)
	s.SetJavaScript(false)
	s.Goto(w.path(ownMember))
	form := w.form(ownMember)
	_, referrals, completed := cells(form, 0)
	level, _, _ := cells(form, 1)
	s.Fill(browsertest.CSS("#"+referrals), "12")
	s.Fill(browsertest.CSS("#"+completed), "13")
	s.Press(browsertest.Tab, browsertest.Tab)
	if got := s.Focused(); !strings.Contains(got, level) {
		t.Errorf("after a site's last field and its reason comes %s, want %s", got, level)
	}
	s.Press(browsertest.Tab, "7")
	s.FollowStatus(browsertest.Button("Send"), 422)
	judgeNarrow(s, "form-wrong")
	s.Fill(browsertest.CSS("#"+completed), "11")
	s.Follow(browsertest.Button("Send"))
	if got := s.Path(); got != w.path(ownMember)+"/sent" {
		t.Errorf("sending leads to %s", got)
	}
	if now := w.form(ownMember).Sites[0].Now[form.Measures[1].Key]; now != 12 {
		t.Errorf("kept is %d", now)
	}
}

func judgeNarrow(s *browsertest.Session, name string) {
	s.SetWidth(browsertest.Narrow)
	s.NoSidewaysScroll()
	s.Screenshot(picture(name, browsertest.Narrow))
}
