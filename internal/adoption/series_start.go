package adoption

import (
	"context"
	"time"

	"sir/internal/db"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// OwnStart is the period in which a member began.
type OwnStart struct {
	Period   period.Period
	Recorded bool // its rollout says so; else it is the first period with a figure
}

// Elapsed is how many periods after the start a period lies; negative before.
func (o OwnStart) Elapsed(p period.Period) int { return p.Since(o.Period) }

// SinceStart is the rates of members by the time since each one's own start.
type SinceStart struct {
	Programme rollout.Programme
	Published bool
	Source    string      // of published figures
	Kind      period.Kind // of a step of the time elapsed
	Longest   int         // the most steps of any member
	Members   []MemberSinceStart
}

// MemberSinceStart is one member's rates from its start on.
type MemberSinceStart struct {
	Code, Name string
	Start      OwnStart
	Points     []ElapsedPoint // by time elapsed, none before the start
}

// ElapsedPoint is a rate so many periods after the start.
type ElapsedPoint struct {
	Elapsed int
	Period  period.Period
	Rate    Rate
	Target  *Target // in force at the end of the period: the member's own, or the national one
}

// SinceStart answers how far each member that the actor may see had got by the
// time since its own start. Members are by name, never ranked; those that have
// not started are left out.
func (s *Service) SinceStart(ctx context.Context, actor policy.Actor, programme string) (SinceStart, error) {
	table, err := s.Rates(ctx, actor, programme)
	if err != nil {
		return SinceStart{}, err
	}
	if !table.MembersOpen {
		return SinceStart{}, s.desk.Read(ctx, actor, policy.ViewMemberRates, table.Programme.Object())
	}
	recorded, err := recordedStarts(ctx, s.desk.DB, table.Programme.ID)
	if err != nil {
		return SinceStart{}, err
	}
	view := SinceStart{Programme: table.Programme, Published: table.Published, Source: table.Source}
	for _, row := range table.Rows {
		start, ok := startOf(row, table.Periods, recorded[row.MemberID])
		if !ok {
			continue
		}
		targets, _ := ownOrNational(table.allTargets, row.MemberID)
		member := MemberSinceStart{Code: row.Code, Name: row.Name, Start: start, Points: pointsSince(start, row, table.Periods, targets)}
		if n := len(member.Points); n > 0 {
			view.Kind, view.Longest = start.Period.Kind(), max(view.Longest, member.Points[n-1].Elapsed)
			view.Members = append(view.Members, member)
		}
	}
	return view, nil
}

// startOf answers when a member began: in the period of the recorded day, or
// else in the first period with a figure. ok is false where there is neither.
func startOf(row Row, periods []period.Period, recorded string) (start OwnStart, ok bool) {
	if len(periods) == 0 {
		return start, false
	}
	if day, err := time.Parse(time.DateOnly, recorded); err == nil {
		p, err := period.Containing(periods[0].Kind(), day)
		return OwnStart{Period: p, Recorded: true}, err == nil
	}
	for i, rate := range row.Rates {
		if rate.Known && (rate.Published || rate.Reported > 0) {
			return OwnStart{Period: periods[i]}, true
		}
	}
	return start, false
}

// pointsSince are the rates from the start on.
func pointsSince(start OwnStart, row Row, periods []period.Period, targets []Target) (points []ElapsedPoint) {
	for i, p := range periods {
		n := start.Elapsed(p)
		if n < 0 {
			continue
		}
		point := ElapsedPoint{Elapsed: n, Period: p, Rate: row.Rates[i]}
		if target, ok := InForce(targets, p); ok {
			point.Target = &target
		}
		points = append(points, point)
	}
	return points
}

// recordedStarts answers the first day on which a rollout of the programme
// started, by the id of the member.
func recordedStarts(ctx context.Context, d *db.DB, programmeID string) (map[string]string, error) {
	starts := map[string]string{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var member, day string
		err := row.Scan(&member, &day)
		starts[member] = day
		return err
	}, `SELECT member_id, min(actual_start) FROM rollout WHERE programme_id = $1 AND actual_start IS NOT NULL GROUP BY member_id`, programmeID)
	return starts, wrap("list starts of rollouts", err)
}

// setStart notes when a member began; units of other kinds have no start of
// their own.
func (s *Service) setStart(ctx context.Context, view *UnitView) error {
	if view.Row.MemberID == "" {
		return nil
	}
	recorded, err := recordedStarts(ctx, s.desk.DB, view.Programme.ID)
	if start, ok := startOf(view.Row, view.Periods, recorded[view.Row.MemberID]); ok {
		view.Start = &start
	}
	return err
}
