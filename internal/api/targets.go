package api

import (
	"context"

	"sir/internal/adoption"
	"sir/internal/policy"
)

// ListedTarget is a target with whose it is.
type ListedTarget struct {
	Unit string `json:"unit" doc:"Code of the member; * for the national target."`
	Target
	AgreedBy    string `json:"agreedBy,omitempty"`
	AgreedOn    string `json:"agreedOn,omitempty" format:"date"`
	WithdrawnOn string `json:"withdrawnOn,omitempty" format:"date" doc:"It no longer holds; left out while it stands."`
}

func (a *API) targets(ctx context.Context, actor policy.Actor, in *InProgramme) (*Body[List[ListedTarget]], error) {
	list, err := a.app.Adoption.TargetsOf(ctx, actor, in.Programme)
	if err != nil {
		return nil, err
	}
	rate := ""
	if len(list.Subjects) > 0 && !list.Published && list.Subjects[0].Measure.Purpose == adoption.ForAdoption {
		rate = list.Subjects[0].Measure.Code
	}
	out := &Body[List[ListedTarget]]{Body: List[ListedTarget]{Items: []ListedTarget{}}}
	add := func(unit string, targets []adoption.KeptTarget) {
		for _, t := range targets {
			out.Body.Items = append(out.Body.Items, ListedTarget{unit, targetOf(t.Target, rate), t.AgreedBy, t.AgreedOn, t.WithdrawnOn})
		}
	}
	add(wholeUnit, list.National)
	for _, m := range list.Members {
		add(m.Member.Code, m.Targets)
	}
	return out, nil
}
