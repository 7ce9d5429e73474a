package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/exchange"
	"sir/internal/fault"
)

type adoptionExportCommand struct {
	returnFlags
	From   string `help:"First period, such as q1_2024_25. Default: the first there is."`
	To     string `help:"Last period. Default: the last there is."`
	Format string `enum:"csv,json,dhis2,dhis2-csv" default:"csv" help:"csv or json, a row a value; dhis2 or dhis2-csv, a data value set."`
	Out    string `type:"path" placeholder:"FILE" help:"Where to write. Default: standard output."`
}

func (adoptionExportCommand) Help() string {
	return `Examples:
  sir adoption export --programme MU-EXAMPLE --collection quarterly --out values.csv
  sir adoption export --programme MU-EXAMPLE --collection quarterly --from q1_2024_25 --format dhis2

Each value comes with its period as label, ISO 8601 start and duration, DHIS2 and SDMX identifier, whether
the member's figures are approved, and whether the value was restated. What is exported as csv, dhis2 or
dhis2-csv can be imported again.`
}

func (c adoptionExportCommand) Run(env *environment) error {
	var choice adoption.ExportChoice
	var err error
	if choice.First, err = periodFlag("--from", c.From); err != nil {
		return err
	}
	if choice.Last, err = periodFlag("--to", c.To); err != nil {
		return err
	}
	return env.with(func(a *app.App) error {
		return writeTo(env, c.Out, func(w io.Writer) error {
			return refusedInput(a.Adoption.Export(env.ctx, system(), c.Programme, c.Collection, choice, adoption.ExportFormat(c.Format), w))
		})
	})
}

// writeTo writes to a file that is complete or not there, or to standard
// output where none is named.
func writeTo(env *environment, path string, fill func(io.Writer) error) (err error) {
	if path == "" {
		return fill(env.out)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".sir-*")
	if err != nil {
		return inputError{fmt.Errorf("cannot write %s: %w", path, cause(err))}
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	out := bufio.NewWriter(file)
	if err := errors.Join(fill(out), out.Flush(), file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

type adoptionTemplateCommand struct {
	returnFlags
	Member string `help:"Code of the member whose sites are asked."`
	Site   string `help:"Code of one site, instead of a member."`
	Period string `required:"" help:"Period that is asked for, such as q3_2025_26."`
	Out    string `required:"" type:"path" placeholder:"FILE" help:"Where to write: a name that ends in .xlsx, or in .csv."`
}

func (adoptionTemplateCommand) Help() string {
	return `Examples:
  sir adoption template --programme MU-EXAMPLE --collection quarterly --member MU-N01 --period q4_2025_26 --out return.xlsx
  sir adoption template --programme MU-EXAMPLE --collection quarterly --site MU-001 --period q4_2025_26 --out return.csv

A template has a row for each site and a column for each measure, and shows what was reported for the period
before. Fill it and send it back with sir adoption import.`
}

func (c adoptionTemplateCommand) Run(env *environment) error {
	write := exchange.Template.WriteCSV
	switch strings.ToLower(filepath.Ext(c.Out)) {
	case ".xlsx":
		write = exchange.Template.WriteXLSX
	case ".csv":
	default:
		return inputError{fmt.Errorf("--out %s: give a name that ends in .xlsx or .csv", c.Out)}
	}
	if (c.Member == "") == (c.Site == "") {
		return inputError{errors.New("give --member or --site")}
	}
	p, err := periodFlag("--period", c.Period)
	if err != nil {
		return err
	}
	return env.with(func(a *app.App) error {
		name := adoption.FormName{Programme: c.Programme, Collection: c.Collection, Member: c.Member, Site: c.Site, Period: p}
		template, err := a.Adoption.Template(env.ctx, system(), name)
		if err != nil {
			return refusedInput(err)
		}
		return writeTo(env, c.Out, func(w io.Writer) error { return write(template, w) })
	})
}

type adoptionStatusCommand struct {
	Programme string `required:"" help:"Code of the programme, such as MU-EXAMPLE."`
	Period    string `help:"Period to look at, such as q3_2025_26. Default: the last that has ended."`
	output
}

func (adoptionStatusCommand) Help() string {
	return `Examples:
  sir adoption status --programme MU-EXAMPLE
  sir adoption status --programme MU-EXAMPLE --period q3_2025_26 --format csv

Of each member: how many returns are expected, came with anything, are complete, were complete on the day
they were due, and whether the figures are approved.`
}

func (c adoptionStatusCommand) Run(env *environment) error {
	p, err := periodFlag("--period", c.Period)
	if err != nil {
		return err
	}
	return env.with(func(a *app.App) error {
		status, err := a.Adoption.ReturnStatus(env.ctx, system(), c.Programme, adoption.StatusChoice{})
		if err != nil {
			return refusedInput(err)
		}
		sheet := exchange.Sheet{Columns: []string{"collection", "period", "due", "member", "expected", "received", "complete", "on_time", "approved"}}
		for _, one := range status.Collections {
			if !p.IsZero() {
				if p.Kind() != one.Collection.PeriodKind {
					continue
				}
				choice := adoption.StatusChoice{Collection: one.Collection.Code, Period: p}
				if one, err = statusOf(env, a, c.Programme, choice); err != nil {
					return refusedInput(err)
				}
			}
			addStatus(&sheet, one)
		}
		if len(sheet.Rows) == 0 {
			return inputError{fault.NotFound("%s collects nothing for that period.", c.Programme)}
		}
		return c.write(env, sheet)
	})
}

// statusOf answers the one collection that a choice names.
func statusOf(env *environment, a *app.App, programme string, choice adoption.StatusChoice) (adoption.CollectionStatus, error) {
	status, err := a.Adoption.ReturnStatus(env.ctx, system(), programme, choice)
	for _, one := range status.Collections {
		if one.Collection.Code == choice.Collection {
			return one, err
		}
	}
	return adoption.CollectionStatus{}, err
}

func addStatus(sheet *exchange.Sheet, one adoption.CollectionStatus) {
	if one.Period.IsZero() {
		return
	}
	add := func(name string, n adoption.ReturnCount, approved any) {
		sheet.Rows = append(sheet.Rows, []any{
			one.Collection.Code, one.Period.Label(), one.DueOn, name, n.Expected, n.Received, n.Complete, n.OnTime, approved,
		})
	}
	for _, m := range one.Members {
		approved := "no"
		if m.Approval != nil {
			approved = "yes"
		}
		add(m.Name, m.Count, approved)
	}
	add("Total", one.Total, nil)
}
