// Package replicate writes what somebody else needs to repeat an analysis with
// other programs: the data and the settings, a script for the R package QCA,
// and data files for TOSMANA and fs/QCA. It makes files in memory; where they
// go is the caller's business.
package replicate

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"

	"sir/qca"
)

// Analysis is what was done, and what came of it.
type Analysis struct {
	// TruthTable of the analysis, with its data and cuts.
	TruthTable *qca.TruthTable
	// Command is the command line that did it, a word an element; Version that
	// of the engine.
	Command []string
	Version string
	// Result is written as JSON.
	Result any
	// Options and Solution of a minimisation; nil Solution: there was none.
	Options  qca.Options
	Solution *qca.Solution
	// Necessity says what counted as necessary, where that was asked.
	Necessity *qca.NecessityOptions
}

// File is one file of a bundle.
type File struct {
	Name    string
	Content []byte
}

// bundle carries what the files share.
type bundle struct {
	Analysis
	settings qca.Settings
	outcome  qca.Literal
	data     data
	names    []name
	files    []File
}

// Files makes the bundle. Files that another program could not use are not in
// it; README.txt says which and why.
func (a Analysis) Files() ([]File, error) {
	b := &bundle{Analysis: a, settings: a.TruthTable.Settings(), outcome: tilde(qca.Term{a.TruthTable.Goal()})[0]}
	var err error
	if b.data, err = readData(a.TruthTable); err != nil {
		return nil, err
	}
	b.names = mapNames(b.data)
	for _, write := range []func() error{b.ownData, b.settingsJSON, b.result, b.nameTable, b.forR, b.forTosmana, b.forFuzzySets, b.readme} {
		if err := write(); err != nil {
			return nil, fmt.Errorf("replication bundle: %w", err)
		}
	}
	return b.files, nil
}

func (b *bundle) add(name string, content []byte) { b.files = append(b.files, File{name, content}) }

func (b *bundle) addJSON(name string, value any) error {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b.add(name, buffer.Bytes())
	return nil
}

func (b *bundle) addCSV(name string, records [][]string) error {
	var buffer bytes.Buffer
	if err := csv.NewWriter(&buffer).WriteAll(records); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b.add(name, buffer.Bytes())
	return nil
}

func (b *bundle) result() error { return b.addJSON("result.json", b.Result) }

// ownData are the columns used, by their own names: what sir qca reads.
func (b *bundle) ownData() error {
	names := make([]string, len(b.data.columns))
	for i, c := range b.data.columns {
		names[i] = c.Name
	}
	return b.addCSV("data.csv", b.data.records("case", names, nil))
}

func (b *bundle) nameTable() error {
	records := [][]string{{"column", "role", "in_r", "in_tosmana", "in_fsqca"}}
	for i, n := range b.names {
		role := "condition"
		if i == len(b.names)-1 {
			role = "outcome"
		}
		records = append(records, []string{n.own, role, n.r, n.tosmana, n.fuzzySets})
	}
	return b.addCSV("names.csv", records)
}

// settingsJSON says how the analysis was made, in the terms of the method.
func (b *bundle) settingsJSON() error {
	s := settings{Engine: "sir " + b.Version, Command: quoted(b.Command), Outcome: b.outcome.String(), Conditions: b.settings.Conditions,
		Inclusion: b.settings.Inclusion, ContradictionCut: b.settings.ContradictionCut, NCut: b.settings.NCut, PRICut: b.settings.PRICut,
		LeftOut: b.TruthTable.LeftOut}
	if b.Solution != nil {
		o := b.Options
		expect := []qca.Term{}
		for _, t := range o.Expect {
			expect = append(expect, tilde(t))
		}
		s.Minimisation = &minimisation{Solution: o.Solution, Contradictions: contradictionWords[o.Contradictions], Excluded: append([]uint64{}, o.Exclude...),
			Expectations: expect, RowDominance: o.RowDominance, AllModels: o.AllModels}
	}
	if n := b.Necessity; n != nil {
		s.Necessity = &necessity{n.Inclusion, n.Relevance, n.MaxLiterals}
	}
	return b.addJSON("settings.json", s)
}

type settings struct {
	Engine           string        `json:"engine"`
	Command          string        `json:"command"`
	Outcome          string        `json:"outcome"`
	Conditions       []string      `json:"conditions"`
	Inclusion        float64       `json:"inclusion_cut"`
	ContradictionCut float64       `json:"contradiction_cut"`
	NCut             int           `json:"n_cut"`
	PRICut           float64       `json:"pri_cut"`
	LeftOut          []string      `json:"cases_left_out"`
	Minimisation     *minimisation `json:"minimisation,omitempty"`
	Necessity        *necessity    `json:"necessity,omitempty"`
}

type minimisation struct {
	Solution       qca.SolutionKind `json:"solution"`
	Contradictions string           `json:"contradictions"`
	Excluded       []uint64         `json:"excluded_rows"`
	Expectations   []qca.Term       `json:"expectations"`
	RowDominance   bool             `json:"row_dominance"`
	AllModels      bool             `json:"all_irredundant_models"`
}

type necessity struct {
	Inclusion float64 `json:"inclusion_cut"`
	Relevance float64 `json:"relevance_cut"`
	Size      int     `json:"most_conditions"`
}

var contradictionWords = map[qca.ContradictionUse]string{qca.ExcludeContradictions: "excluded",
	qca.ContradictionsAsRemainders: "remainders", qca.ContradictionsAsPositive: "positive"}
