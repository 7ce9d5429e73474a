package replicate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sir/qca"
)

// data are the cases that have a row, with the conditions in order and then the
// outcome, not negated.
type data struct {
	cases   []string
	columns []qca.Column
	kinds   []qca.Kind
}

func readData(tt *qca.TruthTable) (data, error) {
	table := tt.Table()
	names := append(tt.Settings().Conditions, tt.Goal().Condition)
	d := data{}
	cases := table.Cases()
	kept := func(i int) bool { return !slices.Contains(tt.LeftOut, cases[i]) }
	for i, id := range cases {
		if kept(i) {
			d.cases = append(d.cases, id)
		}
	}
	for _, name := range names {
		column, kind, err := table.Column(name)
		if err != nil {
			return data{}, err
		}
		one := qca.Column{Name: name, Levels: column.Levels}
		for i, v := range column.Values {
			if kept(i) {
				one.Values = append(one.Values, v)
				one.DontCare = append(one.DontCare, column.DontCare != nil && column.DontCare[i])
			}
		}
		d.columns, d.kinds = append(d.columns, one), append(d.kinds, kind)
	}
	return d, nil
}

// records are a header line and a line a case. outcome, where given, stands in
// for the values of the last column.
func (d data) records(id string, names []string, outcome []float64) [][]string {
	records := [][]string{append([]string{id}, names...)}
	for i, c := range d.cases {
		record := []string{c}
		for j, column := range d.columns {
			value := column.Values[i]
			if outcome != nil && j == len(d.columns)-1 {
				value = outcome[i]
			}
			if column.DontCare[i] {
				record = append(record, "-")
			} else {
				record = append(record, strconv.FormatFloat(value, 'g', -1, 64))
			}
		}
		records = append(records, record)
	}
	return records
}

// has reports whether a condition is of the kind.
func (d data) has(kind qca.Kind) bool { return slices.Contains(d.kinds[:len(d.kinds)-1], kind) }

// free reports whether some value does not matter.
func (d data) free() bool {
	return slices.ContainsFunc(d.columns, func(c qca.Column) bool { return slices.Contains(c.DontCare, true) })
}

// binaryOutcome is the outcome as 0 and 1 or as memberships, whatever values
// of it are explained.
func (b *bundle) binaryOutcome() []float64 {
	column := b.data.columns[len(b.data.columns)-1]
	if b.outcome.Values == nil {
		return column.Values
	}
	values := make([]float64, len(column.Values))
	for i, v := range column.Values {
		if slices.Contains(b.outcome.Values, int(v)) {
			values[i] = 1
		}
	}
	return values
}

// name is what a column is called where.
type name struct{ own, r, tosmana, fuzzySets string }

// mapNames gives every column a name that each program takes: upper-case
// letters and digits, a letter first, no word of the language R, not the case
// column's; for fs/QCA two characters at least. A name that is such already
// stays.
func mapNames(d data) []name {
	plain, fuzzy := newNamer(1), newNamer(2)
	if d.columns[len(d.columns)-1].Name == "OUT" { // taken by R's truth table for conditions only
		delete(plain.taken, "OUT")
		delete(fuzzy.taken, "OUT")
	}
	names := make([]name, len(d.columns))
	for _, keep := range []bool{true, false} { // who has a good name keeps it
		for i, c := range d.columns {
			if keep == (plain.clean(c.Name) == c.Name) {
				n := plain.give(c.Name)
				names[i] = name{own: c.Name, r: n, tosmana: n}
			}
			if keep == (fuzzy.clean(c.Name) == c.Name) {
				names[i].fuzzySets = fuzzy.give(c.Name)
			}
		}
	}
	return names
}

type namer struct {
	least int
	taken map[string]bool
}

// newNamer starts with the words that no column can be called.
func newNamer(least int) *namer {
	n := &namer{least: least, taken: make(map[string]bool)}
	for _, word := range []string{"CASE", "TRUE", "FALSE", "NULL", "NA", "NAN", "INF", "OUT"} {
		n.taken[word] = true
	}
	return n
}

// clean keeps the letters and digits of the Latin alphabet, in upper case.
func (n *namer) clean(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, text)
	if clean == "" || clean[0] <= '9' {
		clean = "X" + clean
	}
	for len(clean) < n.least {
		clean += "X"
	}
	return clean
}

// give returns a name that is not taken, numbered where it has to be.
func (n *namer) give(text string) string {
	base := n.clean(text)
	given := base
	for i := 2; n.taken[given]; i++ {
		given = base + "X" + strconv.Itoa(i)
	}
	n.taken[given] = true
	return given
}

// changed lists the columns that some program knows by another name.
func (b *bundle) changed(of func(name) string) []string {
	var list []string
	for _, n := range b.names {
		if other := of(n); other != n.own {
			list = append(list, n.own+" is "+other)
		}
	}
	return list
}

// tilde is a literal or term in the tilde notation.
func tilde(t qca.Term) qca.Term {
	other := slices.Clone(t)
	for i := range other {
		other[i].Notation = qca.Tilde
	}
	return other
}

// renamed is an expression in R's names.
func (b *bundle) renamed(e qca.Expression) qca.Expression {
	to := make(map[string]string)
	for _, n := range b.names {
		to[n.own] = n.r
	}
	other := make(qca.Expression, len(e))
	for i, term := range e {
		other[i] = make(qca.Term, len(term))
		for j, l := range term {
			l.Condition, l.Notation = cmp.Or(to[l.Condition], l.Condition), qca.Tilde
			other[i][j] = l
		}
	}
	return other
}

// quoted is a command line that a POSIX shell reads as these words.
func quoted(words []string) string {
	list := make([]string, len(words))
	for i, w := range words {
		safe := w != "" && strings.IndexFunc(w, func(r rune) bool {
			return !strings.ContainsRune("-_./:=,+%@", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		}) < 0
		if list[i] = w; !safe {
			list[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(list, " ")
}
