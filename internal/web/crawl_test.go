package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/pagetest"
)

// visit is an address that somebody came to by links, and what it answered. It
// keeps what tests ask of a page, not its elements: a crawl holds hundreds.
type visit struct {
	address string // with the query of the link
	answer
	looks string  // of a page; empty for a file
	forms []found // on a page
}

func (v visit) isPage() bool { return v.looks != "" }

// enough is how many addresses of one kind a crawl visits: they are alike.
const enough = 3

// crawled is what each role comes to by links, from the start page on, in the
// demonstration. It is read once for a test binary.
func crawled(t *testing.T, role policy.Role) []visit {
	t.Helper()
	crawls.Lock()
	defer crawls.Unlock()
	if crawls.byRole[role] == nil {
		crawls.byRole[role] = open(t, web.Options{Demo: true}).as(t, role).crawl()
	}
	return crawls.byRole[role]
}

var crawls = struct {
	sync.Mutex
	byRole map[policy.Role][]visit
}{byRole: map[policy.Role][]visit{}}

// crawl follows links until there is nothing new. Each must answer 200.
// Addresses that differ in their query alone count as one, so that filters do
// not multiply.
func (v *visitor) crawl() []visit {
	v.t.Helper()
	kinds, seen, count := kindsOf(v.site), map[string]bool{}, map[string]int{}
	var visits []visit
	queue := []string{"/"}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		path, _, _ := strings.Cut(address, "?")
		kind := kinds.of(path)
		if seen[path] || count[kind] == enough {
			continue
		}
		seen[path] = true
		count[kind]++
		one := visit{address: address, answer: v.get(address)}
		if one.status != http.StatusOK {
			v.t.Errorf("a link leads to %s, which answers %d", address, one.status)
		}
		if strings.HasPrefix(one.header.Get("Content-Type"), "text/html") {
			page := pagetest.Read(v.t, one.body)
			one.looks, one.forms = looks(page), formsOn(page)
			queue = append(queue, links(v.t, address, page)...)
		}
		visits = append(visits, one)
	}
	return visits
}

// looks is what makes a page unlike another of its kind: the elements and
// classes that it is made of.
func looks(page *pagetest.Page) string {
	parts := map[string]bool{}
	for _, root := range page.All("html") {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				parts[n.Data+"."+pagetest.Attribute(n, "class")] = true
			}
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(parts)), " ")
}

// links answers where the links of a page lead, without fragments.
func links(t *testing.T, address string, page *pagetest.Page) []string {
	t.Helper()
	from, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, link := range page.All("a") {
		to, err := from.Parse(pagetest.Attribute(link, "href"))
		if err != nil || to.IsAbs() || to.Host != "" {
			t.Errorf("%s links to %q", address, pagetest.Attribute(link, "href"))
			continue
		}
		found = append(found, to.RequestURI())
	}
	return found
}

// kinds tells which route serves an address.
type kinds struct{ mux *http.ServeMux }

func kindsOf(s *site) kinds {
	mux := http.NewServeMux()
	for _, route := range web.Routes(s.app, s.options.Demo) {
		mux.Handle(route.Method+" "+route.Pattern, http.NotFoundHandler())
	}
	return kinds{mux}
}

// of is the route of a path and the programme, shelf or case set under which
// it stands.
func (k kinds) of(path string) string {
	_, pattern := k.mux.Handler(httptest.NewRequest(http.MethodGet, path, http.NoBody))
	parts := strings.Split(path, "/")
	return pattern + " " + strings.Join(parts[:min(3, len(parts))], "/")
}

// found is a form that stands on a page.
type found struct {
	method, action string
	values         url.Values // as it stands there
}

func formsOn(page *pagetest.Page) []found {
	var forms []found
	for _, form := range page.All("form") {
		f := found{pagetest.Attribute(form, "method"), pagetest.Attribute(form, "action"), url.Values{}}
		for n := range form.Descendants() {
			if name := pagetest.Attribute(n, "name"); n.Type == html.ElementNode && name != "" {
				f.values.Set(name, pagetest.Attribute(n, "value"))
			}
		}
		forms = append(forms, f)
	}
	return forms
}

// formsFor answers the forms of all pages that a role comes to, each once.
func formsFor(t *testing.T, role policy.Role) []found {
	t.Helper()
	seen := map[string]found{}
	for _, one := range crawled(t, role) {
		for _, f := range one.forms {
			seen[f.method+" "+f.action] = f
		}
	}
	return slices.Collect(maps.Values(seen))
}

func (v *visitor) send(f found, values url.Values) answer {
	v.t.Helper()
	if f.method == "post" {
		return v.post(f.action, values)
	}
	return v.get(f.action + "?" + values.Encode())
}
