package spc_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sir/spc"
)

// vectors answers the files of a folder of reference answers: those of
// testdata, which are this project's own data, and those of the shared
// reference folder, where it is present.
func vectors(t *testing.T, kind string) []string {
	t.Helper()
	own, err := filepath.Glob(filepath.Join("testdata", kind, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	shared, err := filepath.Glob(filepath.Join("..", "..", "shared", "reference", "spc", "vectors", kind, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(shared) > 0 {
		return shared // testdata holds copies of some of them
	}
	t.Logf("no ../shared/reference/spc/vectors/%s beside the repository: only the answers in testdata are checked", kind)
	if len(own) == 0 {
		t.Skip("and there are none")
	}
	return own
}

func load(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// near reports that two figures agree to 1e-9, relative beyond 1.
func near(got spc.Figure, want *float64) bool {
	v, ok := got.Value()
	if want == nil || !ok {
		return want == nil && !ok
	}
	return math.Abs(v-*want) <= 1e-9*max(1, math.Abs(*want))
}

// xmrVector is what NHSRplotthedots 0.2.2 answers for one input.
type xmrVector struct {
	ID      string `json:"id"`
	Options struct {
		Direction spc.Direction `json:"improvement_direction"`
		Target    *float64      `json:"target"`
		Rebase    spc.Date      `json:"rebase"`
		Baseline  int           `json:"fix_after_n_points"`
		Screen    bool          `json:"screen_outliers"`
	} `json:"options"`
	Input []struct {
		Facet string     `json:"f"`
		Date  spc.Date   `json:"date"`
		Value spc.Figure `json:"value"`
	} `json:"input"`
	Points  []xmrPoint `json:"points"`
	Summary []struct {
		Facet string   `json:"f"`
		Group int      `json:"rebase_group"`
		Mean  *float64 `json:"mean_col"`
		Lower *float64 `json:"lpl"`
		Upper *float64 `json:"upl"`
		N     int      `json:"n"`
	} `json:"summary"`
	Icons []struct {
		Facet string `json:"f"`
		Type  string `json:"type"`
		Icon  string `json:"icon"`
	} `json:"icons"`
	Error string `json:"error"`
}

type xmrPoint struct {
	Facet     string   `json:"f"`
	Date      spc.Date `json:"date"`
	Value     *float64 `json:"value"`
	Group     int      `json:"rebase_group"`
	Mean      *float64 `json:"mean"`
	Lower     *float64 `json:"lpl"`
	Upper     *float64 `json:"upl"`
	NearLower *float64 `json:"near_lpl"`
	NearUpper *float64 `json:"near_upl"`
	Outside   *bool    `json:"outside_limits"`
	Relative  *int     `json:"relative_to_mean"`
	Cause     string   `json:"special_cause_type"`
	Type      string   `json:"point_type"`
	Short     bool     `json:"short_group_warning"`
	Target    *float64 `json:"target"`
}

// series are the vector's, one a facet.
func (v xmrVector) series() map[string]spc.Series {
	all := map[string]spc.Series{}
	for _, row := range v.Input {
		s := all[row.Facet]
		s.Improvement = v.Options.Direction
		s.Points = append(s.Points, spc.Point{Date: row.Date, Value: row.Value})
		all[row.Facet] = s
	}
	for facet, s := range all {
		if v.Options.Target != nil {
			s.Targets = []spc.Step{{Value: spc.Defined(*v.Options.Target)}}
		}
		if v.Options.Rebase != 0 {
			s.Rebases = []spc.Note{{Date: v.Options.Rebase, Reason: "as in the vector"}}
		}
		all[facet] = s
	}
	return all
}

// The two places where NHSRplotthedots is wrong, and one where it is silent:
// proved by hand in TestConstantSeries, TestSinglePoint and TestUnknownRebase.
const (
	constantVector = "p29_constant_screened"
	singleVector   = "p31_n1"
	silentVector   = "p41_rebase_date_not_in_data"
)

func TestXmRVectors(t *testing.T) {
	for _, file := range vectors(t, "xmr") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var v xmrVector
			load(t, file, &v)
			for facet, s := range v.series() {
				if v.ID == silentVector {
					s.Rebases = nil
				}
				a, err := spc.Analyse(s, spc.Settings{Baseline: v.Options.Baseline, Screen: v.Options.Screen})
				if v.Error != "" {
					if !errors.Is(err, spc.ErrInput) {
						t.Fatalf("error %v, want an ErrInput for %q", err, v.Error)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				switch v.ID {
				case constantVector, singleVector:
					if v.Points[0].Upper != nil {
						t.Fatal("the vector was expected to show a defect, and does not")
					}
				default:
					v.checkPoints(t, facet, a)
					v.checkIcons(t, facet, a)
				}
			}
		})
	}
}

func (v xmrVector) checkPoints(t *testing.T, facet string, a *spc.Analysis) {
	t.Helper()
	i := -1
	for _, want := range v.Points {
		if want.Facet != facet {
			continue
		}
		i++
		got := a.Points[i]
		group := got.Part - 1
		if v.ID == "p39_rebase_first_date" {
			group++ // there the first part is numbered 1
		}
		if got.Date != want.Date || !near(got.Value, want.Value) || group != want.Group {
			t.Fatalf("point %d: %v %v part %d, want %v", i, got.Date, got.Value, got.Part, want)
		}
		if !near(got.Mean, want.Mean) || !near(got.Lower, want.Lower) || !near(got.Upper, want.Upper) ||
			!near(got.NearLower, want.NearLower) || !near(got.NearUpper, want.NearUpper) || !near(got.Target, want.Target) {
			t.Errorf("%v: mean %v, limits %v, target %v; want %s", got.Date, got.Mean, got.Limits, got.Target, show(want))
		}
		rule, class := ruleOf(want)
		if got.Rule != rule || classOf(got) != class {
			t.Errorf("%v: %q, %q; want %q, %q", got.Date, got.Rule, classOf(got), rule, class)
		}
		if want.Outside != nil && got.Flags.Has(spc.Outside) != *want.Outside {
			t.Errorf("%v: outside %v, want %v", got.Date, got.Flags.Has(spc.Outside), *want.Outside)
		}
		if short := hasWarning(a, spc.ShortSeries, got.Part); short != want.Short {
			t.Errorf("%v: short %v, want %v", got.Date, short, want.Short)
		}
	}
	if i != len(a.Points)-1 {
		t.Errorf("%d points, want %d", len(a.Points), i+1)
	}
}

// ruleOf translates the package's words for a special cause.
func ruleOf(p xmrPoint) (spc.Rule, string) {
	switch {
	case p.Cause == "Above UCL", p.Cause == "Below LCL":
		return spc.Outside, p.Type
	case strings.HasPrefix(p.Cause, "7 Point Trend"):
		return spc.Trend, p.Type
	case strings.HasPrefix(p.Cause, "2 in 3"):
		return spc.TwoOfThree, p.Type
	case strings.HasPrefix(p.Cause, "7 Points"):
		return spc.Shift, p.Type
	}
	return "", p.Type
}

func classOf(p spc.PointResult) string {
	switch p.Class {
	case spc.CommonCause:
		return "common_cause"
	case spc.SpecialNeutral:
		return "special_cause_neutral_" + string(p.Side)
	}
	return "special_cause_" + string(p.Class)
}

func (v xmrVector) checkIcons(t *testing.T, facet string, a *spc.Analysis) {
	t.Helper()
	variation, assurance := "", string(spc.NoAssurance)
	for _, icon := range v.Icons {
		if icon.Facet != facet && icon.Facet != "no facet" {
			continue
		}
		switch {
		case icon.Type == "variation":
			variation = icon.Icon
		case icon.Icon == "inconsistent":
			assurance = string(spc.HitOrMiss)
		default:
			assurance = icon.Icon
		}
	}
	if string(a.Variation) != variation || string(a.Assurance) != assurance {
		t.Errorf("icons %q, %q; want %q, %q", a.Variation, a.Assurance, variation, assurance)
	}
	for i, want := range v.Summary {
		if want.Facet != "" && want.Facet != facet {
			continue
		}
		part := a.Parts[0]
		if want.Facet == "" {
			part = a.Parts[i]
		}
		if !near(part.Mean, want.Mean) || !near(part.Lower, want.Lower) || !near(part.Upper, want.Upper) || part.Last-part.First+1 != want.N {
			t.Errorf("part %d: %v %v %d to %d; want %+v", part.Number, part.Mean, part.Limits, part.First, part.Last, want)
		}
	}
}

func hasWarning(a *spc.Analysis, code spc.Code, part int) bool {
	for _, w := range a.Warnings {
		if w.Code == code && w.Part == part {
			return true
		}
	}
	return false
}

func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
