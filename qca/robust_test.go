package qca_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

func robustReport(t *testing.T, seed uint64) *qca.Robustness {
	t.Helper()
	r, err := spreadTable(t).Robustness(t.Context(), qca.RobustnessOptions{
		Settings: qca.Settings{Outcome: "OUTCOME", Conditions: []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"}},
		Options:  qca.Options{Solution: qca.Parsimonious}, LeaveOut: 3, Repeats: 200, Seed: seed})
	if err != nil || !r.Complete {
		t.Fatal(err, r)
	}
	return r
}

// On the report's table every row is of one outcome, so that any inclusion cut
// above 0 does. Rows have one case to three: with at least two, rows 11 and 12
// (cases 4 and 15) and every failure but row 10 are remainders.
func TestRobustnessOfTheReport(t *testing.T) {
	r := robustReport(t, 1)
	if len(r.Models) != 1 || r.Models[0].String() != "NONDELAY*PHARMA" {
		t.Fatalf("models %v", r.Models)
	}
	inclusion := r.Ranges[0]
	if _, ok := inclusion.Low.Value(); ok || inclusion.High.String() != "1.000" {
		t.Errorf("inclusion from %s to %s", inclusion.Low, inclusion.High)
	}
	n := r.Ranges[2]
	if n.Choice != "n-cut" || n.High.String() != "1.000" || len(n.Above) == 0 || n.Above[0].String() == "NONDELAY*PHARMA" {
		t.Errorf("n cut up to %s, above it %v", n.High, n.Above)
	}
	for _, one := range r.LeaveOneOut {
		// Case 3 is alone in NONDELAY = 0 with PHARMA = 1 and ADOPT = 1, but 2 and
		// 12 keep NONDELAY in; nothing depends on one case.
		if !one.Same {
			t.Errorf("without %s: %v", one.Case, one.Models)
		}
	}
	if r.LeaveOut.Choices != 455 || r.LeaveOut.Tried != 200 || r.LeaveOut.Formulas[0].Expression.String() != "NONDELAY*PHARMA" {
		t.Errorf("left out %+v", r.LeaveOut)
	}
	p := r.Permutations[0]
	// Only a deal in which the seven successes are just the seven cases fits the
	// formula perfectly: 1 in 6,435.
	if p.Formula > 2.0/201 || p.Search < p.Formula || p.Search > 1 {
		t.Errorf("permutations %+v", p)
	}
	core := r.Cores[0]
	if len(core.Tests) == 0 || slices.Concat(core.RobustTypical, core.ShakyTypical)[0] == "" {
		t.Errorf("core %+v", core)
	}
}

func TestRobustnessIsSeeded(t *testing.T) {
	first, again, other := robustReport(t, 7), robustReport(t, 7), robustReport(t, 8)
	if jsonOf(first) != jsonOf(again) {
		t.Error("the same seed gives two results")
	}
	if jsonOf(first.LeaveOut) == jsonOf(other.LeaveOut) {
		t.Error("two seeds leave the same cases out")
	}
}

// The outcome is 1 from 50 on: between the neighbours 42 and 55 the threshold
// can stand anywhere. A threshold up to 42 makes d a success, and then A
// explains no more; above 55 c is a failure.
func TestThresholdRanges(t *testing.T) {
	raw := mustTable(t, "case,A,B,RATE\na,1,1,80\nb,1,0,70\nc,1,1,55\nd,0,1,42\ne,0,0,10\n")
	r, err := raw.Robustness(t.Context(), qca.RobustnessOptions{
		Settings: qca.Settings{Outcome: "RATE"}, Options: qca.Options{Solution: qca.Parsimonious}, Repeats: 10,
		Calibrations: []qca.NamedCalibration{{Column: "RATE", Calibration: qca.CrispCalibration{Thresholds: []float64{50}}}}})
	if err != nil {
		t.Fatal(err)
	}
	threshold := r.Ranges[len(r.Ranges)-1]
	if threshold.Choice != "RATE threshold 1" || !threshold.LowOpen || threshold.Low.String() != "42.000" || threshold.High.String() != "55.000" {
		t.Errorf("range %+v", threshold)
	}
	for _, test := range []struct {
		at   float64
		same bool
	}{{42, false}, {42.01, true}, {55, true}, {55.01, false}} {
		table, err := raw.Calibrated("RATE", qca.CrispCalibration{Thresholds: []float64{test.at}})
		if err != nil {
			t.Fatal(err)
		}
		tt, err := table.TruthTable(qca.Settings{Outcome: "RATE"})
		if err != nil {
			t.Fatal(err)
		}
		s, err := tt.Minimize(t.Context(), qca.Options{Solution: qca.Parsimonious})
		if err != nil {
			t.Fatal(err)
		}
		if same := len(s.Models) == 1 && s.Models[0].Expression.String() == r.Models[0].String(); same != test.same {
			t.Errorf("threshold %g: same %v, want %v", test.at, same, test.same)
		}
	}
}

// Just within the range of a fuzzy anchor the models are the same, just beyond
// they are not.
func TestAnchorRanges(t *testing.T) {
	raw := mustTable(t, "case,X,OUT\na,10,0\nb,30,0.2\nc,45,0\nd,60,0.8\ne,90,1\n")
	calibration := qca.DirectCalibration{Out: []float64{20}, Cross: []float64{50}, In: []float64{80}}
	settings := qca.Settings{Outcome: "OUT", Inclusion: 0.8}
	o := qca.RobustnessOptions{Settings: settings, Repeats: 10, Calibrations: []qca.NamedCalibration{{Column: "X", Calibration: calibration}}}
	r, err := raw.Robustness(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(r.Ranges, func(r qca.Range) bool { return r.Choice == "X c" })
	low, ok := r.Ranges[at].Low.Value()
	if !ok || low < 40 || low > 50 {
		t.Fatalf("range %+v", r.Ranges[at])
	}
	for _, test := range []struct {
		cross float64
		same  bool
	}{{low + 0.001, true}, {low - 0.001, false}} {
		calibration.Cross = []float64{test.cross}
		table, err := raw.Calibrated("X", calibration)
		if err != nil {
			t.Fatal(err)
		}
		tt, err := table.TruthTable(settings)
		if err != nil {
			t.Fatal(err)
		}
		s, err := tt.Minimize(t.Context(), qca.Options{})
		if same := err == nil && s.Models[0].Expression.String() == r.Models[0].String(); same != test.same {
			t.Errorf("crossover %g: same %v, want %v", test.cross, same, test.same)
		}
	}
}

// By hand: x = (1, 1, 0, 0), tests (1, 0, 0, 0) and (1, 0, 1, 0): low is
// (1, 0, 0, 0), high (1, 0, 1, 0), the core low. Outcome (1, 0, 1, 0):
// inclusion of x 1/2, of the core 1; coverage 1/2 of both.
func TestRobustCoreByHand(t *testing.T) {
	tt, err := mustTable(t, "case,X,T1,T2,OUT\na,1,1,1,1\nb,1,0,0,0\nc,0,0,1,1\nd,0,0,0,0\n").TruthTable(qca.Settings{Outcome: "OUT"})
	if err != nil {
		t.Fatal(err)
	}
	one := func(name string) qca.Expression { return qca.Expression{{{Condition: name}}} }
	core, err := tt.RobustCore(one("X"), []qca.Expression{one("T1"), one("T2")})
	if err != nil {
		t.Fatal(err)
	}
	wantFigure(t, "RF_cons", core.Consistency, ptr(0.5))
	wantFigure(t, "RF_cov", core.Coverage, ptr(1))
	wantFigure(t, "RF_SC_min", core.SetMinimum, ptr(0.5))
	wantFigure(t, "RF_SC_max", core.SetMaximum, ptr(1.0/3))
	got := strings.Join([]string{strings.Join(core.RobustTypical, ""), strings.Join(core.ShakyDeviant, ""), strings.Join(core.PossibleTypical, "")}, ",")
	if got != "a,b,c" {
		t.Errorf("robust typical, shaky deviant, possible typical are %s", got)
	}
}

// The exact range of the inclusion cut is that of trying cuts one by one.
func TestInclusionRangesAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := randomTable(t, 3)
		cut := rapid.SampledFrom([]float64{0.3, 0.5, 0.65, 1}).Draw(t, "cut")
		solve := func(cut float64) string {
			tt, err := table.TruthTable(qca.Settings{Outcome: "OUT", Inclusion: cut})
			if err != nil {
				t.Fatal(err)
			}
			s, err := tt.Minimize(t.Context(), qca.Options{})
			if err != nil {
				return "none" // the empty text is the formula that always holds
			}
			return strings.Join(modelTexts(s), " | ")
		}
		r, err := table.Robustness(t.Context(), qca.RobustnessOptions{Settings: qca.Settings{Outcome: "OUT", Inclusion: cut}, Repeats: 1})
		if err != nil {
			t.SkipNow()
		}
		low, hasLow := r.Ranges[0].Low.Value()
		high, hasHigh := r.Ranges[0].High.Value()
		if !hasLow {
			low = 0
		}
		if !hasHigh {
			high = 1
		}
		initial := solve(cut)
		for i := 1; i <= 200; i++ {
			c := float64(i) / 200
			within := c > low+1e-9 && c <= high+1e-9
			if within && solve(c) != initial {
				t.Fatalf("at %g, within %g to %g, the models are %s, not %s", c, low, high, solve(c), initial)
			}
			next := c > high+1e-9 && c <= high+0.005+1e-9 || math.Abs(c-low) < 1e-9
			if next && hasHigh && solve(c) == initial {
				t.Fatalf("at %g, beyond %g to %g, the models are the same", c, low, high)
			}
		}
	})
}

func TestRobustnessCanBeCancelledAndWatched(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := spreadTable(t).Robustness(cancelled, qca.RobustnessOptions{Settings: qca.Settings{Outcome: "OUTCOME", Conditions: []string{"PILOT", "CHAMP"}}})
	if err != nil || r.Complete {
		t.Errorf("complete although cancelled (%v)", err)
	}
	for _, bad := range []qca.RobustnessOptions{
		{Settings: qca.Settings{Outcome: "OUTCOME"}, LeaveOut: 14},
		{Settings: qca.Settings{Outcome: "OUTCOME"}, Repeats: -1},
		{Settings: qca.Settings{Outcome: "Q"}},
	} {
		_, err := spreadTable(t).Robustness(t.Context(), bad)
		wantInputError(t, err, nil)
	}
}
