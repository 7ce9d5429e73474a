package demo

import (
	"context"
	"fmt"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/demo/madeup"
	"sir/internal/period"
)

func (m *madeUp) insertMeasures(ctx context.Context) error {
	level := adoption.Measure{
		Key: levelKey, Code: madeup.FieldLevel, Name: "Adoption level", Kind: adoption.LevelMeasure,
		AdoptedLevel: len(m.in.Levels), Levels: map[int]string{},
	}
	for _, l := range m.in.Levels {
		level.Levels[l.Number] = l.Label
		if l.Adopted {
			level.AdoptedLevel = min(level.AdoptedLevel, l.Number)
		}
	}
	for _, measure := range []adoption.Measure{
		level,
		{Key: referralsKey, Code: madeup.FieldReferrals, Name: "Referrals", Kind: adoption.CountMeasure},
		{Key: completedKey, Code: madeup.FieldCompleted, Name: "Completed referrals", Kind: adoption.CountMeasure},
	} {
		measure.ID, measure.ProgrammeID, measure.PeriodKind = db.NewID(), m.programme.ID, period.Quarter
		if err := adoption.InsertMeasure(ctx, m.db, measure); err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertTargets(ctx context.Context) error {
	for _, t := range m.in.Targets {
		err := adoption.InsertTarget(ctx, m.db, m.programme.ID, adoption.Target{
			MemberID: m.networks[t.Network], StartsOn: date(t.From.Start()), Percent: t.Percent, Inclusive: true,
			AgreedBy: t.AgreedBy, Source: madeUpSource,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// returnOf names a site's return of a period.
func returnOf(site string, p period.Period) string { return site + " " + p.Slug() }

func (m *madeUp) insertReturns(ctx context.Context) error {
	for _, r := range m.in.Restated() {
		key := int64(len(m.returnKeys) + 1)
		m.returnKeys[returnOf(r.Site, r.Period)] = key
		err := adoption.InsertReturn(ctx, m.db, adoption.Return{
			ID: db.NewID(), Key: key, ProgrammeID: m.programme.ID, SiteID: m.sites[r.Site].ID, Period: r.Period,
			DueOn: date(r.Due), SubmittedOn: date(r.Sent), SentBy: r.SentBy,
		})
		if err != nil {
			return err
		}
		for measure, value := range map[int64]int{levelKey: r.Level, referralsKey: r.Referrals, completedKey: r.Completed} {
			err := adoption.InsertObservation(ctx, m.db, adoption.Observation{
				MeasureKey: measure, Period: r.Period, SiteKey: m.sites[r.Site].Key, Value: int64(value), ReturnKey: key,
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *madeUp) insertMissing(ctx context.Context) error {
	for _, r := range m.in.Missing {
		key := int64(len(m.returnKeys) + 1)
		m.returnKeys[returnOf(r.Site, r.Period)] = key
		err := adoption.InsertReturn(ctx, m.db, adoption.Return{
			ID: db.NewID(), Key: key, ProgrammeID: m.programme.ID, SiteID: m.sites[r.Site].ID, Period: r.Period,
			DueOn: date(r.Due), WhyMissing: r.Reason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var measureKeys = map[string]int64{
	madeup.FieldLevel: levelKey, madeup.FieldReferrals: referralsKey, madeup.FieldCompleted: completedKey,
}

func (m *madeUp) insertRestatements(ctx context.Context) error {
	for _, r := range m.in.Restatements {
		measure, ok := measureKeys[r.Field]
		if !ok {
			return fmt.Errorf("restatement of an unknown field %q", r.Field)
		}
		err := adoption.InsertRestatement(ctx, m.db, adoption.Restatement{
			MeasureKey: measure, Period: r.Period, SiteKey: m.sites[r.Site].Key, Old: int64(r.Old), New: int64(r.New),
			On: date(r.On), By: r.Role, Reason: r.Reason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
