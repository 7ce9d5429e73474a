package spc

import (
	"cmp"
	"slices"
)

// markTargets gives each point the target and the trajectory of its date.
// Neither ever enters a mean or a limit.
func (s Series) markTargets(points []PointResult) error {
	targets, err := inOrder("target", s.Targets)
	if err != nil {
		return err
	}
	trajectory, err := inOrder("trajectory", s.Trajectory)
	if err != nil {
		return err
	}
	if len(trajectory) > 0 && trajectory[0].From == 0 {
		return &InputError{Value: trajectory[0].Value.String(), Problem: "a value of the trajectory has no date", Remedy: "write 2020-03-01=60"}
	}
	for i := range points {
		points[i].Target = stepAt(targets, points[i].Date)
		points[i].Trajectory = between(trajectory, points[i].Date)
	}
	return nil
}

// inOrder returns the steps by date, after checking them.
func inOrder(what string, steps []Step) ([]Step, error) {
	byDate := func(a, b Step) int { return cmp.Compare(a.From, b.From) }
	if !slices.IsSortedFunc(steps, byDate) {
		steps = slices.SortedFunc(slices.Values(steps), byDate)
	}
	for i, step := range steps {
		if !step.Value.finite() {
			return nil, &InputError{Date: step.From.String(), Problem: what + " is not a finite number", Remedy: "give a number"}
		}
		if i > 0 && steps[i-1].From == step.From {
			return nil, &InputError{Date: step.From.String(), Problem: "two values of the " + what + " from the same date", Remedy: "keep one of them"}
		}
	}
	return steps, nil
}

// stepAt is the value of the last step that began by the date.
func stepAt(steps []Step, date Date) Figure {
	for _, step := range slices.Backward(steps) {
		if step.From <= date {
			return step.Value
		}
	}
	return Figure{}
}

// between interpolates linearly between dated values; undefined outside them
// and beside an undefined one.
func between(path []Step, date Date) Figure {
	for i, to := range path {
		if to.From == date {
			return to.Value
		}
		if to.From < date {
			continue
		}
		if i == 0 || !path[i-1].Value.defined || !to.Value.defined {
			return Figure{}
		}
		from := path[i-1]
		before, after := float64(date-from.From), float64(to.From-date)
		return Defined((from.Value.value*after + to.Value.value*before) / (before + after))
	}
	return Figure{}
}
