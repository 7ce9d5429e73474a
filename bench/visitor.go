package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// pageLimit is how many addresses one visitor looks at. More would mean that
// pages link to ever new ones, so it is an error.
const pageLimit = 5000

// page is the media type of a page.
const page = "text/html"

// A visitor is one signed-in browser without the browser.
type visitor struct {
	role   string // empty for somebody who has not signed in
	base   string
	client *http.Client
}

// An answer is what came back for one address.
type answer struct {
	status int
	kind   string // media type, without parameters
	body   string
}

func newVisitor(base, role string) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("cookies: %w", err)
	}
	return &visitor{role: role, base: base, client: &http.Client{Jar: jar}}, nil
}

func (v *visitor) get(path string) (answer, error) {
	return v.send(http.MethodGet, path, nil)
}

func (v *visitor) post(path string, form url.Values) (answer, error) {
	return v.send(http.MethodPost, path, form)
}

func (v *visitor) send(method, path string, form url.Values) (answer, error) {
	request, err := http.NewRequestWithContext(context.Background(), method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return answer{}, fmt.Errorf("request %s: %w", path, err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := v.client.Do(request)
	if err != nil {
		return answer{}, fmt.Errorf("request %s: %w", path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, fmt.Errorf("read %s: %w", path, err)
	}
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	return answer{status: response.StatusCode, kind: kind, body: string(body)}, nil
}

var address = regexp.MustCompile(`<a\s[^>]*?href="(/[^"#]*)`)

// links returns the addresses of this site that a page links to, in page order.
func links(body string) []string {
	var found []string
	for _, match := range address.FindAllStringSubmatch(body, -1) {
		if link := html.UnescapeString(match[1]); !strings.HasPrefix(link, "//") {
			found = append(found, link)
		}
	}
	return found
}

// crawl returns the addresses that can be reached by links from start, start
// included, that answer 200, with the kind of what they answer. Pages link
// only to what the visitor may see, so any other answer is an error.
func (v *visitor) crawl(start string) (map[string]string, error) {
	kinds := map[string]string{}
	seen := map[string]bool{start: true}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		if len(kinds) == pageLimit {
			return nil, fmt.Errorf("more than %d addresses can be reached from %s as %s, the last %s", pageLimit, start, v.role, queue[0])
		}
		got, err := v.get(queue[0])
		if err != nil {
			return nil, err
		}
		if got.status != http.StatusOK {
			return nil, fmt.Errorf("%s as %s is linked to but answers %d", queue[0], v.role, got.status)
		}
		kinds[queue[0]] = got.kind
		if got.kind != page {
			continue
		}
		for _, link := range links(got.body) {
			if !seen[link] {
				seen[link] = true
				queue = append(queue, link)
			}
		}
	}
	return kinds, nil
}
