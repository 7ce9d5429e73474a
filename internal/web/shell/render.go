package shell

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"sir/internal/policy"
	"sir/internal/web/ui"
)

// Render fills in what all pages share and writes the page with its content.
func (r *Request) Render(page ui.Page, content templ.Component) error {
	return r.RenderStatus(http.StatusOK, page, content)
}

// RenderStatus is Render with another status, such as 422 for a form with
// errors. Nothing is written when rendering fails.
func (r *Request) RenderStatus(status int, page ui.Page, content templ.Component) error {
	if r.Actor.SignedIn() {
		page.User = &ui.User{Name: r.Actor.Name, Role: r.roles()}
		page.Nav = ui.Loop(r.URL.Path)
	}
	if message := r.kit.Sessions.PopString(r.Context(), noticeKey); message != "" {
		page.Notices = append(page.Notices, ui.Notice{Kind: ui.Success, Heading: message})
	}
	return r.write(status, page, content)
}

// write renders and writes a page, without asking the session for anything.
func (r *Request) write(status int, page ui.Page, content templ.Component) error {
	page.Assets = r.kit.assets()
	page.Demo = r.kit.Demo
	page.Footer, page.FooterNote = r.footer()
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := ui.Layout(page).Render(templ.WithChildren(r.Context(), content), buffer); err != nil {
		return fmt.Errorf("render %q: %w", page.Title, err)
	}
	r.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	r.W.WriteHeader(status)
	_, _ = buffer.WriteTo(r.W) // the reader may be gone by now
	return nil
}

// buffers are reused, because growing one for each page is a third of what
// rendering it allocates.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (r *Request) roles() string {
	var words []string
	for _, role := range r.Actor.Roles() {
		words = append(words, string(role))
	}
	return strings.Join(words, ", ")
}

func (r *Request) footer() (links []ui.Link, note string) {
	if r.Actor.SignedIn() {
		links = append(links, ui.Link{Text: "Reference shelves", Href: "/shelves"}, ui.Link{Text: "Members", Href: "/members"})
	}
	for _, admin := range []struct {
		action policy.Action
		link   ui.Link
	}{
		{policy.ViewAccounts, ui.Link{Text: "Accounts", Href: "/admin/accounts"}},
		{policy.ViewAudit, ui.Link{Text: "Audit trail", Href: "/admin/audit"}},
		{policy.ViewSettings, ui.Link{Text: "Settings", Href: "/admin/settings"}},
	} {
		if policy.Can(r.Actor, admin.action) {
			links = append(links, admin.link)
		}
	}
	return links, "Version " + r.kit.Version
}

func (k *Kit) assets() ui.Assets {
	return ui.Assets{Stylesheet: k.Assets.Path("app.css"), Script: k.Assets.Path("app.js"), Icon: k.Assets.Path("favicon.svg")}
}

// Download writes a file for the reader to keep. name must be one of ours.
func (r *Request) Download(name, contentType string, content []byte) error {
	h := r.W.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	_, _ = r.W.Write(content) // the reader may be gone by now
	return nil
}

// Stream is Download for a file that may be larger than memory. An error
// before the first byte is an error like any other; after it the connection is
// broken off, so that nobody takes a part for the whole.
func (r *Request) Stream(name, contentType string, write func(io.Writer) error) error {
	file := &stream{r: r, name: name, contentType: contentType}
	err := write(file)
	if err != nil && file.begun {
		if r.Context().Err() == nil {
			r.log(http.StatusInternalServerError, fmt.Errorf("download %s: %w", name, err))
		}
		panic(http.ErrAbortHandler)
	}
	return err
}

// stream is a download whose headers are sent with its first byte.
type stream struct {
	r                 *Request
	name, contentType string
	begun             bool
}

func (s *stream) Write(p []byte) (int, error) {
	if !s.begun {
		s.begun = true
		h := s.r.W.Header()
		h.Set("Content-Type", s.contentType)
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", s.name))
	}
	return s.r.W.Write(p)
}
