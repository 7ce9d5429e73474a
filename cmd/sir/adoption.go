package main

import (
	"fmt"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/exchange"
	"sir/internal/period"
)

type adoptionCommand struct {
	Rates    adoptionRatesCommand    `cmd:"" help:"Print a programme's rates by member and period, and their changes."`
	Package  adoptionPackageCommand  `cmd:"" help:"Write a programme's data package: CSV files that say what each column means."`
	Import   adoptionImportCommand   `cmd:"" help:"Take a file of returns: all of it or nothing."`
	Export   adoptionExportCommand   `cmd:"" help:"Write the values of a return, to be read by other programs or imported again."`
	Template adoptionTemplateCommand `cmd:"" help:"Write a form to fill as CSV or Excel workbook."`
	Status   adoptionStatusCommand   `cmd:"" help:"Print how many returns came, by member."`
}

type adoptionRatesCommand struct {
	Programme string   `required:"" help:"Code of the programme, such as tcam."`
	Periods   []string `help:"Only these periods, such as q3_2018_19; several are separated by commas."`
	output
}

func (adoptionRatesCommand) Help() string {
	return `Examples:
  sir adoption rates --programme tcam --format csv
  sir adoption rates --programme example --periods q1_2023_24,q4_2025_26

Rates are whole percentages, changes whole points. The row Total pools all sites; it is not the mean of
the members' rates. An empty cell is not known.`
}

func (c adoptionRatesCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		table, err := a.Adoption.Rates(env.ctx, system(), c.Programme)
		if err != nil {
			return inputError{err}
		}
		if table, err = c.narrow(table); err != nil {
			return inputError{err}
		}
		return c.write(env, rateSheet(table))
	})
}

func (c adoptionRatesCommand) narrow(table adoption.Table) (adoption.Table, error) {
	if len(c.Periods) == 0 {
		return table, nil
	}
	periods := make([]period.Period, len(c.Periods))
	for i, text := range c.Periods {
		var err error
		if periods[i], err = period.Parse(text); err != nil {
			return table, fmt.Errorf("--periods: %w", err)
		}
	}
	return table.Pick(periods)
}

func rateSheet(table adoption.Table) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"network"}}
	for _, p := range table.Periods {
		sheet.Columns = append(sheet.Columns, p.Slug())
	}
	for i := 1; i < len(table.Periods); i++ {
		sheet.Columns = append(sheet.Columns, fmt.Sprintf("change_%d", i))
	}
	for _, row := range append(table.Rows, table.Total) {
		cells := []any{row.Name}
		for _, rate := range row.Rates {
			cells = append(cells, known(rate.Known, rate.Rounded()))
		}
		for _, change := range row.Changes() {
			cells = append(cells, known(change.Known, change.Points))
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	return sheet
}

func known(is bool, n int) any {
	if !is {
		return nil
	}
	return n
}
