package chart

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sir/internal/period"
)

// MaxCurves is how many curves one chart takes. Beyond six, all but the highlighted ones look alike and are told apart by
// the names at their ends and in the table.
const MaxCurves = 60

// SCurve is a cumulative rate by period, or by the time since each curve's own start, with the target in force in each
// period and what the rate could be if everyone had reported.
type SCurve struct {
	Frame
	Measure
	Periods     []period.Period // ascending, of one kind, or else Elapsed
	Elapsed     []int           // ascending, whole months (or whatever ElapsedUnit says) since the curve's own start
	ElapsedUnit string          // "months since own start" when empty
	Curves      []Curve
	Targets     []Value // the target in force in each column, or empty; missing before the first target
	TargetLabel string  // "Target" when empty
	Axis        Range   // 0 to 100 when zero
}

// Curve is one member. Low and High bound what Values could be, given what was not reported; both may be empty.
type Curve struct {
	Name      string
	Values    []Value // one for each column
	Low, High []Value
	Highlight bool // drawn over the others, with points, band and name
	Oddities  []Oddity
}

// Oddity marks a value that needs a word.
type Oddity struct {
	At   int // index of the column
	Kind OddityKind
	Text string // "3 sites left"; stands in the table
}

// OddityKind is the kind of a mark, and its letter in the chart.
type OddityKind uint8

// The kinds of oddities: a cumulative rate that fell, a value that was changed after it was published, anything else.
const (
	OddNote OddityKind = iota
	OddFall
	OddRestated
)

var oddities = [...]struct{ letter, word string }{OddNote: {"N", "note"}, OddFall: {"F", "fall"}, OddRestated: {"R", "restated"}}

// In returns the same chart for another layout.
func (sc SCurve) In(layout Layout) Chart {
	sc.Layout = layout
	return sc
}

func (sc SCurve) axis() Range {
	if sc.Axis.isAuto() {
		return Range{0, 100}
	}
	return sc.Axis
}

func (sc SCurve) columns() int { return max(len(sc.Periods), len(sc.Elapsed)) }

// Validate implements Chart.
func (sc SCurve) Validate() error {
	for _, err := range []error{sc.Frame.validate(), sc.Measure.validate(), sc.axis().validate(), sc.validateColumns()} {
		if err != nil {
			return err
		}
	}
	if len(sc.Curves) == 0 || len(sc.Curves) > MaxCurves {
		return fmt.Errorf("%w: %s has %d curves; use 1 to %d", ErrInvalid, sc.ID, len(sc.Curves), MaxCurves)
	}
	if bright := sc.highlighted(); len(bright) > MaxSeries {
		return fmt.Errorf("%w: %s highlights %d curves; use at most %d", ErrInvalid, sc.ID, len(bright), MaxSeries)
	}
	for i, curve := range sc.Curves {
		if err := sc.validateCurve(curve); err != nil {
			return fmt.Errorf("curve %d: %w", i+1, err)
		}
	}
	if len(sc.Targets) == 0 {
		return nil
	}
	return sc.validateValues("target", sc.Targets)
}

func (sc SCurve) validateColumns() error {
	if len(sc.Elapsed) == 0 {
		return validatePeriods(sc.ID, sc.Periods)
	}
	if len(sc.Periods) > 0 || len(sc.Elapsed) > MaxPeriods {
		return fmt.Errorf("%w: %s has %d periods and %d steps since the start; use one of them, at most %d", ErrInvalid, sc.ID, len(sc.Periods), len(sc.Elapsed), MaxPeriods)
	}
	for i, at := range sc.Elapsed {
		if i > 0 && at <= sc.Elapsed[i-1] || at < -10*MaxPeriods || at > 10*MaxPeriods {
			return fmt.Errorf("%w: %s: step %d (%d) is out of order or out of bounds", ErrInvalid, sc.ID, i+1, at)
		}
	}
	return nil
}

func (sc SCurve) validateCurve(curve Curve) error {
	if strings.TrimSpace(curve.Name) == "" {
		return fmt.Errorf("%w: no name", ErrInvalid)
	}
	if err := sc.validateValues(curve.Name, curve.Values); err != nil {
		return err
	}
	if len(curve.Low)+len(curve.High) > 0 {
		for _, bound := range [][]Value{curve.Low, curve.High} {
			if err := sc.validateValues("band of "+curve.Name, bound); err != nil {
				return err
			}
		}
	}
	for _, odd := range curve.Oddities {
		if odd.At < 0 || odd.At >= sc.columns() || int(odd.Kind) >= len(oddities) {
			return fmt.Errorf("%w: %.60q has an oddity of kind %d at column %d", ErrInvalid, curve.Name, odd.Kind, odd.At)
		}
	}
	return nil
}

func (sc SCurve) validateValues(name string, values []Value) error {
	if len(values) != sc.columns() {
		return fmt.Errorf("%w: %.60q has %d values for %d columns", ErrInvalid, name, len(values), sc.columns())
	}
	for i, v := range values {
		if err := v.validate(fmt.Sprintf("column %d", i+1)); err != nil {
			return err
		}
		if v.known && !sc.axis().holds(v.number) {
			return fmt.Errorf("%w: %.60q, column %d: %v is off the axis (%v to %v)", ErrInvalid, name, i+1, v.number, sc.axis().Min, sc.axis().Max)
		}
	}
	return nil
}

// Render implements Chart.
func (sc SCurve) Render(w io.Writer) error {
	if err := sc.Validate(); err != nil {
		return err
	}
	_, err := w.Write(sc.draw())
	return err
}

// highlighted are the curves that are drawn in full: those marked, or all of a few when none is.
func (sc SCurve) highlighted() []int {
	var marked, all []int
	for i, curve := range sc.Curves {
		all = append(all, i)
		if curve.Highlight {
			marked = append(marked, i)
		}
	}
	if marked == nil && len(all) <= MaxSeries {
		return all
	}
	return marked
}

func (sc SCurve) columnName(i int) string {
	if len(sc.Elapsed) > 0 {
		return fmt.Sprintf("%d %s", sc.Elapsed[i], phrase(sc.elapsedUnit()))
	}
	return sc.Periods[i].Label()
}

func (sc SCurve) elapsedUnit() string {
	if sc.ElapsedUnit == "" {
		return "months since own start"
	}
	return sc.ElapsedUnit
}

func (sc SCurve) targetLabel() string {
	if sc.TargetLabel == "" {
		return "Target"
	}
	return sc.TargetLabel
}

// Table implements Chart: a row for each column of the chart; a curve has a column for its values, two for its band and
// one for its notes when it has any.
func (sc SCurve) Table() Table {
	t := Table{Caption: sc.Title, Headers: []string{"Period"}, Rows: make([][]string, sc.columns())}
	if len(sc.Elapsed) > 0 {
		t.Headers[0] = sentence(sc.elapsedUnit())
	}
	add := func(header string, cell func(i int) string) {
		t.Headers = append(t.Headers, header)
		for i := range t.Rows {
			t.Rows[i] = append(t.Rows[i], cell(i))
		}
	}
	for i := range t.Rows {
		t.Rows[i] = []string{sc.columnName(i)}
		if len(sc.Elapsed) > 0 {
			t.Rows[i][0] = fmt.Sprint(sc.Elapsed[i])
		}
	}
	for _, curve := range sc.Curves {
		add(sc.header(curve.Name), func(i int) string { return sc.cell(curve.Values[i]) })
		if len(curve.Low) > 0 {
			add(sc.header(curve.Name+", at least"), func(i int) string { return sc.cell(curve.Low[i]) })
			add(sc.header(curve.Name+", at most"), func(i int) string { return sc.cell(curve.High[i]) })
		}
		if len(curve.Oddities) > 0 {
			add(curve.Name+", notes", curve.notesAt)
		}
	}
	if len(sc.Targets) > 0 {
		add(sc.header(sc.targetLabel()), func(i int) string { return sc.cell(orNone(sc.Targets[i])) })
	}
	return t
}

func (curve Curve) notesAt(i int) string {
	var notes []string
	for _, odd := range curve.Oddities {
		if odd.At == i {
			notes = append(notes, strings.TrimSuffix(oddities[odd.Kind].word+": "+odd.Text, ": "))
		}
	}
	return strings.Join(notes, "; ")
}

func (sc SCurve) describe() string {
	text := fmt.Sprintf("Cumulative curves from %s to %s: ", sc.columnName(0), sc.columnName(sc.columns()-1))
	var names []string
	bright := sc.highlighted()
	for _, i := range bright[:min(len(bright), MaxSeries)] {
		names = append(names, phrase(sc.Curves[i].Name))
	}
	if rest := len(sc.Curves) - len(bright); rest > 0 {
		names = append(names, fmt.Sprintf("%d %s in grey", rest, plural(rest, "other", "others")))
	}
	text += strings.Join(names, ", ") + "."
	if len(sc.Targets) > 0 {
		text += " A dashed line steps with the " + strings.ToLower(phrase(sc.targetLabel())) + " in force."
	}
	if slices.ContainsFunc(sc.Curves, func(curve Curve) bool { return len(curve.Low) > 0 }) {
		text += " A band reaches from what is known at the least to what is possible at the most."
	}
	return text
}
