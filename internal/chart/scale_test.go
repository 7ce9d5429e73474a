package chart

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTicks(t *testing.T) {
	tests := []struct {
		name   string
		axis   Range
		values []float64
		count  int
		want   []string
	}{
		{"per cent in four", Range{0, 100}, nil, 4, []string{"0", "25", "50", "75", "100"}},
		{"per cent in five", Range{0, 100}, nil, 5, []string{"0", "20", "40", "60", "80", "100"}},
		{"fixed ends are kept", Range{3, 12}, nil, 4, []string{"5", "10"}},
		{"counts", Range{}, []float64{7}, 5, []string{"0", "2", "4", "6", "8"}},
		{"thousands", Range{}, []float64{1830, 1400}, 5, []string{"0", "500", "1,000", "1,500", "2,000"}},
		{"shares", Range{}, []float64{0.07, 0.3}, 5, []string{"0.0", "0.1", "0.2", "0.3"}},
		{"both sides of zero", Range{}, []float64{-33, 50}, 5, []string{"-40", "-20", "0", "20", "40", "60"}},
		{"all zero", Range{}, []float64{0, 0}, 5, []string{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}},
		{"no values", Range{}, nil, 2, []string{"0.0", "0.5", "1.0"}},
	}
	for _, tt := range tests {
		sc := newScale(tt.axis, tt.values, tt.count)
		var got []string
		for _, v := range sc.ticks {
			got = append(got, sc.tick(v, ""))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// An automatic axis holds zero and every value, in at most count+2 ticks whose labels all differ.
func TestAutomaticAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-Largest, Largest), 0, 20).Draw(t, "values")
		count := rapid.IntRange(2, 8).Draw(t, "count")
		sc := newScale(Range{}, values, count)
		for _, v := range append(values, 0) {
			if v < sc.lo-1e-9 || v > sc.hi+1e-6*math.Abs(sc.hi) {
				t.Fatalf("%v is off %v to %v", v, sc.lo, sc.hi)
			}
		}
		labels := map[string]bool{}
		for _, v := range sc.ticks {
			labels[sc.tick(v, "")] = true
		}
		if len(sc.ticks) > count+2 || len(sc.ticks) < 2 || len(labels) != len(sc.ticks) {
			t.Fatalf("ticks %v, labels %v", sc.ticks, labels)
		}
	})
}

func TestSpread(t *testing.T) {
	tests := []struct {
		name       string
		in         []float64
		gap        float64
		lo, hi     float64
		wantResult []float64
	}{
		{"apart already", []float64{10, 30, 60}, 15, 0, 100, []float64{10, 30, 60}},
		{"equal", []float64{50, 50}, 10, 0, 100, []float64{45, 55}},
		{"a cluster and one apart", []float64{20, 20, 20, 90}, 10, 0, 100, []float64{10, 20, 30, 90}},
		{"at the end", []float64{99, 100}, 10, 0, 100, []float64{90, 100}},
		{"at the start", []float64{0, 1}, 10, 0, 100, []float64{0, 10}},
		{"too many", []float64{5, 5, 5}, 100, 0, 10, []float64{0, 5, 10}},
		{"one", []float64{-5}, 10, 0, 100, []float64{0}},
		{"none", nil, 10, 0, 100, []float64{}},
	}
	for _, tt := range tests {
		got := spread(tt.in, tt.gap, tt.lo, tt.hi)
		same := slices.EqualFunc(got, tt.wantResult, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
		if !same {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.wantResult)
		}
	}
}

func TestSpreadLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(rapid.Float64Range(0, 300), 1, 8).Draw(t, "positions")
		slices.Sort(in)
		const gap = 18 // eight labels need 126
		out := spread(in, gap, 0, 300)
		for i, v := range out {
			if v < -1e-9 || v > 300+1e-9 || i > 0 && v-out[i-1] < gap-1e-9 {
				t.Fatalf("%v gives %v", in, out)
			}
		}
		if again := spread(out, gap, 0, 300); !slices.EqualFunc(out, again, func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }) {
			t.Fatalf("%v moves again to %v", out, again)
		}
	})
}

// Fitted text is the text, or a beginning of it with an ellipsis, and no wider than asked.
func TestFitLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.Float64Range(20, 300).Draw(t, "width")
		shown, cut := fit(text, textSize, width)
		if !cut && shown != text || cut && (!strings.HasSuffix(shown, "…") || !strings.HasPrefix(text, strings.TrimSuffix(shown, "…"))) {
			t.Fatalf("%q became %q, cut %v", text, shown, cut)
		}
		if textWidth(shown, textSize) > width+1 {
			t.Fatalf("%q is %v wide, more than %v", shown, textWidth(shown, textSize), width)
		}
		if again, cut := fit(shown, textSize, textWidth(shown, textSize)); cut || again != shown {
			t.Fatalf("%q does not fit its own width", shown)
		}
	})
}

func TestWrap(t *testing.T) {
	got := wrap("Adoption rate by network, three points in time", titleSize, 150, 4)
	if want := []string{"Adoption rate by", "network, three", "points in time"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got = wrap("Adoption rate by network, three points in time", titleSize, 150, 2)
	if len(got) != 2 || !strings.HasSuffix(got[1], "…") {
		t.Errorf("in two lines: %q", got)
	}
	if got := wrap(strings.Repeat("x", 100), titleSize, 150, 3); len(got) != 1 || !strings.HasSuffix(got[0], "…") {
		t.Errorf("a long word: %q", got)
	}
	if got := wrap("  \n ", titleSize, 150, 3); len(got) != 0 {
		t.Errorf("nothing: %q", got)
	}
}

func TestPhraseCutsByCharacter(t *testing.T) {
	if got := phrase(strings.Repeat("é", 200)); utf8.RuneCountInString(got) != 121 || !utf8.ValidString(got) {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
	if name := strings.Repeat("é", 120); phrase(name) != name {
		t.Error("120 characters are cut")
	}
}

// The widths are those of the Helvetica metrics: "Hamburgefonts" at 1000 units.
func TestTextWidth(t *testing.T) {
	want := (722 + 556 + 833 + 556 + 556 + 333 + 556 + 556 + 278 + 556 + 556 + 278 + 500) * slack
	if got := textWidth("Hamburgefonts", 1000); math.Abs(got-want) > 1e-6 {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGrouped(t *testing.T) {
	for in, want := range map[string]string{"1": "1", "123": "123", "1234": "1,234", "-123456.75": "-123,456.75",
		"-100": "-100", "1000000": "1,000,000"} {
		if got := grouped(in); got != want {
			t.Errorf("grouped(%q) = %q, want %q", in, got, want)
		}
	}
}
