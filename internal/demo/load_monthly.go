package demo

import (
	"context"
	"fmt"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/demo/madeup"
	"sir/internal/period"
)

// insertMonthly loads what the sites report by the month: counts that go on
// from month to month, and the steps to going live.
func (m *madeUp) insertMonthly(ctx context.Context) error {
	m.monthly = adoption.Collection{
		Key: 2, ID: db.NewID(), ProgrammeID: m.programme.ID, Code: "monthly", Name: "Monthly return",
		PeriodKind: period.Month, DueDays: m.in.MonthlyDueDays, First: m.in.Months[0], Last: m.in.Months[len(m.in.Months)-1],
	}
	if err := adoption.InsertCollection(ctx, m.db, m.monthly); err != nil {
		return err
	}
	ids := map[string]string{}
	for _, measure := range m.monthlyMeasures() {
		measure.ID, measure.ProgrammeID, measure.CollectionKey = db.NewID(), m.programme.ID, m.monthly.Key
		ids[measure.Code] = measure.ID
		if err := adoption.InsertMeasure(ctx, m.db, measure); err != nil {
			return err
		}
	}
	for _, r := range m.in.Monthly {
		if err := m.insertMonth(ctx, r); err != nil {
			return err
		}
	}
	for _, r := range m.in.Remarks {
		err := adoption.InsertMark(ctx, m.db, ids[r.Field], 0, adoption.Mark{
			ID: db.NewID(), Period: r.Month, Kind: adoption.MarkKind(r.Kind), Body: r.Text,
			MadeAt: r.Month.End().AddDate(0, 0, m.in.MonthlyDueDays+approvalDays), MadeBy: r.ByRole,
		}, nil)
		if err != nil {
			return err
		}
	}
	return m.closeMonths(ctx)
}

func (m *madeUp) monthlyMeasures() []adoption.Measure {
	step := adoption.Measure{
		Key: stepKey, Code: madeup.FieldStep, Name: "Steps to going live", Kind: adoption.LevelMeasure, Purpose: adoption.ForProcess,
		Meaning: "The last step that the site had taken by the end of the month.", Direction: adoption.Increase, Levels: map[int]string{},
	}
	for _, l := range m.in.Steps {
		step.Levels[l.Number] = l.Label
		if l.Adopted {
			step.AdoptedLevel = l.Number
		}
	}
	return []adoption.Measure{
		{
			Key: queriesKey, Code: madeup.FieldQueries, Name: "Queries from pharmacies", Kind: adoption.CountMeasure, Purpose: adoption.ForBalancing,
			Meaning:   "Calls and messages of community pharmacies about the medicines of a patient who had gone home.",
			Direction: adoption.Decrease, Required: true, Largest: 1000,
		},
		{
			Key: answeredKey, Code: madeup.FieldAnswered, Name: "Queries answered in two days", Kind: adoption.CountMeasure, Purpose: adoption.ForProcess,
			Meaning: "Those of the month's queries that were answered within two working days.", Direction: adoption.Increase, PartOf: queriesKey,
		},
		step,
	}
}

func (m *madeUp) insertMonth(ctx context.Context, r madeup.MonthlyReturn) error {
	site := m.sites[r.Site].Key
	sent := adoption.Return{Collection: m.monthly, Period: r.Month, SiteKey: site, SubmittedOn: date(r.Sent), CompleteOn: date(r.Sent)}
	if err := adoption.InsertReturn(ctx, m.db, sent); err != nil {
		return err
	}
	for measure, value := range map[int64]int{queriesKey: r.Queries, answeredKey: r.Answered, stepKey: r.Step} {
		err := adoption.InsertObservation(ctx, m.db, adoption.Observation{MeasureKey: measure, Period: r.Month, SiteKey: site, Value: int64(value)})
		if err != nil {
			return fmt.Errorf("month %s of %s: %w", r.Month.Slug(), r.Site, err)
		}
	}
	return nil
}

// closeMonths makes the eligible list of every month, and approves all but
// those of the last quarter, which are left to be approved in the
// demonstration.
func (m *madeUp) closeMonths(ctx context.Context) error {
	for _, p := range m.in.Months {
		if err := adoption.ListEligible(ctx, m.db, m.monthly, p); err != nil {
			return err
		}
	}
	for _, p := range m.in.Months[:len(m.in.Months)-3] {
		if err := m.approvePeriod(ctx, m.monthly, p, m.in.MonthlyDueDays); err != nil {
			return err
		}
	}
	return nil
}
