package api

import (
	"context"

	"sir/internal/adoption"
	"sir/internal/policy"
)

// Observation is one value that a site reported.
type Observation struct {
	Period   string `json:"period" doc:"ISO 8601 start date and duration." example:"2018-10-01/P3M"`
	Measure  string `json:"measure"`
	Site     string `json:"site"`
	Member   string `json:"member,omitempty" doc:"Member that the site counted under."`
	Value    int64  `json:"value"`
	Level    string `json:"level,omitempty" doc:"What the level is called."`
	Status   string `json:"status" enum:"provisional,approved"`
	Restated bool   `json:"restated" doc:"Something else stood there before."`
}

type observationsInput struct {
	InCollection
	Paging
	Period  string `query:"period" maxLength:"40" doc:"Only this period." example:"2018-10-01/P3M"`
	Measure string `query:"measure" maxLength:"64" doc:"Only the measure with this code."`
	Site    string `query:"site" maxLength:"64" doc:"Only the site with this code."`
}

type observationsOutput struct {
	Linked
	Body List[Observation]
}

func (a *API) observations(ctx context.Context, actor policy.Actor, in *observationsInput) (*observationsOutput, error) {
	choice := adoption.ObservationChoice{Measure: in.Measure, Site: in.Site, Limit: in.Limit}
	var err error
	if choice.Period, err = readPeriod(in.Period); err != nil {
		return nil, err
	}
	if err := in.place(&choice.After); err != nil {
		return nil, err
	}
	page, err := a.app.Adoption.Observations(ctx, actor, in.Programme, in.Collection, choice)
	if err != nil {
		return nil, err
	}
	out := &observationsOutput{Body: List[Observation]{Items: []Observation{}}}
	for _, row := range page.Rows {
		out.Body.Items = append(out.Body.Items, Observation{
			Period: row.ISO, Measure: row.Measure, Site: row.Site, Member: row.Member, Value: row.Value, Level: row.Level,
			Status: row.Status, Restated: row.Restated == "yes",
		})
	}
	if page.Next != nil {
		out.Linked, err = next(ctx, in.Limit, page.Next)
	}
	return out, err
}
