package spc_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sir/spc"
)

// drawSeries draws a series of small whole numbers, some missing or excluded,
// so that sums and moves of it are exact.
func drawSeries(t *rapid.T, least int) spc.Series {
	n := rapid.IntRange(least, 40).Draw(t, "n")
	s := spc.Series{Improvement: rapid.SampledFrom([]spc.Direction{spc.Increase, spc.Decrease, spc.Neutral}).Draw(t, "better")}
	walk := rapid.Bool().Draw(t, "walk")
	level := 0
	for i := range n {
		if !walk {
			level = 0
		}
		level += rapid.IntRange(-6, 6).Draw(t, "step")
		p := spc.Point{Date: day(i), Value: spc.Defined(float64(level))}
		switch rapid.IntRange(0, 15).Draw(t, "fate") {
		case 0:
			p.Value = spc.Figure{}
		case 1:
			s.Exclusions = append(s.Exclusions, spc.Note{Date: day(i), Reason: "drawn"})
		}
		s.Points = append(s.Points, p)
	}
	s.Targets = []spc.Step{{Value: spc.Defined(float64(rapid.IntRange(-20, 20).Draw(t, "target")))}}
	return s
}

func drawSettings(t *rapid.T) spc.Settings {
	return spc.Settings{
		Chart:    rapid.SampledFrom([]spc.Chart{spc.XmRChart, spc.RunChart}).Draw(t, "chart"),
		Trend:    rapid.IntRange(6, 7).Draw(t, "trend"),
		Baseline: rapid.IntRange(0, 20).Draw(t, "baseline"),
		Screen:   rapid.Bool().Draw(t, "screen"),
		Missing:  rapid.SampledFrom([]spc.Gap{spc.Break, spc.Bridge}).Draw(t, "missing"),
		Excluded: rapid.SampledFrom([]spc.Gap{spc.Break, spc.Bridge}).Draw(t, "excluded"),
		Conflict: rapid.SampledFrom([]spc.Conflict{spc.FirstRule, spc.PreferImprovement}).Draw(t, "conflict"),
	}
}

// moved is the series with every value v as scale*v + shift.
func moved(s spc.Series, scale, shift float64) spc.Series {
	move := func(f spc.Figure) spc.Figure {
		if v, ok := f.Value(); ok {
			return spc.Defined(scale*v + shift)
		}
		return f
	}
	s.Points, s.Targets = slices.Clone(s.Points), slices.Clone(s.Targets)
	for i := range s.Points {
		s.Points[i].Value = move(s.Points[i].Value)
	}
	for i := range s.Targets {
		s.Targets[i].Value = move(s.Targets[i].Value)
	}
	return s
}

func mustAnalyse(t *rapid.T, s spc.Series, settings spc.Settings) *spc.Analysis {
	t.Helper()
	a, err := spc.Analyse(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// judgement is what an analysis says apart from its figures.
type judgement struct {
	variation  spc.Variation
	assurance  spc.Assurance
	runs       spc.Runs
	cumulative bool
	points     []string
}

func judged(a *spc.Analysis) judgement {
	j := judgement{a.Variation, a.Assurance, a.Runs, a.Cumulative.Is, nil}
	for _, p := range a.Points {
		j.points = append(j.points, show(p.Flags)+string(p.Rule)+string(p.Side)+string(p.Class))
	}
	return j
}

// TestUnitsDoNotMatter: another unit or origin changes no judgement.
func TestUnitsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, settings := drawSeries(t, 1), drawSettings(t)
		scale := float64(rapid.IntRange(1, 50).Draw(t, "scale")) / 8
		shift := float64(rapid.IntRange(-1000, 1000).Draw(t, "shift"))
		a, b := judged(mustAnalyse(t, s, settings)), judged(mustAnalyse(t, moved(s, scale, shift), settings))
		if show(a.points) != show(b.points) || a.variation != b.variation || a.assurance != b.assurance || a.runs != b.runs || a.cumulative != b.cumulative {
			t.Fatalf("%+v\nmoved %+v", a, b)
		}
	})
}

var mirrored = map[spc.Variation]spc.Variation{
	spc.ImprovementHigh: spc.ConcernHigh, spc.ConcernHigh: spc.ImprovementHigh,
	spc.ImprovementLow: spc.ConcernLow, spc.ConcernLow: spc.ImprovementLow,
}

// TestDirectionSwapsIcons: if the other direction is better, improvement and
// concern, pass and fail change places, and nothing else changes.
func TestDirectionSwapsIcons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, settings := drawSeries(t, 1), drawSettings(t)
		settings.Conflict = spc.FirstRule // the other policy prefers one class
		s.Improvement = spc.Increase
		up := mustAnalyse(t, s, settings)
		s.Improvement = spc.Decrease
		down := mustAnalyse(t, s, settings)
		want := up.Variation
		if other, ok := mirrored[want]; ok {
			want = other
		}
		if down.Variation != want {
			t.Fatalf("%s becomes %s", up.Variation, down.Variation)
		}
		constant := up.Upper == up.Lower
		if pass := map[spc.Assurance]spc.Assurance{spc.Pass: spc.Fail, spc.Fail: spc.Pass}; !constant && pass[up.Assurance] != "" && down.Assurance != pass[up.Assurance] {
			t.Fatalf("%s becomes %s", up.Assurance, down.Assurance)
		}
		for i := range up.Points {
			if up.Points[i].Flags != down.Points[i].Flags || up.Points[i].Side != down.Points[i].Side {
				t.Fatalf("point %d is flagged %v, then %v", i, up.Points[i].Flags.List(), down.Points[i].Flags.List())
			}
		}
	})
}

// TestMirroredSeries: upside down and with the other direction better, every
// class stays and every side turns.
func TestMirroredSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, settings := drawSeries(t, 1), drawSettings(t)
		a := mustAnalyse(t, s, settings)
		turned := moved(s, -1, 0)
		turned.Improvement = map[spc.Direction]spc.Direction{spc.Increase: spc.Decrease, spc.Decrease: spc.Increase, spc.Neutral: spc.Neutral}[s.Improvement]
		b := mustAnalyse(t, turned, settings)
		for i := range a.Points {
			p, q := a.Points[i], b.Points[i]
			if p.Flags != q.Flags || p.Class != q.Class || p.Side != "" && p.Side == q.Side {
				t.Fatalf("point %d: %v %s %s, turned %v %s %s", i, p.Flags.List(), p.Class, p.Side, q.Flags.List(), q.Class, q.Side)
			}
		}
		if a.Assurance != b.Assurance {
			t.Fatalf("assurance %s, turned %s", a.Assurance, b.Assurance)
		}
	})
}

// TestPartsAreIndependent: each part of a rebased series is what its points
// are alone.
func TestPartsAreIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, settings := drawSeries(t, 2), drawSettings(t)
		cut := rapid.IntRange(1, len(s.Points)-1).Draw(t, "cut")
		s.Rebases = []spc.Note{{Date: day(cut), Reason: "drawn"}}
		whole := mustAnalyse(t, s, settings)
		for i, points := range [][]spc.Point{s.Points[:cut], s.Points[cut:]} {
			alone := s
			alone.Points, alone.Rebases, alone.Exclusions = points, nil, nil
			for _, e := range s.Exclusions {
				if (e.Date < day(cut)) == (i == 0) {
					alone.Exclusions = append(alone.Exclusions, e)
				}
			}
			a, part := mustAnalyse(t, alone, settings), whole.Parts[i]
			if show(a.Result) != show(part.Result) {
				t.Fatalf("part %d: %s, alone %s", i+1, show(part.Result), show(a.Result))
			}
			for j, p := range a.Points {
				p.Part = i + 1
				if q := whole.Points[part.First+j]; show(p) != show(q) {
					t.Fatalf("part %d, point %d: %s, alone %s", i+1, j, show(q), show(p))
				}
			}
		}
	})
}

// TestOrderDoesNotMatter: rows in any order give the same analysis, and the
// series that was given is left as it was.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, settings := drawSeries(t, 1), drawSettings(t)
		want := show(mustAnalyse(t, s, settings))
		s.Points = rapid.Permutation(s.Points).Draw(t, "order")
		before := slices.Clone(s.Points)
		if got := show(mustAnalyse(t, s, settings)); got != want {
			t.Fatalf("%s\nin another order %s", want, got)
		}
		if !slices.Equal(before, s.Points) {
			t.Fatal("the given points were changed")
		}
	})
}

// TestFlagsMeanWhatTheySay checks each rule against its words, one point at a
// time and without the engine's bookkeeping, on series without gaps.
func TestFlagsMeanWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeries(t, 2)
		s.Exclusions = nil
		for i := range s.Points {
			if _, ok := s.Points[i].Value.Value(); !ok {
				s.Points[i].Value = spc.Defined(0)
			}
		}
		trend := rapid.IntRange(6, 7).Draw(t, "trend")
		a := mustAnalyse(t, s, spc.Settings{Trend: trend})
		y := make([]float64, len(a.Points))
		for i, p := range a.Points {
			y[i], _ = p.Value.Value()
		}
		c := plainChart{y: y}
		c.mean, _ = a.Mean.Value()
		c.upper, _ = a.Upper.Value()
		for i, p := range a.Points {
			for rule, holds := range map[spc.Rule]bool{
				spc.Outside:    c.sigma(i) > 3,
				spc.Trend:      c.inWindow(i, trend, c.monotone),
				spc.Shift:      c.inWindow(i, 7, c.oneSide),
				spc.TwoOfThree: c.near(i) && c.inWindow(i, 3, c.twoNear),
			} {
				if p.Flags.Has(rule) != holds {
					t.Fatalf("point %d of %v: %s is %v", i, y, rule, !holds)
				}
			}
		}
	})
}

// plainChart is the naive reading of the rules.
type plainChart struct {
	y           []float64
	mean, upper float64
}

const rounding = 1e-9

// sigma is the distance from the mean in thirds of the limits' distance.
func (c plainChart) sigma(i int) float64 {
	d := max(c.y[i]-c.mean, c.mean-c.y[i])
	if d < rounding {
		return 0
	}
	if c.upper-c.mean < rounding {
		return 9
	}
	sigma := 3 * d / (c.upper - c.mean)
	for _, line := range []float64{2, 3} {
		if max(sigma-line, line-sigma) < rounding {
			return line
		}
	}
	return sigma
}

func (c plainChart) near(i int) bool { return c.sigma(i) > 2 && c.sigma(i) <= 3 }

// inWindow reports that some n points in a row with point i among them hold.
func (c plainChart) inWindow(i, n int, holds func(from, to int) bool) bool {
	for from := max(0, i-n+1); from <= i && from+n <= len(c.y); from++ {
		if holds(from, from+n) {
			return true
		}
	}
	return false
}

func (c plainChart) monotone(from, to int) bool {
	up, down := true, true
	for i := from + 1; i < to; i++ {
		up, down = up && c.y[i] > c.y[i-1], down && c.y[i] < c.y[i-1]
	}
	return up || down
}

func (c plainChart) oneSide(from, to int) bool {
	above, below := true, true
	for i := from; i < to; i++ {
		above, below = above && c.y[i] > c.mean+rounding, below && c.y[i] < c.mean-rounding
	}
	return above || below
}

func (c plainChart) twoNear(from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if c.near(i) {
			n++
		}
	}
	return n >= 2 && c.oneSide(from, to)
}
