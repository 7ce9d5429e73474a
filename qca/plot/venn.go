package plot

import (
	"fmt"
	"strings"

	"sir/qca"
)

// MaxVennConditions is how many conditions a Venn diagram can show.
const MaxVennConditions = 5

// vennDiagram has a region for every row of the truth table.
type vennDiagram struct {
	conditions []string
	rows       []qca.Row // all of them, in order of number
}

// Venn draws every row of a truth table of up to five conditions as a region,
// shaded by its output, with its number and its cases counted. A multi-value
// condition, or more of them, is a qca.InputError.
func Venn(tt *qca.TruthTable) (*Figure, error) {
	if n := len(tt.Conditions); n < 1 || n > MaxVennConditions {
		return nil, &qca.InputError{Problem: fmt.Sprintf("a Venn diagram shows up to %d conditions, and there are %d", MaxVennConditions, n),
			Remedy: "choose fewer conditions"}
	}
	v := &vennDiagram{}
	for _, c := range tt.Conditions {
		if c.Levels != 2 {
			return nil, &qca.InputError{Column: c.Name, Problem: fmt.Sprintf("a Venn diagram shows presence and absence, and the condition has %d values", c.Levels),
				Remedy: "leave it out, or make it crisp"}
		}
		v.conditions = append(v.conditions, c.Name)
	}
	var err error
	if v.rows, err = tt.AllRows(); err != nil {
		return nil, err
	}
	f := &Figure{draw: v.draw, Title: fmt.Sprintf("Rows of the truth table for %s", tt.Outcome)}
	f.table.Headers = append([]string{"row"}, v.conditions...)
	f.table.Headers = append(f.table.Headers, "output", "n", "cases")
	cases, observed := 0, 0
	for _, row := range v.rows {
		f.table.Rows = append(f.table.Rows, v.row(row))
		cases += row.N
		observed += min(row.N, 1)
	}
	f.Description = fmt.Sprintf("Venn diagram of %s. %s in %d of %d regions.", strings.Join(v.conditions, ", "), counted(cases, "case"), observed, len(v.rows))
	for _, row := range v.rows {
		if row.N > 0 {
			f.Description += " " + v.say(row) + "."
		}
	}
	return f, nil
}

func (v *vennDiagram) row(row qca.Row) []string {
	cells := []string{fmt.Sprint(row.Number)}
	for _, value := range row.Values {
		cells = append(cells, fmt.Sprint(value))
	}
	return append(cells, row.Output.String(), fmt.Sprint(row.N), strings.Join(row.Cases, ", "))
}

// say is a region in words.
func (v *vennDiagram) say(row qca.Row) string {
	var in []string
	for i, value := range row.Values {
		if value == 1 {
			in = append(in, v.conditions[i])
		}
	}
	where := "none of the conditions"
	if len(in) > 0 {
		where = strings.Join(in, ", ") + " only"
		if len(in) == len(v.conditions) {
			where = "all of the conditions"
		}
	}
	text := fmt.Sprintf("Row %d, %s: output %s, %s", row.Number, where, outputWords[row.Output], counted(row.N, "case"))
	if row.N > 0 {
		text += ": " + strings.Join(row.Cases, ", ")
	}
	return text
}

// outputWords are the outputs in words.
var outputWords = map[qca.Output]string{
	qca.Positive: "1 (positive)", qca.Negative: "0 (negative)",
	qca.Contradiction: "C (contradiction)", qca.Remainder: "? (remainder)",
}

// mask is the row as a region: bit i for condition i.
func mask(row qca.Row) int {
	m := 0
	for i, value := range row.Values {
		m |= value << i
	}
	return m
}
