package network

import (
	"cmp"
	"fmt"
	"slices"
)

// noReason stands where a file gives none.
const noReason = "No reason given"

// ending is a node with the entry that ends or splits it.
type ending struct {
	e *entry
	n *node
}

// end closes, merges and splits nodes: first all get their dates, then they
// leave what they belonged to, in the order of time, so that what was merged
// into something may be merged on with it.
func (p *plan) end(endings []ending) {
	endings = slices.DeleteFunc(endings, func(x ending) bool { return x.e.fate == "" || !p.closeOn(x.e, x.n) })
	slices.SortStableFunc(endings, func(a, b ending) int { return cmp.Compare(a.e.fateOn, b.e.fateOn) })
	for _, x := range endings {
		if next, ok := p.successors(x.e, x.n); ok {
			p.succeed(x.e, x.n, next)
		}
	}
}

// succeed records what became of a node.
func (p *plan) succeed(e *entry, n *node, next []*node) {
	reason := cmp.Or(e.reason, noReason)
	if len(next) == 0 {
		next = []*node{nil}
	}
	var parts []*node
	for _, s := range next {
		if slices.ContainsFunc(n.fates, func(f fateOf) bool { return f.next == s && f.kind == e.fate && f.on == e.fateOn }) {
			continue
		}
		n.fates = append(n.fates, fateOf{next: s, kind: e.fate, on: e.fateOn, reason: reason, isNew: true})
		if s != nil {
			parts = append(parts, s)
		}
	}
	if e.closed != "" {
		p.leave(e, n, next[0])
	}
	switch {
	case len(parts) == 0:
	case e.fate == Merger:
		p.noteFate(e, n, func(w wording) string { return "merged into " + w.names(parts) + " on " + w.day(e.fateOn) })
	default:
		p.noteFate(e, n, func(w wording) string { return "split into " + w.names(parts) + " on " + w.day(e.fateOn) })
	}
}

func (p *plan) noteFate(e *entry, n *node, say func(wording) string) {
	p.note(e.row, n, Ended, say)
	p.changes[len(p.changes)-1].Fate = e.fate
}

// successors finds what an entry says that its node became.
func (p *plan) successors(e *entry, n *node) (next []*node, ok bool) {
	ok = true
	for _, code := range e.successors {
		s := p.reg.nodes[code]
		switch {
		case s == nil:
			p.refuse(e, fSuccessor, code, "nothing with this code is known; import it first, or give it a row in this file")
		case s.kind != n.kind:
			p.refuse(e, fSuccessor, code, fmt.Sprintf("%s is %s; only %s can follow here", s.title(), one(s.kind), one(n.kind)))
		case s.to != "" && s.to <= e.fateOn:
			p.refuse(e, fSuccessor, code, fmt.Sprintf("%s closed on %s, before this happened", s.title(), s.to))
		default:
			next = append(next, s)
			continue
		}
		ok = false
	}
	return next, ok
}

// closeOn sets the end of a node; false where it cannot end then.
func (p *plan) closeOn(e *entry, n *node) bool {
	switch {
	case e.closed == "" || n.to == e.closed:
		return true
	case n.to != "":
		p.refuse(e, fClosed, e.closed, fmt.Sprintf("it is known to have closed on %s", n.to))
	case n.from != "" && e.closed <= n.from:
		p.refuse(e, fClosed, e.closed, fmt.Sprintf("it opened on %s only; check the date", n.from))
	default:
		n.to, n.changed, n.redated = e.closed, true, true
		if len(e.successors) == 0 {
			p.noteFate(e, n, func(w wording) string { return "closed on " + w.day(e.closed) })
		}
		return true
	}
	return false
}

// leave ends what a closed node belonged to, and what belonged to it. After a
// merger the latter belongs to the successor, unless the file says otherwise.
func (p *plan) leave(e *entry, n, next *node) {
	for _, b := range n.up {
		if b.lasts(n.to) {
			p.cut(e, b, n.to)
		}
	}
	heirs := e.fate == Merger && next != nil
	below := slices.Clone(n.down)
	slices.SortStableFunc(below, func(a, b *bond) int { return cmp.Compare(a.child.code, b.child.code) })
	for _, b := range below {
		if !b.lasts(n.to) {
			continue
		}
		to := b.to
		if !p.cut(e, b, n.to) {
			continue
		}
		if heirs {
			b.child.join(next, n.to, to)
			p.note(0, b.child, Changed, handedOn(n, n.to, next))
		} else {
			p.note(0, b.child, Ended, func(w wording) string { return leftWords(n, n.to)(w) + ", as it closed" })
		}
	}
}

// cut ends a bond on a day; false where it would begin after it.
func (p *plan) cut(e *entry, b *bond, day string) bool {
	if b.from >= day {
		p.refuse(e, fClosed, day, fmt.Sprintf("%s belongs to %s from %s, which is not before the closing", b.child.title(), b.parent.title(), b.from))
		return false
	}
	b.endOn(day)
	return true
}
