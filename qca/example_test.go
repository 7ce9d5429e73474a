package qca_test

import (
	"context"
	"fmt"
	"strings"

	"sir/qca"
)

func ExampleTruthTable_Minimize() {
	data := `site,PILOT,CHAMPION,BUDGET,ADOPTED
North,1,1,0,1
East,1,1,1,1
South,0,1,1,0
West,1,0,1,0`
	table, err := qca.ReadCSV(strings.NewReader(data), qca.CSVOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	tt, err := table.TruthTable(qca.Settings{Outcome: "ADOPTED"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		solution, err := tt.Minimize(context.Background(), qca.Options{Solution: kind})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, m := range solution.Models {
			fmt.Printf("%s: %s (coverage %s, assumes rows %v)\n", kind, m.Expression, m.Coverage, m.SimplifyingAssumptions)
		}
	}
	// Output:
	// conservative: PILOT*CHAMPION (coverage 1.000, assumes rows [])
	// parsimonious: PILOT*CHAMPION (coverage 1.000, assumes rows [])
}
