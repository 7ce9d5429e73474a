package demo

import (
	"context"

	"sir/internal/demo/madeup"
	"sir/internal/lever"
	"sir/internal/rollout"
)

// madeUpLead is who wrote what stands about levers.
const madeUpLead = "programme lead"

// insertLevers adds levers, what they do to the programme, and requests for
// endorsement. A change that came after somebody looked leaves an open decision
// to each rollout that goes on; most were taken.
func (m *madeUp) insertLevers(ctx context.Context) error {
	for _, l := range madeup.Levers() {
		if err := m.insertLever(ctx, l); err != nil {
			return err
		}
	}
	for _, e := range madeup.Endorsements() {
		kept := lever.Endorsement{
			ProgrammeID: m.programme.ID, AskedOf: e.AskedOf, Request: e.Request, AskedOn: date(e.Asked), AskedBy: madeUpLead,
			Outcome: lever.Outcome(e.Outcome), Answer: e.Answer, AnsweredOn: date(e.Answered),
		}
		if kept.Outcome != "" {
			kept.AnsweredBy = madeUpLead
		}
		if err := lever.InsertEndorsement(ctx, m.db, kept); err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) insertLever(ctx context.Context, l madeup.Lever) error {
	for i, in := range l.Versions {
		number := int64(i + 1)
		v := lever.Version{Number: number, MadeAt: in.Made, MadeBy: madeUpLead, Why: in.Why, Wording: lever.Wording{
			Name: l.Name, Body: l.Body, Kind: lever.Kind(l.Kind), Strength: lever.Strength(in.Strength), Clarity: lever.Clarity(in.Clarity),
			From: date(in.From), To: date(in.To), Summary: in.Summary, Source: madeUpSource,
		}}
		if err := m.insertLeverVersion(ctx, l.ID, v); err != nil {
			return err
		}
		if in.Finding == "" {
			continue
		}
		err := lever.InsertEffect(ctx, m.db, lever.Effect{
			ProgrammeID: m.programme.ID, Kind: v.Kind, LeverID: l.ID, LeverVersion: number, Finding: lever.Finding(in.Finding), Reason: in.Reason,
			AsAt: date(in.Made), MadeAt: in.Made, MadeBy: madeUpLead,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// madeUpDecisions are what most networks decided.
var madeUpDecisions = [...]struct {
	decision lever.Decision
	reason   string
}{
	{lever.GoOn, "The sites had agreed to pay for it themselves from the second year."},
	{lever.GoOn, "Few messages here go to pharmacies that are paid for them."},
	{lever.Adapt, "The plan now asks each site for an agreement on money before the payment ends."},
}

// insertLeverVersion adds the first version of a lever, or a later one with
// the decisions that it asks for.
func (m *madeUp) insertLeverVersion(ctx context.Context, id string, v lever.Version) error {
	if v.Number == 1 {
		return lever.Insert(ctx, m.db, lever.Lever{ID: id, MadeUp: true}, v)
	}
	if err := lever.InsertChange(ctx, m.db, id, v.Number-1, v); err != nil {
		return err
	}
	for i, r := range m.in.Rollouts {
		if r.State == madeup.Stopped {
			continue
		}
		a := lever.Alert{
			LeverID: id, Rollout: rollout.Rollout{ID: m.rollouts[r.Network]}, FromVersion: v.Number - 1, ToVersion: v.Number, RaisedAt: v.MadeAt,
		}
		if open := 3; i >= open { // the demonstration's own is the first
			taken := madeUpDecisions[i%len(madeUpDecisions)]
			a.Decision, a.Reason = taken.decision, taken.reason
			a.DecidedAt, a.DecidedBy = v.MadeAt.AddDate(0, 0, 14+i), "senior manager"
		}
		if err := lever.InsertAlert(ctx, m.db, a); err != nil {
			return err
		}
	}
	return nil
}
