package demo

import (
	"context"

	"sir/internal/db"
	"sir/internal/innovation"
)

// insertInnovation adds what the programme spreads, kept by its first network,
// and answers its id.
func (m *madeUp) insertInnovation(ctx context.Context) (id string, err error) {
	in := m.in.Innovation
	item := innovation.Innovation{
		ID: db.NewID(), Code: in.Code, Name: in.Name, Summary: in.Summary, Supplier: in.Supplier, Kind: in.Kind, Setting: in.Setting,
		Status: in.Status, PathwayChange: in.PathwayChange, PathwayNote: in.PathwayNote, Fit: in.Fit, ServiceID: in.ServiceID,
		KeeperID: m.networks[m.in.Networks[0].Code], MadeUp: true, Source: madeUpSource,
	}
	return item.ID, innovation.Insert(ctx, m.db, item)
}
