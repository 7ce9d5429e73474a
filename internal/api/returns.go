package api

import (
	"context"
	"slices"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/policy"
)

// ReturnCount counts returns; each number is a part of the one before.
type ReturnCount struct {
	Expected int `json:"expected" doc:"Eligible sites."`
	Received int `json:"received" doc:"Returns with any value."`
	Complete int `json:"complete" doc:"Returns with all that is required."`
	OnTime   int `json:"onTime" doc:"Returns that were complete by the day they were due."`
}

// MemberReturns is how a member's returns came.
type MemberReturns struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	ReturnCount
	Approved bool `json:"approved"`
}

// OwedReturn is one that is missing, not complete, or came late.
type OwedReturn struct {
	Site       string `json:"site"`
	Name       string `json:"name"`
	Member     string `json:"member,omitempty"`
	Submitted  string `json:"submittedOn,omitempty" format:"date" doc:"Day of the first value; left out where nothing came."`
	Complete   string `json:"completeOn,omitempty" format:"date" doc:"Left out where something required is missing."`
	DaysLate   int    `json:"daysLate" doc:"Up to the day it was complete, or today; 0 while it is not due."`
	WhyMissing string `json:"whyMissing,omitempty" doc:"What the site says."`
}

// OwnReturn is the return of a site that your roles are held for.
type OwnReturn struct {
	Site      string `json:"site"`
	Name      string `json:"name"`
	Submitted string `json:"submittedOn,omitempty" format:"date"`
	Complete  string `json:"completeOn,omitempty" format:"date"`
}

// ReturnStatus is how the returns of a period came.
type ReturnStatus struct {
	Programme  string          `json:"programme"`
	Collection string          `json:"collection"`
	AsOf       string          `json:"asOf" format:"date"`
	Period     *Period         `json:"period,omitempty" doc:"Left out where no period has ended yet."`
	Total      ReturnCount     `json:"total"`
	Members    []MemberReturns `json:"members" nullable:"false"`
	Owed       []OwedReturn    `json:"owed" nullable:"false"`
	Own        []OwnReturn     `json:"own" nullable:"false"`
}

type returnsInput struct {
	InCollection
	Period string `query:"period" maxLength:"40" doc:"Of this period; the last that has ended where it is left out." example:"2018-10-01/P3M"`
}

func (a *API) returns(ctx context.Context, actor policy.Actor, in *returnsInput) (*Body[ReturnStatus], error) {
	at, err := readPeriod(in.Period)
	if err != nil {
		return nil, err
	}
	status, err := a.app.Adoption.ReturnStatus(ctx, actor, in.Programme, adoption.StatusChoice{Collection: in.Collection, Period: at})
	if err != nil {
		return nil, err
	}
	found := slices.IndexFunc(status.Collections, func(c adoption.CollectionStatus) bool { return c.Collection.Code == in.Collection })
	if found < 0 {
		return nil, fault.NotFound("The programme collects no return called %q.", clip(in.Collection))
	}
	return &Body[ReturnStatus]{Body: statusOf(status, status.Collections[found])}, nil
}

func statusOf(status adoption.Status, c adoption.CollectionStatus) ReturnStatus {
	out := ReturnStatus{
		Programme: status.Programme.Code, Collection: c.Collection.Code, AsOf: status.AsOf, Total: ReturnCount(c.Total),
		Members: []MemberReturns{}, Owed: []OwedReturn{}, Own: []OwnReturn{},
	}
	if !c.Period.IsZero() {
		at := periodOf(c.Period)
		at.DueOn = c.DueOn
		out.Period = &at
	}
	for _, m := range c.Members {
		out.Members = append(out.Members, MemberReturns{m.Code, m.Name, ReturnCount(m.Count), m.Approval != nil})
	}
	for _, o := range c.Owing {
		out.Owed = append(out.Owed, OwedReturn{o.SiteCode, o.SiteName, o.MemberCode, o.SubmittedOn, o.CompleteOn, o.DaysLate, o.WhyMissing})
	}
	for _, o := range c.Own {
		out.Own = append(out.Own, OwnReturn{o.SiteCode, o.SiteName, o.SubmittedOn, o.CompleteOn})
	}
	return out
}
