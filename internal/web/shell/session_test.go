package shell_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

func well(r *shell.Request) error { return r.Render(ui.Page{Title: "Well"}, templ.NopComponent) }

// A page that needs no session makes none: no cookie, no row.
func TestNoSessionWithoutNeed(t *testing.T) {
	s := serve(t, page("/x", well))
	if got := s.get(t, "/x"); len(got.Result().Cookies()) != 0 {
		t.Errorf("got the cookies %v", got.Result().Cookies())
	}
}

// A notice shows on the next page, once, and says what it was given.
func TestNotice(t *testing.T) {
	s := serve(t, page("/x", well), form("/do", func(r *shell.Request) error {
		r.Notify("Saved <b>it</b>.")
		return r.Redirect("/x")
	}))
	done := s.do(t, http.MethodPost, "/do", "")
	if done.Code != http.StatusSeeOther || done.Header().Get("Location") != "/x" {
		t.Fatalf("%d to %q", done.Code, done.Header().Get("Location"))
	}
	cookies := done.Result().Cookies()
	if first := s.get(t, "/x", cookies...).Body.String(); !strings.Contains(first, "Saved &lt;b&gt;it&lt;/b&gt;.") {
		t.Errorf("the next page has no notice:\n%s", first)
	}
	if second := s.get(t, "/x", cookies...).Body.String(); strings.Contains(second, "Saved") {
		t.Error("the notice shows twice")
	}
}

// When sessions cannot be read or kept, the answer is one page that says so,
// and the log has why.
func TestSessionStoreFails(t *testing.T) {
	notify := func(r *shell.Request) error {
		r.Notify("Saved.")
		return r.Redirect("/x")
	}
	renders := func(r *shell.Request) error {
		r.Notify("Saved.")
		return r.RenderStatus(http.StatusOK, ui.Page{Title: "Well"}, templ.NopComponent)
	}
	cookie := &http.Cookie{Name: "sir_session", Value: "some-token"}
	tests := map[string]struct {
		address string
		cookies []*http.Cookie
		says    string
	}{
		"read":                    {"/well", []*http.Cookie{cookie}, "session: read session"},
		"kept before a redirect":  {"/notify", nil, "session: keep session"},
		"kept before a page":      {"/renders", nil, "session: keep session"},
		"read where nothing is":   {"/nowhere", []*http.Cookie{cookie}, "session: read session"},
		"nothing kept on failure": {"/fails", nil, "session: keep session"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t, page("/x", well), page("/well", well), page("/notify", notify), page("/renders", renders),
				page("/fails", func(r *shell.Request) error {
					r.Notify("Saved.")
					panic("after a notice")
				}))
			if _, err := s.app.Desk.DB.Exec(t.Context(), `DROP TABLE session`); err != nil {
				t.Fatal(err)
			}
			got := s.get(t, test.address, test.cookies...)
			body := got.Body.String()
			lines := s.lines(t)
			last := lines[len(lines)-1]
			if got.Code != http.StatusInternalServerError || strings.Count(body, "<!doctype html>") != 1 {
				t.Errorf("%d with %d pages", got.Code, strings.Count(body, "<!doctype html>"))
			}
			if !strings.Contains(last.Error, test.says) || !strings.Contains(body, last.Incident) || strings.Contains(body, "session:") {
				t.Errorf("logged %+v, sent:\n%s", last, body)
			}
		})
	}
}
