package qca_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/qca"
)

// referenceCase is one data set with the answers of the R package QCA 3.25.1
// (Dusa). Those in testdata are this project's own data; the others belong to
// other packages and are read from the reference folder where it is present.
type referenceCase struct {
	ID           string
	Note         string
	Outcome      string
	Conditions   []string
	InclCut      json.RawMessage  `json:"incl_cut"`
	NCut         int              `json:"n_cut"`
	PRICut       float64          `json:"pri_cut"`
	Exclude      []uint64         `json:"exclude"`
	Levels       map[string]int   `json:"levels"`
	TruthTable   []map[string]any `json:"truth_table"`
	Conservative *referenceAnswer `json:"conservative"`
	CCubes       *referenceAnswer `json:"parsimonious_CCubes"`
	EQMC         *referenceAnswer `json:"parsimonious_eQMC"`
	Irredundant  *referenceAnswer `json:"parsimonious_all_irredundant"`
	DirExp       []string         `json:"dir_exp"`
	Intermediate struct {
		Pairs map[string]referencePair `json:"intermediate"`
	} `json:"intermediate"`
	SingleNecessity []struct {
		Term  string   `json:"term"`
		InclN *float64 `json:"inclN"`
		RoN   *float64 `json:"RoN"`
		CovN  *float64 `json:"covN"`
	} `json:"single_necessity"`
	SuperSubset *struct {
		InclCut float64 `json:"incl_cut"`
		Fit     []struct {
			Term  string   `json:"term"`
			InclN *float64 `json:"inclN"`
			RoN   *float64 `json:"RoN"`
			CovN  *float64 `json:"covN"`
		} `json:"fit"`
	} `json:"necessity_superSubset"`
	table                   *qca.Table
	contradictionsRemainder bool
}

type referenceAnswer struct {
	Models          [][]string      `json:"models"`
	Essential       []string        `json:"essential"`
	PrimeImplicants json.RawMessage `json:"prime_implicants"`
	referenceAnswerFit
	Assumptions map[string][]uint64 `json:"simplifying_assumptions"`
	Error       string              `json:"error"`
}

type referenceAnswerFit struct {
	Fit struct {
		Models []struct {
			Terms []string       `json:"terms"`
			Fit   []referenceFit `json:"fit"`
			Model oneFit         `json:"model"`
		} `json:"models"`
	} `json:"fit"`
}

type referencePair struct {
	Conservative []string   `json:"c_model"`
	Parsimonious []string   `json:"p_model"`
	Models       [][]string `json:"models"`
	Easy         []uint64   `json:"easy_counterfactuals"`
	Difficult    []uint64   `json:"difficult_counterfactuals"`
	referenceAnswerFit
}

type referenceFit struct {
	Term  string   `json:"term"`
	InclS *float64 `json:"inclS"`
	PRI   *float64 `json:"PRI"`
	CovS  *float64 `json:"covS"`
	CovU  *float64 `json:"covU"`
}

// oneFit is a referenceFit that may stand in a list of its own.
type oneFit referenceFit

func (f *oneFit) UnmarshalJSON(data []byte) error {
	var list []referenceFit
	if json.Unmarshal(data, &list) == nil && len(list) == 1 {
		*f = oneFit(list[0])
		return nil
	}
	return json.Unmarshal(data, (*referenceFit)(f))
}

// sharedCases is the folder of reference cases that may not be copied, or "".
func sharedCases(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			shared := filepath.Join(dir, "..", "shared", "reference", "qca", "cases")
			if _, err := os.Stat(shared); err == nil {
				return shared
			}
		}
	}
	return ""
}

// eachReference runs a test on every reference case.
func eachReference(t *testing.T, test func(t *testing.T, c *referenceCase)) {
	own, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(own) == 0 {
		t.Fatalf("no reference cases in testdata: %v", err)
	}
	files := own
	shared := sharedCases(t)
	if shared != "" {
		more, err := filepath.Glob(filepath.Join(shared, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, slices.DeleteFunc(more, func(f string) bool {
			return slices.Contains(own, filepath.Join("testdata", filepath.Base(f)))
		})...)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { test(t, loadReference(t, file)) })
	}
	if shared == "" {
		t.Run("shared", func(t *testing.T) { t.Skip("the reference folder ../shared/reference/qca/cases is absent") })
	}
}

func loadReference(t *testing.T, file string) *referenceCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &referenceCase{}
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(err)
	}
	c.contradictionsRemainder = slices.Contains([]string{"CONTR_as_remainders", "HC_VOTE_C", "LM_SURV_contr_incl"}, c.ID)
	f, err := os.Open(strings.TrimSuffix(file, ".json") + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if c.table, err = qca.ReadCSV(f, qca.CSVOptions{}); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *referenceCase) settings(t *testing.T) qca.Settings {
	t.Helper()
	var cuts []float64
	if json.Unmarshal(c.InclCut, &cuts) != nil {
		cuts = []float64{0}
		if err := json.Unmarshal(c.InclCut, &cuts[0]); err != nil {
			t.Fatal(err)
		}
	}
	s := qca.Settings{Outcome: c.Outcome, Conditions: c.Conditions, Inclusion: cuts[0], NCut: c.NCut, PRICut: c.PRICut,
		AllowConstant: c.ID == "Quine"}
	if len(cuts) > 1 {
		s.ContradictionCut = cuts[1]
	}
	return s
}

func (c *referenceCase) truthTable(t *testing.T) *qca.TruthTable {
	t.Helper()
	tt, err := c.table.TruthTable(c.settings(t))
	if err != nil {
		t.Fatal(err)
	}
	return tt
}

func TestReferenceTruthTables(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		tt := c.truthTable(t)
		if len(tt.Rows) != len(c.TruthTable) {
			t.Fatalf("%d rows, want %d", len(tt.Rows), len(c.TruthTable))
		}
		for i, want := range c.TruthTable {
			row := tt.Rows[i]
			for j, condition := range c.Conditions {
				if float64(row.Values[j]) != want[condition] {
					t.Errorf("row %d: %s is %d, want %v", row.Number, condition, row.Values[j], want[condition])
				}
			}
			got := []any{float64(row.Number), row.Output.String(), float64(row.N), strings.Join(row.Cases, ","), strings.Join(row.Deviant, ",")}
			for j, key := range []string{"row", "OUT", "n", "cases", "DCC"} {
				if got[j] != want[key] {
					t.Errorf("row %d: %s is %v, want %v", row.Number, key, got[j], want[key])
				}
			}
			wantFigure(t, "inclusion", row.Inclusion, number(want["incl"]))
			wantFigure(t, "PRI", row.PRI, number(want["PRI"]))
		}
	})
}

func number(v any) *float64 {
	if f, ok := v.(float64); ok {
		return &f
	}
	return nil
}

// wantFigure compares to 1e-9; nil stands for undefined.
func wantFigure(t *testing.T, what string, got qca.Figure, want *float64) {
	t.Helper()
	v, ok := got.Value()
	if ok != (want != nil) || ok && math.Abs(v-*want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, jsonOf(want))
	}
}

func jsonOf(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

func TestReferenceConservative(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		compareSolution(t, c, c.Conservative, qca.Options{Solution: qca.Conservative})
	})
}

// TestReferenceParsimonious compares with R's exhaustive algorithm (eQMC),
// where the reference has it, because its default one can stop early.
func TestReferenceParsimonious(t *testing.T) {
	eachReference(t, func(t *testing.T, c *referenceCase) {
		want := c.EQMC
		if want == nil {
			want = c.CCubes
		}
		o := qca.Options{Solution: qca.Parsimonious, Exclude: c.Exclude}
		if c.contradictionsRemainder {
			o.Contradictions = qca.ContradictionsAsRemainders
		}
		compareSolution(t, c, want, o)
	})
}

func compareSolution(t *testing.T, c *referenceCase, want *referenceAnswer, o qca.Options) {
	t.Helper()
	o.RowDominance = c.ID == "CVF_PROTEST_rowdom"
	got, err := c.truthTable(t).Minimize(t.Context(), o)
	if want.Error != "" {
		if err == nil {
			t.Errorf("no error, where R says %q", want.Error)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if !got.Complete || !got.ProvedMinimal {
		t.Errorf("complete %v, proved minimal %v", got.Complete, got.ProvedMinimal)
	}
	var models []string
	for _, m := range got.Models {
		models = append(models, canonical(t, m.Expression.String()))
	}
	var wantModels []string
	for _, m := range want.Models {
		wantModels = append(wantModels, canonical(t, strings.Join(m, " + ")))
	}
	sameSet(t, "models", models, wantModels)
	sameSet(t, "essential", termTexts(t, got.Essential), canonicals(t, want.Essential))
	var wantPrimes []string
	if json.Unmarshal(want.PrimeImplicants, &wantPrimes) == nil {
		sameSet(t, "prime implicants", termTexts(t, got.PrimeImplicants), canonicals(t, wantPrimes))
	}
	for i, w := range want.Fit.Models {
		at := slices.Index(models, canonical(t, strings.Join(w.Terms, " + ")))
		if at < 0 {
			continue // reported above
		}
		compareFit(t, got.Models[at], w.Fit, referenceFit(w.Model))
		if rows, ok := want.Assumptions[modelKey(i)]; ok && !slices.Equal(got.Models[at].SimplifyingAssumptions, rows) {
			t.Errorf("%s: simplifying assumptions %v, want %v", models[at], got.Models[at].SimplifyingAssumptions, rows)
		}
	}
}

func modelKey(i int) string { return "M" + jsonOf(i+1) }

func compareFit(t *testing.T, got qca.Model, terms []referenceFit, whole referenceFit) {
	t.Helper()
	wantFigure(t, "model inclusion", got.Inclusion, whole.InclS)
	wantFigure(t, "model PRI", got.PRI, whole.PRI)
	wantFigure(t, "model coverage", got.Coverage, whole.CovS)
	for _, want := range terms {
		at := slices.IndexFunc(got.Terms, func(f qca.TermFit) bool {
			return canonical(t, f.Expression.String()) == canonical(t, want.Term)
		})
		if at < 0 {
			t.Errorf("term %s is missing", want.Term)
			continue
		}
		term := got.Terms[at]
		wantFigure(t, want.Term+" inclusion", term.Inclusion, want.InclS)
		wantFigure(t, want.Term+" PRI", term.PRI, want.PRI)
		wantFigure(t, want.Term+" raw coverage", term.RawCoverage, want.CovS)
		unique := want.CovU
		if len(terms) == 1 {
			unique = want.CovS // R leaves it empty; a lone term's is its raw coverage
		}
		wantFigure(t, want.Term+" unique coverage", term.UniqueCoverage, unique)
	}
}

// canonical writes an expression with literals and terms in alphabetical
// order and values of two-valued conditions as presence or absence, so that
// notation and order do not matter. R brackets every literal where any
// condition has several values.
func canonical(t *testing.T, text string) string {
	t.Helper()
	e, err := qca.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var terms []string
	for _, term := range e {
		var literals []string
		for _, l := range term {
			if l.Values == nil {
				l.Values = []int{1}
				if l.Negated {
					l.Values = []int{0}
				}
				l.Negated = false
			}
			literals = append(literals, l.String())
		}
		slices.Sort(literals)
		terms = append(terms, strings.Join(literals, "*"))
	}
	slices.Sort(terms)
	return strings.Join(terms, " + ")
}

func canonicals(t *testing.T, texts []string) []string {
	t.Helper()
	var out []string
	for _, text := range texts {
		out = append(out, canonical(t, text))
	}
	return out
}

func termTexts(t *testing.T, terms []qca.Term) []string {
	t.Helper()
	var out []string
	for _, term := range terms {
		out = append(out, canonical(t, term.String()))
	}
	return out
}

func sameSet(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %d %q\nwant %d %q", what, len(got), got, len(want), want)
	}
}
