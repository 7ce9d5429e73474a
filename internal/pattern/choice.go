package pattern

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"sir/internal/fault"
	"sir/qca"
)

// MaxChosen bounds how many conditions one analysis may name.
const MaxChosen = 64

// Choose answers the conditions of an analysis in the order of the set: the
// named ones, or without names those that the authors kept (all, where they
// kept none). It fails with ErrInvalid at "conditions".
func (t CaseTable) Choose(names []string) ([]string, error) {
	if len(names) == 0 {
		if kept := t.KeptNames(); len(kept) > 0 {
			return kept, nil
		}
		return t.Names(), nil
	}
	all := t.Names()
	var wrong fault.Fields
	if len(names) > MaxChosen {
		wrong.Add("conditions", "Choose %d conditions or fewer.", MaxChosen)
		return nil, wrong.Err()
	}
	for _, name := range names {
		switch {
		case name == t.Outcome.Name:
			wrong.Add("conditions", "%s is the outcome: it cannot explain itself. Choose other conditions.", name)
		case !slices.Contains(all, name):
			wrong.Add("conditions", "This set has no condition called %q. Choose from the list.", clip(name))
		}
	}
	chosen := slices.DeleteFunc(all, func(name string) bool { return !slices.Contains(names, name) })
	return chosen, wrong.Err()
}

// clip keeps a message short, whatever was asked for.
func clip(text string) string {
	const most = 40
	text = strings.ToValidUTF8(text, "")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// data makes the table that qca works on, of the outcome and the named
// conditions. A case that was not coded on one of them is refused: a blank is
// not a zero.
func (t CaseTable) data(conditions []string) (*qca.Table, error) {
	labels := make([]string, len(t.Cases))
	for i, c := range t.Cases {
		labels[i] = c.Label
	}
	columns := make([]qca.Column, 0, 1+len(conditions))
	for _, name := range append([]string{t.Outcome.Name}, conditions...) {
		column := qca.Column{Name: name, Values: make([]float64, len(t.Cases))}
		for i, c := range t.Cases {
			value, coded := c.Values[name]
			if !coded {
				var wrong fault.Fields
				wrong.Add("conditions", "Case %s is not coded on %s, and a blank is not a zero. Code the case, or leave %s out.", c.Label, name, name)
				return nil, wrong.Err()
			}
			column.Values[i] = float64(value)
		}
		columns = append(columns, column)
	}
	table, err := qca.NewTable(labels, columns)
	if err != nil {
		return nil, refuse("conditions", err)
	}
	return table, nil
}

// refuse turns what qca found wrong with the input into an ErrInvalid at the
// field; any other error stays as it is.
func refuse(field string, err error) error {
	var input *qca.InputError
	if !errors.As(err, &input) {
		return err
	}
	var wrong fault.Fields
	wrong.Add(field, "%s.", upperFirst(input.Error()))
	return wrong.Err()
}

func upperFirst(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	return strings.ToUpper(text[:size]) + text[size:]
}
