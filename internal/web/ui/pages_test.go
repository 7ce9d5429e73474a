package ui

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func renderPage(t *testing.T, page Page, content templ.Component) *html.Node {
	t.Helper()
	return parse(t, render(t, with(Layout(page), content)))
}

func TestErrorPage(t *testing.T) {
	tests := []struct {
		status  int
		message string
		want    []string
	}{
		{http.StatusForbidden, "", []string{"You cannot do this", "ask an administrator"}},
		{http.StatusNotFound, "", []string{"Page not found", "check it"}},
		{http.StatusNotFound, "There is no rollout with this number.", []string{"Page not found", "There is no rollout with this number."}},
		{http.StatusConflict, "", []string{"Someone else changed this first", "was not saved"}},
		{http.StatusUnprocessableEntity, "", []string{"Something needs to be put right", "try again"}},
		{http.StatusTooManyRequests, "", []string{"Too many attempts", "Wait"}},
		{http.StatusInternalServerError, "", []string{"Something went wrong", "give the incident number"}},
		{http.StatusTeapot, "", []string{"The request could not be read"}},
		{http.StatusGatewayTimeout, "", []string{"Something went wrong"}},
	}
	for _, test := range tests {
		t.Run(http.StatusText(test.status), func(t *testing.T) {
			page, content := ErrorPage(test.status, test.message, "K3V9QX7M2A")
			main := text(find(renderPage(t, page, content), tag("main"))[0])
			for _, want := range append(test.want, "Incident number K3V9QX7M2A") {
				if !strings.Contains(main, want) {
					t.Errorf("%q does not say %q", main, want)
				}
			}
		})
	}
}

func TestErrorPageEscapesItsMessage(t *testing.T) {
	const hostile = `<script>alert("x")</script>`
	page, content := ErrorPage(http.StatusNotFound, hostile, hostile)
	main := find(renderPage(t, page, content), tag("main"))[0]
	if strings.Count(text(main), hostile) != 2 || len(find(main, tag("script"))) != 0 {
		t.Errorf("the message is not shown as text: %s", text(main))
	}
}

func TestErrorPageWithoutIncident(t *testing.T) {
	page, content := ErrorPage(http.StatusNotFound, "", "")
	if main := text(find(renderPage(t, page, content), tag("main"))[0]); strings.Contains(main, "Incident") {
		t.Errorf("%q names an incident that there is not", main)
	}
}

// inputs returns the names and values that a form would send.
func inputs(form *html.Node) map[string]string {
	sent := map[string]string{}
	for _, n := range find(form, tag("input")) {
		sent[attr(n, "name")] = attr(n, "value")
	}
	return sent
}

func TestSignInPage(t *testing.T) {
	page, content := SignInPage(SignIn{Name: "sam", Next: "/measure", Errors: FieldErrors{{"name", "Check the name"}}})
	tree := renderPage(t, page, content)
	forms := find(find(tree, tag("main"))[0], tag("form"))
	if len(forms) != 1 || attr(forms[0], "action") != "/sign-in" || attr(forms[0], "method") != "post" {
		t.Fatalf("%d forms, want one that posts to /sign-in", len(forms))
	}
	sent := inputs(forms[0])
	if sent["name"] != "sam" || sent["next"] != "/measure" {
		t.Errorf("the form holds %v, want the name kept and where to go next", sent)
	}
	if password, ok := sent["password"]; !ok || password != "" {
		t.Errorf("the password field holds %q", password)
	}
	if !strings.HasPrefix(text(find(tree, tag("title"))[0]), "Error: ") {
		t.Error("the title does not say that there is an error")
	}
	if got := strings.Count(text(tree), "Check the name"); got != 2 {
		t.Errorf("the error stands %d times, want in the summary and at the field", got)
	}
	if strings.Contains(text(tree), "Try a role") {
		t.Error("roles are offered outside the demonstration")
	}
}

func TestSignInPageOffersARoleAForm(t *testing.T) {
	page, content := SignInPage(SignIn{Roles: galleryRoles, Next: "/measure"})
	var values, labels []string
	for _, form := range find(renderPage(t, page, content), func(n *html.Node) bool { return attr(n, "action") == "/sign-in/demo" }) {
		sent := inputs(form)
		if len(find(form, tag("button"))) != 1 || sent["next"] != "/measure" || attr(form, "method") != "post" {
			t.Errorf("a form sends %v, want a button and where to go next", sent)
		}
		values = append(values, sent["role"])
		labels = append(labels, text(find(form, class("sir-role__label"))[0]))
	}
	for i, role := range galleryRoles {
		if !slices.Contains(values, role.Value) || labels[i] != "Sign in as: "+role.Label {
			t.Errorf("no form for %s: %v, %v", role.Label, values, labels)
		}
	}
}
