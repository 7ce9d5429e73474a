package chart

import (
	"fmt"

	"sir/internal/period"
)

// drawTimeAxis labels the slots in two tiers: month or quarter, and the financial year below. The upper tier is left out
// when its words would touch; years are thinned until they do not.
func drawTimeAxis(c *canvas, periods []period.Period, slotWidth, left, bottom float64) {
	sequence, _ := period.Sequence(periods[0], periods[len(periods)-1]) // one kind and ascending, as Validate has seen
	yearY := bottom + 19
	if hasUpperTier(periods, slotWidth) {
		yearY += 18
		for i, p := range sequence {
			axisText(c, shortLabel(p), left+slotWidth*(float64(i)+0.5), bottom+19)
		}
	}
	drawYears(c, sequence, slotWidth, left, bottom, yearY)
}

func timeAxisHeight(periods []period.Period, slotWidth float64) float64 {
	if hasUpperTier(periods, slotWidth) {
		return 46
	}
	return 28
}

func hasUpperTier(periods []period.Period, slotWidth float64) bool {
	widest := map[period.Kind]string{period.Month: "May", period.Quarter: "Q4"}[periods[0].Kind()]
	return widest != "" && textWidth(widest, smallSize)+2 <= slotWidth
}

func axisText(c *canvas, text string, x, y float64) {
	c.element("text", text, n("x", x), n("y", y), n("font-size", smallSize), s("fill", muted), s("text-anchor", "middle"))
}

// shortLabel names a period within its year: Q3, Oct.
func shortLabel(p period.Period) string {
	if p.Kind() == period.Month {
		return p.Start().Format("Jan")
	}
	return p.Label()[:2]
}

// drawYears names each run of slots of one financial year in its middle, and parts the runs by a short upright.
func drawYears(c *canvas, sequence []period.Period, slotWidth, left, bottom, y float64) {
	right := left + slotWidth*float64(len(sequence))
	used := left - 30 // a label may overhang the plot a little
	for i := 0; i < len(sequence); {
		fy, from := sequence[i].FinancialYear(), i
		for i < len(sequence) && sequence[i].FinancialYear() == fy {
			i++
		}
		if from > 0 && sequence[0].Kind() != period.Year {
			c.empty("path", s("d", vertical(left+slotWidth*float64(from), bottom, y-13)), s("stroke", rule))
		}
		text := fmt.Sprintf("%d/%02d", fy, (fy+1)%100)
		half := textWidth(text, smallSize) / 2
		x := left + slotWidth*float64(from+i)/2
		x = min(max(x, left-20+half), right+8-half)
		if x-half >= used {
			axisText(c, text, x, y)
			used = x + half + 8
		}
	}
}
