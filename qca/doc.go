// Package qca is Qualitative Comparative Analysis (Ragin 1987, 2000, 2008;
// Schneider and Wagemann 2012; Dusa 2019): crisp, multi-value and fuzzy
// conditions, mixed at will. It imports only the standard library.
//
// The way through the package is that of an analysis:
//
//	table, err := qca.ReadCSV(file, qca.CSVOptions{})
//	report, err := table.Screen("OUT", qca.ScreenRules{Kept: []string{"A", "B"}})
//	tt, err := table.TruthTable(qca.Settings{Outcome: "OUT", Conditions: []string{"A", "B"}})
//	solution, err := tt.Minimize(ctx, qca.Options{Solution: qca.Parsimonious})
//	rivals, err := table.Rivals(ctx, qca.RivalOptions{Settings: qca.Settings{Outcome: "OUT"}, MaxConditions: 4})
//
// A Table, a TruthTable and a Solution do not change once made, and every list
// has a fixed order, so that the same data give the same bytes. Results are
// plain structs that marshal to JSON. A figure that is 0/0 is undefined and
// marshals to null (Figure). An error that data or settings caused is an
// ErrInput and says what to do.
//
// # Method
//
// A configuration is a few words of bits (codes.go): where two differ is one
// exclusive or. The parsimonious prime implicants that cover a positive row
// are the minimal hitting sets of its difference sets from the negative rows;
// they are enumerated depth first (Murakami and Uno 2014), on two cores where
// that pays. Conservative ones are merged level by level over the observed
// rows. The models are all minimum covers of the chart: after row dominance it
// falls into components that share nothing. In each, branch and bound with
// Lagrangian bounds finds the size of a minimum cover, and a search with fixed
// prices of the rows then lists all covers of that size; columns with equal cover
// are handled as one. An intermediate solution minimises once
// more for each set of easy counterfactuals. Whatever stops a search (context or
// limits), the result says what is complete and what is proved.
//
// # Files
//
//	table.go, csv.go         cases by columns, and reading them
//	calibrate*.go            raw values to sets, by thresholds, anchors, groups
//	regression*.go           the regressions of the indirect method
//	thresholds.go            gaps in raw values, skewed sets
//	expression.go, parse.go  literals, terms, expressions; their memberships
//	notation.go              presence and absence by tilde or by case
//	truthtable*.go           rows, cuts, outputs
//	fit.go, figure.go        inclusion, PRI, coverage; figures that may be undefined
//	minimize.go, solution.go options and results of a minimisation
//	task.go                  which rows must and which must not be covered
//	codes.go, primes.go      bit codes, cubes, lists of prime implicants
//	expect.go, intermediate.go  directional expectations, easy counterfactuals
//	necessity*.go            conditions as necessary, alone and combined
//	enhanced.go              remainders that must not be assumed
//	explain.go               a solution in plain words
//	hitting.go               minimal hitting sets
//	parsimonious.go, conservative.go  prime implicants
//	cover.go, coverbound.go  the chart, prices of its rows
//	coverbranch.go, coverreduce.go, coversearch.go  one minimum cover, and all of them
//	irredundant.go           all covers that can do without none of their columns
//	models.go, modelfit.go, assumptions.go  covers as models with fits and assumptions
//	screen*.go               the rule log for kept and dropped conditions
//	rivals*.go               condition subsets and formulas that do as well
//	robust*.go               ranges, left-out cases, permutations, the robust core
//	stream.go                prime implicants one by one
//	simplify.go, theory.go   expressions simplified, negated, factored; theories
//	compare.go               what several sets of conditions find
//	temporal.go              the order of events as conditions
//	replicate/               files for repeating an analysis with other programs
//	chain.go                 each column as the outcome of the others
//	ratio.go                 exact shares and inequalities
//	limits.go, errors.go     what stops a search; what was wrong with the input
package qca
