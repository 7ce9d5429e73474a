package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sir/internal/app"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/network"
)

type organisationsCommand struct {
	Import organisationsImportCommand `cmd:"" help:"Import sites, organisations and areas, with what belongs to what and since when."`
	List   organisationsListCommand   `cmd:"" help:"Print sites, organisations and areas as they were on a day."`
}

type organisationsImportCommand struct {
	File   string `arg:"" placeholder:"FILE" help:"The file: CSV or an Excel workbook (.xlsx)."`
	Kind   string `placeholder:"KIND" help:"What rows are that do not say: site, organisation, group, commissioner, region or member."`
	DryRun bool   `name:"dry-run" help:"Say what the file would do, and change nothing."`
	On     string `placeholder:"DATE" help:"From when what has no date of its own holds. Default: today."`
	output
}

func (organisationsImportCommand) Help() string {
	return `Examples:
  sir organisations import sites.csv --dry-run
  sir organisations import boundaries-2024.xlsx --on 2024-04-01
  sir organisations import etr.csv --kind organisation
  sir organisations import ets.csv --kind site --format json

SIR's own columns, of which only code is needed; what is left empty stays as it is:
  code, name, kind (site, organisation, group, commissioner, region, member), scheme (ods, ons, own),
  opened, closed, size band, deprivation fifth (1 most deprived to 5), setting, made up (yes, no);
  organisation, group, commissioner, region, member: the code of what it belongs to, each with
  "... from" and "... to" for the dates; or parent, parent from, parent to, whose code tells the kind;
  successor, succession (merger, split, closure), succession date, reason; several successors of a
  split are separated by semicolons;
  "attribute ..." for whatever else is known of sites, such as "attribute rurality".
closed and "... to" are the first day on which it no longer was so. A new parent ends the old one on the
day before. After a merger, what belonged to the old organisation belongs to the new one, unless the
file says otherwise. The name that something had before is kept.

Downloads of the Organisation Data Service (etr, ets, epraccur and others: 27 columns, with or without
their names in the first row) need --kind. Columns read, by number: 1 code, 2 name, 11 opened, 12 closed
(the last day), 15 parent, 16 joined, 17 left (the last day); where there is no parent, 4 high level
health geography or else 3 national grouping; 14 sub-type and 26 prescribing setting as attributes of
sites. Import what is above first.

A file is imported whole or not at all. Each conflict is named by row, column and reason, and the command
then exits with 2. Importing the same file again changes nothing.`
}

func (c organisationsImportCommand) Run(env *environment) error {
	file, err := os.Open(c.File)
	if err != nil {
		return inputError{fmt.Errorf("cannot open %s: %w", c.File, reason(err))}
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return inputError{fmt.Errorf("%s is no file", c.File)}
	}
	return env.with(func(a *app.App) error {
		in := network.OrganisationFile{Name: filepath.Base(c.File), Content: file, Size: info.Size(), Kind: network.UnitKind(c.Kind), On: c.On}
		do := a.ImportOrganisations
		if c.DryRun {
			do = a.Network.CheckOrganisations
		}
		outcome, err := do(env.ctx, system(), in)
		if err != nil && outcome.Faults == 0 {
			return invalidInput(err)
		}
		if err := c.report(env, outcome); err != nil {
			return err
		}
		if outcome.Faults > 0 {
			return inputError{fmt.Errorf("%s has conflicts (%d), so nothing is imported: mend the file", in.Name, outcome.Faults)}
		}
		return nil
	})
}

// invalidInput marks an error as one of the input, where it is.
func invalidInput(err error) error {
	if errors.Is(err, fault.ErrInvalid) || errors.Is(err, fault.ErrNotFound) {
		return inputError{err}
	}
	return err
}

func (c organisationsImportCommand) report(env *environment, o network.Outcome) error {
	switch c.Format {
	case exchange.JSON:
		return c.reportJSON(env, o)
	case exchange.CSV:
		return c.write(env, importSheet(o))
	}
	for _, note := range o.Notes {
		fmt.Fprintf(env.out, "Note: %s\n", note)
	}
	did := map[bool]string{true: "Would be", false: "Imported"}[c.DryRun || o.Faults > 0]
	fmt.Fprintf(env.out, "%s. %s: %d new, %d changed, %d ended.%s\n",
		counted(o.Rows, "row", "rows"), did, o.Count(network.Added), o.Count(network.Changed), o.Count(network.Ended), unchangedRows(o.Unchanged))
	if n := len(o.Moves); n > 0 {
		fmt.Fprintf(env.out, "%s elsewhere than before. Periods that are not approved are counted anew.\n", counted(n, "site belongs", "sites belong"))
	}
	if o.Faults > 0 {
		fmt.Fprintf(env.out, "%s:\n", counted(o.Faults, "conflict", "conflicts"))
	}
	sheet := importSheet(o)
	if len(sheet.Rows) == 0 {
		return nil
	}
	return c.write(env, sheet)
}

// unchangedRows is a sentence about the rows that change nothing; empty where
// there are none.
func unchangedRows(n int) string {
	if n == 0 {
		return ""
	}
	return " " + counted(n, "row says", "rows say") + " what is known already."
}

// importSheet has a row for each conflict or, where there are none, for each
// change.
func importSheet(o network.Outcome) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"what", "row", "code", "column", "text"}}
	for _, f := range o.Conflicts {
		sheet.Rows = append(sheet.Rows, []any{"conflict", rowNumber(f.Row), f.Value, f.Column, f.Reason})
	}
	if o.Faults > 0 {
		return sheet
	}
	for _, change := range o.Changes {
		sheet.Rows = append(sheet.Rows, []any{string(change.What), rowNumber(change.Row), change.Code, "", change.Text})
	}
	return sheet
}

func rowNumber(n int) any { return known(n > 0, n) }

// importReport is the JSON of an import.
type importReport struct {
	DryRun    bool             `json:"dry_run"`
	Imported  bool             `json:"imported"`
	Rows      int              `json:"rows"`
	New       int              `json:"new"`
	Changed   int              `json:"changed"`
	Ended     int              `json:"ended"`
	Unchanged int              `json:"unchanged"`
	Moved     int              `json:"sites_moved"`
	Notes     []string         `json:"notes"`
	Changes   []importChange   `json:"changes"`
	Conflicts []importConflict `json:"conflicts"`
	Faults    int              `json:"conflict_count"`
}

type importChange struct {
	Row  int    `json:"row,omitempty"`
	Kind string `json:"kind"`
	Code string `json:"code"`
	What string `json:"what"`
	Text string `json:"text"`
}

type importConflict struct {
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
}

func (c organisationsImportCommand) reportJSON(env *environment, o network.Outcome) error {
	report := importReport{
		DryRun: c.DryRun, Imported: !c.DryRun && o.Faults == 0, Rows: o.Rows, New: o.Count(network.Added), Changed: o.Count(network.Changed),
		Ended: o.Count(network.Ended), Unchanged: o.Unchanged, Moved: len(o.Moves), Notes: append([]string{}, o.Notes...),
		Changes: []importChange{}, Conflicts: []importConflict{}, Faults: o.Faults,
	}
	for _, change := range o.Changes {
		report.Changes = append(report.Changes, importChange{change.Row, string(change.Kind), change.Code, string(change.What), change.Text})
	}
	for _, f := range o.Conflicts {
		report.Conflicts = append(report.Conflicts, importConflict(f))
	}
	out := json.NewEncoder(env.out)
	out.SetIndent("", "  ")
	return out.Encode(report)
}
