package adoption_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/adoption"
	"sir/internal/period"
)

func TestRatesAreRoundedHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		adopted, eligible int
		percent           float64
		rounded           int
	}{
		{0, 5, 0, 0}, {5, 5, 100, 100}, {1, 8, 12.5, 13}, {1, 200, 0.5, 1}, {3, 8, 37.5, 38}, {1, 3, 100.0 / 3, 33}, {2, 3, 200.0 / 3, 67},
		{29, 50, 58, 58}, {7, 14, 50, 50}, {49, 100, 49, 49}, {199, 400, 49.75, 50},
	} {
		r := adoption.Computed(c.adopted, c.adopted, c.eligible)
		if !r.Known || r.Published || r.Percent() != c.percent || r.Rounded() != c.rounded {
			t.Errorf("%d of %d is %v, %d; want %v, %d", c.adopted, c.eligible, r.Percent(), r.Rounded(), c.percent, c.rounded)
		}
	}
	if r := adoption.Computed(0, 0, 0); r.Known || r.Percent() != 0 {
		t.Errorf("a rate of nobody is %+v", r)
	}
	if r := adoption.PublishedPercent(62); !r.Known || !r.Published || r.Rounded() != 62 || r.Eligible != 0 {
		t.Errorf("a published rate is %+v", r)
	}
}

// The classes of the legend of the report's table 8.1: up by more than 25 is
// a class of its own, so 25 is not in it and 26 is.
func TestChangeClasses(t *testing.T) {
	t.Parallel()
	for points, want := range map[int]adoption.ChangeClass{
		100: adoption.UpMuch, 27: adoption.UpMuch, 26: adoption.UpMuch, 25: adoption.Up, 24: adoption.Up, 1: adoption.Up,
		0: adoption.Unchanged, -1: adoption.Down, -25: adoption.Down, -26: adoption.Down, -100: adoption.Down,
	} {
		if got := (adoption.Change{Known: true, Points: points}).Class(); got != want {
			t.Errorf("%d points is %q, want %q", points, got, want)
		}
	}
	if got := (adoption.Change{Points: 50}).Class(); got != adoption.NotKnown {
		t.Errorf("an unknown change is %q", got)
	}
}

// A change is counted between the rates as they are shown: 33.3 to 58.4 is
// shown as 33 and 58, so it is 25, though 25.1 points lie between them.
func TestChangesAreBetweenTheRatesShown(t *testing.T) {
	t.Parallel()
	earlier, later := adoption.Computed(333, 333, 1000), adoption.Computed(584, 584, 1000)
	change := later.ChangeFrom(earlier)
	if !change.Known || change.Points != 25 || change.Class() != adoption.Up {
		t.Errorf("from %v to %v is %+v, %s", earlier.Percent(), later.Percent(), change, change.Class())
	}
	none := adoption.Computed(0, 0, 0)
	for _, change := range []adoption.Change{later.ChangeFrom(none), none.ChangeFrom(later), none.ChangeFrom(none)} {
		if change.Known || change.Class() != adoption.NotKnown {
			t.Errorf("a change from or to nothing known is %+v", change)
		}
	}
}

func TestTargetsSayWhetherEqualIsEnough(t *testing.T) {
	t.Parallel()
	atLeast, above := adoption.Target{Value: 50, Inclusive: true}, adoption.Target{Value: 50}
	if atLeast.Sign() != ">=" || above.Sign() != ">" {
		t.Errorf("signs are %q and %q", atLeast.Sign(), above.Sign())
	}
	for _, c := range []struct {
		rate           adoption.Rate
		atLeast, above bool
	}{
		{adoption.Computed(1, 1, 2), true, false},
		{adoption.Computed(501, 501, 1000), true, true},
		{adoption.Computed(499, 499, 1000), false, false},
		{adoption.Computed(995, 995, 2000), false, false}, // 49.75 is shown as 50 and is not 50
		{adoption.Computed(1001, 1001, 2000), true, true}, // 50.05 is shown as 50 and is above it
		{adoption.PublishedPercent(50), true, false},
		{adoption.PublishedPercent(51), true, true},
		{adoption.Computed(0, 0, 0), false, false},
		{adoption.Rate{}, false, false},
	} {
		if got := atLeast.ReachedBy(c.rate); got != c.atLeast {
			t.Errorf(">= 50 reached by %v: %v, want %v", c.rate.Percent(), got, c.atLeast)
		}
		if got := above.ReachedBy(c.rate); got != c.above {
			t.Errorf("> 50 reached by %v: %v, want %v", c.rate.Percent(), got, c.above)
		}
	}
	if (adoption.Target{Value: 0, Inclusive: true}).ReachedBy(adoption.Rate{}) {
		t.Error("an unknown rate reached a target of nothing")
	}
}

// The percentage that decides is exact: adopted/eligible is at the target
// exactly when 100 * adopted is target * eligible, in whole numbers.
func TestTargetsAreReachedExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		eligible := rapid.IntRange(1, 2000).Draw(t, "eligible")
		adopted := rapid.IntRange(0, eligible).Draw(t, "adopted")
		percent := rapid.IntRange(0, 100).Draw(t, "percent")
		if rapid.Bool().Draw(t, "near") {
			adopted = min(eligible, percent*eligible/100)
		}
		rate := adoption.Computed(adopted, adopted, eligible)
		above, equal := 100*adopted > percent*eligible, 100*adopted == percent*eligible
		if got := (adoption.Target{Value: float64(percent)}).ReachedBy(rate); got != above {
			t.Fatalf("%d of %d > %d%%: %v", adopted, eligible, percent, got)
		}
		if got := (adoption.Target{Value: float64(percent), Inclusive: true}).ReachedBy(rate); got != (above || equal) {
			t.Fatalf("%d of %d >= %d%%: %v", adopted, eligible, percent, got)
		}
		if want := (200*adopted + eligible) / (2 * eligible); rate.Rounded() != want {
			t.Fatalf("%d of %d is shown as %d, want %d", adopted, eligible, rate.Rounded(), want)
		}
	})
}

func TestTargetInForceIsTheLastThatHadStarted(t *testing.T) {
	t.Parallel()
	targets := []adoption.Target{{StartsOn: "2018-10-01", Value: 25}, {StartsOn: "2018-12-31", Value: 40}, {StartsOn: "2019-04-01", Value: 50}}
	for label, want := range map[string]int{"Q2 2018/19": 0, "Q3 2018/19": 40, "Q4 2018/19": 40, "Q1 2019/20": 50, "Q1 2025/26": 50} {
		p, err := period.Parse(label)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := adoption.InForce(targets, p)
		if ok != (want > 0) || got.Value != float64(want) {
			t.Errorf("in %s the target is %+v, %v; want %d", label, got, ok, want)
		}
	}
}

// quarters answers n quarters from Q1 2018/19 on.
func quarters(n int) (list []period.Period) {
	first, err := period.OfQuarter(2018, 1)
	if err != nil {
		panic(err)
	}
	for i := range n {
		list = append(list, first.Add(i))
	}
	return list
}

func TestMeanWeighsMembersAlike(t *testing.T) {
	t.Parallel()
	table := adoption.Table{
		Periods: quarters(2),
		Rows: []adoption.Row{
			{Rates: []adoption.Rate{adoption.Computed(1, 1, 3), adoption.Computed(0, 0, 0)}},
			{Rates: []adoption.Rate{adoption.Computed(90, 90, 100), {}}},
			{Rates: []adoption.Rate{{}, {}}},
		},
	}
	if mean, ok := table.Mean(0); !ok || math.Abs(mean-(100.0/3+90)/2) > 1e-12 {
		t.Errorf("mean %v, %v", mean, ok)
	}
	if mean, ok := table.Mean(1); ok || mean != 0 {
		t.Errorf("mean of nothing %v, %v", mean, ok)
	}
}

func TestThreePointsAreFirstMiddleAndLast(t *testing.T) {
	t.Parallel()
	all := quarters(12)
	for n, want := range map[int][]period.Period{
		0: nil, 1: all[:1], 2: all[:2], 3: all[:3], 4: {all[0], all[1], all[3]}, 5: {all[0], all[2], all[4]}, 12: {all[0], all[5], all[11]},
	} {
		got := adoption.Table{Periods: all[:n]}.ThreePoints()
		if len(got) != len(want) {
			t.Errorf("of %d: %v, want %v", n, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("of %d: %v, want %v", n, got, want)
			}
		}
	}
}

func TestTargetMayBeReachedBy(t *testing.T) {
	half := adoption.Target{Value: 50, Inclusive: true}
	for _, c := range []struct {
		name string
		rate adoption.Rate
		want bool
	}{
		{"reached already", adoption.Computed(5, 8, 10), false},
		{"the silent sites could make it", adoption.Computed(3, 8, 10), true},
		{"not even with the silent sites", adoption.Computed(2, 8, 10), false},
		{"nobody is silent", adoption.Computed(4, 10, 10), false},
		{"published, so of no known parts", adoption.PublishedPercent(40), false},
		{"not known", adoption.Rate{}, false},
	} {
		if got := half.MayBeReachedBy(c.rate); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
