package qca

import "context"

// limits stop a search: by context, by number of steps, by number of results.
// A stopped search hands back what it has, marked as partial.
type limits struct {
	ctx     context.Context
	steps   int // left
	results int // left
	stopped bool
}

// checkEvery steps the context is asked.
const checkEvery = 1 << 12

// step counts one step and reports whether to go on.
func (l *limits) step() bool {
	if l.stopped {
		return false
	}
	l.steps--
	if l.steps < 0 || l.steps%checkEvery == 0 && l.ctx.Err() != nil {
		l.stopped = true
	}
	return !l.stopped
}

// result counts one result and reports whether there is room for it.
func (l *limits) result() bool {
	l.results--
	if l.results < 0 {
		l.stopped = true
	}
	return !l.stopped
}
