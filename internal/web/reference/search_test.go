package reference

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/reference"
	"sir/internal/web/pagetest"
)

func TestSearchFindsEntriesByShelf(t *testing.T) {
	page := evaluator(t).Page("/search?q=headspace")
	page.Check()
	if got := page.Href("Headspace and capacity"); got != "/shelves/factors/S4" {
		t.Errorf("the factor leads to %q", got)
	}
	if got := page.Href("Factors"); got != "/shelves/factors" {
		t.Errorf("its shelf leads to %q", got)
	}
	for _, marked := range page.Texts("mark") {
		if !strings.EqualFold(marked, "headspace") {
			t.Errorf("%q is marked", marked)
		}
	}
	if len(page.Texts("mark")) == 0 {
		t.Error("nothing is marked")
	}
}

func TestMarkedWordsStayWhole(t *testing.T) {
	if main := evaluator(t).Page("/search?q=adopt").Main(); !strings.Contains(main, "Spread and Adoption Template") {
		t.Error("a word that is marked in part is torn apart")
	}
}

func TestSearchSaysWhyAnEntryWasFound(t *testing.T) {
	words := queryWords("Pilot COST")
	for _, c := range []struct {
		name  string
		entry reference.Entry
		want  string
	}{
		{"title and text say it", reference.Entry{Title: "Pilot", Text: "What it costs", Notes: []reference.Note{{Label: "Use when", Items: []string{"a pilot"}}}}, ""},
		{"a note", reference.Entry{Title: "Pilot", Notes: []reference.Note{{Label: "Use when", Items: []string{"time", "cost matters"}}}}, "Use when: cost matters"},
		{"a step's title", reference.Entry{Text: "Pilot", Steps: []reference.Step{{Title: "Begin"}, {Title: "Cost it", Text: "Well"}}}, "Step: Cost it"},
		{"a step's text", reference.Entry{Steps: []reference.Step{{Title: "Begin", Text: "Pilot the cost."}}}, "Step: Begin. Pilot the cost."},
		{"its code alone", reference.Entry{Code: "pilot-cost"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := detail(c.entry, words); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestSearchFindsMembersAndProgrammes(t *testing.T) {
	page := evaluator(t).Page("/search?q=oxford")
	if got := page.Href("Oxford"); got != "/members#oxford" {
		t.Errorf("the member leads to %q", got)
	}
	if got := evaluator(t).Page("/search?q=medicines").Href("Transfers of Care Around Medicines (TCAM)"); got != "/measure/tcam" {
		t.Errorf("the programme leads to %q", got)
	}
}

func TestSearchStopsAndSaysSo(t *testing.T) {
	page := evaluator(t).Page("/search?q=e")
	if want := "More than 60 entries found. The first 60 are shown"; !strings.Contains(page.Main(), want) {
		t.Errorf("the page does not say %q", want)
	}
	shown := slices.DeleteFunc(page.Hrefs(), func(href string) bool { return strings.Count(href, "/") != 3 || !strings.HasPrefix(href, "/shelves/") })
	if len(shown) != maxHits {
		t.Errorf("%d entries are shown, want %d", len(shown), maxHits)
	}
}

func TestSearchThatFindsNothingSaysWhatToTry(t *testing.T) {
	page := evaluator(t).Page("/search?q=unicorn+stampede")
	if !strings.Contains(page.Main(), "Nothing was found.") || page.Href("browse the reference shelves") != "/shelves" {
		t.Errorf("the page says %s", page.Main())
	}
}

func TestSearchWithoutAWordAsksForOne(t *testing.T) {
	for _, address := range []string{"/search", "/search?q=", "/search?q=+%09+"} {
		page := evaluator(t).Page(address)
		page.Check()
		if !strings.Contains(page.Main(), "Type a word or two in the search box") {
			t.Errorf("%s says %s", address, page.Main())
		}
	}
}

func TestHostileQueries(t *testing.T) {
	visitor := evaluator(t)
	for _, c := range []struct {
		name, query string
		status      int
	}{
		{"markup", "<script>alert(1)</script>", http.StatusOK},
		{"quotation marks", `" onfocus="alert(1)`, http.StatusOK},
		{"wildcards of the database", "%_%", http.StatusOK},
		{"a quote of the database", "' OR 1=1 --", http.StatusOK},
		{"marks that turn text round", "\u202etxet", http.StatusOK},
		{"a hundred words", strings.Repeat("a ", 100), http.StatusOK},
		{"a NUL", "tr\x00ust", http.StatusUnprocessableEntity},
		{"bytes that are no text", "\xff\xfe", http.StatusUnprocessableEntity},
		{"one byte too many", strings.Repeat("a", reference.MaxQuery+1), http.StatusUnprocessableEntity},
		{"a megabyte", strings.Repeat("a", 1<<20), http.StatusUnprocessableEntity},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := visitor.Get("/search?q=" + url.QueryEscape(c.query))
			if answer.Status != c.status {
				t.Errorf("status %d, want %d", answer.Status, c.status)
			}
			if strings.Contains(answer.Body, "<script>") || strings.ContainsAny(answer.Body, "\x00\u202e") || strings.Contains(answer.Body, `onfocus="`) || len(answer.Body) > 60_000 {
				t.Error("the page repeats what was sent as it was")
			}
			page := pagetest.Read(t, answer.Body)
			page.Check()
			if c.status == http.StatusUnprocessableEntity && !strings.Contains(page.Main(), "There is a problem") {
				t.Error("the page does not say what is wrong")
			}
		})
	}
}

// An innovator sees the totals of the own innovation alone, so a search does
// not tell the names of other programmes.
func TestSearchKeepsToWhatTheReaderMaySee(t *testing.T) {
	site := serve(t, pagetest.Demo(t))
	for _, c := range []struct {
		role policy.Role
		want bool
	}{{policy.Evaluator, true}, {policy.MemberAdmin, false}} {
		page := site.As(t, c.role).Page("/search?q=made-up")
		if got := slices.Contains(page.Texts("h2"), "Programmes"); got != c.want {
			t.Errorf("the %s sees the made-up programme: %v, want %v", c.role, got, c.want)
		}
	}
}

// Conditions are found by name, label and what a 1 means, by those who may view
// cases and by nobody else.
func TestSearchFindsConditions(t *testing.T) {
	a := pagetest.Demo(t)
	site := serve(t, a)
	table, err := a.Pattern.CaseTable(t.Context(), policy.System("test"), "tcam")
	if err != nil {
		t.Fatal(err)
	}
	const heading = "Conditions of case tables"
	for _, c := range table.Conditions {
		for _, query := range []string{c.Name, strings.ToLower(c.Name), c.Label, c.OneMeans} {
			if len(query) > reference.MaxQuery {
				continue
			}
			address := "/search?q=" + url.QueryEscape(query)
			page := site.As(t, policy.Evaluator).Page(address)
			if got := page.Href(c.Name + ": " + c.Label); got != "/explain/tcam/cases#meanings" || !strings.Contains(page.Main(), heading) {
				t.Errorf("%q: the condition %s leads to %q", query, c.Name, got)
			}
		}
	}
	address := "/search?q=" + url.QueryEscape(table.Conditions[0].OneMeans)
	site.As(t, policy.Evaluator).Page(address).Check()
	for _, role := range []policy.Role{policy.SiteChampion, policy.Innovator, policy.MemberAdmin, policy.InstanceAdmin} {
		if main := site.As(t, role).Page(address).Main(); strings.Contains(main, heading) || strings.Contains(main, table.Conditions[0].Name+":") {
			t.Errorf("%s finds a condition", role)
		}
	}
	for _, query := range []string{"100%", "_", `\`, "' OR 1=1 --"} {
		if main := site.As(t, policy.Evaluator).Page("/search?q=" + url.QueryEscape(query)).Main(); strings.Contains(main, heading) {
			t.Errorf("%q finds conditions", query)
		}
	}
}
