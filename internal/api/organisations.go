package api

import (
	"cmp"
	"context"
	"slices"

	"sir/internal/network"
	"sir/internal/policy"
)

// Organisation is an organisation, an area or a site.
type Organisation struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind" enum:"organisation,group,commissioner,region,member,site"`
	Scheme    string   `json:"scheme" doc:"Whose code it is: ods, ons or own."`
	MadeUp    bool     `json:"madeUp"`
	ValidFrom string   `json:"validFrom,omitempty" format:"date" doc:"Left out where it is not known."`
	ValidTo   string   `json:"validTo,omitempty" format:"date" doc:"The first day on which it no longer existed."`
	BelongsTo []Parent `json:"belongsTo" nullable:"false" doc:"What it belonged to on the day."`
}

// Parent is what something belongs to.
type Parent struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

type organisationsInput struct {
	Paging
	On     string `query:"on" maxLength:"10" doc:"As at this day; today where it is left out." example:"2026-04-01"`
	Kind   string `query:"kind" enum:"organisation,group,commissioner,region,member,site" doc:"Only this kind."`
	Within string `query:"within" maxLength:"64" doc:"Only what belongs to the unit with this code on the day."`
}

type organisationsOutput struct {
	Linked
	Body List[Organisation]
}

// organisations are paged by code, and not by number: a page then neither
// leaves out nor repeats anything when others come or go.
func (a *API) organisations(ctx context.Context, actor policy.Actor, in *organisationsInput) (*organisationsOutput, error) {
	var after string
	if err := in.place(&after); err != nil {
		return nil, err
	}
	list, err := a.app.Network.Organisations(ctx, actor, network.OrganisationFilter{Kind: network.UnitKind(in.Kind), On: in.On, In: in.Within, All: true})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list.Rows, func(x, y network.OrganisationRow) int { return cmp.Compare(x.Code, y.Code) })
	from, _ := slices.BinarySearchFunc(list.Rows, after, func(o network.OrganisationRow, code string) int {
		if o.Code <= code {
			return -1
		}
		return 1
	})
	rows := list.Rows[from:]
	out := &organisationsOutput{Body: List[Organisation]{Items: []Organisation{}}}
	for _, o := range rows[:min(len(rows), in.Limit)] {
		out.Body.Items = append(out.Body.Items, organisationOf(o))
	}
	if len(rows) > in.Limit {
		out.Linked, err = next(ctx, in.Limit, rows[in.Limit-1].Code)
	}
	return out, err
}

func organisationOf(o network.OrganisationRow) Organisation {
	out := Organisation{o.Code, o.Name, string(o.Kind), o.Scheme, o.MadeUp, o.ValidFrom, o.ValidTo, []Parent{}}
	for _, u := range o.Above {
		out.BelongsTo = append(out.BelongsTo, Parent{string(u.Kind), u.Code})
	}
	return out
}
