package ui

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"sir/internal/chart"
)

// gallery is a small made-up site that shows every component, for the browser
// tests to judge and for us to look at.
var gallery = map[string]func() (Page, templ.Component){
	"/":               galleryHome,
	"/measure/rates":  galleryMeasure,
	"/measure/charts": galleryCharts,
	"/plan/form":      galleryForm,
	"/share/shelf":    galleryShelf,
	"/hostile":        galleryHostile,
	"/sign-in":        gallerySignIn,
	"/sign-in-failed": gallerySignInFailed,
	"/404":            func() (Page, templ.Component) { return ErrorPage(http.StatusNotFound, "", "K3V9QX7M2A") },
	"/500":            func() (Page, templ.Component) { return ErrorPage(http.StatusInternalServerError, "", "K3V9QX7M2A") },
}

// all renders one component after the other.
func all(components ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, c := range components {
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

func raw(markup string) templ.Component { return templ.Raw(markup) }

func with(c templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, all(children...)), w)
	})
}

func galleryHome() (Page, templ.Component) {
	steps := []Card{
		{Heading: "Plan", Href: PlanPath, Description: "Choose an approach that fits the innovation and the place, and set up the rollout."},
		{Heading: "Do", Href: DoPath, Description: "Record stages, decisions, context and what people say, as it happens."},
		{Heading: "Measure", Href: MeasurePath, Description: "See who has adopted what, out of how many, and since when."},
		{Heading: "Explain", Href: ExplainPath, Description: "Compare rollouts to see which conditions go with success."},
		{Heading: "Share", Href: SharePath, Description: "Publish dated insights, and use them to plan the next rollout."},
	}
	var cards []templ.Component
	for _, step := range steps {
		step.Clickable, step.Variant, step.HeadingSize = true, CardPrimary, SizeM
		cards = append(cards, step)
	}
	return Page{Title: "What spreads, and why", Lede: "Plan a rollout, record how it goes, measure adoption, explain the differences and share what was learnt."},
		all(with(CardGrid(), cards...),
			Stats{Items: []Stat{
				{Value: "7 of 15", Label: "networks at or over 50%", Note: "Quarter 3, 2019 to 2020"},
				{Value: "120", Label: "made-up sites", Note: "In 15 made-up networks"},
				{Value: "3", Label: "rollouts under way", Note: "1 stopped, with a reason"},
			}},
			ActionLink{Text: "Start a rollout", Href: "/plan/new"})
}

// drawn makes a component of a chart in both its layouts.
func drawn(c chart.Responsive) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return chart.Figure(w, c) })
}

var galleryChart = chart.DotPlot{
	Frame:     chart.Frame{ID: "dots", Title: "Adoption rate by network", Desc: "Three quarters for each network."},
	Measure:   chart.Measure{Unit: "%", Decimals: 1},
	RowHeader: "Network",
	Points:    []string{"Q3 2018 to 2019", "Q3 2019 to 2020", "Q2 2020 to 2021"},
	Rows: []chart.DotRow{
		{Name: "Made-up Coast Innovation Network", Values: []chart.Value{chart.Number(12), chart.Number(41.5), chart.Number(63.2)}, Note: "up 21.7"},
		{Name: "Made-up Hills Innovation Network", Values: []chart.Value{chart.Missing("not reported"), chart.Number(8.4), chart.Number(47.9)}, Note: "up 39.5"},
		{Name: "Made-up Rivers Innovation Network", Values: []chart.Value{chart.Number(55.1), chart.Number(71), chart.Number(70.3)}, Note: "down 0.7"},
	},
	Target: &chart.Target{Value: 50, Label: ">= 50"},
}

func galleryMeasure() (Page, templ.Component) {
	columns := []Column{{Text: "Network", Href: "?sort=network", Sort: Ascending}}
	for _, quarter := range []string{"Q3 2018 to 2019", "Q3 2019 to 2020", "Q2 2020 to 2021", "Change 1", "Change 2"} {
		columns = append(columns, Column{Text: quarter, Numeric: true})
	}
	table := Table{ID: "rates", Caption: "Adoption rate by network, percent", CaptionSize: SizeM, Columns: columns,
		RowHeaders: true, Scroll: true, Compact: true, Striped: true,
		Rows: [][]Cell{
			Text("Made-up Coast Innovation Network", "12.0", "41.5", "63.2", "29.5", "21.7"),
			Text("Made-up Hills Innovation Network", "0.0", "8.4", "47.9", "8.4", "39.5"),
			Text("Made-up Rivers Innovation Network", "55.1", "71.0", "70.3", "15.9", "-0.7"),
		},
		Foot: [][]Cell{Text("All networks (pooled)", "21.9", "40.2", "60.4", "18.3", "20.2")},
	}
	inFigure := table
	inFigure.ID, inFigure.CaptionSize = "rates-again", SizeS
	page := Page{Title: "Adoption rates", Caption: "Made-up example programme", Lede: "How far each network has got, out of the sites that could adopt.",
		Notices: []Notice{{Heading: "Two of the published figures disagree", Text: "The total is not the sum of its parts.", Link: Link{"See how", "#rates"}}},
		Flow:    Flow{From: []Link{{"Quarterly returns", "/do/returns"}, {"Eligible sites", "/do/sites"}}, To: []Link{{"Case tables", "/explain/cases"}, {"Published insights", "/share"}}}}
	return page, all(
		with(Filter{Action: "/measure/rates", Label: "Filter rates", Clear: "/measure/rates"},
			Select{Name: "programme", Label: "Programme", Options: []SelectOption{{Value: "a", Text: "Made-up example"}, {Value: "b", Text: "Another"}}},
			Input{Name: "from", Label: "From quarter", Width: 10}),
		Figure{ID: "chart", Title: "Adoption rate, three quarters", Reading: "The pooled rate rose from 21.9% (of 120 sites) to 60.4% (of 118 sites).", Chart: drawn(galleryChart),
			Table: inFigure, Downloads: []Link{{"Chart (SVG)", "/x.svg"}, {"Numbers (CSV)", "/x.csv"}}, Source: Link{"Made-up returns", "/do/returns"}},
		table,
		with(Details{Summary: "How this is computed"}, raw("<p>Sites at or over the adopted level, divided by the sites that were eligible in the quarter.</p>")),
		Pages(4, 12, func(n int) string { return "?page=" + strings.Repeat("1", n) }))
}

func galleryForm() (Page, templ.Component) {
	errors := FieldErrors{{"title", "Enter a name for the rollout"}, {"start-day", "Start date must include a day"}, {"reach", "Choose how far it should reach"}}
	options := []Option{{Value: "site", Text: "One site"}, {Value: "network", Text: "One network", Hint: "All sites of one member"}, {Divider: "or"},
		{Value: "all", Text: "All networks", Conditional: Input{Name: "lead", Label: "Which network leads?", Width: 20}}}
	return Page{Title: "Start a rollout", Errors: errors, Back: &Link{"Back to plans", PlanPath}},
		with(Form{Action: "/plan/new"},
			Input{Name: "title", Label: "Name", Hint: "As people call it in the network", Error: errors.For("title")},
			Textarea{Name: "aim", Label: "What should be different at the end?", Value: "Every clinic offers the test."},
			DateInput{Name: "start", Legend: "When does it start?", LegendSize: SizeS, Hint: "For example, 27 3 2026", Month: "3", Year: "2026", Error: errors.For("start-day"), Wrong: []string{"day"}},
			Radios{Name: "reach", Legend: "How far should it reach?", LegendSize: SizeS, Options: options, Value: "all", Error: errors.For("reach")},
			Checkboxes{Name: "who", Legend: "Who is in the team?", LegendSize: SizeS, Small: true, Values: []string{"a"}, Options: []Option{{Value: "a", Text: "Project manager"}, {Value: "b", Text: "Clinical champion"}, {Divider: "or"}, {Value: "c", Text: "Nobody yet", Exclusive: true}}},
			Select{Name: "approach", Label: "Approach", Options: []SelectOption{{Value: "", Text: "Choose one"}, {}, {Value: "b", Text: "Breakthrough collaborative"}}},
			Input{Name: "target", Label: "Target", Suffix: "%", Width: 3, InputMode: "numeric"},
			PasswordInput{Name: "secret", Label: "Password"},
			with(Fieldset{Legend: "Contact", LegendSize: SizeS}, Input{Name: "phone", Label: "Phone", Type: "tel", Width: 20, Code: true}),
			with(WarningCallout{Heading: "Before you start", Level: 2}, raw(`<p class="nhsuk-card__description">A stopped rollout needs a reason and a lesson.</p>`)),
			with(ButtonGroup(), Button{Text: "Save and continue"}, Button{Text: "Save as draft", Variant: ButtonSecondary}, Button{Text: "Delete", Hidden: "this rollout", Variant: ButtonWarning, Small: true}))
}

func galleryShelf() (Page, templ.Component) {
	return Page{Title: "Approaches", Breadcrumbs: []Link{{"Home", "/"}, {"Share", SharePath}, {"Shelves", "/share/shelves"}}, Lede: "Ways of spreading an innovation, when to use each and when to take care."},
		all(
			with(Panel{Heading: "Insight published", Level: 2, Size: SizeL}, raw("It expires on 1 March 2027")),
			ContentsList{Label: "Shelves", Items: []NavItem{{Text: "Approaches", Current: CurrentPage}, {Text: "Factors", Href: "/f"}, {Text: "National levers", Href: "/l"}}},
			with(Columns(),
				DoDontList{Heading: "Use when", Level: 2, Items: []string{"there is a champion at each site", "results can be seen within a quarter"}},
				DoDontList{Heading: "Take care when", Level: 2, Kind: Care, Items: []string{"sites are still changing their records system", "funding ends before the pilot does"}}),
			with(InsetText(), raw("<p>A recommendation is dated and expires.</p>")),
			SummaryList{Rows: []SummaryRow{
				{Key: "Level", Value: "Network", Actions: []Action{{Text: "Change", Href: "/x", Hidden: "level"}}},
				{Key: "Evidence", Content: Tag{Text: "Moderate", Colour: TagBlue}},
				{Key: "Source", Value: "Table 4.2", Actions: []Action{{Text: "Change", Href: "/x", Hidden: "source"}, {Text: "Remove", Href: "/y", Hidden: "source"}}}}},
			TaskList{IDPrefix: "stage", Tasks: []Task{
				{Text: "Agree the aim", Href: "/1", Status: Tag{Text: "Completed", Quiet: true}},
				{Text: "Find champions", Hint: "At least one a site", Href: "/2", Status: Tag{Text: "In progress", Colour: TagBlue}},
				{Text: "Train staff", Status: Tag{Text: "Cannot start yet", Quiet: true}}}},
			with(Details{Summary: "Where this is used", Expander: true, Open: true}, raw("<p>In 3 rollouts.</p>")),
			Card{Heading: "Lesson", Description: "Visit before you write.", Variant: CardFeature},
			Card{Heading: "Rollout in Made-up Coast", Description: "Started in 2026.", Actions: []Action{{Text: "Change", Href: "/c"}}},
			Table{Caption: "Tags", Columns: []Column{{Text: "Status"}, {Text: "Means"}, {Text: "Actions", Hidden: true}}, Responsive: true, RowHeaders: true,
				Rows: [][]Cell{{{Content: Tag{Text: "Live", Colour: TagGreen}}, {Text: "Sites are adopting now"}, {Text: "Change", Href: "/z", Hidden: "live"}},
					{{Content: Tag{Text: "Stopped", Colour: TagRed}}, {Text: "Ended before its aim"}, {Text: "Change", Href: "/z", Hidden: "stopped"}}}},
			Pagination{Previous: Link{"Factors", "/a"}, Next: Link{"National levers", "/b"}})
}

// hostileName is longer than a line and holds markup and marks that turn the
// direction of text.
var hostileName = strings.Repeat("Wide", 60) + `<script>alert(1)</script>` + "\u202Eright to left\u202C" + `"><img src=x onerror=alert(2)>`

func galleryHostile() (Page, templ.Component) {
	return Page{Title: hostileName, Caption: hostileName, Lede: hostileName, Query: hostileName, User: &User{Name: hostileName, Role: hostileName},
			Breadcrumbs: []Link{{hostileName, "javascript:alert(3)"}}, Notices: []Notice{{Heading: hostileName, Text: hostileName}},
			Errors: FieldErrors{{"title", hostileName}}, FooterNote: hostileName},
		all(Input{Name: "title", Label: hostileName, Hint: hostileName, Error: hostileName, Value: hostileName},
			Button{Text: hostileName}, Tag{Text: hostileName},
			Card{Heading: hostileName, Href: "javascript:alert(4)", Description: hostileName},
			SummaryList{Rows: []SummaryRow{{Key: hostileName, Value: hostileName}}},
			Table{ID: "hostile", Caption: hostileName, Columns: []Column{{Text: hostileName}, {Text: "Rate", Numeric: true}}, Rows: [][]Cell{Text(hostileName, "1")}, Scroll: true},
			Details{Summary: hostileName})
}

var galleryRoles = []DemoRole{
	{"spread_manager", "Spread manager", "Plans and runs rollouts in one network."},
	{"programme_lead", "Programme lead", "Leads a programme across all networks."},
	{"evaluator", "Evaluator", "Codes cases and runs analyses."},
	{"analyst", "Analyst", "Loads returns and checks rates."},
	{"administrator", "Administrator", "Looks after accounts and settings."},
}

func gallerySignIn() (Page, templ.Component) {
	return SignInPage(SignIn{Roles: galleryRoles, Next: "/measure"})
}

func gallerySignInFailed() (Page, templ.Component) {
	return SignInPage(SignIn{Name: "sam", Errors: FieldErrors{{"name", "Check the name and password, and try again"}}})
}
