package qca_test

import (
	"testing"

	"sir/qca"
)

// On the report's table both pairs explain success; ADOPT and CCG mix it.
func TestCompareConditions(t *testing.T) {
	sets := [][]string{{"NONDELAY", "PHARMA"}, {"PILOT", "CHAMP"}, {"ADOPT", "CCG"}}
	got, err := spreadTable(t).CompareConditions(t.Context(), qca.Settings{Outcome: "OUTCOME"}, qca.Options{}, sets)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"NONDELAY*PHARMA", "PILOT*CHAMP", ""} {
		switch {
		case want == "" && (got[i].Solution != nil || got[i].Reason == "" || got[i].Contradictory == 0):
			t.Errorf("%v: %+v, want no solution", sets[i], got[i])
		case want != "" && (got[i].Solution == nil || got[i].Solution.Models[0].Expression.String() != want || got[i].Contradictory != 0):
			t.Errorf("%v: %+v, want %s", sets[i], got[i], want)
		}
	}
	_, err = spreadTable(t).CompareConditions(t.Context(), qca.Settings{Outcome: "OUTCOME"}, qca.Options{}, [][]string{{"Q"}})
	wantInputError(t, err, []string{`"Q"`})
}
