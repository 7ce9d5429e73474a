package madeup

import (
	"math/rand/v2"
	"slices"
	"time"

	"sir/internal/period"
)

// The days on which the monthly figures change whatever the seed.
var (
	outageMonth = day(2024, time.August, 1)   // a records system was down: more queries by half
	newMessage  = day(2025, time.January, 1)  // the message names what was stopped: fewer queries
	cover       = day(2025, time.November, 1) // staff are lent to another programme: slower answers for three months
)

// Words of Remark.Kind.
const (
	Note    = "note"
	Rebase  = "rebase"
	Exclude = "exclude"
)

// MonthlyReturn is what a site reported for a month: the queries that pharmacies asked about medicines after a patient had
// gone home, those answered within two working days, and the step it had come to.
type MonthlyReturn struct {
	Site              string
	Month             period.Period
	Sent              time.Time
	Queries, Answered int
	Step              int
}

// Remark says something about a month of the whole programme.
type Remark struct {
	Month        period.Period
	Field, Kind  string
	Text, ByRole string
}

// monthly lets every site report by the month. It draws from a source of its own, so that the rest of the programme is the
// same with it and without.
func (g *generator) monthly() {
	g.Steps, g.MonthlyDueDays = slices.Clone(steps), 15
	rng := rand.New(rand.NewPCG(g.Seed, 0x6d6f6e74686c79))
	first, err := period.Containing(period.Month, g.Periods[0].Start())
	if err != nil {
		panic(err) // a constant
	}
	for i := range 3 * quarters {
		g.Months = append(g.Months, first.Add(i))
	}
	load := make([]int, len(g.Months)) // how busy hospitals were, in percent of the usual
	for i := range load {
		load[i] = 94 + rng.IntN(13)
	}
	for i := range g.Sites {
		g.monthsOf(i, load, rng)
	}
	for _, r := range remarks {
		month, err := period.Containing(period.Month, r.on)
		if err != nil {
			panic(err) // a constant
		}
		g.Remarks = append(g.Remarks, Remark{Month: month, Field: r.field, Kind: r.kind, Text: r.text, ByRole: r.role})
	}
}

// monthsOf walks one site through the months in which it is eligible. One return in 40 does not come.
func (g *generator) monthsOf(site int, load []int, rng *rand.Rand) {
	e := g.Eligibilities[site]
	usual := map[string]int{Small: 8, Medium: 14, Large: 20}[g.Sites[site].SizeBand]
	signed, linked, began := rng.IntN(14), 2+rng.IntN(8), 1+rng.IntN(5)
	stuck := rng.IntN(8) == 0 // never gets beyond the first step
	age := 0
	for i, month := range g.Months {
		if month.Start().Before(e.First.Start()) || !e.Last.IsZero() && month.Start().After(e.Last.End()) {
			continue
		}
		r := MonthlyReturn{Site: g.Sites[site].Code, Month: month, Sent: month.End().AddDate(0, 0, 1+rng.IntN(14))}
		for range 2 * usual { // about the usual number, and as uneven as chance makes it
			r.Queries += rng.IntN(2)
		}
		r.Queries = (r.Queries*inPercent(month)*load[i] + 5000) / 10_000
		for range r.Queries {
			if rng.IntN(100) < answeredPercent(month) {
				r.Answered++
			}
		}
		r.Step = stepAt(age, signed, linked, began, stuck)
		age++
		if rng.IntN(40) > 0 {
			g.Monthly = append(g.Monthly, r)
		}
	}
}

// inPercent is how many queries there are in a month, of the usual number.
func inPercent(month period.Period) int {
	switch {
	case month.Contains(outageMonth):
		return 155
	case !month.Start().Before(newMessage):
		return 80
	}
	return 100
}

// answeredPercent is how many queries are answered within two working days.
func answeredPercent(month period.Period) int {
	if since := month.Start().Sub(cover); since >= 0 && since < 90*24*time.Hour {
		return 68
	}
	return 78
}

// stepAt is the step after so many months, when a step takes so many months after the one before.
func stepAt(age, signed, linked, began int, stuck bool) int {
	switch {
	case age < signed:
		return 0
	case age < signed+linked || stuck:
		return 1
	case age < signed+linked+began:
		return 2
	}
	return 3
}
