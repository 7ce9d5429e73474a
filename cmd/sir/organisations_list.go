package main

import (
	"sir/internal/app"
	"sir/internal/exchange"
	"sir/internal/network"
)

type organisationsListCommand struct {
	Kind string `placeholder:"KIND" help:"Only this kind: site, organisation, group, commissioner, region or member."`
	On   string `placeholder:"DATE" help:"As on this day. Default: today."`
	In   string `placeholder:"CODE" help:"Only what belongs to this organisation or area on the day."`
	output
}

func (organisationsListCommand) Help() string {
	return `Examples:
  sir organisations list --kind site --on 2024-04-01 --format csv
  sir organisations list --in MU-R1 --kind site

What a site belongs to is given all the way up, for others the next step up.`
}

func (c organisationsListCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		list, err := a.Network.Organisations(env.ctx, system(), network.OrganisationFilter{
			Kind: network.UnitKind(c.Kind), On: c.On, In: c.In, All: true,
		})
		if err != nil {
			return invalidInput(err)
		}
		return c.write(env, organisationSheet(list))
	})
}

func organisationSheet(list network.OrganisationList) exchange.Sheet {
	return exchange.Sheet{Columns: list.Columns(), Rows: list.Cells()}
}
