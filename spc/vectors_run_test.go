package spc_test

import (
	"encoding/csv"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sir/spc"
)

// runVector is what qicharts2 0.8.1 answers for one call.
type runVector struct {
	ID       string          `json:"id"`
	Call     string          `json:"call"`
	Screened bool            `json:"screened_mr"`
	Options  json.RawMessage `json:"options"` // an object, or an empty list
	Input    struct {
		Y json.RawMessage `json:"y"`
		R []float64       `json:"r"`
		N []float64       `json:"n"`
	} `json:"input"`
	Points []struct {
		Part        int      `json:"part"`
		Y           *float64 `json:"y"`
		Baseline    bool     `json:"baseline"`
		Centre      *float64 `json:"cl"`
		Lower       *float64 `json:"lcl"`
		Upper       *float64 `json:"ucl"`
		Useful      int      `json:"n.useful"`
		Longest     int      `json:"longest.run"`
		LongestMax  int      `json:"longest.run.max"`
		Crossings   int      `json:"n.crossings"`
		CrossingMin int      `json:"n.crossings.min"`
		Signal      bool     `json:"runs.signal"`
		Outside     bool     `json:"sigma.signal"`
	} `json:"points"`
}

type runOptions struct {
	Chart   string   `json:"chart"`
	Freeze  int      `json:"freeze"`
	Part    int      `json:"part"`
	Exclude []int    `json:"exclude"`
	Centre  *float64 `json:"cl"`
}

// options of the call; where the vector lists none they stand in its call.
func (v runVector) options(t *testing.T) runOptions {
	t.Helper()
	o := runOptions{Chart: "run"}
	if len(v.Options) > 0 && v.Options[0] == '{' {
		if err := json.Unmarshal(v.Options, &o); err != nil {
			t.Fatal(err)
		}
	}
	for _, chart := range []string{"i", "p", "pp"} {
		if strings.Contains(v.Call, `chart = "`+chart+`"`) {
			o.Chart = chart
		}
	}
	if strings.Contains(v.Call, "freeze = 24") {
		o.Freeze = 24
	}
	return o
}

// day is the date of the i-th point: the vectors have no dates of their own.
func day(i int) spc.Date { return spc.NewDate(2020, time.January, 1+i) }

func (v runVector) series(t *testing.T, o runOptions) (spc.Series, spc.Settings) {
	t.Helper()
	var s spc.Series
	for i, y := range v.values(t) {
		p := spc.Point{Date: day(i), Value: y}
		if k, ok := y.Value(); ok && (o.Chart == "p" || o.Chart == "pp") {
			p = spc.Proportion(day(i), k, v.Input.N[i])
		}
		s.Points = append(s.Points, p)
	}
	for _, at := range o.Exclude {
		s.Exclusions = append(s.Exclusions, spc.Note{Date: day(at - 1), Reason: "as in the vector"})
	}
	if o.Part > 0 {
		s.Rebases = []spc.Note{{Date: day(o.Part), Reason: "as in the vector"}}
	}
	charts := map[string]spc.Chart{"run": spc.RunChart, "i": spc.XmRChart, "p": spc.PChart, "pp": spc.PPrimeChart}
	settings := spc.Settings{Chart: charts[o.Chart], Baseline: o.Freeze, Screen: v.Screened, Scaling: spc.ThreeOverD2}
	if o.Centre != nil {
		settings.Centre = spc.Defined(*o.Centre)
	}
	return s, settings
}

// values are the plotted numbers or numerators: a list, or one number; the
// vignette's counts stand under n.
func (v runVector) values(t *testing.T) []spc.Figure {
	t.Helper()
	var many []spc.Figure
	source := v.Input.R
	if source == nil && v.Input.Y == nil {
		source = v.Input.N
	}
	for _, k := range source {
		many = append(many, spc.Defined(k))
	}
	if source != nil {
		return many
	}
	if err := json.Unmarshal(v.Input.Y, &many); err == nil {
		return many
	}
	var one spc.Figure
	if err := json.Unmarshal(v.Input.Y, &one); err != nil {
		t.Fatal(err)
	}
	return []spc.Figure{one}
}

func TestRunVectors(t *testing.T) {
	for _, file := range vectors(t, "run") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var v runVector
			load(t, file, &v)
			o := v.options(t)
			a, err := spc.Analyse(v.series(t, o))
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Points) != len(v.Points) {
				t.Fatalf("%d points, want %d", len(a.Points), len(v.Points))
			}
			for i, want := range v.Points {
				got := a.Points[i]
				part := a.Parts[got.Part-1]
				if got.Part != want.Part || !near(got.Value, want.Y) || !near(got.Centre(), want.Centre) ||
					!near(got.Lower, want.Lower) || !near(got.Upper, want.Upper) || got.Flags.Has(spc.Outside) != want.Outside {
					t.Errorf("point %d: %s; want %s", i+1, show(got), show(want))
				}
				r := part.Runs
				r.From, r.To = 0, 0
				if wanted := (spc.Runs{Useful: want.Useful, Longest: want.Longest, LongestMax: want.LongestMax,
					Crossings: want.Crossings, CrossingsMin: want.CrossingMin, Signal: want.Signal}); r != wanted {
					t.Errorf("part %d: %+v; want %+v", part.Number, r, wanted)
				}
			}
		})
	}
}

// TestRunLimits compares with the table of qicharts2 for 1 to 300 useful points.
func TestRunLimits(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "shared", "reference", "spc", "vectors", "anhoej_limits_1_300.csv"))
	if err != nil {
		t.Skipf("the table is not beside the repository: %v", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		var want [3]int
		for i, text := range row {
			if want[i], err = strconv.Atoi(text); err != nil {
				t.Fatal(err)
			}
		}
		if longest, crossings := spc.RunLimits(want[0]); longest != want[1] || crossings != want[2] {
			t.Errorf("RunLimits(%d) = %d, %d; want %d, %d", want[0], longest, crossings, want[1], want[2])
		}
	}
	if len(rows) != 301 {
		t.Errorf("%d rows, want 300 and a header", len(rows))
	}
}

// TestRunLimitsExact compares the quantile with whole numbers: the smallest k
// for which 20 (C(n,0) + ... + C(n,k)) is at least 2^n. Beyond n = 1074 the
// first term is below the smallest float64.
func TestRunLimitsExact(t *testing.T) {
	for _, n := range []int{0, 1, 2, 9, 24, 99, 500, 1073, 1100, 3000} {
		total := new(big.Int).Lsh(big.NewInt(1), uint(n))
		sum, k := big.NewInt(0), int64(0)
		for ; ; k++ {
			sum.Add(sum, new(big.Int).Binomial(int64(n), k))
			if new(big.Int).Mul(sum, big.NewInt(20)).Cmp(total) >= 0 {
				break
			}
		}
		if _, got := spc.RunLimits(n + 1); int64(got) != k {
			t.Errorf("RunLimits(%d) allows %d crossings, want %d", n+1, got, k)
		}
	}
}
