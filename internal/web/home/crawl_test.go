package home_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/api"
	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// TestNoLinkLeadsNowhere follows every link that a role meets, from the start
// page on: none may be refused or missing, and every page has one H1.
func TestNoLinkLeadsNowhere(t *testing.T) {
	a := pagetest.Demo(t)
	site := withPrograms(t, a, pagetest.Serve(t, a, web.Routes(a, true)))
	for _, role := range []policy.Role{policy.SpreadManager, policy.Evaluator, policy.Innovator, policy.InstanceAdmin} {
		t.Run(string(role), func(t *testing.T) {
			visitor := site.As(t, role)
			seen := map[string]bool{"/": true}
			for queue := []string{"/"}; len(queue) > 0; queue = queue[1:] {
				answer := visitor.Get(queue[0])
				if answer.Status != http.StatusOK {
					t.Errorf("%s answers %d", queue[0], answer.Status)
					continue
				}
				if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
					continue
				}
				page := pagetest.Read(t, answer.Body)
				page.Check()
				for _, next := range linksFrom(t, page, queue[0]) {
					if !seen[next] {
						seen[next] = true
						queue = append(queue, next)
					}
				}
			}
			if !seen[api.DocsPath] || !seen[api.DocumentPath] {
				t.Errorf("no link leads to %s and on to %s", api.DocsPath, api.DocumentPath)
			}
			if len(seen) < 300 {
				t.Errorf("only %d pages were found: the shelves alone have more", len(seen))
			}
		})
	}
}

// withPrograms serves what is for programs beside the pages, as the service does.
func withPrograms(t *testing.T, a *app.App, site *pagetest.Site) *pagetest.Site {
	t.Helper()
	programs, err := api.New(a, api.Options{Log: slog.New(slog.DiscardHandler), Address: func(r *http.Request) string { return r.RemoteAddr }})
	if err != nil {
		t.Fatal(err)
	}
	return &pagetest.Site{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api.Serves(r.URL.Path) {
			programs.ServeHTTP(w, r)
			return
		}
		site.Handler.ServeHTTP(w, r)
	})}
}

// linksFrom answers the addresses of this service to which a page links. A page
// that is filtered leads on to no other filter: their combinations have no end.
func linksFrom(t *testing.T, page *pagetest.Page, from string) []string {
	t.Helper()
	base, err := url.Parse(from)
	if err != nil {
		t.Fatal(err)
	}
	var next []string
	for _, a := range page.All("a") {
		link, err := base.Parse(pagetest.Attribute(a, "href"))
		if err != nil {
			t.Errorf("%s links to %q: %v", from, pagetest.Attribute(a, "href"), err)
			continue
		}
		if link.Host != "" || link.Scheme != "" || (base.RawQuery != "" && link.RawQuery != "") {
			continue
		}
		link.Fragment = ""
		next = append(next, link.String())
	}
	return next
}
