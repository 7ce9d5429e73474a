package demo

import (
	"context"

	"sir/internal/db"
	"sir/internal/network"
)

// insertAreas adds the hierarchy that stands beside the networks.
func (m *madeUp) insertAreas(ctx context.Context) error {
	ids := map[string]string{}
	for _, a := range m.in.Areas {
		ids[a.Code] = db.NewID()
		err := network.InsertUnit(ctx, m.db, network.Unit{
			ID: ids[a.Code], Kind: network.UnitKind(a.Kind), Code: a.Code, Name: a.Name, MadeUp: true, Source: madeUpSource,
		})
		if err != nil {
			return err
		}
	}
	for _, b := range m.in.AreaBonds {
		var err error
		if site, ok := m.sites[b.Child]; ok {
			err = network.InsertMembership(ctx, m.db, network.Membership{SiteID: site.ID, UnitID: ids[b.Parent], ValidFrom: date(b.From), ValidTo: date(b.To)})
		} else {
			err = network.InsertUnitMembership(ctx, m.db, network.UnitMembership{
				ChildID: ids[b.Child], ParentID: ids[b.Parent], ValidFrom: date(b.From), ValidTo: date(b.To),
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// place works out what each site belonged to over time.
func (m *madeUp) place(ctx context.Context) error { return network.Place(ctx, m.db) }
