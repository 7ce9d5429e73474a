package pattern

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"sir/internal/fault"
	area "sir/internal/pattern"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// step is one page of a case set.
type step struct {
	path, title, lede string
}

// The steps, in the order of good practice.
var (
	overview   = step{"", "Overview", ""}
	cases      = step{"cases", "Cases", "What each case was coded on each condition, and what the codes mean."}
	screening  = step{"screening", "Screening", "Which conditions are fit to be analysed, by one rule for those that were kept and those that were dropped."}
	truthTable = step{"truth-table", "Truth table", "The combinations of conditions that the cases show, and how each turned out."}
	solutions  = step{"solutions", "Solutions", "The shortest formulas that fit every case, for success and for failure."}
	rivals     = step{"rivals", "Rivals", "What other choices of conditions would have found on the same cases."}

	steps = []step{overview, cases, screening, truthTable, solutions, rivals}
)

// pathOf is the address of a step, or of a file beside it, with choices.
func pathOf(set, page string, choices url.Values) string {
	address := ui.ExplainPath + "/" + url.PathEscape(set)
	if page != "" {
		address += "/" + page
	}
	if len(choices) > 0 {
		address += "?" + choices.Encode()
	}
	return address
}

func (s step) address(t area.CaseTable) string { return pathOf(t.Set.Code, s.path, nil) }

// contents leads to all steps.
func (s step) contents(t area.CaseTable) ui.ContentsList {
	list := ui.ContentsList{Label: "Steps of this analysis", Inline: true}
	for _, other := range steps {
		item := ui.NavItem{Text: other.title, Href: other.address(t)}
		if other == s {
			item.Current = ui.CurrentPage
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// neighbours leads to the steps before and after.
func (s step) neighbours(t area.CaseTable) ui.Pagination {
	var p ui.Pagination
	for i, other := range steps {
		if other != s {
			continue
		}
		if i > 0 {
			p.Previous = ui.Link{Text: steps[i-1].title, Href: steps[i-1].address(t)}
		}
		if i < len(steps)-1 {
			p.Next = ui.Link{Text: steps[i+1].title, Href: steps[i+1].address(t)}
		}
	}
	return p
}

// crumbs are the pages above a case set.
var crumbs = []ui.Link{{Text: "Start", Href: "/"}, {Text: "Explain", Href: ui.ExplainPath}}

func (s step) page(t area.CaseTable) ui.Page {
	return ui.Page{
		Title: s.title, Caption: t.Set.Title, Lede: s.lede,
		Breadcrumbs: append(crumbs[:len(crumbs):len(crumbs)], ui.Link{Text: t.Set.Title, Href: overview.address(t)}),
	}
}

// show renders a step. Where the choice in the address cannot be (err is an
// ErrInvalid), the page is a 422 that says what to mend, with the form as it
// was sent.
func (s step) show(r *shell.Request, t area.CaseTable, err error, content templ.Component) error {
	page, status := s.page(t), http.StatusOK
	if err != nil {
		if page.Errors = mistakes(err); page.Errors == nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	return r.RenderStatus(status, page, s.frame(t, content))
}

// mistakes are what somebody can mend; nil where the error is of another kind.
func mistakes(err error) ui.FieldErrors {
	var wrong *fault.Error
	if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) {
		return nil
	}
	if len(wrong.Fields) == 0 {
		return ui.FieldErrors{{Message: wrong.Message}}
	}
	return shell.FieldErrors(wrong)
}

// table reads the case table that the address names.
func (p pages) table(r *shell.Request) (area.CaseTable, error) {
	return p.patterns.CaseTable(r.Context(), r.Actor, r.PathValue("set"))
}
