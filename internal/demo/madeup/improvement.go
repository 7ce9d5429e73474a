package madeup

import (
	"fmt"
	"time"
)

// Box is one box of the programme's driver diagram. The boxes stand in the order of the diagram, each below the last one
// before it that is a level higher. Text of the aim has a line for what, how much and by when.
type Box struct {
	ID      string
	Level   int // 0 is the aim, 3 a change idea
	Text    string
	Measure string // FieldLevel, FieldReferrals or FieldCompleted; may be empty
}

// Cycle is one small test of a change idea at a site of a network. Zero days are those of a test that runs on the day on
// which the example is loaded.
type Cycle struct {
	ID, Idea         string
	Network          string
	Measure          string
	Title            string
	From, To         time.Time
	Plan, Prediction string
	Done, Studied    string
	Decision, Why    string
	Role             string // of who wrote it
}

// improvementID is the same at every load, so that addresses of the example can be shared.
func improvementID(n int) string { return fmt.Sprintf("00000000-0000-7000-8000-%012d", n) }

// Diagram is what the programme shares.
func Diagram() []Box {
	boxes := []Box{
		{Level: 0, Text: "Eligible sites use it in daily work" + madeUp + "\nfrom 45% to 60%\n2027-03-31", Measure: FieldLevel},
		{Level: 1, Text: "Ward teams know when to send a message"},
		{Level: 2, Text: "Training fits into the working day"},
		{Level: 3, Text: "Ten minutes of training at the Monday handover", Measure: FieldLevel},
		{Level: 3, Text: "A card with the three steps beside each screen", Measure: FieldReferrals},
		{Level: 1, Text: "Messages are sent as part of going home"},
		{Level: 2, Text: "The discharge list asks for the message"},
		{Level: 3, Text: "Add a line for the message to the discharge list", Measure: FieldReferrals},
		{Level: 1, Text: "Pharmacies reply, and wards hear of it"},
		{Level: 2, Text: "Replies are seen where the work is done"},
		{Level: 3, Text: "Show last week's replies on the ward board", Measure: FieldCompleted},
	}
	for i := range boxes {
		boxes[i].ID = improvementID(i + 1)
	}
	return boxes
}

// Cycles are tests of its ideas in one network: a ramp of two, of which the first was adapted and the second adopted, one
// that was stopped, and one that runs.
func Cycles(network string) []Cycle {
	cycles := []Cycle{
		{
			Idea: improvementID(4), Measure: FieldLevel, Title: "Monday training on one ward", From: day(2025, time.September, 1), To: day(2025, time.September, 22),
			Plan:       "Ten minutes at the Monday handover on one ward, three Mondays running. Count who sent a message in the week after.",
			Prediction: "Half of those who were there will send a message within a week.",
			Done:       "Two of three Mondays took place. One was a bank holiday rota. Night staff could not come.",
			Studied:    "A third sent a message, fewer than predicted. Almost all of those who had missed it worked nights.",
			Decision:   "adapt", Why: "It works for those who are there. Repeat it at the evening handover for the night staff.",
		},
		{
			Idea: improvementID(4), Measure: FieldLevel, Title: "Training at both handovers", From: day(2025, time.October, 6), To: day(2025, time.October, 27),
			Plan:       "The same ten minutes at the morning and the evening handover, three Mondays running.",
			Prediction: "Six in ten will send a message within a week, day and night staff alike.",
			Done:       "All six sessions took place.",
			Studied:    "Two in three sent a message, slightly more than predicted, with no difference between day and night.",
			Decision:   "adopt", Why: "Better than predicted and no extra staff time. It is now on the ward's weekly plan.",
		},
		{
			Idea: improvementID(5), Measure: FieldReferrals, Title: "Card beside the screen", From: day(2025, time.November, 3), To: day(2025, time.November, 17),
			Plan:       "Put a card with the three steps beside each screen of one ward, and count messages for two weeks.",
			Prediction: "Messages will rise by a fifth.",
			Done:       "The cards were put up. Infection control asked for them to be taken down after nine days.",
			Studied:    "No change could be seen in nine days, and paper cannot stay beside the screens.",
			Decision:   "abandon", Why: "The rules on paper at the bedside are right, and no rise was seen. Stopping in time left room for the next idea.",
		},
		{
			Idea: improvementID(8), Measure: FieldReferrals, Title: "A line on the discharge list",
			Plan:       "Add one line to the discharge list of one ward for six weeks. Count lists with and without a message.",
			Prediction: "Eight in ten lists with the line will have a message.",
		},
	}
	for i := range cycles {
		cycles[i].ID, cycles[i].Network, cycles[i].Role = improvementID(101+i), network, "spread manager"
		cycles[i].Title += madeUp
	}
	return cycles
}
