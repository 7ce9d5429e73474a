package qca

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
)

// maxSimplified rows of all combinations of an expression's conditions are
// looked at.
const maxSimplified = 1 << 14

// Simplify returns every shortest expression that holds of the same
// combinations as e: fewest terms. levels gives the number of values of
// conditions; those not in it have as many as e mentions, at least two.
func Simplify(ctx context.Context, e Expression, levels map[string]int) ([]Expression, error) {
	return minimalForms(ctx, e, levels, true)
}

// Negate returns every shortest expression that holds where e does not.
func Negate(ctx context.Context, e Expression, levels map[string]int) ([]Expression, error) {
	return minimalForms(ctx, e, levels, false)
}

// Intersect returns every shortest expression that holds where all of the
// given ones do.
func Intersect(ctx context.Context, list []Expression, levels map[string]int) ([]Expression, error) {
	whole := Expression{Term{}}
	for _, e := range list {
		if len(whole)*len(e) > maxParsedTerms {
			return nil, &InputError{Problem: "too many terms once the expressions are multiplied out", Remedy: "simplify them first"}
		}
		var product Expression
		for _, a := range whole {
			for _, b := range e {
				product = append(product, slices.Concat(a, b))
			}
		}
		whole = product
	}
	return Simplify(ctx, whole, levels)
}

// minimalForms minimises the combinations in which e holds, or does not.
func minimalForms(ctx context.Context, e Expression, levels map[string]int, holds bool) ([]Expression, error) {
	tt := &TruthTable{Possible: 1}
	for _, c := range expressionConditions(e, levels) {
		if tt.Possible *= uint64(c.Levels); tt.Possible > maxSimplified {
			return nil, &InputError{Value: e.String(), Problem: "the expression has too many conditions to simplify", Remedy: "use fewer, or values"}
		}
		tt.Conditions = append(tt.Conditions, c)
	}
	var positive []uint64
	for number := uint64(1); number <= tt.Possible; number++ {
		if e.holds(tt, tt.RowValues(number)) == holds {
			positive = append(positive, number)
		}
	}
	switch uint64(len(positive)) {
	case 0:
		return []Expression{{}}, nil
	case tt.Possible:
		return []Expression{{Term{}}}, nil
	}
	m := &minimization{tt: tt, options: Options{MaxSteps: math.MaxInt}.withDefaults(), task: tt.task(positive, nil), positive: positive}
	m.run(ctx)
	if !m.proved() {
		return nil, fmt.Errorf("simplify %s: %w", e, context.Cause(ctx))
	}
	forms := make([]Expression, len(m.lists))
	for i, list := range m.lists {
		forms[i] = m.terms(list)
	}
	return forms, nil
}

// expressionConditions are the conditions of an expression in order of use.
func expressionConditions(e Expression, levels map[string]int) []Condition {
	var conditions []Condition
	for _, name := range e.Conditions() {
		c := Condition{Name: name, Kind: Crisp, Levels: max(2, levels[name])}
		for _, term := range e {
			for _, l := range term {
				if l.Condition == name {
					c.notation = l.Notation
					if l.Values != nil {
						c.Levels = max(c.Levels, slices.Max(l.Values)+1)
					}
				}
			}
		}
		if c.Levels > 2 {
			c.Kind = MultiValue
		}
		conditions = append(conditions, c)
	}
	return conditions
}

// holds reports whether the expression holds of a combination of values.
func (e Expression) holds(tt *TruthTable, values []int) bool {
	return slices.ContainsFunc(e, func(term Term) bool {
		return !slices.ContainsFunc(term, func(l Literal) bool {
			at := slices.IndexFunc(tt.Conditions, func(c Condition) bool { return c.Name == l.Condition })
			return l.valueSet(tt.Conditions[at].Levels)>>values[at]&1 == 0
		})
	})
}

// maxFactored forms of one expression are made.
const maxFactored = 200

// Factor returns the ways to put what terms have in common before brackets,
// such as A*(B + ~C) + D, shortest first. An expression whose terms share
// nothing comes back as it is.
func Factor(e Expression) []string {
	forms := factored(e)
	length := func(form string) int {
		return len(strings.FieldsFunc(form, func(r rune) bool { return strings.ContainsRune("*+() ~", r) }))
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(length(a)-length(b), strings.Compare(a, b)) })
	return slices.Compact(forms)
}

func factored(e Expression) []string {
	common := commonFactors(e)
	if len(common) == 0 {
		return []string{e.String()}
	}
	var forms []string
	for _, factor := range common {
		var inside, rest Expression
		for _, term := range e {
			if contains(term, factor) {
				inside = append(inside, slices.DeleteFunc(slices.Clone(term), func(l Literal) bool { return contains(factor, Term{l}) }))
			} else {
				rest = append(rest, term)
			}
		}
		others := []string{""}
		if len(rest) > 0 {
			others = factored(rest)
		}
		for _, in := range factored(inside) {
			for _, other := range others {
				form := factor.String() + "*(" + in + ")"
				if other != "" {
					form += " + " + other
				}
				if len(forms) < maxFactored {
					forms = append(forms, form)
				}
			}
		}
	}
	return forms
}

// commonFactors are the different sets of literals that two terms share.
func commonFactors(e Expression) []Term {
	var common []Term
	seen := make(map[string]bool)
	for i, a := range e {
		for _, b := range e[i+1:] {
			shared := slices.DeleteFunc(slices.Clone(a), func(l Literal) bool { return !contains(b, Term{l}) })
			if len(shared) > 0 && !seen[shared.String()] {
				seen[shared.String()] = true
				common = append(common, shared)
			}
		}
	}
	return common
}

// contains reports whether a term holds every literal of another.
func contains(term, part Term) bool {
	return !slices.ContainsFunc(part, func(l Literal) bool {
		return !slices.ContainsFunc(term, func(other Literal) bool { return other.String() == l.String() })
	})
}
