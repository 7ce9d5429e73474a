package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

// qcaCommand holds the analyses of package qca. None needs a database.
type qcaCommand struct {
	Screen     qcaScreenCommand     `cmd:"" help:"Judge every condition, kept or dropped, by the same rules."`
	Calibrate  qcaCalibrateCommand  `cmd:"" help:"Turn raw figures into sets."`
	TruthTable qcaTruthTableCommand `cmd:"" name:"truth-table" help:"Sort the cases into rows and decide each row."`
	Minimize   qcaMinimizeCommand   `cmd:"" help:"Find every minimal formula for the outcome."`
	Necessity  qcaNecessityCommand  `cmd:"" help:"Judge conditions as necessary for the outcome."`
	Fit        qcaFitCommand        `cmd:"" help:"Judge any expression against the outcome."`
	Simplify   qcaSimplifyCommand   `cmd:"" help:"Simplify, negate, factor or intersect expressions."`
	Rivals     qcaRivalsCommand     `cmd:"" help:"Find what explains the outcome as well from other conditions."`
	Compare    qcaCompareCommand    `cmd:"" help:"Compare what several sets of conditions find."`
	Chain      qcaChainCommand      `cmd:"" help:"Take each column as the outcome of the others in turn."`
	Temporal   qcaTemporalCommand   `cmd:"" help:"Minimise with the order of events as conditions."`
	Robustness qcaRobustnessCommand `cmd:"" help:"Test how far a solution depends on choices, cases and chance."`
	Plot       qcaPlotCommand       `cmd:"" help:"Draw results as SVG files, each with its table."`
}

func (qcaCommand) Help() string {
	return `Qualitative Comparative Analysis: which combinations of conditions go with an outcome. The file has a
header line, a line a case, and conditions that are 0 or 1, whole numbers from 0, or memberships from 0
to 1. A.csv with the columns case, PILOT, CHAMP, ADOPTED:

  sir qca screen A.csv --outcome ADOPTED
  sir qca truth-table A.csv --outcome ADOPTED
  sir qca minimize A.csv --outcome ADOPTED --solution parsimonious --explain
  sir qca minimize A.csv --outcome '~ADOPTED'
  sir qca rivals A.csv --outcome ADOPTED`
}

// qcaData says which cases, which outcome and which conditions.
type qcaData struct {
	File       string       `arg:"" help:"The cases: a CSV file, or an Excel workbook (.xlsx)."`
	Outcome    string       `required:"" help:"Column of the outcome; ~OUT for its absence, OUT[2] for one value of several."`
	Conditions []string     `placeholder:"A,B" help:"Columns of the conditions. Default: all but the outcome."`
	ID         string       `name:"id" placeholder:"COLUMN" help:"Column of the case ids. Default: the first, if it is called id or case or holds text."`
	Sheet      string       `placeholder:"NAME" help:"Sheet of the workbook. Default: the first."`
	Notation   qca.Notation `default:"tilde" placeholder:"tilde" help:"How absence is written, in what is read and printed: tilde (~A) or case (a)."`
}

// table reads the file. Columns that hold no numbers are an error only when
// the analysis uses them.
func (d qcaData) table() (*qca.Table, error) {
	options := qca.CSVOptions{ID: d.ID, Defer: true}
	if strings.EqualFold(filepath.Ext(d.File), ".xlsx") {
		rows, err := exchange.ReadWorkbook(d.File, d.Sheet)
		if err != nil {
			return nil, inputError{err}
		}
		table, err := qca.ReadRecords(rows, options)
		return table, d.inFile(err)
	}
	if d.Sheet != "" {
		return nil, inputError{fmt.Errorf("--sheet: %s is no workbook (.xlsx)", d.File)}
	}
	file, err := os.Open(d.File)
	if err != nil {
		return nil, inputError{fmt.Errorf("cannot open %s: %w", d.File, reason(err))}
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, inputError{fmt.Errorf("%s: is a directory; name a CSV file or an Excel workbook (.xlsx)", d.File)}
	}
	text, err := textOf(file)
	if err != nil {
		return nil, d.inFile(err)
	}
	table, err := qca.ReadCSV(text, options)
	return table, d.inFile(err)
}

// reason is what lies under a path error, which repeats the path.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func (d qcaData) inFile(err error) error {
	if err == nil {
		return nil
	}
	return inputError{fmt.Errorf("%s: %w", d.File, err)}
}

// settings are those of a truth table with the usual cuts.
func (d qcaData) settings() qca.Settings {
	return qca.Settings{Outcome: d.Outcome, Conditions: d.Conditions, Notation: d.Notation}
}

// qcaCuts decide which rows are positive.
type qcaCuts struct {
	Inclusion    []float64 `default:"1" placeholder:"1" help:"Inclusion (consistency) that a row needs; with a second, lower one such as 1,0.4 the rows between are contradictions."`
	NCut         int       `name:"n-cut" default:"1" placeholder:"1" help:"Cases that a row needs not to be a remainder."`
	PRI          float64   `name:"pri" default:"0" placeholder:"0" help:"PRI that a row needs."`
	LeaveOutHalf bool      `help:"Leave out cases with a membership of exactly 0.5 in a condition."`
}

func (c qcaCuts) apply(s *qca.Settings) error {
	if len(c.Inclusion) > 2 {
		return inputError{fmt.Errorf("--inclusion takes one cut or two, such as 0.8 or 1,0.4; %d were given", len(c.Inclusion))}
	}
	s.Inclusion = c.Inclusion[0]
	if len(c.Inclusion) == 2 {
		s.ContradictionCut = c.Inclusion[1]
	}
	if s.Inclusion <= 0 || c.NCut < 1 {
		return inputError{fmt.Errorf("--inclusion %g, --n-cut %d: give an inclusion above 0 and at least 1 case", s.Inclusion, c.NCut)}
	}
	s.NCut, s.PRICut, s.LeaveOutHalf = c.NCut, c.PRI, c.LeaveOutHalf
	return nil
}

// truthTable makes the truth table of the cases that were read.
func (d qcaData) truthTable(table *qca.Table, c qcaCuts) (*qca.TruthTable, error) {
	settings := d.settings()
	if err := c.apply(&settings); err != nil {
		return nil, err
	}
	tt, err := table.TruthTable(settings)
	return tt, d.inFile(err)
}
