package plot

import (
	"fmt"
	"slices"
	"strings"

	"sir/qca"
)

// ConfigurationOptions say how a configuration table is made.
type ConfigurationOptions struct {
	// Core are the parsimonious models. A literal of a term is core where one of
	// their terms that the term lies in has it, else peripheral (Fiss 2011). An
	// intermediate solution brings its own; where there are none, all literals
	// are drawn alike.
	Core []qca.Expression
	// MaxModels is how many tied models are drawn; zero means 4. The table has
	// all that the solution lists.
	MaxModels int
}

// configuration is one term as a column.
type configuration struct {
	fit   qca.TermFit
	marks []conditionMark // by condition
}

// conditionMark is what a term says of a condition.
type conditionMark struct {
	literal qca.Literal
	said    bool // the term has the condition
	core    bool
}

type configurations struct {
	conditions []string
	models     []qca.Model
	columns    [][]configuration // by model and term
	graded     bool              // core and peripheral are told apart
	sets       bool              // some mark is of presence or absence
	values     bool              // some mark is of one value of several
}

// Configurations draws the terms of a solution's models as columns and the
// conditions as rows, with full circles for presence and crossed ones for
// absence, large for core and small for peripheral conditions (Fiss 2011). A
// solution without a model is a qca.InputError.
func Configurations(s *qca.Solution, o ConfigurationOptions) (*Figure, error) {
	if len(s.Models) == 0 {
		return nil, &qca.InputError{Problem: "the solution has no model to draw", Remedy: "give the search more time"}
	}
	if o.MaxModels == 0 {
		o.MaxModels = 4
	}
	c := &configurations{conditions: s.Conditions}
	f := &Figure{draw: c.draw, Title: fmt.Sprintf("Configurations for %s: %s solution", s.Outcome, s.Kind)}
	f.table.Headers = slices.Concat([]string{"model", "term"}, s.Conditions, []string{"consistency", "raw_coverage", "unique_coverage", "cases"})
	for i, model := range s.Models {
		core := coreOf(s, model, o.Core)
		c.graded = c.graded || len(core) > 0
		columns := make([]configuration, len(model.Terms))
		for j, term := range model.Terms {
			columns[j] = c.configuration(term, core)
			f.table.Rows = append(f.table.Rows, c.row(i, columns[j]))
		}
		f.table.Rows = append(f.table.Rows, c.modelRow(i, model))
		if i < o.MaxModels {
			c.models, c.columns = append(c.models, model), append(c.columns, columns)
		}
	}
	f.Description = c.describe(s)
	f.notes = c.notes(s)
	return f, nil
}

// coreOf are the parsimonious models that a model is compared with.
func coreOf(s *qca.Solution, model qca.Model, given []qca.Expression) []qca.Expression {
	if len(given) > 0 {
		return given
	}
	var core []qca.Expression
	for _, pair := range s.Pairs {
		if slices.Contains(model.Pairs, pair.Name) {
			core = append(core, pair.Parsimonious)
		}
	}
	return core
}

func (c *configurations) configuration(term qca.TermFit, core []qca.Expression) configuration {
	column := configuration{fit: term, marks: make([]conditionMark, len(c.conditions))}
	kept := coreLiterals(term.Expression, core)
	for _, l := range term.Expression {
		i := slices.Index(c.conditions, l.Condition)
		column.marks[i] = conditionMark{l, true, len(core) == 0 || kept[l.String()]}
		c.sets, c.values = c.sets || l.Values == nil, c.values || l.Values != nil
	}
	return column
}

// coreLiterals are the literals of those terms of parsimonious models whose
// literals are all in the term.
func coreLiterals(term qca.Term, core []qca.Expression) map[string]bool {
	has := make(map[string]bool, len(term))
	for _, l := range term {
		has[l.String()] = true
	}
	kept := make(map[string]bool)
	for _, model := range core {
		for _, simpler := range model {
			if slices.ContainsFunc(simpler, func(l qca.Literal) bool { return !has[l.String()] }) {
				continue
			}
			for _, l := range simpler {
				kept[l.String()] = true
			}
		}
	}
	return kept
}

// row is a term in the table; empty cells are conditions that do not matter.
func (c *configurations) row(model int, column configuration) []string {
	cells := []string{fmt.Sprint(model + 1), column.fit.Expression.String()}
	for _, m := range column.marks {
		cells = append(cells, c.say(m))
	}
	return append(cells, column.fit.Inclusion.String(), column.fit.RawCoverage.String(), column.fit.UniqueCoverage.String(),
		strings.Join(column.fit.Cases, ", "))
}

func (c *configurations) modelRow(model int, m qca.Model) []string {
	cells := append([]string{fmt.Sprint(model + 1), "whole formula"}, make([]string, len(c.conditions))...)
	return append(cells, m.Inclusion.String(), m.Coverage.String(), "", "")
}

// say is a mark in words, empty where the condition does not matter.
func (c *configurations) say(m conditionMark) string {
	if !m.said {
		return ""
	}
	text := "present"
	switch {
	case m.literal.Values != nil:
		text = "value " + valueText(m.literal)
	case m.literal.Negated:
		text = "absent"
	}
	if !c.graded {
		return text
	}
	return text + map[bool]string{true: ", core", false: ", peripheral"}[m.core]
}

// valueText is the value of a multi-value literal, or several with commas.
func valueText(l qca.Literal) string {
	text := strings.Trim(strings.ReplaceAll(fmt.Sprint(l.Values), " ", ","), "[]")
	if l.Negated {
		return "not " + text
	}
	return text
}

func (c *configurations) describe(s *qca.Solution) string {
	text := fmt.Sprintf("Table of %s with %s as rows and a column for each term. Each mark says whether the condition is present or absent in the term; no mark: it does not matter there.",
		counted(len(c.models), "formula"), counted(len(c.conditions), "condition"))
	for i, m := range c.models {
		text += fmt.Sprintf(" Formula %d: %s, consistency %s, coverage %s.", i+1, m.Expression, words(m.Inclusion), words(m.Coverage))
	}
	if len(s.Models) > len(c.models) {
		text += fmt.Sprintf(" %d more tied formulas are in the table only.", len(s.Models)-len(c.models))
	}
	return text
}

func (c *configurations) notes(s *qca.Solution) []string {
	var notes []string
	if hidden := len(s.Models) - len(c.models); hidden > 0 {
		notes = append(notes, fmt.Sprintf("The first %d of %d formulas are drawn; all are in the table.", len(c.models), len(s.Models)))
	}
	if !s.Complete {
		notes = append(notes, "The search was cut: more tied formulas may exist.")
	}
	return notes
}
