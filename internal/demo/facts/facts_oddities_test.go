package facts

import (
	"math"
	"slices"
	"testing"
)

// TestOddityX6 looks for the numbers of trusts, up to 30, that yield all three of a
// member's rates by rounding, and counts the falls.
func TestOddityX6(t *testing.T) {
	falls, without := 0, 0
	for _, r := range mustRead(t).Named.Rates {
		for i := 1; i < len(r.Percent); i++ {
			if r.Percent[i] < r.Percent[i-1] {
				falls++
			}
		}
		possible := false
		for trusts := 1; trusts <= 30; trusts++ {
			possible = possible || yields(trusts, r.Percent[:])
		}
		if !possible {
			without++
		}
	}
	if falls != 3 || without != 4 {
		t.Errorf("%d rates fall and %d members have no single number of trusts, the oddity says 3 and 4", falls, without)
	}
}

// yields tells whether each percentage is some count out of trusts, rounded.
func yields(trusts int, percents []int) bool {
	for _, p := range percents {
		found := false
		for adopted := 0; adopted <= trusts; adopted++ {
			found = found || int(math.Round(100*float64(adopted)/float64(trusts))) == p
		}
		if !found {
			return false
		}
	}
	return true
}

// TestOdditiesX10AndX14 groups the cases by the kept conditions, and by these with
// EXPLICIT: 10 rows of 16 possible, and 11, none contradictory.
func TestOdditiesX10AndX14(t *testing.T) {
	s := mustRead(t).Cases
	for _, c := range []struct {
		conditions []string
		rows       int
	}{
		{s.Kept(), 10},
		{append(s.Kept(), "EXPLICIT"), 11},
	} {
		outcomes := map[string][]int{} // by configuration
		for _, k := range s.Cases {
			key := ""
			for _, name := range c.conditions {
				v, _ := s.Value(k.ID, name)
				key += string(rune('0' + v))
			}
			o, _ := s.Value(k.ID, "OUTCOME")
			outcomes[key] = append(outcomes[key], o)
		}
		for key, o := range outcomes {
			if slices.Min(o) != slices.Max(o) {
				t.Errorf("%v: row %s is contradictory", c.conditions, key)
			}
		}
		if len(outcomes) != c.rows {
			t.Errorf("%v: %d rows, the oddity says %d", c.conditions, len(outcomes), c.rows)
		}
	}
}

// TestOddityX13 holds both pairs against the outcome, case by case.
func TestOddityX13(t *testing.T) {
	s := mustRead(t).Cases
	for _, pair := range [][2]string{{"NONDELAY", "PHARMA"}, {"PILOT", "CHAMP"}} {
		for _, c := range s.Cases {
			a, _ := s.Value(c.ID, pair[0])
			b, _ := s.Value(c.ID, pair[1])
			if o, _ := s.Value(c.ID, "OUTCOME"); a*b != o {
				t.Errorf("%s*%s is %d on case %s, whose outcome is %d", pair[0], pair[1], a*b, c.ID, o)
			}
		}
	}
}
