package main

import (
	"fmt"
	"slices"
	"strings"

	"sir/internal/exchange"
	"sir/qca"
)

type qcaCalibrateCommand struct {
	File    string   `arg:"" help:"The raw figures: a CSV file, or an Excel workbook (.xlsx)."`
	Set     []string `sep:"none" placeholder:"COLUMN=HOW" help:"Calibrate a column; may be given several times. HOW is for example: crisp 50; direct e=5,c=10,i=20; indirect 5,10,20; tfr."`
	Suggest string   `placeholder:"COLUMN" help:"Print where a column's values leave gaps, instead."`
	Groups  int      `default:"2" placeholder:"2" help:"Groups that --suggest splits the values into."`
	Columns []string `placeholder:"A,B" help:"Columns to keep as they are. Default: all that hold numbers."`
	ID      string   `name:"id" placeholder:"COLUMN" help:"Column of the case ids."`
	Sheet   string   `placeholder:"NAME" help:"Sheet of the workbook. Default: the first."`
	qcaOutput
}

func (qcaCalibrateCommand) Help() string {
	return `Examples:
  sir qca calibrate raw.csv --set 'RATE=crisp 50' --format csv > calibrated.csv
  sir qca calibrate raw.csv --set 'RATE=direct e=20,c=50,i=80' --set 'STAFF=linear e=0,c=2,i=5'
  sir qca calibrate raw.csv --suggest RATE --groups 3

Ways to calibrate a column:
  crisp 50                  0 or 1 by a threshold (at the threshold: 1); several thresholds: 0, 1, 2, ...
  direct e=20,c=50,i=80     memberships along an S curve: e out, c the crossover, i in; e above i falls
  linear e=20,c=50,i=80     along straight lines; six anchors e1,c1,i1,i2,c2,e2 make a bell
  ecdf e=20,c=50,i=80       by the share of values below
  indirect 20,40,60,80      groups, then a regression (also indirect-logit, indirect-beta)
  tfr                       ordered categories by their shares

Anchors need reasons from outside the data. --suggest shows gaps, not reasons.`
}

func (c qcaCalibrateCommand) Run(env *environment) error {
	data := qcaData{File: c.File, ID: c.ID, Sheet: c.Sheet}
	table, err := data.table()
	if err != nil {
		return err
	}
	if c.Suggest != "" {
		return c.suggest(env, data, table)
	}
	if len(c.Set) == 0 {
		return inputError{fmt.Errorf("nothing to calibrate: give --set COLUMN=HOW, or --suggest COLUMN")}
	}
	var names []string
	for _, set := range c.Set {
		name, how, _ := strings.Cut(set, "=")
		calibration, err := qca.ParseCalibration(how)
		if err != nil {
			return inputError{fmt.Errorf("--set %s: %w", set, err)}
		}
		if table, err = table.Calibrated(name, calibration); err != nil {
			return data.inFile(err)
		}
		names = append(names, name)
	}
	result, err := c.result(table, names)
	if err != nil {
		return data.inFile(err)
	}
	return c.write(env, result)
}

// qcaCalibrated is one column of the result.
type qcaCalibrated struct {
	Name   string    `json:"name"`
	Kind   qca.Kind  `json:"kind"`
	Values []float64 `json:"values"`
	Free   []bool    `json:"dont_care,omitempty"`
	Skew   *qca.Skew `json:"skew,omitempty"`
}

// columns are those that were set or asked to be kept, in the file's order; by
// default every one that can be used.
func (c qcaCalibrateCommand) columns(table *qca.Table, set []string) ([]qcaCalibrated, error) {
	var columns []qcaCalibrated
	for _, name := range table.Columns() {
		wanted := slices.Contains(c.Columns, name) || slices.Contains(set, name)
		if len(c.Columns) > 0 && !wanted {
			continue
		}
		column, kind, err := table.Column(name)
		if err != nil && !wanted {
			continue
		}
		if err != nil {
			return nil, err
		}
		one := qcaCalibrated{Name: name, Kind: kind, Values: column.Values, Free: column.DontCare}
		if kind == qca.Crisp || kind == qca.Fuzzy {
			skew := qca.SkewOf(column.Values)
			one.Skew = &skew
		}
		columns = append(columns, one)
	}
	for _, name := range c.Columns {
		if _, _, err := table.Column(name); err != nil {
			return nil, err
		}
	}
	return columns, nil
}

func (c qcaCalibrateCommand) result(table *qca.Table, set []string) (qcaResult, error) {
	columns, err := c.columns(table, set)
	if err != nil {
		return qcaResult{}, err
	}
	r := qcaResult{title: fmt.Sprintf("%s, calibrated: %s", counted(len(table.Cases()), "case", "cases"), strings.Join(set, ", "))}
	r.data = struct {
		Cases   []string        `json:"cases"`
		Columns []qcaCalibrated `json:"columns"`
	}{table.Cases(), columns}
	r.sheet.Columns = []string{"case"}
	for _, column := range columns {
		r.sheet.Columns = append(r.sheet.Columns, column.Name)
		if s := column.Skew; s != nil {
			r.notes = append(r.notes, skewNote(column.Name, *s))
		}
	}
	for i, id := range table.Cases() {
		cells := []any{id}
		for _, column := range columns {
			if column.Free != nil && column.Free[i] {
				cells = append(cells, dontCare{})
				continue
			}
			cells = append(cells, column.Values[i])
		}
		r.sheet.Rows = append(r.sheet.Rows, cells)
	}
	r.explain = func() []string {
		return []string{"A membership says how much a case belongs to the set that the column's name stands for: 1 fully, 0 not at all, above 0.5 more in than out. Write down what each set means and why its anchors are where they are: every later result rests on that."}
	}
	return r, nil
}

func skewNote(name string, s qca.Skew) string {
	note := fmt.Sprintf("%s: %d in, %d out", name, s.In, s.Out)
	if s.Half > 0 {
		note += fmt.Sprintf(", %d at exactly 0.5 (such a case belongs to no row: move the crossover)", s.Half)
	}
	if s.Skewed() {
		note += "; skewed: fewer than one case in five on one side"
	}
	return note + "."
}

func (c qcaCalibrateCommand) suggest(env *environment, data qcaData, table *qca.Table) error {
	column, _, err := table.Column(c.Suggest)
	if err != nil {
		return data.inFile(err)
	}
	thresholds, err := qca.SuggestThresholds(column.Values, c.Groups-1)
	if err != nil {
		return inputError{fmt.Errorf("--groups %d: %w", c.Groups, err)}
	}
	r := qcaResult{title: fmt.Sprintf("%s in %d groups of neighbouring values", c.Suggest, c.Groups)}
	r.data = struct {
		Column     string    `json:"column"`
		Thresholds []float64 `json:"thresholds"`
	}{c.Suggest, thresholds}
	r.sheet = exchange.Sheet{Columns: []string{"threshold", "cases_below", "cases_above"}}
	for _, t := range thresholds {
		below := 0
		for _, v := range column.Values {
			if v < t {
				below++
			}
		}
		r.sheet.Rows = append(r.sheet.Rows, []any{t, below, len(column.Values) - below})
	}
	r.explain = func() []string {
		return []string{"These are midpoints of gaps between groups of values. A gap is no reason: a threshold needs one from outside the data."}
	}
	return c.write(env, r)
}

// dontCare is the cell of a value that does not matter: its sign stays as it
// is, so that it can be read again.
type dontCare struct{}

func (dontCare) String() string { return "-" }
