package ui

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Our header is always the same but for its content, so each of its parts is
// compared with the published example that has just that part.

// part returns the outline of the one element of a class.
func part(t *testing.T, markup, name string) []string {
	t.Helper()
	found := find(parse(t, markup), class(name))
	if len(found) != 1 {
		t.Fatalf("%d elements of class %s, want 1", len(found), name)
	}
	return outlineNode(found[0], "")
}

func headerExample(t *testing.T, name string) fixture {
	t.Helper()
	for _, f := range fixtures(t, "header") {
		if f.Name == name && !strings.Contains(f.HTML, "nhsuk-header--white") {
			return f
		}
	}
	t.Fatalf("no example named %q", name)
	return fixture{}
}

func assertSame(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHeaderNavigationMatchesTheDesignSystem(t *testing.T) {
	f := headerExample(t, "with navigation")
	var context struct {
		Navigation struct {
			Items []struct {
				Text, Href string
				Active     bool
			}
		}
	}
	if err := json.Unmarshal(f.Context, &context); err != nil {
		t.Fatal(err)
	}
	var nav []NavItem
	for _, item := range context.Navigation.Items {
		one := NavItem{Text: item.Text, Href: item.Href}
		if item.Active {
			one.Current = CurrentSection
		}
		nav = append(nav, one)
	}
	got := render(t, Header{Nav: nav})
	assertSame(t, part(t, got, "nhsuk-header__navigation"), part(t, f.HTML, "nhsuk-header__navigation"))
}

func TestHeaderAccountMatchesTheDesignSystem(t *testing.T) {
	f := headerExample(t, "with account (logged in)")
	ours := strings.NewReplacer(`href="#"`, `href="/account"`, `action="#"`, `action="/sign-out"`, "Log out", "Sign out")
	got := render(t, Header{User: &User{Name: "florence.nightingale@nhs.net"}})
	assertSame(t, part(t, got, "nhsuk-header__account"), part(t, ours.Replace(f.HTML), "nhsuk-header__account"))
}

func TestHeaderSearchMatchesTheDesignSystem(t *testing.T) {
	f := headerExample(t, "default")
	ours := strings.NewReplacer("https://www.nhs.uk/search/", "/search", "the NHS digital service manual", "the "+ServiceName)
	assertSame(t, part(t, render(t, Header{}), "nhsuk-header__search"), part(t, ours.Replace(f.HTML), "nhsuk-header__search"))
}

// The logo of the NHS is not ours to show.
func TestHeaderHasOurOwnMark(t *testing.T) {
	page := parse(t, render(t, Header{}))
	marks := find(page, func(n *html.Node) bool { return n.Data == "svg" && n.Parent.Data == "a" })
	if len(marks) != 1 || attr(marks[0], "class") != "sir-mark" {
		t.Errorf("%d drawings in the service link, want our own mark alone", len(marks))
	}
}
