package ui

import (
	"encoding/json"

	"github.com/a-h/templ"
)

func buildErrorSummary(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Heading   words
		ErrorList []struct{ Text, Href string }
	}
	err := strict(o, &in)
	var c ErrorSummary
	for _, one := range in.ErrorList {
		field := ""
		if one.Href != "" {
			field = one.Href[1:]
		}
		c.Errors = append(c.Errors, FieldError{Field: field, Message: one.Text})
	}
	if len(c.Errors) == 0 {
		err = errInexpressible
	}
	return c, err
}

func buildNotice(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Variant NoticeKind
		Text    string
	}
	err := strict(o, &in)
	return Notice{Kind: in.Variant, Heading: in.Text}, err
}

func buildFooter(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Copyright words
		Meta      struct{ Items []Link }
	}
	err := strict(o, &in)
	return Footer{Links: in.Meta.Items, Note: or(string(in.Copyright), "© NHS England")}, err
}

func buildContents(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Items []struct {
			Text, Href string
			Current    bool
		}
	}
	err := strict(o, &in)
	var c ContentsList
	for _, item := range in.Items {
		nav := NavItem{Text: item.Text, Href: item.Href}
		if item.Current {
			nav.Current = CurrentPage
		}
		c.Items = append(c.Items, nav)
	}
	return c, err
}

func buildPagination(o json.RawMessage) (templ.Component, error) {
	type neighbour struct{ Label, Href string }
	var in struct {
		Previous, Next neighbour
		Items          []struct {
			Number            int
			Href              string
			Current, Ellipsis bool
		}
	}
	err := strict(o, &in)
	c := Pagination{Previous: Link{in.Previous.Label, in.Previous.Href}, Next: Link{in.Next.Label, in.Next.Href}}
	for _, item := range in.Items {
		c.Pages = append(c.Pages, PageLink{Number: item.Number, Href: item.Href, Current: item.Current})
	}
	return c, err
}
