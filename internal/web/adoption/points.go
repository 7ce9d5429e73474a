package adoption

import (
	"errors"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// maxPoints is how many periods are compared: the first, the middle and the
// last, unless the reader chooses others.
const maxPoints = 3

// pointsForm chooses which periods are compared.
type pointsForm struct {
	Action  string
	Options []ui.SelectOption
	Chosen  []string // one a field
	Errors  ui.FieldErrors
}

// pointNames are the form's fields, earliest first.
var pointNames = []string{"first", "second", "third"}

var pointLabels = []string{"First period", "Second period", "Third period"}

// pointsOf answers the table for the periods that the address asks for, or for
// the usual ones where it asks for none.
func pointsOf(r *shell.Request, whole area.Table) (area.Table, error) {
	periods, err := pointsAsked(r)
	if err != nil {
		return whole, err
	}
	usual := whole.ThreePoints()
	if periods == nil {
		periods = usual
	}
	if len(periods) != len(usual) {
		return whole, fault.Invalid("Choose %d periods to compare.", len(usual))
	}
	return whole.Pick(periods)
}

// pointsAsked reads the periods from the address; nil where it names none.
func pointsAsked(r *shell.Request) ([]period.Period, error) {
	var periods []period.Period
	var wrong fault.Fields
	for _, name := range pointNames {
		text, err := r.Choice(name)
		if err != nil {
			return nil, err
		}
		if text == "" {
			continue
		}
		p, err := period.Parse(text)
		if err != nil {
			wrong.Add(name, "%q is not a period. Choose from the periods on the page.", clipped(text))
			continue
		}
		if n := len(periods); n > 0 && period.Compare(periods[n-1], p) >= 0 {
			wrong.Add(name, "Choose a later period than the one before.")
		}
		periods = append(periods, p)
	}
	return periods, wrong.Err()
}

func clipped(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

// pointErrors is what a reader can put right about the periods; none where err
// is of another kind.
func pointErrors(err error) ui.FieldErrors {
	var wrong *fault.Error
	switch {
	case !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &wrong):
		return nil
	case len(wrong.Fields) > 0:
		return shell.FieldErrors(wrong)
	default:
		return ui.FieldErrors{{Message: wrong.Message}}
	}
}

// formOf is the form with what was chosen in it, rightly or wrongly; nil where
// there is nothing to choose.
func formOf(r *shell.Request, whole, points area.Table, wrong ui.FieldErrors) *pointsForm {
	if len(whole.Periods) <= maxPoints || !whole.MembersOpen {
		return nil
	}
	form := &pointsForm{Action: programmePath(whole.Programme.Code), Errors: wrong}
	for _, p := range whole.Periods {
		form.Options = append(form.Options, ui.SelectOption{Value: p.Slug(), Text: p.Label()})
	}
	for i, p := range points.Periods {
		chosen := p.Slug()
		if asked := r.URL.Query().Get(pointNames[i]); len(wrong) > 0 && asked != "" {
			chosen = asked
		}
		form.Chosen = append(form.Chosen, chosen)
	}
	return form
}

// filter is the form that the choices stand in.
func (f pointsForm) filter() ui.Filter {
	return ui.Filter{Action: f.Action, Label: "Choose the periods to compare", Clear: f.Action}
}
