package plot

import (
	"fmt"
	"strings"

	"sir/qca"
)

type rangeBars struct {
	ranges []qca.Range
}

// Ranges draws how far each cut and each anchor can be moved, all others as
// they are, before the models of the solution change. Without a range it is a
// qca.InputError.
func Ranges(r *qca.Robustness) (*Figure, error) {
	if len(r.Ranges) == 0 {
		return nil, &qca.InputError{Problem: "there is no range to draw", Remedy: "test the solution first"}
	}
	b := &rangeBars{r.Ranges}
	f := &Figure{draw: b.draw, Title: fmt.Sprintf("How far choices can be moved: %s, %s solution", r.Outcome, r.Kind),
		table: Table{Headers: []string{"choice", "value", "from", "from_included", "to", "formulas_below", "formulas_above"}}}
	f.Description = fmt.Sprintf("One bar for each choice, each on its own scale, with its present value. Within the bar the formulas stay %s.", joined(r.Models))
	for _, one := range r.Ranges {
		f.Description += fmt.Sprintf(" %s %s: %s.", one.Choice, decimal(one.Value), rangeWords(one))
		included := ""
		if _, ok := one.Low.Value(); ok {
			included = map[bool]string{true: "no", false: "yes"}[one.LowOpen]
		}
		f.table.Rows = append(f.table.Rows, []string{one.Choice, decimal(one.Value), exact(one.Low), included, exact(one.High), beyond(one.Low, one.Below), beyond(one.High, one.Above)})
	}
	f.notes = []string{"A filled end belongs to the range, a hollow one does not. An arrow: no change was found on that side. The thick line is the present value. Below and above: the formulas found there, or none."}
	if !r.Complete {
		f.notes = append(f.notes, "A search was cut: a range may be narrower than drawn.")
	}
	return f, nil
}

// bound is an end of a range as it is drawn, empty where there is none.
func bound(f qca.Figure) string {
	if v, ok := f.Value(); ok {
		return fmt.Sprintf("%.4g", v)
	}
	return ""
}

// exact is a figure with all its digits, empty where it is undefined.
func exact(f qca.Figure) string {
	if v, ok := f.Value(); ok {
		return decimal(v)
	}
	return ""
}

// joined lists formulas as alternatives.
func joined(list []qca.Expression) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = e.String()
	}
	if len(texts) == 0 {
		return "none"
	}
	return strings.Join(texts, " or ")
}

// beyond are the formulas behind an end of the range, empty where it has none.
func beyond(end qca.Figure, list []qca.Expression) string {
	if _, ok := end.Value(); !ok {
		return ""
	}
	return joined(list)
}

// outside says what the formulas become, where the choice can be moved so far.
func outside(r qca.Range) string {
	var parts []string
	least, most := limits(r)
	if text := beyond(r.Low, r.Below); text != "" && r.Low != least {
		parts = append(parts, "below: "+text)
	}
	if text := beyond(r.High, r.Above); text != "" && r.High != most {
		parts = append(parts, "above: "+text)
	}
	return strings.Join(parts, "; ")
}

// rangeWords says a range.
func rangeWords(r qca.Range) string {
	low, high := bound(r.Low), bound(r.High)
	least, _ := limits(r)
	from := "from " + low
	if r.LowOpen {
		from = "above " + low
	}
	switch {
	case low == "" && high == "":
		return "any value"
	case low == "" && r.High == least:
		return "no other value"
	case low == "":
		return "any value up to " + high
	case high == "":
		return from + ", and any higher value"
	}
	return from + " up to " + high
}

// limits are the least and the greatest value that a choice can have at all,
// where there are such.
func limits(r qca.Range) (least, most qca.Figure) {
	switch r.Choice {
	case "inclusion", "pri":
		return qca.Defined(0), qca.Defined(1)
	case "n-cut":
		return qca.Defined(1), qca.Figure{}
	}
	return least, most
}

// scale is the part of the axis that a bar's row shows: up to the limits, or
// with room on each side of what is known.
func scale(r qca.Range) (from, to float64) {
	from, to = r.Value, r.Value
	for _, end := range []qca.Figure{r.Low, r.High} {
		if v, ok := end.Value(); ok {
			from, to = min(from, v), max(to, v)
		}
	}
	margin := 0.4 * (to - from)
	if margin == 0 {
		margin = max(1, 0.4*to)
	}
	from, to = from-margin, to+margin
	least, most := limits(r)
	if v, ok := least.Value(); ok {
		from = v
	}
	if v, ok := most.Value(); ok {
		to = v
	}
	return from, to
}
