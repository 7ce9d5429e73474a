package adoption

import "testing"

func cellsOf(values ...int64) []cell {
	cells := make([]cell, len(values))
	for i, v := range values {
		if v >= 0 {
			cells[i] = cell{v, true}
		}
	}
	return cells
}

func TestUnlikely(t *testing.T) {
	t.Parallel()
	const none = -1 // a blank
	level := Measure{Name: "Level", Kind: LevelMeasure, Levels: map[int]string{0: "none", 3: "in use"}}
	count := Measure{Name: "Referrals", Kind: CountMeasure}
	for _, c := range []struct {
		what   string
		m      Measure
		now    int64
		before []cell
		hint   bool
	}{
		{"a level that falls", level, 0, cellsOf(3), true},
		{"a level that falls over a gap", level, 0, cellsOf(none, 3), true},
		{"a level that fell before", level, 0, cellsOf(0, 3), false},
		{"a level that rises", level, 3, cellsOf(0), false},
		{"a level taken back", level, none, cellsOf(3), false},
		{"a first count", count, 1000, cellsOf(none, none), false},
		{"three times the median", count, 30, cellsOf(10, 10, 10), false},
		{"just over three times", count, 31, cellsOf(10, 10, 10), true},
		{"three times of little", count, 11, cellsOf(2, 2), false},
		{"ten more than little", count, 12, cellsOf(2, 2), true},
		{"between two medians", count, 46, cellsOf(10, 20), true},
		{"one wild value before", count, 31, cellsOf(900, 10, 10), true},
		{"older than eight periods", count, 31, cellsOf(none, none, none, none, none, none, none, none, 10), false},
		{"eighth period", count, 31, cellsOf(none, none, none, none, none, none, none, 10), true},
	} {
		if got := unlikely(c.m, cellsOf(c.now)[0], c.before); (got != "") != c.hint {
			t.Errorf("%s: %q", c.what, got)
		}
	}
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	measures := []Measure{{Kind: LevelMeasure}, {Kind: CountMeasure}, {Kind: CountMeasure}}
	for _, c := range []struct {
		what        string
		now, before []cell
		want        bool
	}{
		{"all counts are the same", cellsOf(3, 5, 7), cellsOf(0, 5, 7), true},
		{"one is another", cellsOf(3, 5, 7), cellsOf(3, 5, 8), false},
		{"both are blank, one is the same", cellsOf(3, 5, -1), cellsOf(3, 5, -1), true},
		{"one became blank", cellsOf(3, 5, -1), cellsOf(3, 5, 7), false},
		{"noughts", cellsOf(3, 0, 0), cellsOf(3, 0, 0), false},
		{"nothing", cellsOf(3, -1, -1), cellsOf(3, -1, -1), false},
	} {
		if got := repeats(measures, c.now, c.before); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
