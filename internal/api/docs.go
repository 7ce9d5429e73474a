package api

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// Pages answers the page that people read: the OpenAPI document in words. It
// is made when it is first asked for.
func Pages(a *app.App) []shell.Route {
	view := sync.OnceValues(func() (docsPage, error) {
		api, err := New(a, Options{})
		if err != nil {
			return docsPage{}, err
		}
		return api.docs(), nil
	})
	return []shell.Route{{Method: http.MethodGet, Pattern: DocsPath, Action: policy.SignIn, Serve: func(r *shell.Request) error {
		page, err := view()
		if err != nil {
			return err
		}
		return r.Render(ui.Page{
			Title: "API", Lede: "How a program sends returns and reads figures.", Breadcrumbs: []ui.Link{{Text: "Start", Href: "/"}},
		}, page.content())
	}}}
}

type docsPage struct{ Operations []operation }

// operation is one operation as the page shows it.
type operation struct {
	ID, Method, Path, Summary, Description string
	Parameters                             []parameter
	Request, Answer                        []property
}

type parameter struct{ Name, In, Meaning string }

// property is a field of a body; Path leads to it, such as items[].percent.
type property struct{ Path, Kind, Meaning string }

func (a *API) docs() docsPage {
	var page docsPage
	for _, route := range a.routes {
		item := a.document.Paths[route.Pattern]
		op := item.Get
		if route.Method == http.MethodPost {
			op = item.Post
		}
		shown := operation{ID: op.OperationID, Method: route.Method, Path: route.Pattern, Summary: op.Summary, Description: op.Description}
		for _, p := range op.Parameters {
			shown.Parameters = append(shown.Parameters, parameter{p.Name, p.In, meaning(p.Description, p.Schema)})
		}
		if op.RequestBody != nil {
			shown.Request = a.properties(op.RequestBody.Content["application/json"])
		}
		shown.Answer = a.properties(op.Responses["200"].Content["application/json"])
		page.Operations = append(page.Operations, shown)
	}
	return page
}

func (a *API) properties(content *huma.MediaType) []property {
	if content == nil || content.Schema == nil {
		return nil
	}
	return a.walk("", content.Schema)
}

// walk lists what an object holds, what stands inside after it.
func (a *API) walk(path string, s *huma.Schema) (list []property) {
	if s = a.resolved(s); s == nil {
		return nil
	}
	if s.Type == huma.TypeArray {
		return a.walk(path+"[]", s.Items)
	}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		field := s.Properties[name]
		inner, at := a.resolved(field), strings.TrimPrefix(path+"."+name, ".")
		list = append(list, property{at, kindOf(inner, slices.Contains(s.Required, name)), meaning(field.Description, inner)})
		list = append(list, a.walk(at, inner)...)
	}
	return list
}

func (a *API) resolved(s *huma.Schema) *huma.Schema {
	if s != nil && s.Ref != "" {
		return a.document.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func kindOf(s *huma.Schema, required bool) string {
	said := s.Type
	if s.Type == "" {
		said, _ = s.Extensions["type"].(string)
	}
	kind := map[string]string{
		huma.TypeArray: "list", huma.TypeObject: "object", huma.TypeBoolean: "true or false", huma.TypeInteger: "whole number",
		huma.TypeNumber: "number", huma.TypeString: "text",
	}[said]
	if s.Format == "date" {
		kind = "date"
	}
	if !required {
		kind += ", may be left out"
	}
	return kind
}

// meaning is a description with the values that can stand there.
func meaning(description string, s *huma.Schema) string {
	var parts []string
	if description != "" {
		parts = append(parts, description)
	}
	if s != nil && len(s.Enum) > 0 {
		var values []string
		for _, v := range s.Enum {
			if text, ok := v.(string); ok {
				values = append(values, text)
			}
		}
		parts = append(parts, "One of: "+strings.Join(values, ", ")+".")
	}
	return strings.Join(parts, " ")
}

func (o operation) parameters() ui.Table {
	table := ui.Table{
		ID: o.ID + "-parameters", Caption: "Parameters of " + o.ID, CaptionSize: ui.SizeS, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "Name"}, {Text: "Where"}, {Text: "Meaning"}},
	}
	for _, p := range o.Parameters {
		table.Rows = append(table.Rows, []ui.Cell{{Text: p.Name}, {Text: p.In}, {Text: p.Meaning}})
	}
	return table
}

func (o operation) fields(what string, list []property) ui.Table {
	table := ui.Table{
		ID: o.ID + "-" + what, Caption: "What the " + what + " of " + o.ID + " holds", CaptionSize: ui.SizeS, RowHeaders: true, Responsive: true,
		Columns: []ui.Column{{Text: "Field"}, {Text: "Kind"}, {Text: "Meaning"}},
	}
	for _, p := range list {
		table.Rows = append(table.Rows, []ui.Cell{{Text: p.Path}, {Text: p.Kind}, {Text: p.Meaning}})
	}
	return table
}
