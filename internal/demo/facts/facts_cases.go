package facts

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
)

// CaseSet is the report's anonymous comparison of the TCAM programme (tables 8.2 to
// 8.5). A case id is the report's own number and means nothing outside this set.
type CaseSet struct {
	Conditions []Condition // OUTCOME first, then the 12 conditions in the order of table 8.3
	Cases      []Case      // by id
	Codes      []NoteCode
	Notes      []CaseNote // by case; within a case barriers, enablers, activities, lessons
	TruthTable []TruthRow // as published, for comparison with what SIR computes
	Solutions  []Solution // as published, for comparison with what SIR computes
}

// Condition is a column of the case table, with what its two values say.
type Condition struct {
	Name      string // as in the report, such as "NONDELAY"
	Label     string
	OneMeans  string
	ZeroMeans string
	Fate      string // in the report: "outcome", "kept" or "dropped"
	Reason    string // the reason the report gives for the fate
	Remark    string // what SIR found about it; may be empty
	Source    string
}

// Case is one row of table 8.3.
type Case struct {
	ID     string // "1" to "15"
	Values []int  // 0 or 1, in the order of CaseSet.Conditions
	Source string
}

// NoteCode is one of our codes for the barriers and enablers of table 8.2.
type NoteCode struct {
	Code    string
	Kind    string // "barrier" or "enabler"
	Meaning string
	Source  string
}

// CaseNote is one thing table 8.2 says about a case.
type CaseNote struct {
	Case   string
	Kind   string // "barrier", "enabler", "activity" or "lesson"
	Code   string // a NoteCode for barriers and enablers, else empty
	Text   string
	Source string
}

// TruthRow is one row of the published truth table (table 8.4).
type TruthRow struct {
	Cases   []string
	Values  []int // 0 or 1, in the order of CaseSet.Kept
	Outcome int
	Source  string
}

// Solution is one term of the published solutions (table 8.5). In Term an upper
// case name is a condition present, a lower case one absent, and * is "and".
type Solution struct {
	Outcome          string // "success" or "failure"
	Term             string
	Cases            [][]string // grouped by truth table row
	RawCoverage      float64    // 0 to 1, as are the next two
	UniqueCoverage   float64
	SolutionCoverage float64
	Source           string
}

// Value returns the code, 0 or 1, of a case on a condition; false if there is no
// such case or condition.
func (s CaseSet) Value(id, condition string) (int, bool) {
	column := slices.IndexFunc(s.Conditions, func(c Condition) bool { return c.Name == condition })
	for _, c := range s.Cases {
		if c.ID == id && column >= 0 {
			return c.Values[column], true
		}
	}
	return 0, false
}

// Kept returns the names of the conditions the report kept for its analysis, in the
// order of table 8.4.
func (s CaseSet) Kept() []string {
	var kept []string
	for _, c := range s.Conditions {
		if c.Fate == "kept" {
			kept = append(kept, c.Name)
		}
	}
	return kept
}

func readCases(fsys fs.FS) (CaseSet, error) {
	var s CaseSet
	var err error
	if s.Conditions, err = readConditions(fsys); err != nil {
		return CaseSet{}, err
	}
	if s.Cases, err = s.readCaseRows(fsys); err != nil {
		return CaseSet{}, err
	}
	if s.Codes, err = readNoteCodes(fsys); err != nil {
		return CaseSet{}, err
	}
	if s.Notes, err = s.readNotes(fsys); err != nil {
		return CaseSet{}, err
	}
	if s.TruthTable, err = s.readTruthTable(fsys); err != nil {
		return CaseSet{}, err
	}
	if s.Solutions, err = s.readSolutions(fsys); err != nil {
		return CaseSet{}, err
	}
	return s, s.check()
}

// check holds the case table, its notes and codes, and the truth table against each
// other.
func (s CaseSet) check() error {
	if first := s.Conditions[0]; first.Fate != "outcome" {
		return fmt.Errorf("cases/tcam-conditions.csv: the first row is %s, want the outcome", first.Name)
	}
	listed := map[string]int{} // case id to how often the truth table has it
	for _, r := range s.TruthTable {
		for _, id := range r.Cases {
			listed[id]++
		}
	}
	noted := map[string]bool{} // case ids and codes that a note uses
	for _, n := range s.Notes {
		noted[n.Case], noted[n.Code] = true, true
	}
	for i, c := range s.Cases {
		switch {
		case c.ID != strconv.Itoa(i+1):
			return fmt.Errorf("cases/tcam-cases.csv: row %d is case %s, want %d", i+1, c.ID, i+1)
		case !noted[c.ID]:
			return fmt.Errorf("cases/tcam-case-notes.csv: case %s has no note", c.ID)
		case listed[c.ID] != 1:
			return fmt.Errorf("cases/tcam-truth-table.csv: case %s is listed %d times, want once", c.ID, listed[c.ID])
		}
	}
	for _, c := range s.Codes {
		if !noted[c.Code] {
			return fmt.Errorf("cases/tcam-codes.csv: no note uses %s", c.Code)
		}
	}
	return s.checkNoteOrder()
}

// checkNoteOrder wants the notes by case, and within a case by kind.
func (s CaseSet) checkNoteOrder() error {
	place := func(n CaseNote) int {
		id, _ := strconv.Atoi(n.Case)
		return id*len(noteKinds) + slices.Index(noteKinds, n.Kind)
	}
	for i := 1; i < len(s.Notes); i++ {
		if place(s.Notes[i]) < place(s.Notes[i-1]) {
			return fmt.Errorf("cases/tcam-case-notes.csv: %s %q of case %s is out of order", s.Notes[i].Kind, s.Notes[i].Text, s.Notes[i].Case)
		}
	}
	return nil
}
