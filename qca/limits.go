package qca

import "context"

// limits stop a search: by context, by amount of work, by number of results.
// A stopped search hands back what it has, marked as partial.
type limits struct {
	ctx       context.Context
	steps     int // left
	results   int // left
	unchecked int // steps since the context was asked
	stopped   bool
	meter     *meter // of progress; nil where nobody asked
}

// checkEvery so many steps the context is asked.
const checkEvery = 1 << 12

// step counts one step and reports whether to go on.
func (l *limits) step() bool { return l.spend(1) }

// spend counts n steps and reports whether to go on.
func (l *limits) spend(n int) bool {
	if l.stopped {
		return false
	}
	l.steps -= n
	l.unchecked += n
	if l.steps < 0 {
		l.stopped = true
	}
	if l.unchecked >= checkEvery {
		l.meter.worked(l.unchecked)
		l.unchecked = 0
		l.stopped = l.stopped || l.ctx.Err() != nil
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
