package qca

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// The shared list of prime implicants must give what a truth table for each
// subset gives.
func TestSharedPrimesGiveWhatTruthTablesGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 10).Draw(t, "cases")
		columns := []Column{{Name: "OUT"}, {Name: "A"}, {Name: "B"}, {Name: "C", Levels: 3}, {Name: "D"}}
		cases := make([]string, n)
		for i := range cases {
			cases[i] = fmt.Sprint(i)
			for j := range columns {
				v := rapid.IntRange(0, max(columns[j].Levels-1, 1)).Draw(t, "value")
				columns[j].Values = append(columns[j].Values, float64(v))
			}
		}
		columns[0].Values[0], columns[0].Values[1] = 1, 0
		table, err := NewTable(cases, columns)
		if err != nil {
			t.Fatal(err)
		}
		answer := func(search func(s *rivalSearch) error) string {
			s, err := table.rivalSearch(t.Context(), RivalOptions{Settings: Settings{Outcome: "OUT"}})
			if err != nil {
				t.Fatal(err)
			}
			if err := search(s); err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(s.result())
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		shared := answer((*rivalSearch).crisp)
		tables := answer(func(s *rivalSearch) error { return s.byTable(s.minimal) })
		if shared != tables {
			t.Fatalf("shared:\n%s\nby table:\n%s", shared, tables)
		}
	})
}
