package demo

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/demo/madeup"
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
	if err := innovation.Insert(ctx, m.db, item); err != nil {
		return "", err
	}
	return item.ID, m.insertKnown(ctx, item.ID)
}

// insertKnown adds what is known of the innovation, and what is said of it.
func (m *madeUp) insertKnown(ctx context.Context, innovationID string) error {
	var evidence []innovation.Evidence
	for i, e := range madeup.InnovationEvidence() {
		item := innovation.Evidence{
			ID: db.NewID(), InnovationID: innovationID, Number: i + 1, Kind: e.Kind, Title: e.Title, Source: e.Source, Scope: e.Scope, DatedOn: date(e.Dated),
			Place: e.Place, Quality: e.Quality, Supports: e.Supports, ReviewBy: date(e.Review),
		}
		if err := innovation.InsertEvidence(ctx, m.db, item); err != nil {
			return err
		}
		evidence = append(evidence, item)
	}
	said := innovation.Narrative{InnovationID: innovationID, Kind: innovation.NarrativeKinds[0]}
	for i, t := range madeup.ValueProposition() {
		version := innovation.Telling{Number: int64(i + 1), Audience: t.Audience, Ask: t.Ask, WrittenAt: t.Written, WrittenBy: t.Role}
		for _, l := range t.Lines {
			version.Lines = append(version.Lines, innovation.Line{Body: l.Text, Evidence: l.Evidence})
		}
		said.Versions = append(said.Versions, version)
	}
	if err := innovation.InsertNarrative(ctx, m.db, said, evidence); err != nil {
		return err
	}
	return innovation.InsertPanel(ctx, m.db, innovation.Panel{
		InnovationID: innovationID, DecidedOn: "2025-03-12", Sat: "Medical director, chief pharmacist, patient partner (made-up)",
		Credible: "yes", CredibleWhy: "Two audits at several sites point the same way.",
		Feasible: "in part", FeasibleWhy: "Each ward needs half an hour of a technician a day, and cover for leave is not found yet.",
		Decision: "hold", Reasons: "The panel wants to see what it costs at a second site before it decides.",
		RecordedAt: time.Date(2025, time.March, 14, 0, 0, 0, 0, time.UTC), RecordedBy: "spread manager",
	})
}
