package facts

import (
	"math"
	"slices"
	"testing"
)

func TestCountsOfTables(t *testing.T) {
	f := mustRead(t)
	explicit, byMember, byRole := 0, 0, 0
	for i := range f.Named.Members {
		if f.Named.Orientations[i].Explicit {
			explicit++
		}
		byMember += f.Named.StaffByMember[i].Staff
	}
	for _, r := range f.Named.StaffByRole {
		byRole += r.Staff
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"members", len(f.Named.Members), 15},
		{"explicit members (§4.2)", explicit, 10},
		{"staff by member (T3.1)", byMember, 143},
		{"staff by role (T3.2)", byRole, 143},
		{"roles (T3.2)", len(f.Named.StaffByRole), 9},
		{"cases (T8.3)", len(f.Cases.Cases), 15},
		{"outcome and conditions (T8.3)", len(f.Cases.Conditions), 13},
		{"note codes", len(f.Cases.Codes), 22},
		{"truth table rows (T8.4)", len(f.Cases.TruthTable), 10},
		{"solution terms (T8.5)", len(f.Cases.Solutions), 3},
		{"oddities", len(f.Oddities), 28},
		{"oddities on measure", len(f.OdditiesOn("measure")), 6},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
		}
	}
}

// TestMembersOverTarget counts the members at or over the target: 3, 7 and 10, the
// numbers of §8.2, whichever percentage the text pairs them with.
func TestMembersOverTarget(t *testing.T) {
	n := mustRead(t).Named
	if n.Target.Percent != 50 || n.Target.Comparison != ">=" {
		t.Fatalf("target %+v, want >= 50", n.Target)
	}
	var over [3]int
	for _, r := range n.Rates {
		for i, p := range r.Percent {
			if p >= n.Target.Percent {
				over[i]++
			}
		}
	}
	if want := [3]int{3, 7, 10}; over != want {
		t.Errorf("members at or over the target: %v, want %v", over, want)
	}
}

// TestOnesOfConditions counts ones and zeros per condition; reference: counted by
// hand on table 8.3.
func TestOnesOfConditions(t *testing.T) {
	want := map[string]int{
		"OUTCOME": 7, "EXPLICIT": 10, "NONDELAY": 11, "ADOPT": 8, "EXP": 6, "PILOT": 11, "PHARMA": 10,
		"CHAMP": 10, "SENIOR": 11, "CCG": 9, "INTERSECT": 10, "NETWORK": 12, "PPI": 12,
	}
	s := mustRead(t).Cases
	for _, condition := range s.Conditions {
		ones := 0
		for _, c := range s.Cases {
			v, ok := s.Value(c.ID, condition.Name)
			if !ok {
				t.Fatalf("case %s has no value on %s", c.ID, condition.Name)
			}
			ones += v
		}
		if ones != want[condition.Name] {
			t.Errorf("%s: %d ones, want %d", condition.Name, ones, want[condition.Name])
		}
	}
	if _, ok := s.Value("16", "PPI"); ok {
		t.Error("case 16 has a value")
	}
	if _, ok := s.Value("1", "NONE"); ok {
		t.Error("a condition that is not there has a value")
	}
}

func TestFateOfConditions(t *testing.T) {
	var kept []string
	for _, c := range mustRead(t).Cases.Conditions {
		if c.Fate == "kept" {
			kept = append(kept, c.Name)
		}
	}
	if !slices.Equal(kept, TruthConditions) {
		t.Errorf("kept conditions %v, want %v as in table 8.4", kept, TruthConditions)
	}
}

// TestOddityX5 recomputes the plain means that X5 states.
func TestOddityX5(t *testing.T) {
	n := mustRead(t).Named
	for i, want := range []float64{27.5, 40.2, 52.0} {
		sum := 0
		for _, r := range n.Rates {
			sum += r.Percent[i]
		}
		if mean := float64(sum) / float64(len(n.Rates)); math.Abs(mean-want) > 0.05 {
			t.Errorf("plain mean of %s is %.2f, the oddity says %.1f", n.Periods[i].Label, mean, want)
		}
	}
}
