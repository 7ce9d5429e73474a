package ui

import (
	"encoding/json"
	"errors"

	"github.com/a-h/templ"
)

// errInexpressible marks an example that our struct leaves out on purpose.
var errInexpressible = errors.New("not expressible")

// body is the content of a component, as text or as HTML.
type body struct{ Text, HTML string }

func (b body) in(c templ.Component, paragraph string) templ.Component {
	switch {
	case b.HTML != "":
		return withChildren(c, b.HTML)
	case paragraph != "":
		return withChildren(c, `<p class="`+paragraph+`">`+templ.EscapeString(b.Text)+`</p>`)
	}
	return withChildren(c, templ.EscapeString(b.Text))
}

func buildTag(o json.RawMessage) (templ.Component, error) {
	var c Tag
	err := strict(o, &c)
	return &c, err
}

func buildDetails(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Summary words
		Classes string
		Open    bool
		body
	}
	err := strict(o, &in)
	return in.in(Details{Summary: string(in.Summary), Open: in.Open, Expander: in.Classes == "nhsuk-expander"}, ""), err
}

func buildInset(o json.RawMessage) (templ.Component, error) {
	var in body
	err := strict(o, &in)
	if in.HTML == "" {
		in.HTML = "<p>" + templ.EscapeString(in.Text) + "</p>"
	}
	return in.in(InsetText(), ""), err
}

func buildCallout(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Heading words
		body
	}
	err := strict(o, &in)
	if in.Heading == "" {
		err = errInexpressible
	}
	return in.in(WarningCallout{Heading: string(in.Heading)}, "nhsuk-card__description"), err
}

func buildPanel(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Heading title
		body
	}
	err := strict(o, &in)
	return in.in(Panel{Heading: in.Heading.Text, Size: in.Heading.Size, Level: in.Heading.Level}, ""), err
}

func buildDoDont(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Heading          title
		Icon, PrefixText string
		HidePrefix       bool
		Items            []struct{ Text string }
	}
	err := strict(o, &in)
	c := DoDontList{Heading: in.Heading.Text, Level: in.Heading.Level, Prefix: in.PrefixText}
	if in.Icon == "cross" {
		c.Kind = Dont
	}
	if c.Kind == Dont && !in.HidePrefix {
		c.Prefix = or(c.Prefix, "do not")
	}
	for _, item := range in.Items {
		c.Items = append(c.Items, item.Text)
	}
	return c, err
}

// cardsWithoutChildren are the examples whose whole content is in their options.
var cardsWithoutChildren = []string{
	"basic with heading link", "basic without heading", "clickable", "feature", "primary (with chevron)",
	"primary (with chevron and description)", "secondary", "secondary with heading link", "secondary without heading", "top task",
}

func buildCard(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Heading     title
		Href        string
		Clickable   bool
		Variant     CardVariant
		Description words
		Actions     struct{ Items []Action }
	}
	err := strict(o, &in)
	return Card{Heading: in.Heading.Text, HeadingSize: in.Heading.Size, Level: in.Heading.Level, Href: in.Href, Clickable: in.Clickable,
		Variant: in.Variant, Description: string(in.Description), Actions: in.Actions.Items}, err
}

// actions are links with hidden words, given as a list or as {"items": ...}.
type actions []Action

func (a *actions) UnmarshalJSON(b []byte) error {
	type item struct{ Text, Href, VisuallyHiddenText string }
	var items []item
	if json.Unmarshal(b, &items) != nil {
		var object struct{ Items []item }
		if err := strict(b, &object); err != nil {
			return err
		}
		items = object.Items
	}
	for _, i := range items {
		if i.Href == "" {
			return errInexpressible
		}
		*a = append(*a, Action{Text: i.Text, Href: i.Href, Hidden: i.VisuallyHiddenText})
	}
	return nil
}

func buildSummary(o json.RawMessage) (templ.Component, error) {
	var in struct {
		LastRowBorder *bool
		Rows          []struct {
			Key     words
			Value   json.RawMessage
			Actions actions
		}
	}
	err := strict(o, &in)
	c := SummaryList{NoLastBorder: in.LastRowBorder != nil && !*in.LastRowBorder}
	for _, row := range in.Rows {
		out := SummaryRow{Key: string(row.Key), Actions: row.Actions}
		var plain words
		var html struct{ HTML string }
		if json.Unmarshal(row.Value, &plain) == nil {
			out.Value = string(plain)
		} else if json.Unmarshal(row.Value, &html) == nil {
			out.Content = templ.Raw(html.HTML)
		}
		c.Rows = append(c.Rows, out)
	}
	return c, err
}

func buildTasks(o json.RawMessage) (templ.Component, error) {
	type status struct {
		Tag struct {
			Text    string
			Colour  any
			Border  *bool
			Classes string
		}
	}
	var in struct {
		IDPrefix string
		Items    []struct {
			Heading, Hint words
			Href          string
			Status        status
		}
	}
	err := strict(o, &in)
	c := TaskList{IDPrefix: in.IDPrefix}
	for _, item := range in.Items {
		tag := Tag{Text: item.Status.Tag.Text, Quiet: item.Status.Tag.Border != nil}
		if colour, ok := item.Status.Tag.Colour.(string); ok {
			tag.Colour = TagColour(colour)
		}
		c.Tasks = append(c.Tasks, Task{Text: string(item.Heading), Href: item.Href, Hint: string(item.Hint), Status: tag})
	}
	return c, err
}
