package pattern

// CaseSet is a table of anonymous cases that can be analysed.
type CaseSet struct {
	ID      string
	Code    string
	Title   string
	Summary string
	Source  string
}

// SetSummary is a case set with its size. Conditions leave out the outcome.
type SetSummary struct {
	CaseSet
	Cases, Conditions int
}

// Condition is a column of the table. Name is as used in formulas. Fate is
// what its authors did with it.
type Condition struct {
	Name       string
	Label      string
	OneMeans   string
	ZeroMeans  string
	Fate       Fate
	FateReason string // the reason its authors give
	Remark     string // what SIR found about it
	Source     string
}

// Fate says what the authors of a case set did with a condition.
type Fate string

// The fates.
const (
	Outcome Fate = "outcome"
	Kept    Fate = "kept"
	Dropped Fate = "dropped"
)

// Case is one row: its label within the set, and its codes by condition.
type Case struct {
	ID     string
	Label  string
	Values map[string]int
	Coder  string
	Source string
	Notes  []CaseNote
}

// CaseNote is one thing that the source says about a case.
type CaseNote struct {
	Kind   string // "barrier", "enabler", "activity" or "lesson"
	Code   string // a NoteCode; may be empty
	Text   string
	Source string
}

// NoteCode is a code that notes are marked with.
type NoteCode struct {
	Code    string
	Meaning string
	Source  string
}

// PublishedTerm is one term of a solution that the source published, to be
// set beside what SIR computes.
type PublishedTerm struct {
	Outcome          string
	Term             string
	Cases            string
	RawCoverage      float64
	UniqueCoverage   float64
	SolutionCoverage float64
	Source           string
}

// CaseTable is a case set with all that is in it.
type CaseTable struct {
	Set        CaseSet
	Outcome    Condition
	Conditions []Condition // in the order of the source
	Cases      []Case      // by label
	Codes      []NoteCode
	Published  []PublishedTerm
}

// KeptNames answers the names of the conditions that the authors kept.
func (t CaseTable) KeptNames() []string {
	var names []string
	for _, c := range t.Conditions {
		if c.Fate == Kept {
			names = append(names, c.Name)
		}
	}
	return names
}

// Names answers the names of all conditions.
func (t CaseTable) Names() []string {
	names := make([]string, len(t.Conditions))
	for i, c := range t.Conditions {
		names[i] = c.Name
	}
	return names
}
