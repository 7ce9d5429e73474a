package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// ServiceName is what the pages call this service.
const ServiceName = "Spread Intelligence Repository"

// Page is everything the shell of a page shows. Title and Assets are required;
// each other field may be left out, and what it feeds is then not shown.
type Page struct {
	// Title names the page in the browser's tab and, unless Heading says
	// otherwise, in its only H1.
	Title string
	// Heading is the H1 where it differs from Title.
	Heading string
	// Caption stands small above the H1, for example the programme's name.
	Caption string
	// Lede is one sentence under the H1.
	Lede string
	// OwnHeading leaves the H1 to the content: a form of one question whose
	// legend or label is the heading.
	OwnHeading bool

	Assets      Assets
	Nav         []NavItem
	Breadcrumbs []Link
	// Back is a link to the step before, for a form; it takes the place of
	// the breadcrumbs.
	Back *Link
	// User is nil when nobody is signed in.
	User *User
	// Demo shows the banner that says the data may be reset.
	Demo bool
	// Query is what the search box holds.
	Query   string
	Notices []Notice
	// Errors fill the summary above the heading; each field shows its own
	// again (see FieldErrors.For).
	Errors FieldErrors
	// Flow says where the figures come from and where they go next.
	Flow Flow
	// Footer links, for example the accessibility statement.
	Footer []Link
	// FooterNote is a line under them, for example the version.
	FooterNote string
}

// Assets are the addresses of the built files, with their hash.
type Assets struct {
	Stylesheet, Script, Icon string
}

// Link is text that leads somewhere. Without Href it is plain text.
type Link struct {
	Text, Href string
}

// User is who is signed in, as the header shows them.
type User struct {
	Name string
	// Role is the role's label, for example "Programme lead".
	Role string
}

// NavItem is one entry of the primary navigation.
type NavItem struct {
	Text, Href string
	Current    Current
}

// Current says how an entry of the navigation relates to the page shown.
type Current string

// Whether an entry is that of the page shown.
const (
	NotCurrent     Current = ""
	CurrentPage    Current = "page" // the entry leads to this very page
	CurrentSection Current = "true" // the page lies within the entry's section
)

// The addresses of the five steps of the loop.
const (
	PlanPath    = "/plan"
	DoPath      = "/do"
	MeasurePath = "/measure"
	ExplainPath = "/explain"
	SharePath   = "/share"
)

// Loop returns the primary navigation: the five steps from planning a rollout
// to sharing what was learnt. path is the address of the page shown; the step
// that holds it is marked.
func Loop(path string) []NavItem {
	steps := []NavItem{
		{Text: "Plan", Href: PlanPath},
		{Text: "Do", Href: DoPath},
		{Text: "Measure", Href: MeasurePath},
		{Text: "Explain", Href: ExplainPath},
		{Text: "Share", Href: SharePath},
	}
	for i := range steps {
		steps[i].Current = currentFor(steps[i].Href, path)
	}
	return steps
}

func currentFor(step, path string) Current {
	switch {
	case path == step:
		return CurrentPage
	case len(path) > len(step) && path[:len(step)+1] == step+"/":
		return CurrentSection
	}
	return NotCurrent
}

// Notice is a message about what just happened or what to know first.
type Notice struct {
	Kind NoticeKind
	// Heading is the message itself, in one line.
	Heading string
	// Text adds a sentence, and Link where to go.
	Text string
	Link Link
}

// NoticeKind sets a notice's colour, title and urgency.
type NoticeKind string

// The kinds of notice.
const (
	Important NoticeKind = ""
	Success   NoticeKind = "success"
)

// FieldError is one thing wrong with a form.
type FieldError struct {
	// Field is the id of the input it is about; empty for the whole form.
	Field string
	// Message says what to do, for example "Enter your name".
	Message string
}

// FieldErrors are all things wrong with a form, in the order of its fields.
type FieldErrors []FieldError

// For returns the message about a field, or "" when there is none.
func (e FieldErrors) For(field string) string {
	for _, one := range e {
		if one.Field == field {
			return one.Message
		}
	}
	return ""
}

// Flow names a page's place in the loop: the pages its data came from and those
// that use what it shows.
type Flow struct {
	From, To []Link
}

// browserTitle is what the browser's tab shows. Someone who hears the page read
// out learns from its first word that the form did not go through.
func (p Page) browserTitle() string {
	title := p.Title + " - " + ServiceName
	if len(p.Errors) > 0 {
		return "Error: " + title
	}
	return title
}

func (p Page) heading() string {
	if p.Heading != "" {
		return p.Heading
	}
	return p.Title
}

// noticeID keeps the titles of several notices on one page apart.
func noticeID(i int) string {
	const id = "nhsuk-notification-banner-title"
	if i == 0 {
		return id
	}
	return id + "-" + strconv.Itoa(i+1)
}

// href makes an address safe for an attribute: one with a scheme such as
// javascript: becomes about:invalid.
func href(address string) templ.SafeURL {
	return templ.URL(address)
}
