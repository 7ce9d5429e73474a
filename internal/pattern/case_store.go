package pattern

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"sir/internal/db"
	"sir/internal/fault"
)

// Insert adds a case table.
func Insert(ctx context.Context, d *db.DB, t CaseTable) error {
	_, err := d.Exec(ctx, `INSERT INTO case_set (id, code, title, summary, source) VALUES ($1, $2, $3, $4, $5)`,
		t.Set.ID, t.Set.Code, t.Set.Title, t.Set.Summary, t.Set.Source)
	if err != nil {
		return fmt.Errorf("insert case set %s: %w", t.Set.Code, err)
	}
	for i, c := range append([]Condition{t.Outcome}, t.Conditions...) {
		if err := insertCondition(ctx, d, t.Set.ID, i, c); err != nil {
			return fmt.Errorf("insert condition %s: %w", c.Name, err)
		}
	}
	for _, c := range t.Cases {
		if err := insertCase(ctx, d, t.Set.ID, c); err != nil {
			return fmt.Errorf("insert case %s: %w", c.Label, err)
		}
	}
	for _, c := range t.Codes {
		_, err := d.Exec(ctx, `INSERT INTO case_note_code (case_set_id, code, meaning, source) VALUES ($1, $2, $3, $4)`,
			t.Set.ID, c.Code, c.Meaning, c.Source)
		if err != nil {
			return fmt.Errorf("insert note code %s: %w", c.Code, err)
		}
	}
	for _, p := range t.Published {
		_, err := d.Exec(ctx, `
			INSERT INTO published_term (id, case_set_id, outcome, term, cases, raw_coverage, unique_coverage, solution_coverage, source)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			db.NewID(), t.Set.ID, p.Outcome, p.Term, p.Cases, p.RawCoverage, p.UniqueCoverage, p.SolutionCoverage, p.Source)
		if err != nil {
			return fmt.Errorf("insert published term %s: %w", p.Term, err)
		}
	}
	return nil
}

func insertCondition(ctx context.Context, d *db.DB, setID string, place int, c Condition) error {
	_, err := d.Exec(ctx, `
		INSERT INTO case_condition (case_set_id, name, place, label, one_means, zero_means, fate, fate_reason, remark, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		setID, c.Name, place, c.Label, c.OneMeans, c.ZeroMeans, string(c.Fate), db.NullText(c.FateReason), db.NullText(c.Remark), c.Source)
	return err
}

func insertCase(ctx context.Context, d *db.DB, setID string, c Case) error {
	if _, err := d.Exec(ctx, `INSERT INTO case_record (id, case_set_id, label) VALUES ($1, $2, $3)`, c.ID, setID, c.Label); err != nil {
		return err
	}
	for condition, value := range c.Values {
		_, err := d.Exec(ctx, `INSERT INTO case_coding (case_id, condition, value, coder, source) VALUES ($1, $2, $3, $4, $5)`,
			c.ID, condition, value, c.Coder, c.Source)
		if err != nil {
			return err
		}
	}
	for _, n := range c.Notes {
		_, err := d.Exec(ctx, `INSERT INTO case_note (id, case_id, kind, code, body, source) VALUES ($1, $2, $3, $4, $5, $6)`,
			db.NewID(), c.ID, n.Kind, db.NullText(n.Code), n.Text, n.Source)
		if err != nil {
			return err
		}
	}
	return nil
}

func scanSet(row db.Scanner) (CaseSet, error) {
	var s CaseSet
	err := row.Scan(&s.ID, &s.Code, &s.Title, &s.Summary, &s.Source)
	return s, err
}

const setColumns = `id, code, title, summary, source`

func listSets(ctx context.Context, d *db.DB) ([]SetSummary, error) {
	sets, err := db.List(ctx, d, func(row db.Scanner) (SetSummary, error) {
		var s SetSummary
		err := row.Scan(&s.ID, &s.Code, &s.Title, &s.Summary, &s.Source, &s.Cases, &s.Conditions)
		return s, err
	}, `SELECT `+setColumns+`,
			(SELECT count(*) FROM case_record c WHERE c.case_set_id = s.id),
			(SELECT count(*) FROM case_condition c WHERE c.case_set_id = s.id AND c.fate <> 'outcome')
		FROM case_set s ORDER BY title`)
	if err != nil {
		return nil, fmt.Errorf("list case sets: %w", err)
	}
	return sets, nil
}

// tableByCode reads a case table without the notes on its cases.
func tableByCode(ctx context.Context, d *db.DB, code string) (CaseTable, error) {
	var t CaseTable
	var err error
	t.Set, err = scanSet(d.Row(ctx, `SELECT `+setColumns+` FROM case_set WHERE code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return t, fault.NotFound("There is no case table called %q.", code)
	}
	if err != nil {
		return t, fmt.Errorf("read case set: %w", err)
	}
	if err := readConditions(ctx, d, &t); err != nil {
		return t, fmt.Errorf("list conditions: %w", err)
	}
	if err := readCases(ctx, d, &t); err != nil {
		return t, fmt.Errorf("list cases: %w", err)
	}
	t.Published, err = db.List(ctx, d, func(row db.Scanner) (PublishedTerm, error) {
		var p PublishedTerm
		err := row.Scan(&p.Outcome, &p.Term, &p.Cases, &p.RawCoverage, &p.UniqueCoverage, &p.SolutionCoverage, &p.Source)
		return p, err
	}, `SELECT outcome, term, cases, raw_coverage, unique_coverage, solution_coverage, source
		FROM published_term WHERE case_set_id = $1 ORDER BY id`, t.Set.ID)
	if err != nil {
		return t, fmt.Errorf("list published terms: %w", err)
	}
	return t, nil
}

func readConditions(ctx context.Context, d *db.DB, t *CaseTable) error {
	return d.Each(ctx, func(row db.Scanner) error {
		var c Condition
		err := row.Scan(&c.Name, &c.Label, &c.OneMeans, &c.ZeroMeans, &c.Fate, (*db.Text)(&c.FateReason), (*db.Text)(&c.Remark), &c.Source)
		if c.Fate == Outcome {
			t.Outcome = c
		} else {
			t.Conditions = append(t.Conditions, c)
		}
		return err
	}, `SELECT name, label, one_means, zero_means, fate, fate_reason, remark, source
		FROM case_condition WHERE case_set_id = $1 ORDER BY place`, t.Set.ID)
}

// readCases reads the cases and then their codes: the texts that all codes of
// a case share are read once.
func readCases(ctx context.Context, d *db.DB, t *CaseTable) error {
	var err error
	t.Cases, err = db.List(ctx, d, func(row db.Scanner) (Case, error) {
		c := Case{Values: map[string]int{}}
		err := row.Scan(&c.ID, &c.Label, &c.Coder, &c.Source)
		return c, err
	}, `SELECT c.id, c.label, min(v.coder), min(v.source)
		FROM case_record c JOIN case_coding v ON v.case_id = c.id WHERE c.case_set_id = $1 GROUP BY c.id, c.label`, t.Set.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(t.Cases, byLabel)
	place := t.places()
	return d.Each(ctx, func(row db.Scanner) error {
		var id, condition string
		var value int
		err := row.Scan(&id, &condition, &value)
		if i, known := place[id]; known {
			t.Cases[i].Values[condition] = value
		}
		return err
	}, `SELECT v.case_id, v.condition, v.value
		FROM case_coding v JOIN case_record c ON c.id = v.case_id WHERE c.case_set_id = $1`, t.Set.ID)
}

// places answers where in the list each case stands, by id.
func (t CaseTable) places() map[string]int {
	place := make(map[string]int, len(t.Cases))
	for i, c := range t.Cases {
		place[c.ID] = i
	}
	return place
}

// byLabel orders 2 before 10: shorter labels first, then by code point.
func byLabel(a, b Case) int {
	return cmp.Or(cmp.Compare(len(a.Label), len(b.Label)), cmp.Compare(a.Label, b.Label))
}

// readNotes adds what the source says about each case.
func readNotes(ctx context.Context, d *db.DB, t *CaseTable) error {
	place := t.places()
	err := d.Each(ctx, func(row db.Scanner) error {
		var id string
		var n CaseNote
		err := row.Scan(&id, &n.Kind, (*db.Text)(&n.Code), &n.Text, &n.Source)
		if i, ok := place[id]; ok {
			t.Cases[i].Notes = append(t.Cases[i].Notes, n)
		}
		return err
	}, `SELECT n.case_id, n.kind, n.code, n.body, n.source FROM case_note n JOIN case_record c ON c.id = n.case_id
		WHERE c.case_set_id = $1 ORDER BY n.id`, t.Set.ID)
	if err != nil {
		return fmt.Errorf("list notes: %w", err)
	}
	t.Codes, err = db.List(ctx, d, func(row db.Scanner) (NoteCode, error) {
		var c NoteCode
		err := row.Scan(&c.Code, &c.Meaning, &c.Source)
		return c, err
	}, `SELECT code, meaning, source FROM case_note_code WHERE case_set_id = $1 ORDER BY code`, t.Set.ID)
	if err != nil {
		return fmt.Errorf("list note codes: %w", err)
	}
	return nil
}
