package period_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/period"
)

var kinds = []period.Kind{period.Month, period.Quarter, period.Year}

// anyPeriod draws from every period that New can build.
func anyPeriod(t *rapid.T) period.Period {
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	first, err := period.Containing(kind, time.Date(period.FirstYear, 4, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	years := period.LastYear - period.FirstYear
	return first.Add(rapid.IntRange(0, years*12/kind.Months()).Draw(t, "n"))
}

func TestEverySpellingRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t)
		for _, spelling := range []string{p.Label(), p.Long(), p.Slug(), p.ISO(), strings.ToUpper(p.Long())} {
			if got, err := period.Parse(spelling); err != nil || got != p {
				t.Fatalf("Parse(%q) = %v, %v; want %v", spelling, got, err, p)
			}
		}
		if got, err := period.ParseDHIS2(p.DHIS2()); err != nil || got != p {
			t.Fatalf("ParseDHIS2(%q) = %v, %v; want %v", p.DHIS2(), got, err, p)
		}
		if got, err := period.ParseSDMX(p.SDMX()); err != nil || got != p {
			t.Fatalf("ParseSDMX(%q) = %v, %v; want %v", p.SDMX(), got, err, p)
		}
		if got, err := period.FromKey(p.Key()); err != nil || got != p {
			t.Fatalf("FromKey(%d) = %v, %v; want %v", p.Key(), got, err, p)
		}
		text, err := json.Marshal(p)
		var back period.Period
		if err != nil || json.Unmarshal(text, &back) != nil || back != p {
			t.Fatalf("JSON %s gives %v, %v; want %v", text, back, err, p)
		}
	})
}

func TestPeriodsTileTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t)
		if p.Next().Prev() != p || !p.End().AddDate(0, 0, 1).Equal(p.Next().Start()) {
			t.Fatalf("%v ends %v but %v starts %v", p, p.End(), p.Next(), p.Next().Start())
		}
		if !p.Contains(p.Start()) || !p.Contains(p.Next().Start().Add(-time.Nanosecond)) || p.Contains(p.Next().Start()) {
			t.Fatalf("%v does not contain exactly its own days", p)
		}
		if period.Compare(p, p.Next()) >= 0 || period.Compare(p.Next(), p) <= 0 || period.Compare(p, p) != 0 {
			t.Fatalf("the key of %v is not below that of %v", p, p.Next())
		}
		for _, day := range []time.Time{p.Start(), p.End()} {
			if got, err := period.Containing(p.Kind(), day); err != nil || got != p {
				t.Fatalf("Containing(%v) = %v, %v; want %v", day, got, err, p)
			}
		}
	})
}

func TestSequenceLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n := anyPeriod(t), rapid.IntRange(0, 60).Draw(t, "steps")
		seq, err := period.Sequence(from, from.Add(n))
		if err != nil || len(seq) != n+1 || seq[0] != from || seq[n] != from.Add(n) {
			t.Fatalf("%d steps from %v: %v, %v", n, from, seq, err)
		}
		if from.Add(n).Since(from) != n || from.Since(from.Add(n)) != -n {
			t.Fatalf("%v to %v: %d steps, want %d", from, from.Add(n), from.Add(n).Since(from), n)
		}
		for i := 1; i < len(seq); i++ {
			if seq[i] != seq[i-1].Next() {
				t.Fatalf("%v follows %v", seq[i], seq[i-1])
			}
		}
	})
}

// What any parser accepts prints to something that the same parser reads as the same period.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"Q3 2018/19", "q3_2018_19", "2018-10-01/P3M", "2018Q4", "2018-Q3", "2018-M12", "2018April",
		"October 2018", "2018/19 (Apr 2018 to Mar 2019)", "Q1 0000/01", "Q4 9999/00", "\x00", "２０１８/19"} {
		f.Add(s)
	}
	parsers := map[string]struct {
		parse func(string) (period.Period, error)
		print func(period.Period) string
	}{
		"Parse":      {period.Parse, period.Period.Long},
		"ParseDHIS2": {period.ParseDHIS2, period.Period.DHIS2},
		"ParseSDMX":  {period.ParseSDMX, period.Period.SDMX},
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, form := range parsers {
			p, err := form.parse(text)
			if err != nil {
				if !errors.Is(err, period.ErrInvalid) || !p.IsZero() {
					t.Fatalf("%s(%q) = %v, %v", name, text, p, err)
				}
				continue
			}
			if again, err := form.parse(form.print(p)); err != nil || again != p {
				t.Fatalf("%s(%q) = %v, whose spelling %q gives %v, %v", name, text, p, form.print(p), again, err)
			}
		}
	})
}
