package web_test

import (
	"net/http"
	"net/url"
	"strings"

	"sir/internal/web/reference/pagetest"
)

// entriesEnough is how many entries of a shelf a crawl reads: they are alike.
const entriesEnough = 3

// crawl follows the links of all pages from the start page on and answers
// every address that it came to. Each must answer 200. Addresses that differ in
// their query alone count as one, so that filters do not multiply.
func (v *visitor) crawl() []string {
	v.t.Helper()
	seen, entries := map[string]bool{}, map[string]int{}
	var addresses []string
	queue := []string{"/"}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		path, _, _ := strings.Cut(address, "?")
		shelf := shelfOf(path)
		if seen[path] || shelf != "" && entries[shelf] == entriesEnough {
			continue
		}
		seen[path] = true
		entries[shelf]++
		addresses = append(addresses, path)
		queue = append(queue, v.links(address)...)
	}
	return addresses
}

// shelfOf is the shelf whose entry stands at a path; empty where none does.
func shelfOf(path string) string {
	if parts := strings.Split(path, "/"); len(parts) == 4 && parts[1] == "shelves" {
		return parts[2]
	}
	return ""
}

// links answers where the links of a page lead, without fragments. A download
// has none.
func (v *visitor) links(address string) []string {
	v.t.Helper()
	a := v.get(address)
	if a.status != http.StatusOK {
		v.t.Errorf("a link leads to %s, which answers %d", address, a.status)
	}
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		return nil
	}
	from, err := url.Parse(address)
	if err != nil {
		v.t.Fatal(err)
	}
	var found []string
	for _, link := range pagetest.Read(v.t, a.body).All("a") {
		to, err := from.Parse(pagetest.Attribute(link, "href"))
		if err != nil || to.IsAbs() || to.Host != "" {
			v.t.Errorf("%s links to %q", address, pagetest.Attribute(link, "href"))
			continue
		}
		found = append(found, to.RequestURI())
	}
	return found
}
