package qca

import (
	"cmp"
	"context"
	"slices"
)

// SolutionKind says which remainders a solution may use.
type SolutionKind int

// The kinds of solution.
const (
	Conservative SolutionKind = iota // no remainder
	Parsimonious                     // any remainder that makes it simpler
	Intermediate                     // only those that the expectations allow
)

var solutionNames = []string{"conservative", "parsimonious", "intermediate"}

// String names the kind.
func (k SolutionKind) String() string { return solutionNames[k] }

// MarshalText writes the kind's name.
func (k SolutionKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind's name.
func (k *SolutionKind) UnmarshalText(text []byte) error {
	i := slices.Index(solutionNames, string(text))
	if i < 0 {
		return &InputError{Value: string(text), Problem: "no such kind of solution", Remedy: "use conservative, parsimonious or intermediate"}
	}
	*k = SolutionKind(i)
	return nil
}

// ContradictionUse says what minimisation does with contradiction rows.
type ContradictionUse int

// The uses of contradiction rows.
const (
	ExcludeContradictions      ContradictionUse = iota // must not be covered
	ContradictionsAsRemainders                         // may be covered
	ContradictionsAsPositive                           // must be covered
)

// Options say how to minimise; the zero value gives the conservative solution
// with the usual limits.
type Options struct {
	Solution       SolutionKind
	Contradictions ContradictionUse
	// Exclude lists numbers of rows that must not be covered, observed or not.
	Exclude []uint64
	// Expect are directional expectations, for the intermediate solution only: a
	// literal (the condition is expected to contribute by it) or a conjunction
	// (its literals are expected to contribute together).
	Expect []Term
	// AllModels adds to the minimal models every irredundant one: a model that
	// covers no longer every positive row when any of its terms is left out.
	AllModels bool
	// RowDominance drops every prime implicant whose positive rows are among
	// those of another that covers more. It hides tied models.
	RowDominance bool
	// MaxModels is how many tied models are listed; zero means 1,000. All are
	// counted as far as MaxSteps allows.
	MaxModels int
	// MaxPrimes is how many prime implicants are looked for; zero means 5 million.
	MaxPrimes int
	// MaxPrimesListed is how many of them a Solution spells out; zero means
	// 10,000.
	MaxPrimesListed int
	// MaxSteps bounds the work of each of the two searches, for prime implicants
	// and for models; zero means 100 million, a second or a few. Unlike a deadline
	// on the context, it gives the same partial answer on every machine.
	MaxSteps int
	// MaxAssumptions is how many row numbers of simplifying assumptions are
	// listed over all models; zero means 1 million.
	MaxAssumptions int
	// Progress, if given, is called every few thousand steps, from up to two
	// goroutines at once: it has to be quick, and safe for that.
	Progress func(Progress)
}

func (o Options) withDefaults() Options {
	o.MaxModels = cmp.Or(o.MaxModels, 1_000)
	o.MaxPrimes = cmp.Or(o.MaxPrimes, 5_000_000)
	o.MaxPrimesListed = cmp.Or(o.MaxPrimesListed, 10_000)
	o.MaxSteps = cmp.Or(o.MaxSteps, 100_000_000)
	o.MaxAssumptions = cmp.Or(o.MaxAssumptions, 1_000_000)
	return o
}

// Minimize returns the minimal formulas for the positive rows of a truth
// table: all that have the fewest prime implicants. A search that the context
// or a limit stops gives a Solution that says so (Complete, ProvedMinimal),
// not an error; a table without a positive row, or for a parsimonious solution
// without a row that must not be covered, is an InputError.
func (tt *TruthTable) Minimize(ctx context.Context, o Options) (*Solution, error) {
	o = o.withDefaults()
	positive, forbidden, err := tt.split(o)
	if err != nil {
		return nil, err
	}
	if o.Solution == Intermediate {
		return tt.intermediate(ctx, o, positive, forbidden)
	}
	m := &minimization{tt: tt, options: o, task: tt.task(positive, forbidden), positive: positive}
	m.run(ctx)
	return m.solution(), nil
}

// run finds the prime implicants and the models of the task.
func (m *minimization) run(ctx context.Context) {
	m.task.limits = &limits{ctx: ctx, steps: m.options.MaxSteps, results: m.options.MaxPrimes}
	m.task.limits.meter = newMeter(m.options.Progress, stagePrimes, m.task.positives)
	if m.options.Solution == Parsimonious {
		m.primes = m.task.parsimonious(0)
	} else {
		m.primes = m.task.conservative()
	}
	if m.options.RowDominance {
		m.primes.dropDominated()
	}
	m.cover(&limits{ctx: ctx, steps: m.options.MaxSteps, results: maxCovers, meter: newMeter(m.options.Progress, stageFormulas, 0)})
}

// cover finds the models that the prime implicants allow.
func (m *minimization) cover(lim *limits) {
	m.sole = m.primes.sole()
	m.covers = nil
	for _, part := range newCoverProblem(m.primes, m.task.positives, m.sole, lim).components() {
		if m.options.AllModels {
			m.covers = append(m.covers, part.everyIrredundant())
		} else {
			m.covers = append(m.covers, part.minimum())
		}
	}
	m.expand()
}

// maxCovers bounds the covers held in memory while models are counted.
const maxCovers = 1_000_000
