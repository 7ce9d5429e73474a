package plot

import (
	"fmt"
	"slices"
	"strings"

	"sir/qca"
)

// The largest prime implicant chart that can be drawn and still be read.
const (
	MaxChartPrimes = 100
	MaxChartRows   = 100
)

// chartPrime is a row of the chart: one prime implicant.
type chartPrime struct {
	term      qca.Term
	covers    []bool // by positive row
	models    []int  // that have it, from 1
	essential bool
}

type primeChart struct {
	rows   []qca.Row // positive ones: the columns of the chart
	cover  []int     // how many prime implicants cover each
	primes []chartPrime
	models int
}

// Chart draws which prime implicants of a solution cover which positive rows of
// the truth table it came from, which are essential (in every tied model), and
// which models have them. The options are those of the minimisation. A chart
// larger than MaxChartPrimes by MaxChartRows is a qca.InputError.
func Chart(tt *qca.TruthTable, o qca.Options, s *qca.Solution) (*Figure, error) {
	c := &primeChart{models: len(s.Models)}
	for _, row := range tt.Rows {
		if row.Output == qca.Positive || row.Output == qca.Contradiction && o.Contradictions == qca.ContradictionsAsPositive {
			c.rows = append(c.rows, row)
		}
	}
	if s.PrimeCount > MaxChartPrimes || len(s.PrimeImplicants) > MaxChartPrimes || len(c.rows) > MaxChartRows {
		return nil, &qca.InputError{Problem: fmt.Sprintf("%d prime implicants by %d rows are too many to draw", max(s.PrimeCount, len(s.PrimeImplicants)), len(c.rows)),
			Remedy: fmt.Sprintf("use fewer conditions, or a higher frequency cut: at most %d by %d", MaxChartPrimes, MaxChartRows)}
	}
	position := make(map[string]int, len(tt.Conditions))
	for i, condition := range tt.Conditions {
		position[condition.Name] = i
	}
	c.cover = make([]int, len(c.rows))
	for _, term := range s.PrimeImplicants {
		c.primes = append(c.primes, c.prime(term, s, position))
	}
	f := &Figure{draw: c.draw, Title: fmt.Sprintf("Prime implicant chart for %s: %s solution", s.Outcome, s.Kind), table: c.table()}
	f.Description = fmt.Sprintf("%s as rows, %s of the truth table as columns. A mark means that the prime implicant covers the row; a double mark, that no other does.", counted(len(c.primes), "prime implicant"), counted(len(c.rows), "positive row"))
	for _, p := range c.primes {
		f.Description += fmt.Sprintf(" %s: %s.", p.term, c.say(p))
	}
	return f, nil
}

func (c *primeChart) prime(term qca.Term, s *qca.Solution, position map[string]int) chartPrime {
	p := chartPrime{term: term, covers: make([]bool, len(c.rows))}
	text := term.String()
	same := func(t qca.Term) bool { return t.String() == text }
	p.essential = slices.ContainsFunc(s.Essential, same)
	for i, model := range s.Models {
		if slices.ContainsFunc(model.Expression, same) {
			p.models = append(p.models, i+1)
		}
	}
	for i, row := range c.rows {
		if p.covers[i] = covers(term, row.Values, position); p.covers[i] {
			c.cover[i]++
		}
	}
	return p
}

// covers reports whether every literal of the term holds of a row's values.
func covers(term qca.Term, values []int, position map[string]int) bool {
	return !slices.ContainsFunc(term, func(l qca.Literal) bool {
		v := values[position[l.Condition]]
		holds := v > 0
		if l.Values != nil {
			holds = slices.Contains(l.Values, v)
		}
		return holds == l.Negated
	})
}

// say is what the chart shows of a prime implicant, in words.
func (c *primeChart) say(p chartPrime) string {
	var rows []string
	for i, covered := range p.covers {
		if covered {
			rows = append(rows, fmt.Sprint(c.rows[i].Number))
		}
	}
	text := "covers no row"
	switch {
	case len(rows) == 1:
		text = "covers row " + rows[0]
	case len(rows) > 1:
		text = "covers rows " + strings.Join(rows, ", ")
	}
	if p.essential {
		text += "; essential"
	}
	return text + "; " + c.sayModels(p)
}

func (c *primeChart) sayModels(p chartPrime) string {
	switch {
	case len(p.models) == c.models && c.models > 1:
		return "in every formula"
	case len(p.models) == 0:
		return "in no formula"
	case c.models == 1:
		return "in the formula"
	case len(p.models) > 6:
		return fmt.Sprintf("in %d of %d formulas", len(p.models), c.models)
	}
	return "in formula " + strings.Trim(strings.ReplaceAll(fmt.Sprint(p.models), " ", ", "), "[]")
}

// table has a line for each prime implicant and row.
func (c *primeChart) table() Table {
	t := Table{Headers: []string{"prime_implicant", "row", "cases", "covers", "essential", "formulas"}}
	word := map[bool]string{true: "yes", false: "no"}
	for _, p := range c.primes {
		for i, row := range c.rows {
			t.Rows = append(t.Rows, []string{p.term.String(), fmt.Sprint(row.Number), strings.Join(row.Cases, ", "), word[p.covers[i]],
				word[p.essential], c.sayModels(p)})
		}
	}
	return t
}
