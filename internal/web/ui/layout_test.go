package ui

import (
	"slices"
	"strings"
	"testing"
)

// fullPage has something in every part of the shell.
func fullPage() Page {
	return Page{
		Title:       "Adoption rates",
		Caption:     "Made-up example programme",
		Lede:        "How far each network has got.",
		Assets:      Assets{Stylesheet: "/static/0/app.css", Script: "/static/0/app.js", Icon: "/static/0/favicon.svg"},
		Nav:         Loop("/measure/tcam"),
		Breadcrumbs: []Link{{"Home", "/"}, {"Measure", MeasurePath}},
		User:        &User{Name: "Example user", Role: "Programme lead"},
		Demo:        true,
		Query:       "stroke",
		Notices: []Notice{
			{Kind: Success, Heading: "Return saved"},
			{Heading: "Two figures disagree", Text: "See the notes.", Link: Link{"Notes", "#notes"}},
		},
		Flow:       Flow{From: []Link{{"Quarterly returns", "/do/returns"}}, To: []Link{{"Analyses", ExplainPath}}},
		Footer:     []Link{{"Accessibility", "/accessibility"}},
		FooterNote: "Version 0",
	}
}

func TestLayoutShowsEveryPartOfThePage(t *testing.T) {
	page := parse(t, render(t, withChildren(Layout(fullPage()), "<p>Content</p>")))
	body := text(page)
	for _, want := range []string{
		ServiceName, "Skip to main content", "Demonstration.", "Measure", "Example user", "Programme lead", "Sign out",
		"Back to Measure", "Success", "Return saved", "Important", "Two figures disagree", "See the notes.",
		"Made-up example programme Adoption rates", "How far each network has got.", "Content",
		"Where this comes from", "Quarterly returns", "Where this goes next", "Analyses", "Accessibility", "Version 0",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if got := attr(find(page, class("nhsuk-input"))[0], "value"); got != "stroke" {
		t.Errorf("the search box holds %q, want the query", got)
	}
}

func TestLayoutLeavesOutWhatThePageLacks(t *testing.T) {
	markup := render(t, Layout(Page{Title: "Page not found"}))
	for _, unwanted := range []string{
		"sir-demo", "nhsuk-breadcrumb", "nhsuk-back-link", "nhsuk-notification-banner", "nhsuk-error-summary",
		"sir-flow", "nhsuk-header__navigation", "Sign out", "nhsuk-lede-text", "Support links",
	} {
		if strings.Contains(markup, unwanted) {
			t.Errorf("an empty page has %s", unwanted)
		}
	}
	if !strings.Contains(markup, "Sign in") {
		t.Error("a page for nobody does not offer to sign in")
	}
}

func TestTitle(t *testing.T) {
	tests := []struct {
		name string
		page Page
		want string
	}{
		{"plain", Page{Title: "Sign in"}, "Sign in - Spread Intelligence Repository"},
		{"the heading does not change it", Page{Title: "Rates", Heading: "Rates of adoption"}, "Rates - Spread Intelligence Repository"},
		{"with errors", Page{Title: "Sign in", Errors: FieldErrors{{"name", "Enter your name"}}}, "Error: Sign in - Spread Intelligence Repository"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			titles := find(parse(t, render(t, Layout(test.page))), tag("title"))
			if got := texts(titles); !slices.Equal(got, []string{test.want}) {
				t.Errorf("got %q, want %q once", got, test.want)
			}
		})
	}
}

func TestOneHeading(t *testing.T) {
	tests := []struct {
		name    string
		page    Page
		content string
		want    string
	}{
		{"from the title", Page{Title: "Rates"}, "", "Rates"},
		{"its own", Page{Title: "Rates", Heading: "Rates of adoption"}, "", "Rates of adoption"},
		{"in the content", Page{Title: "Name", OwnHeading: true}, "<h1>What is your name?</h1>", "What is your name?"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := parse(t, render(t, withChildren(Layout(test.page), test.content)))
			if got := texts(find(page, tag("h1"))); !slices.Equal(got, []string{test.want}) {
				t.Errorf("got %q, want %q once", got, test.want)
			}
		})
	}
}

func TestLoopMarksTheStepOfThePage(t *testing.T) {
	tests := []struct {
		path string
		want map[string]Current
	}{
		{"/measure", map[string]Current{"Measure": CurrentPage}},
		{"/measure/tcam", map[string]Current{"Measure": CurrentSection}},
		{"/measures", nil},
		{"/", nil},
		{"/domains", nil},
		{"/do/returns/1", map[string]Current{"Do": CurrentSection}},
	}
	for _, test := range tests {
		for _, item := range Loop(test.path) {
			if item.Current != test.want[item.Text] {
				t.Errorf("%s: %s is %q, want %q", test.path, item.Text, item.Current, test.want[item.Text])
			}
		}
	}
	var names []string
	for _, item := range Loop("/") {
		names = append(names, item.Text)
	}
	if want := []string{"Plan", "Do", "Measure", "Explain", "Share"}; !slices.Equal(names, want) {
		t.Errorf("the steps are %q, want %q", names, want)
	}
}
