// Package ui renders SIR's pages: the shell around every page and the
// components of the NHS design system that SIR uses.
//
// A component is a struct with typed fields that renders itself; what has no
// fields is a function. templ needs brackets round a struct with children:
//
//	@ui.Button{Text: "Save"}
//	@ui.Prose() { <p>...</p> }
//	@(ui.Details{Summary: "How this is computed"}) { <p>...</p> }
//
// A page is one call of Layout with the page's content inside it:
//
//	@ui.Layout(page) { ... }
//
// Strings are text: they are escaped, and an address that is not http, https,
// mailto, tel or relative is replaced. Where a component takes rich content it
// takes children or a templ.Component. Nothing here needs JavaScript or an
// inline style, and nothing knows HTTP or a store.
//
// The HTML follows nhsuk-frontend 10.6; its published fixtures are this
// package's golden oracle (see fixture_test.go).
package ui
