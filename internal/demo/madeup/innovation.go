package madeup

import "time"

// Evidence is one thing that is known of the innovation, in the words of its record.
type Evidence struct {
	Kind, Title, Source, Scope, Place, Quality, Supports string
	Dated, Review                                        time.Time
}

// Telling is one version of what is said of the innovation to an audience. Each line has the numbers of its evidence, from 1.
type Telling struct {
	Audience, Ask string
	Lines         []ToldLine
	Written       time.Time
	Role          string
}

// ToldLine is one line of a telling.
type ToldLine struct {
	Text     string
	Evidence []int
}

// InnovationEvidence is what is known of the innovation. The second item is overdue for review.
func InnovationEvidence() []Evidence {
	return []Evidence{
		{
			Kind: "clinical", Title: "Fewer wrong prescriptions in the month after going home" + madeUp, Source: "Example ward audit" + madeUp,
			Scope: "several sites", Place: "Two wards in each of three hospitals" + madeUp, Quality: "moderate",
			Supports: "Patients get the right medicines after they go home.", Dated: day(2024, time.March, 31), Review: day(2028, time.March, 31),
		},
		{
			Kind: "cost", Title: "Half an hour of a technician a day pays for itself" + madeUp, Source: "Example business case" + madeUp,
			Scope: "one site", Quality: "low", Supports: "The work fits into hours that are paid for already.",
			Dated: day(2023, time.June, 30), Review: day(2025, time.June, 30),
		},
		{
			Kind: "implementation", Title: "Wards send messages within six weeks of training" + madeUp, Source: "Example first-site report" + madeUp,
			Scope: "several sites", Quality: "moderate", Supports: "A ward can start within two months.",
			Dated: day(2024, time.October, 1), Review: day(2028, time.October, 1),
		},
	}
}

// ValueProposition is what is said to those who run wards: a first version, and one that names its evidence.
func ValueProposition() []Telling {
	return []Telling{
		{
			Audience: "ward managers", Ask: "An hour of training for each nurse.", Written: day(2024, time.May, 1), Role: "communications",
			Lines: []ToldLine{{"Patients get the right medicines after they go home.", []int{1}}},
		},
		{
			Audience: "ward managers", Ask: "Ten minutes at two handovers, and a named champion.", Written: day(2025, time.November, 3), Role: "spread manager",
			Lines: []ToldLine{
				{"Fewer patients are prescribed what hospital had stopped.", []int{1}},
				{"Your ward can send its first message within two months.", []int{3}},
				{"Pharmacies ring less often.", nil},
			},
		},
	}
}
