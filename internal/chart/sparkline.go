package chart

import (
	"fmt"
	"io"
	"strings"

	"sir/internal/period"
)

// The size of a sparkline in units: a line of text high.
const (
	sparkWidth  = 112
	sparkHeight = 28
)

// Sparkline is a line without axes for a cell of a table, which must give its last value as text. It is an img with a name
// that sums it up: there is nothing inside to visit, and a table of 50 of them must not have 50 more stops.
type Sparkline struct {
	Measure
	Title   string // what is measured, and whose: "Referrals, Alder network"
	Periods []period.Period
	Values  []Value
	Axis    Range // give it when sparklines of one column are to be compared
	Target  Value // a dashed line; the zero Value is none
}

// Validate implements Chart.
func (sp Sparkline) Validate() error {
	if strings.TrimSpace(sp.Title) == "" {
		return fmt.Errorf("%w: a sparkline has no title; say what it shows", ErrInvalid)
	}
	for _, err := range []error{sp.Measure.validate(), sp.Axis.validate(), validatePeriods(sp.Title, sp.Periods), sp.Target.validate("target")} {
		if err != nil {
			return err
		}
	}
	if sp.Target.known && !sp.Axis.holds(sp.Target.number) {
		return fmt.Errorf("%w: %.64q: target %v is off the axis", ErrInvalid, sp.Title, sp.Target.number)
	}
	return validateValues(sp.Title, sp.Values, sp.Periods, sp.Axis)
}

// Render implements Chart.
func (sp Sparkline) Render(w io.Writer) error {
	if err := sp.Validate(); err != nil {
		return err
	}
	c := &canvas{buf: make([]byte, 0, 1024+16*len(sp.Values))}
	c.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	c.attrs(s("class", "sir-sparkline"), s("role", "img"), s("aria-label", sp.summary()),
		s("viewBox", fmt.Sprintf("0 0 %d %d", sparkWidth, sparkHeight)),
		n("width", sparkWidth), n("height", sparkHeight))
	c.raw(">\n")
	sp.draw(c)
	c.raw("</svg>\n")
	_, err := w.Write(c.buf)
	return err
}

func (sp Sparkline) draw(c *canvas) {
	numbers := []float64{}
	for _, v := range append([]Value{sp.Target}, sp.Values...) {
		if v.known {
			numbers = append(numbers, v.number)
		}
	}
	y := newScale(sp.Axis, numbers, 4)
	y.from, y.to = sparkHeight-5, 5
	steps := sp.Periods[len(sp.Periods)-1].Since(sp.Periods[0])
	x := func(p period.Period) float64 {
		return 5 + (sparkWidth-10)*float64(p.Since(sp.Periods[0]))/float64(max(steps, 1))
	}
	if sp.Target.known {
		c.empty("path", s("class", "sir-chart__target"), s("d", horizontal(y.at(sp.Target.number), 2, sparkWidth-2)),
			s("stroke", muted), s("stroke-dasharray", "4 3"))
	}
	st := seriesStyles[0]
	c.empty("path", s("class", st.class), s("d", joined(sp.Periods, sp.Values, x, y.at)), s("fill", "none"),
		s("stroke", st.colour), n("stroke-width", 2),
		s("stroke-linejoin", "round"), s("stroke-linecap", "round"))
	if k := lastKnown(sp.Values); k >= 0 {
		c.marker(st, x(sp.Periods[k]), y.at(sp.Values[k].number), 4, "")
	}
}

// summary is the accessible name: first and last known value, how many are missing, the target.
func (sp Sparkline) summary() string {
	first, missing := -1, 0
	for i, v := range sp.Values {
		if !v.known {
			missing++
		} else if first < 0 {
			first = i
		}
	}
	text := phrase(sp.Title) + ": "
	switch last := lastKnown(sp.Values); {
	case first < 0:
		text += "no values"
	case first == last:
		text += fmt.Sprintf("%s in %v", sp.say(sp.Values[last]), sp.Periods[last])
	default:
		text += fmt.Sprintf("from %s in %v to %s in %v", sp.say(sp.Values[first]), sp.Periods[first], sp.say(sp.Values[last]), sp.Periods[last])
	}
	if missing > 0 && first >= 0 {
		text += fmt.Sprintf(", %d of %d missing", missing, len(sp.Values))
	}
	if sp.Target.known {
		text += ", target " + sp.say(sp.Target)
	}
	return text
}

// Table implements Chart.
func (sp Sparkline) Table() Table {
	t := Table{Caption: sp.Title, Headers: []string{"Period", sp.header("Value")}}
	for i, p := range sp.Periods {
		t.Rows = append(t.Rows, []string{p.Label(), sp.cell(sp.Values[i])})
	}
	return t
}
