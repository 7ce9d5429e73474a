package api

import (
	"cmp"
	"context"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
)

// wholeUnit stands for the whole programme.
const wholeUnit = "*"

// Rate is the rate of a unit in a period. The parts of a published figure are
// not known.
type Rate struct {
	Unit     string   `json:"unit" doc:"Code; * for the whole programme."`
	UnitName string   `json:"unitName"`
	UnitKind string   `json:"unitKind" enum:"programme,member,organisation,group,commissioner,region"`
	Period   string   `json:"period" doc:"ISO 8601 start date and duration." example:"2018-10-01/P3M"`
	Label    string   `json:"label" example:"Q3 2018/19"`
	Percent  *float64 `json:"percent,omitempty" doc:"100 times adopted over expected; left out where nobody is eligible."`
	Adopted  *int     `json:"adopted,omitempty" doc:"Numerator: eligible sites known to have adopted."`
	Expected *int     `json:"expected,omitempty" doc:"Denominator: eligible sites."`
	Reported *int     `json:"reported,omitempty" doc:"Eligible sites that reported the measure. The others are not known, and count as not adopted."`
	Target   *Target  `json:"target,omitempty" doc:"In force at the end of the period: the unit's own, or the national one."`
	Status   string   `json:"status" enum:"provisional,approved,published"`
}

// Target is a value to be reached.
type Target struct {
	Measure  string  `json:"measure,omitempty" doc:"Code of the measure that it is of; left out for a published rate."`
	Basis    string  `json:"basis" enum:"rate,proportion,total,each" doc:"What the value is of: each is the average of the sites that reported."`
	Kind     string  `json:"kind" enum:"target,trajectory" doc:"A target holds from its date until the next; a trajectory has a value on its date."`
	Value    float64 `json:"value" doc:"Of rates and proportions in percent."`
	Sign     string  `json:"sign" enum:">=,>,<=,<" doc:"How a value that reaches it stands to it."`
	StartsOn string  `json:"startsOn" format:"date"`
	Own      bool    `json:"own" doc:"It is the unit's own, and not the national one."`
}

// targetOf answers a target; the adoption rate is that of the measure with the
// code.
func targetOf(t adoption.Target, rate string) Target {
	return Target{cmp.Or(t.Measure, rate), string(t.Basis), t.Kind(), t.Value, t.Sign(), t.StartsOn, t.UnitID != ""}
}

// ratesInput chooses rates.
type ratesInput struct {
	InProgramme
	Paging
	Unit   string `query:"unit" maxLength:"64" doc:"Only the unit with this code; * for the whole programme."`
	Period string `query:"period" maxLength:"40" doc:"Only this period." example:"2018-10-01/P3M"`
}

// RatePage is a page of rates.
type RatePage struct {
	Programme string `json:"programme"`
	Measure   string `json:"measure,omitempty" doc:"Code of the measure by which adoption is counted."`
	Note      string `json:"note,omitempty" doc:"What is to be known of published figures."`
	Source    string `json:"source,omitempty" doc:"Of published figures."`
	Items     []Rate `json:"items" nullable:"false"`
}

type ratesOutput struct {
	Linked
	Body RatePage
}

// rateKey orders rates as they are listed.
type rateKey struct {
	Period int    `json:"p"`
	Kind   string `json:"k"`
	Unit   string `json:"u"`
}

func (k rateKey) compare(o rateKey) int {
	return cmp.Or(cmp.Compare(k.Period, o.Period), cmp.Compare(k.Kind, o.Kind), cmp.Compare(k.Unit, o.Unit))
}

func keyOf(p adoption.RatePoint) rateKey {
	return rateKey{p.Period.Key(), string(p.Unit.Kind), p.Unit.Code}
}

func (a *API) rates(ctx context.Context, actor policy.Actor, in *ratesInput) (*ratesOutput, error) {
	at, err := readPeriod(in.Period)
	if err != nil {
		return nil, err
	}
	var after rateKey
	if err := in.place(&after); err != nil {
		return nil, err
	}
	list, err := a.app.Adoption.RateList(ctx, actor, in.Programme)
	if err != nil {
		return nil, err
	}
	out := &ratesOutput{Body: RatePage{
		Programme: list.Programme.Code, Measure: list.Measure.Code, Note: list.Note, Source: list.Source, Items: []Rate{},
	}}
	var last rateKey
	for _, p := range list.Points {
		rate := rateOf(list, p)
		if in.Unit != "" && rate.Unit != in.Unit || !at.IsZero() && p.Period != at || in.Cursor != "" && keyOf(p).compare(after) <= 0 {
			continue
		}
		if len(out.Body.Items) == in.Limit {
			out.Linked, err = next(ctx, in.Limit, last)
			return out, err
		}
		out.Body.Items, last = append(out.Body.Items, rate), keyOf(p)
	}
	return out, nil
}

func rateOf(list adoption.RateList, p adoption.RatePoint) Rate {
	rate := Rate{
		Unit: p.Unit.Code, UnitName: p.Unit.Name, UnitKind: string(p.Unit.Kind), Period: p.Period.ISO(), Label: p.Period.Label(), Status: p.Status(),
	}
	if p.Unit.ID == "" {
		rate.Unit, rate.UnitName, rate.UnitKind = wholeUnit, list.Programme.Name, "programme"
	}
	if p.Rate.Known {
		percent := p.Rate.Percent()
		rate.Percent = &percent
	}
	if !p.Rate.Published {
		rate.Adopted, rate.Expected, rate.Reported = &p.Rate.Adopted, &p.Rate.Eligible, &p.Rate.Reported
	}
	if t := p.Target; t != nil {
		target := targetOf(*t, list.Measure.Code)
		rate.Target = &target
	}
	return rate
}

// readPeriod reads a period as people or programs write it; none is the zero
// Period.
func readPeriod(text string) (period.Period, error) {
	if text == "" {
		return period.Period{}, nil
	}
	p, err := period.Parse(text)
	if err != nil {
		return p, fault.Invalid("%q is no period: write it like 2018-10-01/P3M or Q3 2018/19.", clip(text))
	}
	return p, nil
}
