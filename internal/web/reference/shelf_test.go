package reference

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sir/internal/demo/facts"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// known are the facts that the demonstration's shelves are loaded from.
func known(t testing.TB) facts.Facts {
	t.Helper()
	f, err := facts.Read()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func shelfOf(t testing.TB, code string) facts.Shelf {
	t.Helper()
	shelf, ok := known(t).Shelf(code)
	if !ok {
		t.Fatalf("the facts have no shelf %q", code)
	}
	return shelf
}

func TestEveryShelfShowsEveryEntry(t *testing.T) {
	visitor := evaluator(t)
	index := visitor.Page("/shelves")
	index.Check()
	for _, shelf := range known(t).Shelves {
		if got := index.Href(shelf.Title); got != "/shelves/"+shelf.Key {
			t.Errorf("the list leads to %q for %s", got, shelf.Title)
		}
		page := visitor.Page("/shelves/" + shelf.Key)
		page.Check()
		hrefs := page.Hrefs()
		for _, e := range shelf.Entries {
			if !slices.Contains(hrefs, "/shelves/"+shelf.Key+"/"+e.Code) {
				t.Errorf("shelf %s does not lead to %s", shelf.Key, e.Code)
			}
			if !strings.Contains(page.Main(), e.Text) {
				t.Errorf("shelf %s does not show the text of %s", shelf.Key, e.Code)
			}
		}
	}
}

func TestEntriesStandUnderTheirParents(t *testing.T) {
	page := evaluator(t).Page("/shelves/stages")
	want := []string{"Before planning", "Planning", "Adapting", "Sustaining"}
	if got := page.Texts("h2")[:4]; !slices.Equal(got, want) {
		t.Errorf("the stages are %q, want %q", got, want)
	}
	for i, stage := range want {
		items := []int{16, 12, 9, 5}[i]
		if got := len(page.Rows(stage)); got != items {
			t.Errorf("%d items stand under %s, want %d (figure 4.1)", got, stage, items)
		}
	}
}

func TestAShelfWithoutParentsIsPartedByItsFirstFacet(t *testing.T) {
	page := evaluator(t).Page("/shelves/factors")
	want := []string{"Stakeholders", "Network staff", "Outer setting", "Innovation", "How these bear on each other"}
	if got := page.Texts("h2")[:5]; !slices.Equal(got, want) {
		t.Errorf("the parts are %q, want %q", got, want)
	}
	rows := page.Rows("How these bear on each other")
	if got, want := len(rows), len(shelfOf(t, "factors").Links); got != want {
		t.Fatalf("%d links between factors, want %d", got, want)
	}
	want = []string{
		"Understanding of the benefit Added value seen", "offsets", "Headspace and capacity",
		"When staff see a benefit for themselves, a lack of headspace matters less. Source: the report, section 5.6 and figure 5.2",
	}
	if !slices.Equal(rows[0], want) {
		t.Errorf("the first is %q, want %q", rows[0], want)
	}
}

func TestAFilterNarrowsTheShelf(t *testing.T) {
	visitor := evaluator(t)
	page := visitor.Page("/shelves/stages?concerns=Money&stage=&flag=")
	main := page.Main()
	if !strings.Contains(main, "3 of 46 entries with Concerns: Money.") {
		t.Errorf("the number found is not told: %s", main)
	}
	if got := page.Href("Show all"); got != "/shelves/stages" {
		t.Errorf("the filter is taken off at %q", got)
	}
	want := [][]string{
		{"Financial incentives", "Use money where there is some and where it fits.", "Money"},
		{"Sustainability plan", "Write down how use will go on once support ends.", "Sites, Money"},
	}
	if got := page.Rows("Planning"); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := page.Rows("Adapting"); len(got) != 1 || got[0][0] != "Stop if it does not work" {
		t.Errorf("found %q, want the one item of that stage", got)
	}
	if got, want := page.Texts("h2")[:2], []string{"Planning", "Adapting"}; !slices.Equal(got, want) {
		t.Errorf("under %q, want the stages %q although they do not fit themselves", got, want)
	}
	if got, want := page.Href("Download these entries (CSV)"), "/shelves/stages/entries.csv?concerns=Money"; got != want {
		t.Errorf("the download is %q, want %q", got, want)
	}
	chosen := 0
	for _, option := range page.All("option") {
		if slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			chosen++
			if pagetest.Attribute(option, "value") != "Money" {
				t.Errorf("the form shows %q as chosen", pagetest.Attribute(option, "value"))
			}
		}
	}
	if chosen != 1 {
		t.Errorf("the form shows %d values as chosen, want 1", chosen)
	}
	if whole := visitor.Page("/shelves/stages"); whole.Href("Show all") != "" || !strings.Contains(whole.Main(), "46 entries") {
		t.Error("the whole shelf offers to take a filter off, or does not say how many entries it has")
	}
}

func TestAFilterThatFitsNothingSaysWhatToDo(t *testing.T) {
	page := evaluator(t).Page("/shelves/stages?concerns=Money&stage=Sustaining")
	if main := page.Main(); !strings.Contains(main, "0 of 46 entries with Stage: Sustaining and Concerns: Money.") ||
		!strings.Contains(main, "No entry has all of these together.") {
		t.Errorf("the page does not say so: %s", main)
	}
	if got := page.Href("show the whole shelf"); got != "/shelves/stages" {
		t.Errorf("the way back leads to %q", got)
	}
}

func TestAnApproachShowsWhenToUseItAndWhenToTakeCare(t *testing.T) {
	main := evaluator(t).Page("/shelves/approaches").Main()
	for _, e := range shelfOf(t, "approaches").Entries {
		for _, n := range e.Notes {
			if _, isAdvice := adviceKinds[n.Label]; !isAdvice {
				continue
			}
			for _, item := range n.Items {
				if !strings.Contains(main, item) {
					t.Errorf("%s, %s: %q is not shown", e.Code, n.Label, item)
				}
			}
		}
	}
}

func TestWrongAddressesOfShelves(t *testing.T) {
	visitor := evaluator(t)
	long := strings.Repeat("a", 1<<20)
	for _, c := range []struct {
		name, address string
		status        int
	}{
		{"no such shelf", "/shelves/wishes", http.StatusNotFound},
		{"no such entry", "/shelves/stages/PRE-99", http.StatusNotFound},
		{"no such shelf to download", "/shelves/wishes/entries.csv", http.StatusNotFound},
		{"a name that is markup", "/shelves/%3Cscript%3E", http.StatusNotFound},
		{"no such facet", "/shelves/stages?colour=red", http.StatusUnprocessableEntity},
		{"no such value", "/shelves/stages?stage=Dreaming", http.StatusUnprocessableEntity},
		{"no such value to download", "/shelves/stages/entries.csv?stage=Dreaming", http.StatusUnprocessableEntity},
		{"a value that is markup", "/shelves/stages?stage=%3Cscript%3Ealert(1)%3C/script%3E", http.StatusUnprocessableEntity},
		{"a facet that is markup", "/shelves/stages?%3Cscript%3E=1", http.StatusUnprocessableEntity},
		{"a value of a megabyte", "/shelves/stages?stage=" + long, http.StatusUnprocessableEntity},
		{"a facet of a megabyte", "/shelves/stages?" + long + "=1", http.StatusUnprocessableEntity},
		{"thousands of facets", "/shelves/stages?" + strings.Repeat("a&b&", 10) + manyFacets(5000), http.StatusUnprocessableEntity},
		{"a NUL", "/shelves/stages?stage=Plan%00ning", http.StatusUnprocessableEntity},
		{"bytes that are no text", "/shelves/stages?stage=%ff%fe", http.StatusUnprocessableEntity},
		{"marks that turn text round", "/shelves/stages?stage=%E2%80%AEgninnalP", http.StatusUnprocessableEntity},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := visitor.Get(c.address)
			if answer.Status != c.status {
				t.Errorf("status %d, want %d", answer.Status, c.status)
			}
			if strings.Contains(answer.Body, "<script>") || strings.ContainsAny(answer.Body, "\x00\u202e") || len(answer.Body) > 20_000 {
				t.Error("the page repeats what was sent")
			}
			pagetest.Read(t, answer.Body).Check()
		})
	}
}

func manyFacets(n int) string {
	var query strings.Builder
	for i := range n {
		query.WriteString("facet" + strings.Repeat("x", i%50) + url.QueryEscape(string(rune('a'+i%26))) + "&")
	}
	return query.String()
}

func TestAFreshInstanceSaysHowToFillItsShelves(t *testing.T) {
	visitor := serve(t, pagetest.Empty(t)).As(t, policy.Analyst)
	if main := visitor.Page("/shelves").Main(); !strings.Contains(main, "The shelves are empty.") {
		t.Errorf("the page says %s", main)
	}
	if main := visitor.Page("/search?q=trust").Main(); !strings.Contains(main, "Nothing was found.") {
		t.Errorf("the search says %s", main)
	}
}

func TestAStrangerIsAskedToSignIn(t *testing.T) {
	answer := serve(t, pagetest.Empty(t)).Stranger(t).Get("/shelves/stages?stage=Planning")
	if want := "/sign-in?next=%2Fshelves%2Fstages%3Fstage%3DPlanning"; answer.Status != http.StatusSeeOther || answer.Header.Get("Location") != want {
		t.Errorf("answers %d to %q, want 303 to %q", answer.Status, answer.Header.Get("Location"), want)
	}
}
