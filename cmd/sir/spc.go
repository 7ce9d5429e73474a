package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sir/internal/exchange"
	"sir/spc"
)

// spcCommand holds the charts of package spc. None needs a database.
type spcCommand struct {
	Run spcRunCommand `cmd:"" help:"Run chart: is there a run too long, or too few crossings of the median?"`
	XmR spcXmRCommand `cmd:"" name:"xmr" help:"XmR chart: limits, special causes and icons as in Making Data Count."`
	P   spcPCommand   `cmd:"" name:"p" help:"P or P' chart of proportions, k of n."`
}

func (spcCommand) Help() string {
	return `Statistical process control: did a measure change, or does it only vary? The file has a header line and a
line a date; an empty value is missing, not zero. clinic.csv with the columns date and value:

  sir spc run clinic.csv
  sir spc xmr clinic.csv --direction increase --target 40
  sir spc p adopters.csv --numerator adopted --denominator eligible`
}

// spcData says which series.
type spcData struct {
	File       string   `arg:"" help:"The series: a CSV file, or an Excel workbook (.xlsx)."`
	Date       string   `default:"date" placeholder:"COLUMN" help:"Column of the dates, such as 2018-10-01 or 2018-10. Default: date."`
	Direction  string   `enum:"increase,decrease,neutral" default:"neutral" help:"Which way is better: increase, decrease or neutral (the default)."`
	Target     []string `sep:"none" placeholder:"[DATE=]VALUE" help:"Target; with a date, from then on. May be given several times."`
	Trajectory []string `sep:"none" placeholder:"DATE=VALUE" help:"A point of the planned path. May be given several times."`
	Rebase     []string `sep:"none" placeholder:"DATE[=REASON]" help:"Start a new part at this date. May be given several times."`
	Exclude    []string `sep:"none" placeholder:"DATE[=REASON]" help:"Leave this point out of all calculations. May be given several times."`
	Baseline   int      `placeholder:"N" help:"Take the centre and the limits from the first N dates of each part. Default: all."`
	Sheet      string   `placeholder:"NAME" help:"Sheet of the workbook. Default: the first."`
}

// analyse reads the file's columns and makes the chart, of the changes from
// date to date if they are asked for.
func (d spcData) analyse(columns spc.Columns, changes bool, settings spc.Settings) (*spc.Analysis, error) {
	columns.Date, settings.Baseline = d.Date, d.Baseline
	series, err := d.series(columns)
	if err != nil {
		return nil, err
	}
	if changes {
		flow, err := series.Increments()
		if err != nil {
			return nil, d.inFile(err)
		}
		flow.Name = "change of " + series.Name
		flow.Targets, flow.Trajectory = series.Targets, series.Trajectory
		series = flow
	}
	analysis, err := spc.Analyse(series, settings)
	if err != nil {
		return nil, d.inFile(err)
	}
	return analysis, nil
}

// series reads the points and adds what the flags say about them.
func (d spcData) series(columns spc.Columns) (spc.Series, error) {
	s, err := d.read(columns)
	if err != nil {
		return spc.Series{}, err
	}
	s.Name, s.Improvement = columns.Value, spc.Direction(d.Direction)
	if s.Name == "" {
		s.Name = columns.Numerator + " of " + columns.Denominator
	}
	for _, list := range []struct {
		flag string
		text []string
		into *[]spc.Step
	}{{"--target", d.Target, &s.Targets}, {"--trajectory", d.Trajectory, &s.Trajectory}} {
		for _, text := range list.text {
			step, err := spc.ParseStep(text)
			if err != nil {
				return spc.Series{}, inputError{fmt.Errorf("%s: %w", list.flag, err)}
			}
			*list.into = append(*list.into, step)
		}
	}
	for _, list := range []struct {
		flag string
		text []string
		into *[]spc.Note
	}{{"--rebase", d.Rebase, &s.Rebases}, {"--exclude", d.Exclude, &s.Exclusions}} {
		for _, text := range list.text {
			note, err := spc.ParseNote(text)
			if err != nil {
				return spc.Series{}, inputError{fmt.Errorf("%s: %w", list.flag, err)}
			}
			*list.into = append(*list.into, note)
		}
	}
	return s, nil
}

func (d spcData) read(columns spc.Columns) (spc.Series, error) {
	if strings.EqualFold(filepath.Ext(d.File), ".xlsx") {
		rows, err := exchange.ReadWorkbook(d.File, d.Sheet)
		if err != nil {
			return spc.Series{}, inputError{err}
		}
		series, err := spc.ReadRecords(rows, columns)
		return series, d.inFile(err)
	}
	if d.Sheet != "" {
		return spc.Series{}, inputError{fmt.Errorf("--sheet: %s is no workbook (.xlsx)", d.File)}
	}
	file, err := os.Open(d.File)
	if err != nil {
		return spc.Series{}, inputError{fmt.Errorf("cannot open %s: %w", d.File, reason(err))}
	}
	defer file.Close()
	series, err := spc.ReadCSV(file, columns)
	return series, d.inFile(err)
}

func (d spcData) inFile(err error) error {
	if err == nil {
		return nil
	}
	return inputError{fmt.Errorf("%s: %w", d.File, err)}
}

// spcValue says what is charted of the series.
type spcValue struct {
	Value  string `default:"value" placeholder:"COLUMN" help:"Column of the values. Default: value."`
	Change bool   `help:"Chart the change from each date to the next, for a rate or total that builds up."`
}

// spcRules are the choices of a chart with limits.
type spcRules struct {
	Screen       bool `help:"Leave out moving ranges of 3.267 times their average or more before setting limits."`
	Trend        int  `enum:"6,7" default:"7" help:"Points in a row, rising or falling, that make a trend: 7 (the default) or 6."`
	NoTwoOfThree bool `name:"no-two-of-three" help:"Leave out the rule of two of three points near a limit."`
}

func (r spcRules) settings(kind spc.Chart) spc.Settings {
	return spc.Settings{Chart: kind, Screen: r.Screen, Trend: r.Trend, NoTwoOfThree: r.NoTwoOfThree}
}

type spcRunCommand struct {
	spcData
	spcValue
	output
}

func (spcRunCommand) Help() string {
	return `Examples:
  sir spc run clinic.csv --date month --value referrals
  sir spc run clinic.csv --rebase '2019-04-01=new clinic' --format json

A run chart needs about 10 points. It shows a signal when the longest run on one side of the median is
longer, or the crossings of the median are fewer, than chance makes likely (Anhøj rules).`
}

func (c spcRunCommand) Run(env *environment) error {
	a, err := c.analyse(spc.Columns{Value: c.Value}, c.Change, spc.Settings{Chart: spc.RunChart})
	if err != nil {
		return err
	}
	return writeSPC(env, c.Format, a)
}

type spcXmRCommand struct {
	spcData
	spcValue
	spcRules
	output
}

func (spcXmRCommand) Help() string {
	return `Examples:
  sir spc xmr clinic.csv --date month --value referrals --direction increase --target 40
  sir spc xmr clinic.csv --target 40 --target 2019-04-01=50 --rebase '2019-04-01=new clinic'
  sir spc xmr clinic.csv --exclude '2020-04-01=closed for repairs' --format csv
  sir spc xmr adopters.csv --date quarter --value adopted --change
  sir spc xmr clinic.csv --trend 6 --no-two-of-three

An XmR chart is for a process that could be stable, such as referrals a month. A rate that builds up, such
as adoption, is not: the command warns, and --change charts what is added instead. Limits and icons are printed from 2 values on, with a warning below
13; the pages do not show them before.`
}

func (c spcXmRCommand) Run(env *environment) error {
	a, err := c.analyse(spc.Columns{Value: c.Value}, c.Change, c.settings(spc.XmRChart))
	if err != nil {
		return err
	}
	return writeSPC(env, c.Format, a)
}

type spcPCommand struct {
	spcData
	Numerator   string `default:"numerator" placeholder:"COLUMN" help:"Column of the counts. Default: numerator."`
	Denominator string `default:"denominator" placeholder:"COLUMN" help:"Column of what they are counted from. Default: denominator."`
	Prime       bool   `help:"P' chart (Laney): limits that allow for variation between periods. For denominators in the thousands."`
	spcRules
	output
}

func (spcPCommand) Help() string {
	return `Examples:
  sir spc p adopters.csv --date quarter --numerator adopted --denominator eligible --direction increase
  sir spc p waits.csv --numerator within --denominator all --prime

A target is a proportion here: --target 0.5 for 50 %. Limits and icons are printed from 2 values on, with a
warning below 13; the pages do not show them before.`
}

func (c spcPCommand) Run(env *environment) error {
	kind := spc.PChart
	if c.Prime {
		kind = spc.PPrimeChart
	}
	a, err := c.analyse(spc.Columns{Numerator: c.Numerator, Denominator: c.Denominator}, false, c.settings(kind))
	if err != nil {
		return err
	}
	return writeSPC(env, c.Format, a)
}
