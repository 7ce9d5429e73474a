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
	m.returns = adoption.Collection{
		Key: 1, ID: db.NewID(), ProgrammeID: m.programme.ID, Code: "quarterly", Name: "Quarterly return",
		PeriodKind: period.Quarter, DueDays: m.in.DueDays, First: m.in.Periods[0], Last: m.in.Periods[len(m.in.Periods)-1],
	}
	if err := adoption.InsertCollection(ctx, m.db, m.returns); err != nil {
		return err
	}
	level := adoption.Measure{
		Key: levelKey, Code: madeup.FieldLevel, Name: "Adoption level", Kind: adoption.LevelMeasure, Purpose: adoption.ForAdoption,
		Meaning: "How far the site had got on the last day of the quarter.", Required: true,
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
		{
			Key: referralsKey, Code: madeup.FieldReferrals, Name: "Referrals", Kind: adoption.CountMeasure, Purpose: adoption.ForActivity,
			Meaning: "Referrals made in the quarter.", Largest: 100_000,
		},
		{
			Key: completedKey, Code: madeup.FieldCompleted, Name: "Completed referrals", Kind: adoption.CountMeasure, Purpose: adoption.ForActivity,
			Meaning: "Those of the quarter's referrals that were completed.", PartOf: referralsKey,
		},
	} {
		measure.ID, measure.ProgrammeID, measure.CollectionKey, measure.Direction = db.NewID(), m.programme.ID, m.returns.Key, adoption.Increase
		if err := adoption.InsertMeasure(ctx, m.db, measure); err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertTargets(ctx context.Context) error {
	for _, t := range m.in.Targets {
		err := adoption.InsertTarget(ctx, m.db, m.programme.ID, adoption.Target{
			UnitID: m.networks[t.Network], StartsOn: date(t.From.Start()), Value: float64(t.Percent), Inclusive: true,
			AgreedBy: t.AgreedBy, Source: madeUpSource,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertReturns(ctx context.Context) error {
	for _, r := range m.in.Restated() {
		site := m.sites[r.Site].Key
		sent := adoption.Return{Collection: m.returns, Period: r.Period, SiteKey: site, SubmittedOn: date(r.Sent), CompleteOn: date(r.Sent)}
		if r.SentBy != r.Site {
			sent.SentByKey = m.sites[r.SentBy].Key
		}
		if err := adoption.InsertReturn(ctx, m.db, sent); err != nil {
			return err
		}
		for measure, value := range map[int64]int{levelKey: r.Level, referralsKey: r.Referrals, completedKey: r.Completed} {
			err := adoption.InsertObservation(ctx, m.db, adoption.Observation{MeasureKey: measure, Period: r.Period, SiteKey: site, Value: int64(value)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *madeUp) insertMissing(ctx context.Context) error {
	for _, r := range m.in.Missing {
		err := adoption.InsertReturn(ctx, m.db, adoption.Return{
			Collection: m.returns, Period: r.Period, SiteKey: m.sites[r.Site].Key, WhyMissing: r.Reason,
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
		was, is := int64(r.Old), int64(r.New)
		err := adoption.InsertRestatement(ctx, m.db, m.returns, adoption.Restatement{
			MeasureKey: measure, Period: r.Period, SiteKey: m.sites[r.Site].Key, Old: &was, New: &is, AfterApproval: true,
			On: date(r.On), By: r.Role, Reason: r.Reason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// approve approves every network's figures, of all periods but the last, which
// is left to be approved in the demonstration.
func (m *madeUp) approve(ctx context.Context) error {
	for _, p := range m.in.Periods[:len(m.in.Periods)-1] {
		if err := m.approvePeriod(ctx, m.returns, p, m.in.DueDays); err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) approvePeriod(ctx context.Context, c adoption.Collection, p period.Period, dueDays int) error {
	for _, n := range m.in.Networks {
		err := adoption.InsertApproval(ctx, m.db, c, adoption.Approval{
			Period: p, MemberID: m.networks[n.Code], ApprovedAt: p.End().AddDate(0, 0, dueDays+approvalDays), ApprovedBy: "analyst",
		}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// approvalDays is how long after the due day the made-up figures are approved.
const approvalDays = 14
