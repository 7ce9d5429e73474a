package home_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// TestNoLinkLeadsNowhere follows every link that a role meets, from the start
// page on: none may be refused or missing, and every page has one H1.
func TestNoLinkLeadsNowhere(t *testing.T) {
	a := pagetest.Demo(t)
	site := pagetest.Serve(t, a, web.Routes(a, true))
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
					if !seen[next] && !strings.HasPrefix(next, "/api/") { // served beside the pages
						seen[next] = true
						queue = append(queue, next)
					}
				}
			}
			if len(seen) < 300 {
				t.Errorf("only %d pages were found: the shelves alone have more", len(seen))
			}
		})
	}
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
