package qca_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/qca"
)

// calibrationVector is an answer of the R package QCA 3.25.1, or for sm_ of
// SetMethods 4.1.
type calibrationVector struct {
	ID   string
	Call string
	X, Y []float64
}

// readShared reads a reference file that may not be copied, or skips.
func readShared(t *testing.T, name string, into any) {
	t.Helper()
	cases := sharedCases(t)
	if cases == "" {
		t.Skip("the reference folder ../shared/reference/qca is absent")
	}
	data, err := os.ReadFile(filepath.Join(cases, "..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

var (
	quoted  = regexp.MustCompile(`"([^"]*)"`)
	options = regexp.MustCompile(`(idm|below|above) = ([0-9.]+)`)
	vector  = regexp.MustCompile(`c\(([^)]*)\)`)
)

// specification writes the R call of a vector as ParseCalibration reads it.
func (v calibrationVector) specification() string {
	switch {
	case strings.HasPrefix(v.ID, "crisp1"):
		return "crisp 175"
	case strings.HasPrefix(v.ID, "crisp2"):
		return "crisp 170,180"
	case v.ID == "sm_indirect_binom":
		return "indirect-logit 1000,4000,5000,10000,20000"
	case v.ID == "sm_indirect_beta":
		return "indirect-beta 1000,4000,5000,10000,20000"
	case strings.HasPrefix(v.ID, "tfr"):
		return "tfr"
	case strings.HasPrefix(v.ID, "LR_"):
		parts := strings.Split(vector.FindStringSubmatch(v.Call)[1], ",")
		return "direct e=" + parts[0] + ",c=" + parts[1] + ",i=" + parts[2]
	case strings.HasPrefix(v.ID, "indirect"):
		return "indirect " + quoted.FindAllStringSubmatch(v.Call, -1)[1][1]
	}
	method := "direct "
	anchors := quoted.FindStringSubmatch(v.Call)[1]
	switch {
	case strings.Contains(v.Call, "ecdf"):
		method = "ecdf "
	case strings.Contains(v.Call, "logistic = FALSE"), strings.Contains(anchors, "e1"):
		method = "linear "
	}
	for _, option := range options.FindAllStringSubmatch(v.Call, -1) {
		anchors += "," + option[1] + "=" + option[2]
	}
	return method + anchors
}

func TestReferenceCalibrations(t *testing.T) {
	var vectors []calibrationVector
	readShared(t, "calibrate.json", &vectors)
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) {
			c, err := qca.ParseCalibration(v.specification())
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.Calibrate(v.X)
			if err != nil {
				t.Fatal(err)
			}
			// The answers have 13 digits; R rounds its indirect method to six
			// decimals and stops the two regressions short of the optimum.
			tolerance := 1e-12
			switch v.ID {
			case "indirect_ragin":
				tolerance = 5.1e-7
			case "sm_indirect_binom", "sm_indirect_beta":
				tolerance = 1e-9
			}
			for i, want := range v.Y {
				if math.Abs(got[i]-want) > tolerance {
					t.Errorf("%g becomes %.13g, want %.13g", v.X[i], got[i], want)
				}
			}
		})
	}
}

func TestReferenceThresholds(t *testing.T) {
	var reference struct {
		X      []float64
		Groups []struct {
			N  int
			Th json.RawMessage
		}
	}
	readShared(t, "findTh.json", &reference)
	for _, group := range reference.Groups {
		var want []float64
		if json.Unmarshal(group.Th, &want) != nil {
			want = []float64{0}
			if err := json.Unmarshal(group.Th, &want[0]); err != nil {
				t.Fatal(err)
			}
		}
		got, err := qca.SuggestThresholds(reference.X, group.N-1)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d groups: %v (%v), want %v", group.N, got, err, want)
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Errorf("%d groups: %v, want %v", group.N, got, want)
			}
		}
	}
}

func TestBadCalibrationsAreNamed(t *testing.T) {
	for _, test := range []struct {
		text   string
		values []float64
		want   string
	}{
		{"magic", nil, "no such method"},
		{"crisp", nil, "not a number"},
		{"crisp 5,3", nil, "not above the one before"},
		{"crisp NaN", nil, "not a number"},
		{"direct e=5,c=10", nil, "not three anchors"},
		{"direct e=5,c=20,i=10", nil, "crossover does not lie between"},
		{"direct e=5,c=10,i=20,idm=1", nil, "0.5 and 1"},
		{"direct e=5,c=10,i=20,e=6", nil, "given twice"},
		{"direct e1=1,c1=2,i1=3,i2=4,c2=5,e2=6", nil, "straight or power sides"},
		{"linear e1=1,c1=2,i1=3,e2=4,c2=5,i2=6", nil, "both fall"},
		{"linear e1=1,c1=2,i1=5,i2=4,c2=5,e2=6", nil, "overlap"},
		{"linear e=1,c=2,i=3,below=-1", nil, "power is not above zero"},
		{"tfr 5", nil, "no numbers"},
		{"tfr", []float64{3, 3}, "every value is the same"},
		{"tfr", nil, "no values"},
		{"indirect 5,10", []float64{-1, 7, 12}, "above 0"},
		{"indirect 5", []float64{1, 2, 8, 9}, "does not settle"},
		{"indirect-beta 5", []float64{1, 1}, "does not settle"},
	} {
		c, err := qca.ParseCalibration(test.text)
		if err == nil {
			_, err = c.Calibrate(test.values)
		}
		wantInputError(t, err, []string{test.want})
	}
}

// A rising calibration keeps order, a falling one reverses it and is the
// negation of the rising one, and anchors have the memberships they stand for.
func TestDirectCalibrationLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		anchors := rapid.SliceOfNDistinct(rapid.IntRange(-1000, 1000), 3, 3, rapid.ID).Draw(t, "anchors")
		slices.Sort(anchors)
		e, c, i := float64(anchors[0]), float64(anchors[1]), float64(anchors[2])
		shape := rapid.SampledFrom([]qca.Shape{qca.Logistic, qca.Power}).Draw(t, "shape")
		values := slices.Sorted(slices.Values(rapid.SliceOfN(rapid.Float64Range(-2000, 2000), 1, 30).Draw(t, "values")))
		rising, err := qca.DirectCalibration{Out: []float64{e}, Cross: []float64{c}, In: []float64{i}, Shape: shape}.Calibrate(append(values, e, c, i))
		if err != nil {
			t.Fatal(err)
		}
		falling, err := qca.DirectCalibration{Out: []float64{i}, Cross: []float64{c}, In: []float64{e}, Shape: shape}.Calibrate(append(values, e, c, i))
		if err != nil {
			t.Fatal(err)
		}
		for j := range rising {
			if math.Abs(rising[j]+falling[j]-1) > 1e-9 || rising[j] < 0 || rising[j] > 1 {
				t.Fatalf("%g rises to %g and falls to %g", append(values, e, c, i)[j], rising[j], falling[j])
			}
			if j > 0 && j < len(values) && rising[j] < rising[j-1] {
				t.Fatalf("membership falls from %g to %g", rising[j-1], rising[j])
			}
		}
		want := []float64{0.05, 0.5, 0.95}
		if shape == qca.Power {
			want = []float64{0, 0.5, 1}
		}
		for j, w := range want {
			if got := rising[len(values)+j]; math.Abs(got-w) > 1e-12 {
				t.Fatalf("anchor %d has membership %g, want %g", j, got, w)
			}
		}
	})
}

func TestSuggestedThresholdsNeedDifferentValues(t *testing.T) {
	for _, n := range []int{0, 2} {
		_, err := qca.SuggestThresholds([]float64{1, 1, 2}, n)
		wantInputError(t, err, []string{"for 2 different values"})
	}
}

func TestSkew(t *testing.T) {
	for _, test := range []struct {
		members []float64
		want    qca.Skew
		skewed  bool
	}{
		{[]float64{1, 0.7, 0.5, 0.2, 0}, qca.Skew{In: 2, Half: 1, Out: 2}, false},
		{[]float64{1, 1, 1, 1, 0}, qca.Skew{In: 4, Out: 1}, false},
		{[]float64{1, 1, 1, 1, 1, 0}, qca.Skew{In: 5, Out: 1}, true},
	} {
		if got := qca.SkewOf(test.members); got != test.want || got.Skewed() != test.skewed {
			t.Errorf("%v gives %+v (skewed %v), want %+v (%v)", test.members, got, got.Skewed(), test.want, test.skewed)
		}
	}
}

func TestCalibratedTable(t *testing.T) {
	raw := mustTable(t, "case,RATE,OUT\nx,12,1\ny,55,0\nz,80,1\n")
	set, err := raw.Calibrated("RATE", qca.CrispCalibration{Thresholds: []float64{50}})
	if err != nil {
		t.Fatal(err)
	}
	if c, kind, _ := set.Column("RATE"); kind != qca.Crisp || !slices.Equal(c.Values, []float64{0, 1, 1}) {
		t.Errorf("calibrated to %v, %s", c.Values, kind)
	}
	if c, kind, _ := raw.Column("RATE"); kind != qca.Raw || c.Values[0] != 12 {
		t.Errorf("the raw table changed to %v, %s", c.Values, kind)
	}
	_, err = raw.Calibrated("Q", qca.RelativeCalibration{})
	wantInputError(t, err, []string{`"Q"`})
}

func FuzzParseCalibration(f *testing.F) {
	for _, seed := range []string{"crisp 5,6", "direct e=1,c=2,i=3,idm=.9", "linear e1=1,c1=2,i1=3,i2=4,c2=5,e2=6,below=2", "tfr", "indirect 1,2", "ecdf i=1,c=2,e=3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := qca.ParseCalibration(text)
		if err != nil {
			wantInputError(t, err, nil)
			return
		}
		values := []float64{-3, 0.5, 1, 2, 2.5, 4, 1e6}
		members, err := c.Calibrate(values)
		if err != nil {
			wantInputError(t, err, nil)
			return
		}
		for i, m := range members {
			if _, crisp := c.(qca.CrispCalibration); !crisp && !(m >= 0 && m <= 1) {
				t.Errorf("%q gives %g the membership %g", text, values[i], m)
			}
		}
	})
}
