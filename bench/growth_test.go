package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestGrowthTakesWhatWasMeasured(t *testing.T) {
	ours := timesOf([]Finding{
		{Name: "struct k=8 n=30 conservative: 12 prime implicants, 1 models of 12 terms", Value: 0.5, Unit: "ms"},
		{Name: "struct k=8 n=100 conservative: 9 prime implicants, at least 2 models of 3 terms, not proved minimal", Value: 2000, Unit: "ms"},
		{Name: "struct k=20 n=1000: 5 prime implicants one by one", Value: 7, Unit: "ms"},
		{Name: "most memory the benchmark held", Value: 7, Unit: "MB"},
	})
	if len(ours) != 2 || ours["struct k=8 n=30 conservative"] != (cellTime{0.5, true}) || ours["struct k=8 n=100 conservative"] != (cellTime{2000, false}) {
		t.Fatalf("read %v", ours)
	}
	panels := growthPanels(ours, map[string]cellTime{"struct k=8 n=30 conservative": {747, true}})
	first := panels[0].series
	if len(panels) != 4 || len(first[0].points) != 2 || !first[1].peer || len(first[1].points) != 1 || first[1].points[0].ms != 747 {
		t.Fatalf("panels %+v", panels[0])
	}
	for _, width := range []float64{288, 640} {
		decoder := xml.NewDecoder(strings.NewReader(drawGrowth(panels, width)))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
}
