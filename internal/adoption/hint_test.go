package adoption

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/period"
)

func cellsOf(values ...int64) []cell {
	cells := make([]cell, len(values))
	for i, v := range values {
		if v >= 0 {
			cells[i] = cell{v, true}
		}
	}
	return cells
}

func lastQuarter(t *testing.T) period.Period {
	t.Helper()
	p, err := period.OfQuarter(2025, 4)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnlikely(t *testing.T) {
	t.Parallel()
	const none = -1 // a blank
	level := Measure{Name: "Level", Kind: LevelMeasure, Levels: map[int]string{0: "none", 3: "in use"}}
	count := Measure{Name: "Referrals", Kind: CountMeasure}
	now := lastQuarter(t)
	for _, c := range []struct {
		what   string
		m      Measure
		now    int64
		before []cell
		want   string
	}{
		{"a level that falls", level, 0, cellsOf(3), "Level falls from 3 (in use) in Q3 2025/26 to 0 (none)"},
		{"a level that falls over a gap", level, 0, cellsOf(none, 3), "Level falls from 3 (in use) in Q2 2025/26 to 0 (none)"},
		{"a level that fell before", level, 0, cellsOf(0, 3), ""},
		{"a level that rises", level, 3, cellsOf(0), ""},
		{"a level taken back", level, none, cellsOf(3), ""},
		{"a first count", count, 1000, cellsOf(none, none), ""},
		{"the first use", count, 1000, cellsOf(0, 0, 0, 0, 0), ""},
		// A made-up site of the demonstration over its ramp-up, from nothing.
		{"a ramp", count, 161, cellsOf(149, 94, 56, 33, 0, 0, 0, 0), ""},
		{"a ramp in its first periods", count, 94, cellsOf(56, 33, 0, 0, 0), ""},
		{"a ramp that doubles", count, 160, cellsOf(80, 40, 20, 10), ""},
		{"a ramp over a gap", count, 161, cellsOf(none, 94, 56, 33, 10), ""},
		{"a ramp that levels off", count, 127, cellsOf(161, 149, 94, 56, 33, 0, 0, 0), ""},
		// Roots 12.207, 9.695, 7.483, 5.745, usual change 2.211: its square is 207.9.
		{"ten times a ramp", count, 1610, cellsOf(149, 94, 56, 33, 0, 0, 0, 0), "Referrals is 1610, after 149 in Q3 2025/26: about 208 would go on as the periods before"},
		{"a ramp that breaks off", count, 16, cellsOf(149, 94, 56, 33), "Referrals is 16, after 149 in Q3 2025/26: about 208 would go on as the periods before"},
		{"steady, up by chance", count, 55, cellsOf(40, 38, 42, 40), ""},
		// Roots 6.3246, changes 0: 3.5 * 0.7071 above is a root of 8.7994, or 77.4.
		{"just within chance", count, 77, cellsOf(40, 40, 40, 40), ""},
		{"just beyond chance", count, 78, cellsOf(40, 40, 40, 40), "Referrals is 78, after 40 in Q3 2025/26: about 40 would go on as the periods before"},
		{"beyond chance, and usual for a site that swings", count, 78, cellsOf(40, 90, 30, 80), ""},
		{"one wild value before", count, 1600, cellsOf(900, 40, 40, 40, 40), "Referrals is 1600, after 900 in Q3 2025/26: about 900 would go on as the periods before"},
		{"back to what it was", count, 40, cellsOf(41, 900, 40, 40), ""},
		{"to nothing", count, 0, cellsOf(4, 8, 16, 32), ""},
		{"a digit too many with little history", count, 400, cellsOf(40, 31, 35), "Referrals is 400, after 40 in Q3 2025/26, and was never above 40: check that no digit is too many"},
		{"not ten times with little history", count, 399, cellsOf(40, 31, 35), ""},
		{"ten times of little", count, 32, cellsOf(3), ""},
		{"older than eight periods", count, 1000, cellsOf(none, none, none, none, none, none, none, none, 10), ""},
		{"eighth period", count, 1000, cellsOf(none, none, none, none, none, none, none, 10), "Referrals is 1000, after 10 in Q4 2023/24, and was never above 10: check that no digit is too many"},
	} {
		if got := unlikely(c.m, now, cellsOf(c.now)[0], c.before); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// A count that goes on just as before, by any constant change of its root, is
// never unlikely, however steep.
func TestSteadyGrowthIsNotUnlikely(t *testing.T) {
	t.Parallel()
	now := lastQuarter(t)
	rapid.Check(t, func(t *rapid.T) {
		root, step := rapid.Float64Range(1, 30).Draw(t, "root"), rapid.Float64Range(0, 20).Draw(t, "step")
		n := rapid.IntRange(leastHistory, historyPeriods).Draw(t, "periods")
		before := make([]cell, n)
		at := func(i int) int64 { return int64(math.Round(math.Pow(root+step*float64(i), 2))) }
		for i := range before {
			before[i] = cell{at(n - 1 - i), true}
		}
		if text := unlikely(Measure{Name: "Referrals"}, now, cell{at(n), true}, before); text != "" {
			t.Errorf("%v, then %d: %s", before, at(n), text)
		}
	})
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	measures := []Measure{{Kind: LevelMeasure}, {Kind: CountMeasure}, {Kind: CountMeasure}}
	for _, c := range []struct {
		what        string
		now, before []cell
		want        bool
	}{
		{"all counts are the same", cellsOf(3, 50, 70), cellsOf(0, 50, 70), true},
		{"one is another", cellsOf(3, 50, 70), cellsOf(3, 50, 71), false},
		// 1/(2 sqrt(15 pi)) 1/(2 sqrt(17 pi)) = 0.00498, and 0.00513 with 16 for 17.
		{"too rare by chance", cellsOf(3, 15, 17), cellsOf(3, 15, 17), true},
		{"the same by chance", cellsOf(3, 15, 16), cellsOf(3, 15, 16), false},
		{"both are blank, one is the same", cellsOf(3, 5000, -1), cellsOf(3, 5000, -1), true},
		{"one became blank", cellsOf(3, 5000, -1), cellsOf(3, 5000, 7), false},
		{"noughts", cellsOf(3, 0, 0), cellsOf(3, 0, 0), false},
		{"nothing", cellsOf(3, -1, -1), cellsOf(3, -1, -1), false},
	} {
		if got := repeats(measures, c.now, c.before); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
