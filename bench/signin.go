package main

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
)

const (
	signInPath     = "/sign-in"
	demoSignInPath = "/sign-in/demo"
)

var (
	demoForm   = regexp.MustCompile(`(?s)<form[^>]*action="` + demoSignInPath + `".*?</form>`)
	namedValue = regexp.MustCompile(`<(?:button|input)\s[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"`)
)

// signInAsEach returns a visitor who has not signed in and one for each button
// that the demonstration's sign-in page offers.
func signInAsEach(base string) ([]*visitor, error) {
	nobody, err := newVisitor(base, "nobody")
	if err != nil {
		return nil, err
	}
	page, err := nobody.get(signInPath)
	if err != nil {
		return nil, err
	}
	visitors := []*visitor{nobody}
	for _, choice := range demoChoices(page.body) {
		v, err := newVisitor(base, choice.Get("role"))
		if err != nil {
			return nil, err
		}
		got, err := v.post(demoSignInPath, choice)
		if err != nil {
			return nil, err
		}
		if got.status != http.StatusOK {
			return nil, fmt.Errorf("sign in as %s: answered %d", v.role, got.status)
		}
		visitors = append(visitors, v)
	}
	if len(visitors) == 1 {
		return nil, errors.New("the sign-in page offers no role to sign in as")
	}
	return visitors, nil
}

// demoChoices returns what each button of the demonstration's sign-in forms
// would send: whichever field names a role, one role a choice.
func demoChoices(page string) []url.Values {
	var choices []url.Values
	for _, form := range demoForm.FindAllString(page, -1) {
		for _, match := range namedValue.FindAllStringSubmatch(form, -1) {
			if match[1] == "role" {
				choices = append(choices, url.Values{"role": {html.UnescapeString(match[2])}})
			}
		}
	}
	return choices
}
