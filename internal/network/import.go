package network

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"sir/internal/audit"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Outcome is what an organisation file does, or did, or why it cannot.
type Outcome struct {
	Rows      int
	Unchanged int // rows that say what is known
	Changes   []Change
	Conflicts []exchange.Conflict // the first thousand
	Faults    int                 // how many conflicts there are
	Notes     []string            // on how the file was read
	Moves     []Move              // after an import: the sites whose placements changed
}

// Count is how many changes of a kind there are.
func (o Outcome) Count(what ChangeKind) int {
	n := 0
	for _, c := range o.Changes {
		if c.What == what {
			n++
		}
	}
	return n
}

// CheckOrganisations answers what an organisation file would do, and changes
// nothing.
func (s *Service) CheckOrganisations(ctx context.Context, actor policy.Actor, file OrganisationFile) (Outcome, error) {
	if err := s.desk.Read(ctx, actor, policy.ImportOrganisations, policy.Object{}); err != nil {
		return Outcome{}, err
	}
	var outcome Outcome
	err := s.desk.DB.Snapshot(ctx, func(ctx context.Context) (err error) {
		outcome, _, err = s.plan(ctx, file)
		return err
	})
	return outcome, err
}

// ImportOrganisations takes an organisation file over: all of it, or, where
// anything in it does not fit, nothing. It then answers ErrInvalid, and the
// conflicts. Who keeps lists that follow from memberships brings them in step
// with Outcome.Moves in the same transaction.
func (s *Service) ImportOrganisations(ctx context.Context, actor policy.Actor, file OrganisationFile) (Outcome, error) {
	var outcome Outcome
	err := s.desk.Write(ctx, actor, policy.ImportOrganisations, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		var reg *register
		var err error
		if outcome, reg, err = s.plan(ctx, file); err != nil {
			return audit.Note{}, err
		}
		if outcome.Faults > 0 {
			return audit.Note{}, fault.Invalid("%s was not imported, and nothing was changed: %s. Mend the file and import it again.", file.Name, faultsInWords(outcome.Faults))
		}
		if err := reg.store(ctx, s.desk.DB, file, s.today()); err != nil {
			return audit.Note{}, err
		}
		var ids []string
		for _, site := range reg.movedSites() {
			ids = append(ids, site.id)
		}
		if len(ids) > 0 {
			outcome.Moves, err = PlaceSites(ctx, s.desk.DB, ids...)
		}
		return outcome.note(file), err
	})
	return outcome, err
}

func faultsInWords(n int) string {
	if n == 1 {
		return "there is one conflict"
	}
	return fmt.Sprintf("there are %d conflicts", n)
}

func (o Outcome) note(file OrganisationFile) audit.Note {
	return audit.Note{Object: "organisations", Detail: map[string]string{
		"file": file.Name, "rows": strconv.Itoa(o.Rows), "new": strconv.Itoa(o.Count(Added)), "changed": strconv.Itoa(o.Count(Changed)),
		"ended": strconv.Itoa(o.Count(Ended)), "sites moved": strconv.Itoa(len(o.Moves)),
	}}
}

func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// plan reads the file and works out what it does.
func (s *Service) plan(ctx context.Context, file OrganisationFile) (Outcome, *register, error) {
	if file.On == "" {
		file.On = s.today()
	} else if _, err := time.Parse(time.DateOnly, file.On); err != nil {
		return Outcome{}, nil, fault.Invalid("%q is not a date: write it like 2019-04-01.", file.On)
	}
	table, err := readEntries(file)
	if err != nil {
		return Outcome{}, nil, err
	}
	reg, err := readRegister(ctx, s.desk.DB)
	if err != nil {
		return Outcome{}, nil, err
	}
	p := plan{reg: reg, on: file.On, conflicts: &table.conflicts, entries: table.entries}
	p.work()
	outcome := Outcome{
		Rows: len(p.entries), Changes: p.changes, Conflicts: p.conflicts.List(), Faults: p.conflicts.Total(), Notes: table.notes,
	}
	touched := map[int]bool{}
	for _, c := range p.changes {
		touched[c.Row] = true
	}
	for _, e := range p.entries {
		if !touched[e.row] && !e.faulty {
			outcome.Unchanged++
		}
	}
	return outcome, reg, nil
}

// entries is a file as it was read.
type entries struct {
	entries   []entry
	conflicts exchange.Conflicts
	notes     []string
}

// readEntries reads an organisation file of either form. What is wrong with it
// is in the conflicts; the error is for what cannot be read at all.
func readEntries(file OrganisationFile) (entries, error) {
	var all entries
	f := &form{kind: file.Kind}
	table, shift, err := f.open(file)
	var conflict exchange.Conflict
	if errors.As(err, &conflict) {
		all.conflicts.Add(conflict)
		return all, nil
	}
	if err != nil {
		return all, fmt.Errorf("read %s: %w", file.Name, err)
	}
	if f.ods && f.kind == "" {
		all.conflicts.Add(exchange.Conflict{Reason: "this is a download of the Organisation Data Service, which does not say what its rows are; choose the kind, such as site or organisation"})
		return all, nil
	}
	for row := range table.Rows() {
		e := f.read(row)
		e.row -= shift
		all.entries = append(all.entries, e)
	}
	if err := table.Err(); err != nil {
		return all, fmt.Errorf("read %s: %w", file.Name, err)
	}
	for _, c := range table.Conflicts().List() {
		c.Row = max(0, c.Row-shift)
		all.conflicts.Add(c)
	}
	for range table.Conflicts().Total() - len(table.Conflicts().List()) {
		all.conflicts.Add(exchange.Conflict{Reason: "further conflicts of the kinds above"})
	}
	all.notes = table.Notes()
	return all, nil
}

// limits keep a file of organisations to what may be held in memory: England
// has some 90,000 sites of all kinds.
var limits = exchange.Limits{Bytes: 64 << 20, Rows: 200_000, Columns: 200, CellBytes: 8 << 10}

// open finds out which form the file has. shift is how many rows were put
// before those of the file.
func (f *form) open(file OrganisationFile) (table *exchange.TableReader, shift int, err error) {
	if f.ods, err = withoutHeader(file); err != nil {
		return nil, 0, err
	}
	if f.ods {
		f.columns = odsColumns()
		table, err = exchange.ReadCSV(headed(file), exchange.TableOptions{Columns: f.columns, Extra: true, Limits: limits})
		return table, 1, err
	}
	first, err := exchange.ReadTable(file.Content, file.Size, exchange.TableOptions{Limits: limits})
	if err != nil {
		return nil, 0, err
	}
	if f.ods = isODSHeader(first.Names()); f.ods {
		f.columns = odsColumns()
	} else {
		f.columns = ownColumns(first.Names())
	}
	table, err = exchange.ReadTable(file.Content, file.Size, exchange.TableOptions{Columns: f.columns, Extra: f.ods, Limits: limits})
	return table, 0, err
}
