package main

import (
	"context"
	"errors"

	"sir/qca"
	"sir/qca/plot"
)

type qcaPlotConfigurationsCommand struct {
	qcaMinimizeCommand
	Formulas int `default:"4" placeholder:"4" help:"Tied formulas to draw at most; the table has all."`
	qcaPlotFile
}

func (qcaPlotConfigurationsCommand) Help() string {
	return `Examples:
  sir qca plot configurations A.csv --outcome ADOPTED --out table.svg
  sir qca plot configurations A.csv --outcome ADOPTED --solution intermediate --expect PILOT=1 --out table.svg

A full circle: present; a crossed one: absent; none: does not matter. Large circles are core conditions,
which are in the parsimonious formula too; small ones are peripheral. A parsimonious solution has core
conditions only.`
}

func (c qcaPlotConfigurationsCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Formulas < 1 {
		return inputError{errors.New("--formulas: give at least 1")}
	}
	ctx, cancel := c.context(env)
	defer cancel()
	s, err := c.solve(ctx)
	if err != nil {
		return err
	}
	options := plot.ConfigurationOptions{MaxModels: c.Formulas}
	if c.Solution == qca.Conservative {
		if options.Core, err = s.core(ctx); err != nil {
			return c.inFile(err)
		}
	}
	figure, err := plot.Configurations(s.solution, options)
	if err != nil {
		return c.inFile(err)
	}
	return c.draw(env, c.qcaOutput, figure)
}

// core are the parsimonious formulas; none where everything is positive.
func (s solved) core(ctx context.Context) ([]qca.Expression, error) {
	s.options.Solution = qca.Parsimonious
	simpler, err := s.tt.Minimize(ctx, s.options)
	if errors.Is(err, qca.ErrInput) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var core []qca.Expression
	for _, m := range simpler.Models {
		core = append(core, m.Expression)
	}
	return core, nil
}

type qcaPlotChartCommand struct {
	qcaMinimizeCommand
	qcaPlotFile
}

func (qcaPlotChartCommand) Help() string {
	return `Examples:
  sir qca plot chart A.csv --outcome ADOPTED --solution parsimonious --out chart.svg

Rows are the prime implicants, columns the rows of the truth table that have to be covered.`
}

func (c qcaPlotChartCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	ctx, cancel := c.context(env)
	defer cancel()
	s, err := c.solve(ctx)
	if err != nil {
		return err
	}
	figure, err := plot.Chart(s.tt, s.options, s.solution)
	if err != nil {
		return c.inFile(err)
	}
	return c.draw(env, c.qcaOutput, figure)
}

type qcaPlotRangesCommand struct {
	qcaData
	qcaCuts
	Solution qca.SolutionKind `default:"conservative" placeholder:"conservative" help:"The solution to test: conservative, parsimonious or intermediate."`
	Expect   string           `placeholder:"A=1,B=0" help:"What is expected to help, for the intermediate solution."`
	Set      []string         `sep:"none" placeholder:"COLUMN=HOW" help:"Calibrate a column of raw figures first: its anchors are moved, too."`
	qcaBudget
	qcaPlotFile
	qcaOutput
}

func (qcaPlotRangesCommand) Help() string {
	return `Examples:
  sir qca plot ranges A.csv --outcome ADOPTED --out ranges.svg
  sir qca plot ranges raw.csv --outcome RATE --set 'RATE=crisp 50' --out ranges.svg

Each bar is how far one choice can be moved, all others as they are, before the formulas change.`
}

func (c qcaPlotRangesCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	// Only ranges are wanted: no case is left out at random, and chance gets one try.
	test := qcaRobustnessCommand{qcaData: c.qcaData, qcaCuts: c.qcaCuts, Solution: c.Solution, Expect: c.Expect, Set: c.Set, Repeats: 1}
	options, err := test.options(table)
	if err != nil {
		return err
	}
	ctx, cancel := c.context(env)
	defer cancel()
	result, err := table.Robustness(ctx, options)
	if err != nil {
		return c.inFile(err)
	}
	figure, err := plot.Ranges(result)
	if err != nil {
		return c.inFile(err)
	}
	return c.draw(env, c.qcaOutput, figure)
}
