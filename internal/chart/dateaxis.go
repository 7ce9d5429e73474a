package chart

import (
	"math"
	"time"
)

// dateScale maps dates to units by the day.
type dateScale struct {
	first    time.Time
	days     float64 // from first to last, at least 1
	from, to float64
}

func newDateScale(first, last time.Time, from, to float64) dateScale {
	return dateScale{first: first, days: max(1, daysBetween(first, last)), from: from, to: to}
}

func daysBetween(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

func (d dateScale) at(date time.Time) float64 {
	return d.from + daysBetween(d.first, date)/d.days*(d.to-d.from)
}

// dateAxisHeight is the room below the plot for one line of dates.
const dateAxisHeight = 28

// drawDateAxis labels as many months as fit, counted from April so that financial years line up; a short span has days.
func drawDateAxis(c *canvas, d dateScale, bottom float64) {
	perDay := (d.to - d.from) / d.days
	label := func(date time.Time, text string) {
		x := d.at(date)
		if x < d.from-0.5 || x > d.to+0.5 {
			return
		}
		c.empty("path", s("d", vertical(x, bottom, bottom+5)), s("stroke", rule))
		axisText(c, text, x, bottom+19)
	}
	last := d.first.AddDate(0, 0, int(d.days))
	if d.days < 62 {
		width := textWidth("30 Mar", smallSize) + 8
		step := int(math.Ceil(width / perDay))
		for date := d.first; !date.After(last); date = date.AddDate(0, 0, max(1, step)) {
			label(date, date.Format("2 Jan"))
		}
		return
	}
	step := monthStep((textWidth("May 2000", smallSize) + 10) / perDay / 30.4)
	month := time.Date(d.first.Year(), d.first.Month(), 1, 0, 0, 0, 0, time.UTC)
	for ; !month.After(last); month = month.AddDate(0, 1, 0) {
		if (month.Year()*12+int(month.Month())-4)%step == 0 {
			label(month, month.Format("Jan 2006"))
		}
	}
}

// monthStep is the smallest usual step of at least the months given.
func monthStep(least float64) int {
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600} {
		if float64(step) >= least {
			return step
		}
	}
	return 1200
}
