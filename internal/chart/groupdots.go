package chart

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// GroupDots compares a share between groups, for example uptake by deprivation fifth: a point each with its numerator and
// denominator, an interval where there is one, and a flag on groups too small to compare.
type GroupDots struct {
	Frame
	Measure
	GroupHeader string // what a group is: "Deprivation"
	ValueHeader string // what the value is: "Sites that have adopted"
	Groups      []Group
	Overall     *Target // a line for all together; Label gives its value: "All sites 48%"
	Axis        Range   // 0 to 100 when zero
}

// Group is one group. Value must be missing where it may not be shown, and then the parts are not shown either.
type Group struct {
	Name                   string
	Numerator, Denominator int
	Value                  Value
	Low, High              Value // optional interval; the caller says of which kind in the description
	Small                  bool  // drawn hollow and called small
	Href                   string
}

// In returns the same chart for another layout.
func (g GroupDots) In(layout Layout) Chart {
	g.Layout = layout
	return g
}

func (g GroupDots) axis() Range {
	if g.Axis.isAuto() {
		return Range{0, 100}
	}
	return g.Axis
}

// Validate implements Chart.
func (g GroupDots) Validate() error {
	for _, err := range []error{g.Frame.validate(), g.Measure.validate(), g.axis().validate()} {
		if err != nil {
			return err
		}
	}
	if len(g.Groups) == 0 || len(g.Groups) > MaxDotRows {
		return fmt.Errorf("%w: %s has %d groups; use 1 to %d", ErrInvalid, g.ID, len(g.Groups), MaxDotRows)
	}
	if g.Overall != nil && (!g.axis().holds(g.Overall.Value) || strings.TrimSpace(g.Overall.Label) == "") {
		return fmt.Errorf("%w: the line of %s at %v needs a label and a place on the axis", ErrInvalid, g.ID, g.Overall.Value)
	}
	for i, group := range g.Groups {
		if err := g.validateGroup(group); err != nil {
			return fmt.Errorf("group %d: %w", i+1, err)
		}
	}
	return nil
}

func (g GroupDots) validateGroup(group Group) error {
	if strings.TrimSpace(group.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	for _, v := range []Value{group.Value, group.Low, group.High} {
		if err := v.validate(group.Name); err != nil {
			return err
		}
		if v.known && !g.axis().holds(v.number) {
			return fmt.Errorf("%w: %.60q: %v is off the axis (%v to %v)", ErrInvalid, group.Name, v.number, g.axis().Min, g.axis().Max)
		}
	}
	if err := validateShare(group.Name, group.Numerator, group.Denominator); err != nil {
		return err
	}
	return validateLink(group.Name, group.Href)
}

// Render implements Chart.
func (g GroupDots) Render(w io.Writer) error {
	if err := g.Validate(); err != nil {
		return err
	}
	_, err := w.Write(g.draw())
	return err
}

// Table implements Chart. The parts of a value that is not shown are not shown either.
func (g GroupDots) Table() Table {
	t := Table{Caption: g.Title, Headers: []string{g.GroupHeader, g.header(g.ValueHeader), "Numerator", "Denominator"}}
	if g.Overall != nil {
		t.Caption += " (" + g.Overall.Label + ")"
	}
	bounded := g.bounded()
	if bounded {
		t.Headers = append(t.Headers, g.header("From"), g.header("To"))
	}
	t.Headers = append(t.Headers, "Note")
	for _, group := range g.Groups {
		cells := []string{group.Name, g.cell(group.Value), "not shown", "not shown"}
		if group.Value.known {
			cells[2], cells[3] = fmt.Sprint(group.Numerator), fmt.Sprint(group.Denominator)
		}
		if bounded {
			cells = append(cells, g.cell(orNone(group.Low)), g.cell(orNone(group.High)))
		}
		t.Rows = append(t.Rows, append(cells, group.flag()))
	}
	return t
}

func (g GroupDots) bounded() bool {
	return slices.ContainsFunc(g.Groups, func(group Group) bool { return group.Low.known && group.High.known })
}

func (group Group) flag() string {
	if group.Small {
		return "small group"
	}
	return ""
}

// note is what stands at the end of a row: the parts of the value.
func (g GroupDots) note(group Group) string {
	if !group.Value.known {
		return group.Value.reason()
	}
	text := fmt.Sprintf("%s, %s of %s", g.say(group.Value), grouped(fmt.Sprint(group.Numerator)), grouped(fmt.Sprint(group.Denominator)))
	if group.Small && g.Layout != Narrow {
		text += ", small group"
	}
	return text
}

func (g GroupDots) describe() string {
	text := fmt.Sprintf("Dot plot with %d groups, each with its value, numerator and denominator.", len(g.Groups))
	if g.Overall != nil {
		text += " A dashed line marks " + phrase(g.Overall.Label) + "."
	}
	if g.bounded() {
		text += " A bar through a point is its interval."
	}
	return text + " A hollow point is a small group, which chance moves more."
}
