package madeup

import (
	"fmt"
	"time"
)

// LeverVersion is what a lever said from a day on. A zero To has no known end.
type LeverVersion struct {
	Made              time.Time
	Why               string
	Strength, Clarity string
	From, To          time.Time
	Summary           string
	Finding, Reason   string // what the programme found about this version; empty where nobody looked
}

// Lever is something a body does that may help or hinder the programme.
type Lever struct {
	ID, Name, Body, Kind string
	Versions             []LeverVersion
}

// Endorsement is a request to a body to approve of what is spread; Outcome is empty while there is no answer.
type Endorsement struct {
	AskedOf, Request string
	Asked, Answered  time.Time
	Outcome, Answer  string
}

// leverID is the same at every load, so that addresses of the example can be shared.
func leverID(n int) string { return fmt.Sprintf("00000000-0000-7000-8000-%012d", 200+n) }

// Levers are four of the five types that are always checked, and one of another type. One changed after it was looked at,
// and nobody has looked at the contract.
func Levers() []Lever {
	levers := []Lever{
		{Name: "Ten-year plan for moving between services", Body: "National health board", Kind: "national plan", Versions: []LeverVersion{{
			Made: day(2023, time.January, 16), Why: "Added to the register", Strength: "recommendation", Clarity: "open to interpretation", From: day(2023, time.April, 1),
			Summary: "Names safe medicines on the way home as one of its aims, without money for it.",
			Finding: "helps", Reason: "Boards ask how they meet the aim, and the programme is an answer.",
		}}},
		{Name: "Payment for medicines messages", Body: "National health board", Kind: "payment scheme", Versions: []LeverVersion{
			{
				Made: day(2023, time.March, 6), Why: "Added to the register", Strength: "incentive", Clarity: "clear", From: day(2023, time.April, 1),
				Summary: "Pharmacies are paid for each message that they answer.", Finding: "helps", Reason: "Pharmacies join of their own accord.",
			},
			{
				Made: day(2025, time.June, 2), Why: "The board said that the payment ends with the year after next", Strength: "incentive", Clarity: "clear",
				From: day(2023, time.April, 1), To: day(2027, time.April, 1), Summary: "Pharmacies are paid for each message that they answer, up to March 2027.",
			},
		}},
		{Name: "Guidance on medicines at discharge", Body: "Institute for guidance", Kind: "guidance", Versions: []LeverVersion{{
			Made: day(2023, time.May, 15), Why: "Added to the register", Strength: "recommendation", Clarity: "still changing", From: day(2023, time.September, 1),
			Summary: "Asks that each change of medicines is sent on within two days. A second edition is being written.",
			Finding: "unknown", Reason: "The second edition may ask for something that the product cannot do.",
		}}},
		{Name: "Standard hospital contract", Body: "National health board", Kind: "contract", Versions: []LeverVersion{{
			Made: day(2024, time.February, 12), Why: "Added to the register", Strength: "mandate", Clarity: "clear", From: day(2024, time.April, 1),
			Summary: "Hospitals must send a discharge summary within a day. It does not say how.",
		}}},
		{Name: "Data set of medicines messages", Body: "National data service", Kind: "data", Versions: []LeverVersion{{
			Made: day(2024, time.March, 4), Why: "Added to the register", Strength: "mandate", Clarity: "unclear", From: day(2024, time.October, 1),
			Summary: "Suppliers send counts each month.", Finding: "hinders", Reason: "Sites count twice until the two lists are one.",
		}}},
	}
	for i := range levers {
		levers[i].ID, levers[i].Name, levers[i].Body = leverID(i+1), levers[i].Name+madeUp, levers[i].Body+madeUp
	}
	return levers
}

// Endorsements are one that came with conditions, and one without an answer.
func Endorsements() []Endorsement {
	return []Endorsement{
		{
			AskedOf: "College of hospital pharmacists" + madeUp, Request: "The message as good practice at discharge", Asked: day(2023, time.June, 5),
			Answered: day(2023, time.November, 20), Outcome: "endorsed with conditions", Answer: "For hospitals that audit replies twice a year.",
		},
		{AskedOf: "Association of ward nurses" + madeUp, Request: "The training at handover", Asked: day(2025, time.September, 8)},
	}
}
