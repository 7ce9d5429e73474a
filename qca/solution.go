package qca

// Solution is the answer of a minimisation: every tied model, what it rests
// on, and how far the search got.
type Solution struct {
	Outcome    string       `json:"outcome"`
	Conditions []string     `json:"conditions"`
	Kind       SolutionKind `json:"solution"`
	// Models listed, all with the same number of terms and fewest literals first;
	// with Options.AllModels the irredundant ones follow, fewest terms first.
	// Those of an intermediate solution are in the order of Pairs.
	Models []Model `json:"models"`
	// ModelCount is the number of tied models, listed or not; where
	// ModelCountExact is false there are at least that many.
	ModelCount      uint64 `json:"model_count"`
	ModelCountExact bool   `json:"model_count_exact"`
	// PrimeImplicants in order of size, up to Options.MaxPrimesListed of the
	// PrimeCount that were found.
	PrimeImplicants []Term `json:"prime_implicants"`
	PrimeCount      int    `json:"prime_implicant_count"`
	// Essential prime implicants are in every tied model, as the R package has
	// it. SoleCover are those of them that alone cover some positive row (the
	// textbook's essential ones); no irredundant model can do without them.
	// Where the models of some part of the chart were not all found, Essential has
	// only SoleCover there; both are empty where not all prime implicants were
	// found. An intermediate solution has no SoleCover, since its pairs differ in
	// their prime implicants, and Essential only where it is Complete.
	Essential []Term `json:"essential"`
	SoleCover []Term `json:"sole_cover"`
	// Pairs are what an intermediate solution is made of; other kinds have none.
	Pairs []Pair `json:"pairs,omitempty"`
	// Complete: all prime implicants were found and all tied models listed.
	Complete bool `json:"complete"`
	// ProvedMinimal: no model has fewer terms than the first.
	ProvedMinimal bool `json:"proved_minimal"`
}

// Model is one formula, its fit as sufficient for the outcome, and what it
// assumes.
type Model struct {
	Expression Expression `json:"expression"`
	Fit
	Terms []TermFit `json:"terms"`
	// Uncovered cases are in the outcome (above 0.5) but in no term.
	Uncovered []string `json:"uncovered"`
	// SimplifyingAssumptions are the numbers of rows that the model covers
	// although they are not positive: remainders, mostly.
	SimplifyingAssumptions []uint64 `json:"simplifying_assumptions"`
	// Pairs names the pairs that an intermediate model comes from.
	Pairs []string `json:"pairs,omitempty"`
	// AssumptionsListed is false where the list above was cut.
	AssumptionsListed bool `json:"assumptions_listed"`
}

// TermFit is one term of a model with its fit.
type TermFit struct {
	Expression Term   `json:"expression"`
	Inclusion  Figure `json:"consistency"`
	PRI        Figure `json:"pri"`
	// RawCoverage is the term's coverage on its own.
	RawCoverage Figure `json:"raw_coverage"`
	// UniqueCoverage is the coverage of the model less that of the model
	// without the term.
	UniqueCoverage Figure `json:"unique_coverage"`
	// Cases with a membership above 0.5 in the term.
	Cases []string `json:"cases"`
	// Deviant are those of the cases that are more out of the outcome than in.
	Deviant []string `json:"deviant"`
}

// MarshalText writes the term as text.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText parses a term.
func (t *Term) UnmarshalText(text []byte) error {
	e, err := Parse(string(text))
	if err != nil {
		return err
	}
	if len(e) != 1 {
		return &InputError{Value: string(text), Problem: "not a single term", Remedy: "join conditions with * only"}
	}
	*t = e[0]
	return nil
}
