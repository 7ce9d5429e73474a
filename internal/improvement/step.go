package improvement

import (
	"context"
	"strings"

	"sir/internal/audit"
	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
)

// ChangePlan changes the plan of a cycle that has not begun.
func (s *Service) ChangePlan(ctx context.Context, actor policy.Actor, at Address, id string, version int64, plan Plan) error {
	return s.step(ctx, actor, at, id, version, func(ctx context.Context, p Place, c *Cycle) (audit.Note, error) {
		if c.State(s.today()) != Planned {
			return audit.Note{}, fault.Stale("The test has begun. Its plan and prediction stay as they were, so that the study can be fair.")
		}
		choices, err := s.choices(ctx, p)
		if err != nil {
			return audit.Note{}, err
		}
		if err := plan.faults(choices, s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		plan.into(c, choices)
		return c.note(p, "plan changed", c.Prediction), nil
	})
}

// RecordDone says what happened in a test that has begun, and when it ended.
func (s *Service) RecordDone(ctx context.Context, actor policy.Actor, at Address, id string, version int64, done, endedOn string) error {
	return s.step(ctx, actor, at, id, version, func(_ context.Context, p Place, c *Cycle) (audit.Note, error) {
		var wrong fault.Fields
		switch state := c.State(s.today()); {
		case c.NeedsPrediction(s.today()):
			return audit.Note{}, fault.Invalid("Write down the prediction first: the test does not begin without one.")
		case state == Planned:
			return audit.Note{}, fault.Invalid("The test has not begun.")
		case state != Running && state != ToStudy:
			return audit.Note{}, fault.Stale("The test was studied already.")
		}
		freetext.Required(&wrong, "done", "Say what happened, also what did not go as planned.", done, longestText)
		switch {
		case !isDate(endedOn):
			wrong.Add("ended-on", "Enter the day on which the test ended, such as 15 4 2027.")
		case endedOn < c.StartsOn:
			wrong.Add("ended-on", "The test cannot have ended before it began.")
		case endedOn > s.today():
			wrong.Add("ended-on", "The test cannot have ended after today.")
		}
		c.Done, c.EndsOn = strings.TrimSpace(done), endedOn
		return c.note(p, "done", c.Done), wrong.Err()
	})
}

// RecordStudy compares what was seen with the prediction.
func (s *Service) RecordStudy(ctx context.Context, actor policy.Actor, at Address, id string, version int64, studied string) error {
	return s.step(ctx, actor, at, id, version, func(_ context.Context, p Place, c *Cycle) (audit.Note, error) {
		switch {
		case c.Decision != "":
			return audit.Note{}, fault.Stale("It was decided already what becomes of this.")
		case c.Done == "":
			return audit.Note{}, fault.Invalid("Say first what happened in the test.")
		}
		var wrong fault.Fields
		freetext.Required(&wrong, "studied", "Say what you saw, and how it compares with the prediction.", studied, longestText)
		c.Studied = strings.TrimSpace(studied)
		return c.note(p, "studied", c.Studied), wrong.Err()
	})
}

// Decide ends a cycle with a reason.
func (s *Service) Decide(ctx context.Context, actor policy.Actor, at Address, id string, version int64, decision Decision, why string) error {
	return s.step(ctx, actor, at, id, version, func(_ context.Context, p Place, c *Cycle) (audit.Note, error) {
		switch {
		case c.Decision != "":
			return audit.Note{}, fault.Stale("It was decided already what becomes of this.")
		case c.Studied == "":
			return audit.Note{}, fault.Invalid("Compare first what you saw with the prediction.")
		}
		var wrong fault.Fields
		if decision != Adopt && decision != Adapt && decision != Abandon {
			wrong.Add("decision", "Choose to adopt, adapt or abandon the change.")
		}
		freetext.Required(&wrong, "why", "Say why, so that others can learn from it.", why, longestText)
		c.Decision, c.DecidedWhy = decision, strings.TrimSpace(why)
		return c.note(p, "decided to "+string(decision), c.DecidedWhy), wrong.Err()
	})
}

// step changes a cycle as a use case, unless somebody else changed it since
// the version.
func (s *Service) step(ctx context.Context, actor policy.Actor, at Address, id string, version int64,
	change func(ctx context.Context, p Place, c *Cycle) (audit.Note, error),
) error {
	seen, place, err := s.find(ctx, actor, at, id)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.WorkOnImprovement, seen.Object(), func(ctx context.Context) (audit.Note, error) {
		c, _, err := lookUp(ctx, s.desk.DB, at, id)
		if err != nil {
			return audit.Note{}, err
		}
		if c.Version != version {
			return audit.Note{}, fault.Stale("Somebody else changed this in the meantime. Look at what it says now before you change it.")
		}
		note, err := change(ctx, place, &c)
		if err != nil {
			return audit.Note{}, err
		}
		return note, updateCycle(ctx, s.desk.DB, c)
	})
}
