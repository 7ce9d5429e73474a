//go:build browser

package browsertest

import (
	"fmt"
	"strconv"
)

// A Find says how to find one element on a page, the way a person would where
// possible: by what a link or button says, or by a field's label. The first
// visible match in page order is meant. Its value is a JavaScript expression.
type Find struct {
	expression string
	what       string // for messages: link "Measure"
}

// Link finds a link by its whole text.
func Link(text string) Find { return byText("link", "a[href]", text) }

// Button finds a button by its whole text.
func Button(text string) Find { return byText("button", `button, [role="button"], summary`, text) }

// Heading finds a heading of any level by its whole text.
func Heading(text string) Find { return byText("heading", "h1, h2, h3, h4, h5, h6", text) }

// Field finds the input, select or text area whose label says text.
func Field(label string) Find {
	f := byText("field", "label", label)
	f.expression = fmt.Sprintf("(%s)?.control", f.expression)
	return f
}

// CSS finds an element by a CSS selector.
func CSS(selector string) Find {
	return Find{expression: firstVisible(selector, "true"), what: "element " + selector}
}

// In limits f to what stands inside an element that the CSS selector outer
// matches.
func (f Find) In(outer string) Find {
	return Find{
		expression: fmt.Sprintf(`(document => %s)({querySelectorAll:
			inner => [...document.querySelectorAll(%s)].flatMap(e => [...e.querySelectorAll(inner)])})`,
			f.expression, strconv.Quote(outer)),
		what: f.what + " in " + outer,
	}
}

// String names what is looked for.
func (f Find) String() string { return f.what }

// byText finds by visible text, white space collapsed. Text that only screen
// readers meet counts too, as it does in an accessible name.
func byText(kind, selector, text string) Find {
	says := fmt.Sprintf(`e.textContent.replace(/\s+/g, " ").trim() === %s`, strconv.Quote(text))
	return Find{expression: firstVisible(selector, says), what: fmt.Sprintf("%s %q", kind, text)}
}

func firstVisible(selector, condition string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].find(e => e.checkVisibility() && %s)`,
		strconv.Quote(selector), condition)
}
