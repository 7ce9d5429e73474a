package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
	"sir/qca/plot"
)

// qcaPlotCommand draws results. Each plot has the flags of the analysis that
// it shows.
type qcaPlotCommand struct {
	XY             qcaPlotXYCommand             `cmd:"" name:"xy" help:"Cases by their membership in an expression and in the outcome."`
	Configurations qcaPlotConfigurationsCommand `cmd:"" help:"The terms of the formulas as columns of circles."`
	Venn           qcaPlotVennCommand           `cmd:"" help:"The rows of the truth table as regions, up to five conditions."`
	Chart          qcaPlotChartCommand          `cmd:"" help:"Which prime implicants cover which rows."`
	Ranges         qcaPlotRangesCommand         `cmd:"" help:"How far cuts and anchors can be moved."`
}

func (qcaPlotCommand) Help() string {
	return `Each plot is an SVG file, and the same facts are printed as a table:

  sir qca plot xy A.csv 'PILOT*CHAMP' --outcome ADOPTED --out xy.svg
  sir qca plot configurations A.csv --outcome ADOPTED --out table.svg
  sir qca plot venn A.csv --outcome ADOPTED --conditions PILOT,CHAMP,BUDGET --out venn.svg
  sir qca plot chart A.csv --outcome ADOPTED --solution parsimonious --out chart.svg
  sir qca plot ranges A.csv --outcome ADOPTED --out ranges.svg

Text keeps its size at any --width: 640 suits a page, 320 a phone or a narrow column.`
}

// qcaPlotFile is where a plot goes.
type qcaPlotFile struct {
	Out   string `required:"" placeholder:"FILE.svg" help:"The file to write."`
	Width int    `default:"640" placeholder:"640" help:"Width in pixels, 280 to 2000."`
	Title string `placeholder:"TEXT" help:"Title to draw instead of the usual one."`
}

// check refuses a name that is not that of an SVG file before work is done.
func (p qcaPlotFile) check() error {
	if !strings.EqualFold(filepath.Ext(p.Out), ".svg") {
		return inputError{fmt.Errorf("--out %s: plots are SVG files; give a name that ends in .svg", p.Out)}
	}
	if p.Width < plot.MinWidth || p.Width > plot.MaxWidth {
		return inputError{fmt.Errorf("--width %d: use %d to %d", p.Width, plot.MinWidth, plot.MaxWidth)}
	}
	return nil
}

// draw puts the plot into its file and prints its table.
func (p qcaPlotFile) draw(env *environment, o qcaOutput, f *plot.Figure) error {
	if p.Title != "" {
		f.Title = p.Title
	}
	text, err := f.SVG(plot.Drawing{Width: p.Width, Heading: true})
	if err != nil {
		return fmt.Errorf("draw %s: %w", p.Out, err)
	}
	t := f.Table()
	r := qcaResult{title: f.Title, sheet: exchange.Sheet{Columns: t.Headers}, notes: []string{"The plot is in " + p.Out + "."},
		explain: func() []string { return []string{f.Description} }}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell
		}
		r.sheet.Rows = append(r.sheet.Rows, cells)
	}
	r.data = struct {
		Title       string     `json:"title"`
		Description string     `json:"description"`
		Columns     []string   `json:"columns"`
		Rows        [][]string `json:"rows"`
	}{f.Title, f.Description, t.Headers, t.Rows}
	if o.Explain && o.Format != "table" {
		return o.write(env, r) // which refuses, before a file is written
	}
	if err := p.save(text); err != nil {
		return err
	}
	return o.write(env, r)
}

// save writes the file whole or not at all.
func (p qcaPlotFile) save(text string) (err error) {
	failed := func(err error) error { return inputError{fmt.Errorf("cannot write %s: %w", p.Out, reason(err))} }
	file, err := os.CreateTemp(filepath.Dir(p.Out), ".plot-*")
	if err != nil {
		return failed(err)
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Chmod(0o640), file.Close()); err == nil {
		err = os.Rename(file.Name(), p.Out)
	}
	if err != nil {
		return errors.Join(failed(err), os.Remove(file.Name()))
	}
	return nil
}

type qcaPlotXYCommand struct {
	qcaData
	Expression string `arg:"" help:"An expression such as 'A*~B + C[2]'."`
	Necessity  bool   `help:"Show it as necessary for the outcome instead of sufficient."`
	qcaPlotFile
	qcaOutput
}

func (qcaPlotXYCommand) Help() string {
	return `Examples:
  sir qca plot xy A.csv 'PILOT*CHAMP' --outcome ADOPTED --out xy.svg
  sir qca plot xy A.csv PILOT --outcome '~ADOPTED' --necessity --width 320 --out xy.svg

The diagonal parts the cases that agree from those that do not; the regions are named.`
}

func (c qcaPlotXYCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	outcome, err := table.Literal(c.Outcome, c.Notation)
	if err != nil {
		return inputError{fmt.Errorf("--outcome: %w", err)}
	}
	outcome.Notation = qca.Tilde
	expression, err := table.Expression(c.Expression, c.Notation)
	if err != nil {
		return c.inFile(err)
	}
	relation := plot.Sufficiency
	if c.Necessity {
		relation = plot.Necessity
	}
	figure, err := plot.XY(table, outcome.String(), expression, relation)
	if err != nil {
		return c.inFile(err)
	}
	return c.draw(env, c.qcaOutput, figure)
}

type qcaPlotVennCommand struct {
	qcaData
	qcaCuts
	qcaPlotFile
	qcaOutput
}

func (qcaPlotVennCommand) Help() string {
	return `Examples:
  sir qca plot venn A.csv --outcome ADOPTED --conditions PILOT,CHAMP,BUDGET --out venn.svg

Every region is a row, with its number, its cases counted, and its output as shade and pattern.`
}

func (c qcaPlotVennCommand) Run(env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	table, err := c.table()
	if err != nil {
		return err
	}
	tt, err := c.truthTable(table, c.qcaCuts)
	if err != nil {
		return err
	}
	figure, err := plot.Venn(tt)
	if err != nil {
		return c.inFile(err)
	}
	return c.draw(env, c.qcaOutput, figure)
}

// solved is a minimisation with what led to it.
type solved struct {
	tt       *qca.TruthTable
	options  qca.Options
	solution *qca.Solution
}

// solve minimises as the command line says.
func (c qcaMinimizeCommand) solve(ctx context.Context) (s solved, err error) {
	if c.MaxModels < 1 {
		return s, inputError{fmt.Errorf("--max-models %d: give at least 1", c.MaxModels)}
	}
	table, err := c.table()
	if err != nil {
		return s, err
	}
	if s.tt, err = c.truthTable(table, c.qcaCuts); err != nil {
		return s, err
	}
	if s.options, err = c.options(s.tt); err != nil {
		return s, err
	}
	if err = c.exclude(ctx, s.tt, &s.options); err != nil {
		return s, err
	}
	s.solution, err = s.tt.Minimize(ctx, s.options)
	return s, c.inFile(err)
}
