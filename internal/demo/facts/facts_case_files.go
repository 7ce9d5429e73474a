package facts

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

var noteKinds = []string{"barrier", "enabler", "activity", "lesson"}

func readConditions(fsys fs.FS) ([]Condition, error) {
	t := table{
		file:    "cases/tcam-conditions.csv",
		columns: []string{"name", "label", "one_means", "zero_means", "fate", "reason", "remark", "source"},
		key:     []string{"name"},
	}
	return load(fsys, t, func(r *row) Condition {
		return Condition{
			Name:      r.text("name"),
			Label:     r.text("label"),
			OneMeans:  r.text("one_means"),
			ZeroMeans: r.text("zero_means"),
			Fate:      r.oneOf("fate", "outcome", "kept", "dropped"),
			Reason:    r.text("reason"),
			Remark:    r.optional("remark"),
			Source:    r.source(),
		}
	})
}

func (s CaseSet) readCaseRows(fsys fs.FS) ([]Case, error) {
	columns := []string{"case"}
	for _, c := range s.Conditions {
		columns = append(columns, c.Name)
	}
	t := table{file: "cases/tcam-cases.csv", columns: append(columns, "source"), key: []string{"case"}}
	return load(fsys, t, func(r *row) Case {
		c := Case{ID: strconv.Itoa(r.number("case", 1, 99)), Source: r.source()}
		for _, condition := range s.Conditions {
			c.Values = append(c.Values, r.number(condition.Name, 0, 1))
		}
		return c
	})
}

func readNoteCodes(fsys fs.FS) ([]NoteCode, error) {
	t := table{file: "cases/tcam-codes.csv", columns: []string{"code", "kind", "meaning", "source"}, key: []string{"code"}}
	return load(fsys, t, func(r *row) NoteCode {
		return NoteCode{Code: r.text("code"), Kind: r.oneOf("kind", "barrier", "enabler"), Meaning: r.text("meaning"), Source: r.source()}
	})
}

func (s CaseSet) readNotes(fsys fs.FS) ([]CaseNote, error) {
	kindOf := map[string]string{} // of the code
	for _, c := range s.Codes {
		kindOf[c.Code] = c.Kind
	}
	t := table{file: "cases/tcam-case-notes.csv", columns: []string{"case", "kind", "code", "text", "source"}, key: []string{"case", "kind", "text"}}
	return load(fsys, t, func(r *row) CaseNote {
		n := CaseNote{
			Case:   r.caseIDs(s, "case", ",")[0],
			Kind:   r.oneOf("kind", noteKinds...),
			Code:   r.optional("code"),
			Text:   r.text("text"),
			Source: r.source(),
		}
		want := ""
		if n.Kind == "barrier" || n.Kind == "enabler" {
			want = n.Kind
		}
		if kindOf[n.Code] != want || n.Code == "" && want != "" {
			r.fail("code", "is %q, want a %s code of tcam-codes.csv for a barrier or enabler and nothing otherwise", n.Code, n.Kind)
		}
		return n
	})
}

func (s CaseSet) readTruthTable(fsys fs.FS) ([]TruthRow, error) {
	kept := s.Kept()
	columns := slices.Concat([]string{"cases"}, kept, []string{"OUTCOME", "source"})
	t := table{file: "cases/tcam-truth-table.csv", columns: columns, key: kept}
	return load(fsys, t, func(r *row) TruthRow {
		tr := TruthRow{Cases: r.caseIDs(s, "cases", ","), Outcome: r.number("OUTCOME", 0, 1), Source: r.source()}
		for _, condition := range kept {
			tr.Values = append(tr.Values, r.number(condition, 0, 1))
		}
		for _, id := range tr.Cases {
			for _, condition := range append(kept, "OUTCOME") {
				if v, _ := s.Value(id, condition); v != r.number(condition, 0, 1) {
					r.fail(condition, "differs from case %s in tcam-cases.csv", id)
				}
			}
		}
		return tr
	})
}

func (s CaseSet) readSolutions(fsys fs.FS) ([]Solution, error) {
	t := table{
		file:    "cases/tcam-solutions.csv",
		columns: []string{"outcome", "term", "cases", "raw_coverage", "unique_coverage", "solution_coverage", "source"},
		key:     []string{"outcome", "term"},
	}
	return load(fsys, t, func(r *row) Solution {
		v := Solution{
			Outcome:          r.oneOf("outcome", "success", "failure"),
			Term:             r.text("term"),
			RawCoverage:      r.share("raw_coverage"),
			UniqueCoverage:   r.share("unique_coverage"),
			SolutionCoverage: r.share("solution_coverage"),
			Source:           r.source(),
		}
		r.caseIDs(s, "cases", ",;")
		for _, group := range r.list("cases", ";") {
			v.Cases = append(v.Cases, strings.Split(group, ","))
		}
		return v
	})
}

// caseIDs is a cell of case ids of s, parted by any of the separators.
func (r *row) caseIDs(s CaseSet, column, separators string) []string {
	ids := strings.FieldsFunc(r.cells[column], func(c rune) bool { return strings.ContainsRune(separators, c) })
	for _, id := range ids {
		if !slices.ContainsFunc(s.Cases, func(c Case) bool { return c.ID == id }) {
			r.fail(column, "has %q, which is not a case of tcam-cases.csv", id)
		}
	}
	if len(ids) == 0 {
		r.fail(column, "is empty")
		return []string{""}
	}
	return ids
}
