package qca

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// Settings say how a truth table is made. The zero value of a cut means its
// usual value, given with each.
type Settings struct {
	// Outcome is a column, "~OUT" for its absence, "OUT[2]" for one value.
	Outcome string
	// Conditions in the order wanted; empty: all columns but the outcome's.
	Conditions []string
	// Inclusion a row needs to be positive; zero means 1.
	Inclusion float64
	// ContradictionCut, when above zero, makes rows whose inclusion lies from
	// this cut up to Inclusion contradictions instead of negative.
	ContradictionCut float64
	// NCut is the number of cases a row needs not to be a remainder; zero means 1.
	NCut int
	// PRICut is the proportional reduction in inconsistency a row needs to be
	// positive; zero asks nothing.
	PRICut float64
	// LeaveOutHalf leaves out cases that have a membership of exactly 0.5 in a
	// condition and so belong to no row; otherwise they are an error.
	LeaveOutHalf bool
	// Notation of the outcome and of every expression that comes of the table.
	Notation Notation
	// AllowConstant accepts an outcome that has the same value in every case.
	AllowConstant bool
}

// Output is a truth table row's outcome.
type Output int

// The outputs of a row.
const (
	Remainder     Output = iota // too few cases to tell
	Negative                    // inclusion below the cut
	Positive                    // inclusion and PRI reach their cuts
	Contradiction               // inclusion between the two cuts
)

// String gives the usual sign: ?, 0, 1 or C.
func (o Output) String() string { return "?01C"[o : o+1] }

// MarshalText writes the sign.
func (o Output) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the sign.
func (o *Output) UnmarshalText(text []byte) error {
	i := strings.Index("?01C", string(text))
	if len(text) != 1 || i < 0 {
		return &InputError{Value: string(text), Problem: "not the output of a row", Remedy: "use 0, 1, C or ?"}
	}
	*o = Output(i)
	return nil
}

// Condition is a column of a truth table.
type Condition struct {
	Name   string `json:"name"`
	Kind   Kind   `json:"kind"`
	Levels int    `json:"levels"`

	notation Notation
}

// Row is an observed configuration of the conditions.
type Row struct {
	// Number counts all possible rows from 1, the first condition slowest.
	Number uint64 `json:"row"`
	// Values of the conditions, in the order of TruthTable.Conditions.
	Values    []int    `json:"values"`
	Output    Output   `json:"output"`
	N         int      `json:"n"`
	Inclusion Figure   `json:"inclusion"`
	PRI       Figure   `json:"pri"`
	Cases     []string `json:"cases"`
	// Deviant cases (in kind) are more out of the outcome than in.
	Deviant []string `json:"deviant"`
	// DeviantInDegree cases are in the outcome, but less than in the row.
	DeviantInDegree []string `json:"deviant_in_degree"`
	// InOutcome counts the cases that are more in the outcome than out.
	InOutcome int `json:"in_outcome"`
}

// Mixed reports whether the row has cases on both sides of the outcome: a
// contradictory row in the plain sense, whatever the cuts make of it.
func (r *Row) Mixed() bool { return r.InOutcome > 0 && len(r.Deviant) > 0 }

// TruthTable is the observed rows of a table under given settings, ordered by
// row number. It does not change once made.
type TruthTable struct {
	Outcome    string      `json:"outcome"`
	Conditions []Condition `json:"conditions"`
	Rows       []Row       `json:"rows"`
	// Possible is the number of rows that the conditions allow.
	Possible uint64 `json:"possible_rows"`
	// LeftOut are cases without a row (Settings.LeaveOutHalf). They count in
	// no figure.
	LeftOut []string `json:"left_out"`

	table    *Table
	settings Settings
	goal     Literal   // the outcome
	outcome  []float64 // membership by case
	kept     []int     // indexes of the cases that have a row
}

// Settings returns the settings with every default filled in.
func (tt *TruthTable) Settings() Settings {
	s := tt.settings
	s.Conditions = slices.Clone(s.Conditions)
	return s
}

// Table returns the cases behind the truth table.
func (tt *TruthTable) Table() *Table { return tt.table }

// Goal is the outcome that is explained.
func (tt *TruthTable) Goal() Literal { return tt.goal }

// Mixed returns the rows with cases on both sides of the outcome.
func (tt *TruthTable) Mixed() []Row {
	var rows []Row
	for i := range tt.Rows {
		if tt.Rows[i].Mixed() {
			rows = append(rows, tt.Rows[i])
		}
	}
	return rows
}

// Count returns the number of observed rows with the given output.
func (tt *TruthTable) Count(o Output) int {
	n := 0
	for i := range tt.Rows {
		if tt.Rows[i].Output == o {
			n++
		}
	}
	return n
}

// Configuration returns the row's values as a term, such as A*~B*C[2].
func (tt *TruthTable) Configuration(values []int) Term {
	term := make(Term, len(values))
	for i, v := range values {
		term[i] = tt.Conditions[i].literal(v)
	}
	return term
}

// RowValues returns the values of the conditions in the row of that number,
// observed or not.
func (tt *TruthTable) RowValues(number uint64) []int {
	values := make([]int, len(tt.Conditions))
	rest := number - 1
	for i, c := range slices.Backward(tt.Conditions) {
		values[i] = int(rest % uint64(c.Levels))
		rest /= uint64(c.Levels)
	}
	return values
}

func (c Condition) literal(value int) Literal {
	if c.Kind == MultiValue {
		return Literal{Condition: c.Name, Values: []int{value}, Notation: c.notation}
	}
	return Literal{Condition: c.Name, Negated: value == 0, Notation: c.notation}
}

// memberships of the kept cases in an expression over columns known to be there.
func (tt *TruthTable) memberships(e Expression) []float64 {
	most, least := make([]float64, len(tt.kept)), make([]float64, len(tt.kept))
	for _, term := range e {
		for i := range least {
			least[i] = 1
		}
		for _, l := range term {
			column := &tt.table.columns[tt.table.index[l.Condition]]
			for i, c := range tt.kept {
				least[i] = min(least[i], l.membership(column.kind, column.values[c]))
			}
		}
		for i, x := range least {
			most[i] = max(most[i], x)
		}
	}
	return most
}

// literalMemberships are the memberships of the kept cases in every value of
// every condition.
func (tt *TruthTable) literalMemberships() [][][]float64 {
	members := make([][][]float64, len(tt.Conditions))
	for i, condition := range tt.Conditions {
		column := &tt.table.columns[tt.table.index[condition.Name]]
		members[i] = make([][]float64, condition.Levels)
		for v := range members[i] {
			members[i][v] = make([]float64, len(tt.kept))
		}
		for j, c := range tt.kept {
			switch x := column.values[c]; {
			case column.kind == Fuzzy:
				members[i][0][j], members[i][1][j] = 1-x, x
			case math.IsNaN(x):
				for v := range members[i] {
					members[i][v][j] = 1
				}
			default:
				members[i][int(x)][j] = 1
			}
		}
	}
	return members
}

// fitOf is the fit of an expression over columns known to be there, to the
// outcome in the cases that have a row.
func (tt *TruthTable) fitOf(e Expression) Fit {
	s := tt.sumsOf(e)
	return s.fit()
}

func (tt *TruthTable) sumsOf(e Expression) sums {
	var s sums
	most := tt.memberships(e)
	for i, c := range tt.kept {
		s.add(most[i], tt.outcome[c])
	}
	return s
}

// MarshalJSON writes lists that are empty as [] rather than null.
func (r Row) MarshalJSON() ([]byte, error) {
	type plain Row
	if r.Deviant == nil {
		r.Deviant = []string{}
	}
	if r.DeviantInDegree == nil {
		r.DeviantInDegree = []string{}
	}
	return json.Marshal(plain(r))
}
