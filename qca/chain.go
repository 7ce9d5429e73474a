package qca

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ChainLink is what explains one column by others.
type ChainLink struct {
	Outcome    string   `json:"outcome"`
	Conditions []string `json:"conditions"`
	// Solution is nil where there is nothing to explain or nothing that sets the
	// outcome apart; Reason then says why.
	Solution *Solution `json:"solution,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	// Explained: some model has at least the inclusion and the coverage asked for.
	Explained bool `json:"explained"`
}

// ChainOptions say how a chain is made.
type ChainOptions struct {
	Settings // Outcome is not used; Conditions are the columns, empty for all
	Options
	// Order lists groups of columns in the order in which they came about: a
	// column is explained by columns of its own and earlier groups. Empty: by
	// all others.
	Order [][]string
	// Coverage a model needs to explain a column; its inclusion is the inclusion
	// cut. Zero means 1.
	Coverage float64
}

// Chain takes each crisp or fuzzy column as the outcome of the others in turn
// (Baumgartner 2009), which shows what leads to what leads to the last one. A
// column with several values is a condition only.
func (t *Table) Chain(ctx context.Context, o ChainOptions) ([]ChainLink, error) {
	if len(o.Conditions) == 0 {
		o.Conditions = t.Columns()
	}
	if o.Coverage == 0 {
		o.Coverage = 1
	}
	for _, name := range slices.Concat(o.Order...) {
		if !slices.Contains(o.Conditions, name) {
			return nil, &InputError{Column: name, Problem: "the order names no column of this analysis", Remedy: "use " + strings.Join(o.Conditions, ", ")}
		}
	}
	links := []ChainLink{}
	columns := newMeter(o.Progress, stageColumns, len(o.Conditions))
	o.Progress = nil
	for _, name := range o.Conditions {
		column, err := t.calibrated(name)
		if err != nil {
			return nil, err
		}
		columns.advance()
		if column.kind == MultiValue {
			continue
		}
		link, err := t.link(ctx, o, name)
		if err != nil {
			return nil, fmt.Errorf("outcome %s: %w", name, err)
		}
		links = append(links, link)
	}
	return links, nil
}

func (t *Table) link(ctx context.Context, o ChainOptions, name string) (ChainLink, error) {
	link := ChainLink{Outcome: name, Conditions: o.before(name)}
	if len(link.Conditions) == 0 {
		link.Reason = "nothing comes before it"
		return link, nil
	}
	settings := o.Settings
	settings.Outcome, settings.Conditions, settings.AllowConstant = Literal{Condition: name, Notation: o.Notation}.String(), link.Conditions, true
	tt, err := t.TruthTable(settings)
	if err != nil {
		return link, err
	}
	solution, err := tt.Minimize(ctx, o.Options)
	var input *InputError
	if errors.As(err, &input) {
		link.Reason = input.Problem
		return link, nil
	}
	if err != nil {
		return link, err
	}
	link.Solution = solution
	link.Explained = slices.ContainsFunc(solution.Models, func(m Model) bool {
		return m.Inclusion.AtLeast(tt.settings.Inclusion) && m.Coverage.AtLeast(o.Coverage)
	})
	return link, nil
}

// before lists the columns that may explain one: those of its group and of
// earlier ones; without an order, or a place in it, all others.
func (o ChainOptions) before(name string) []string {
	allowed := o.Conditions
	if at := slices.IndexFunc(o.Order, func(group []string) bool { return slices.Contains(group, name) }); at >= 0 {
		later := slices.Concat(o.Order[at+1:]...)
		allowed = slices.DeleteFunc(slices.Clone(allowed), func(other string) bool { return slices.Contains(later, other) })
	}
	return slices.DeleteFunc(slices.Clone(allowed), func(other string) bool { return other == name })
}
