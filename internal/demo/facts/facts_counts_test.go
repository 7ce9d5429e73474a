package facts

import (
	"math"
	"slices"
	"strings"
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

func TestKeptConditions(t *testing.T) {
	want := []string{"NONDELAY", "ADOPT", "PHARMA", "INTERSECT"} // table 8.4
	if kept := mustRead(t).Cases.Kept(); !slices.Equal(kept, want) {
		t.Errorf("kept conditions %v, want %v", kept, want)
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

// TestCountsOfShelves counts the entries of a kind on each shelf. The numbers are
// the report's own where it has them, else those of the lists it gives.
func TestCountsOfShelves(t *testing.T) {
	f := mustRead(t)
	for _, c := range []struct {
		shelf, prefix string
		want          int
	}{
		{"stages", "PRE-", 16}, {"stages", "PLN-", 12}, {"stages", "ADP-", 9}, {"stages", "SUS-", 5}, {"stages", "", 4 + 42},
		{"activities", "A1.", 7}, {"activities", "A2.", 5}, {"activities", "A3.", 6}, {"activities", "A4.", 7}, {"activities", "A5.", 7},
		{"approaches", "OR", 2}, {"approaches", "NA", 4}, {"approaches", "PA", 4}, {"approaches", "", 10},
		{"factors", "S", 17}, {"factors", "N", 16}, {"factors", "O", 35}, {"factors", "I", 25}, {"factors", "", 93},
		{"levers", "L1", 1}, {"levers", "LR", 6}, {"levers", "", 9 + 6},
		{"principles", "P", 5 + 6}, {"principles", "H", 4 + 6},
		{"roles", "R", 18}, {"roles", "G", 6}, {"roles", "TEAM", 2},
		{"reflections", "RS-", 10}, {"reflections", "RF-", 12}, {"reflections", "PF-", 7}, {"reflections", "PS-", 1}, {"reflections", "", 30},
		{"conclusions", "C", 24}, {"conclusions", "SC", 7}, {"conclusions", "NS", 7}, {"conclusions", "RQ", 9}, {"conclusions", "", 47},
	} {
		s, ok := f.Shelf(c.shelf)
		if !ok {
			t.Fatalf("there is no shelf %s", c.shelf)
		}
		got := 0
		for _, e := range s.Entries {
			if strings.HasPrefix(e.Code, c.prefix) {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s %s*: %d entries, want %d", c.shelf, c.prefix, got, c.want)
		}
	}
	if len(f.Shelves) != 10 {
		t.Errorf("%d shelves, want 10", len(f.Shelves))
	}
}

func TestTopEntries(t *testing.T) {
	f := mustRead(t)
	for shelf, want := range map[string][]string{
		"stages":     {"PRE", "PLN", "ADP", "SUS"},
		"activities": {"A1", "A2", "A3", "A4", "A5"},
		"frameworks": {"FW1", "FW2", "FW3", "FW4", "FW5", "FW6", "FW7", "FW8", "FW9", "FW10", "FW11", "FW12", "FW13", "FW14"},
	} {
		s, _ := f.Shelf(shelf)
		var got []string
		for _, e := range s.Children("") {
			got = append(got, e.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: top entries %v, want %v", shelf, got, want)
		}
	}
}

func TestVitalItems(t *testing.T) {
	s, _ := mustRead(t).Shelf("stages")
	var vital []string
	for _, e := range s.Entries {
		if slices.Contains(e.Facets["flag"], "Vital") {
			vital = append(vital, e.Code)
		}
	}
	if want := []string{"PLN-07", "PLN-08"}; !slices.Equal(vital, want) { // figure 4.1
		t.Errorf("vital items %v, want %v", vital, want)
	}
}

func TestLeversToCheckAlways(t *testing.T) {
	s, _ := mustRead(t).Shelf("levers")
	var always []string
	for _, e := range s.Entries {
		if slices.Contains(e.Facets["always_check"], "Yes") {
			always = append(always, e.Code)
		}
	}
	if want := []string{"L1", "L2", "L3", "L4", "L5"}; !slices.Equal(always, want) { // §7
		t.Errorf("levers to check always %v, want %v", always, want)
	}
}

// TestStepsOfFrameworks counts the steps that the report or the named public source
// gives; a framework without a list has none.
func TestStepsOfFrameworks(t *testing.T) {
	s, _ := mustRead(t).Shelf("frameworks")
	for code, want := range map[string]int{
		"FW1": 7, "FW2": 5, "FW3": 12 + 2, "FW4": 6, "FW5": 5, "FW6": 4, "FW7": 6, "FW8": 7, "FW8.1": 3 + 4, "FW9": 6,
		"FW10": 9, "FW11": 0, "FW12": 5, "FW13": 0, "FW13.1": 8, "FW13.2": 5, "FW13.3": 0, "FW13.4": 4, "FW13.5": 0, "FW13.6": 0, "FW14": 7,
	} {
		e, ok := s.Entry(code)
		if !ok || len(e.Steps) != want {
			t.Errorf("%s: %d steps, want %d", code, len(e.Steps), want)
		}
	}
}

// TestStepsAreExplained wants the shelf to say where each list of steps comes from.
func TestStepsAreExplained(t *testing.T) {
	s, _ := mustRead(t).Shelf("frameworks")
	for _, e := range s.Entries {
		public := slices.Contains(e.Facets["content"], "From public sources")
		if public && !strings.Contains(e.Source, "Public: ") {
			t.Errorf("%s has content from public sources and names none", e.Code)
		}
		if len(e.Steps) > 0 && slices.Contains(e.Facets["content"], "Name only") {
			t.Errorf("%s is a name only and has steps", e.Code)
		}
	}
}

// TestFactorsHaveNoDirectionOfTheirOwn: what the report's accounts said is kept
// under a name that says so, and nothing else in a factor tells a direction.
func TestFactorsHaveNoDirectionOfTheirOwn(t *testing.T) {
	s, _ := mustRead(t).Shelf("factors")
	for _, e := range s.Entries {
		for key, values := range e.Facets {
			for _, v := range values {
				if (v == "Enabler" || v == "Barrier") != (key == "direction_in_report") {
					t.Errorf("%s: facet %s is %q", e.Code, key, v)
				}
			}
		}
		if len(e.Facets["direction_in_report"]) == 0 || len(e.Facets["level"]) != 1 || len(e.Facets["group"]) != 1 {
			t.Errorf("%s: facets %v, want one level, one group and what the accounts said", e.Code, e.Facets)
		}
	}
	if len(s.Links) != 8 {
		t.Errorf("%d links between factors, want 8", len(s.Links))
	}
}

func TestConclusionsSayWhatTheyAsk(t *testing.T) {
	s, _ := mustRead(t).Shelf("conclusions")
	for _, e := range s.Entries {
		conclusion := strings.HasPrefix(e.Code, "C") || strings.HasPrefix(e.Code, "SC")
		if conclusion != (len(e.Notes) == 1) {
			t.Errorf("%s: %d notes, want one under each conclusion only", e.Code, len(e.Notes))
		}
	}
}
