package network

import (
	"cmp"
	"fmt"
	"slices"
)

// belong takes over what an entry says its node belongs to.
func (p *plan) belong(e *entry, n *node) {
	seen := map[UnitKind]string{}
	for _, wish := range e.parents {
		parent := p.parentOf(e, n, wish)
		if parent == nil {
			continue
		}
		if first := seen[parent.kind]; first != "" {
			p.refuse(e, wish.field, wish.code, fmt.Sprintf("the row names %s too, which is %s as well; %s belongs to one at a time", first, one(parent.kind), one(n.kind)))
			continue
		}
		seen[parent.kind] = parent.code
		p.place(e, n, parent, wish)
	}
}

// parentOf finds the parent that an entry names; nil where it cannot be one.
func (p *plan) parentOf(e *entry, n *node, wish parentEntry) *node {
	parent := p.reg.nodes[wish.code]
	switch {
	case parent == nil:
		p.refuse(e, wish.field, wish.code, "nothing with this code is known; import it first, or give it a row in this file")
	case parent.isSite():
		p.refuse(e, wish.field, wish.code, "this is a site, and nothing can belong to a site")
	case wish.kind != "" && parent.kind != wish.kind:
		p.refuse(e, wish.field, wish.code, fmt.Sprintf("%s is %s, not %s", parent.title(), one(parent.kind), one(wish.kind)))
	case !n.isSite() && !n.kind.MayBelongTo(parent.kind):
		p.refuse(e, wish.field, wish.code, fmt.Sprintf("%s cannot belong to %s: only to something wider", one(n.kind), one(parent.kind)))
	default:
		return parent
	}
	return nil
}

// place makes the node belong to the parent as the entry wishes, ending what
// it belonged to of that kind until then.
func (p *plan) place(e *entry, n, parent *node, wish parentEntry) {
	known := n.in(parent.kind)
	if wish.from == "" {
		if at := latestIn(known, parent); at != nil && (at == known[len(known)-1] || parent.to != "") {
			p.limit(e, at, wish)
			return
		}
		wish.from = p.on
		if n.isNew {
			wish.from = max(cmp.Or(n.from, p.on), parent.from)
		}
		if wish.to != "" && wish.to <= wish.from {
			p.refuse(e, wish.field+toTo, wish.to, fmt.Sprintf("it would end before it began, on %s; give the date from which it belonged to it", wish.from))
			return
		}
	}
	for i, b := range known {
		switch {
		case b.from == wish.from && b.parent == parent:
			p.limit(e, b, wish)
			return
		case b.from <= wish.from && b.lasts(wish.from) && b.parent == parent:
			p.refuse(e, wish.field+toFrom, wish.from, fmt.Sprintf("it belongs to %s since %s already; leave this empty or write that date", parent.title(), b.from))
			return
		case b.from < wish.from && b.to == "" && i == len(known)-1:
			b.endOn(wish.from)
			p.note(e.row, n, Changed, handedOn(b.parent, wish.from, parent))
			n.join(parent, wish.from, wish.to)
			return
		case b.from < orForever(wish.to) && b.lasts(wish.from):
			p.refuse(e, wish.field, wish.code, fmt.Sprintf("it belongs to %s %s; the two overlap", b.parent.title(), forFiles.stretch(b.from, b.to)))
			return
		}
	}
	n.join(parent, wish.from, wish.to)
	if !n.isNew {
		p.note(e.row, n, Changed, func(w wording) string {
			return fmt.Sprintf("%s %s %s", parent.kind, w.name(parent), w.stretch(wish.from, wish.to))
		})
	}
}

// limit ends a bond that is known where the entry gives an end.
func (p *plan) limit(e *entry, b *bond, wish parentEntry) {
	switch {
	case wish.to == "" || wish.to == b.to:
	case b.to != "":
		p.refuse(e, wish.field+toTo, wish.to, fmt.Sprintf("it belonged to %s until %s already", b.parent.title(), b.to))
	case wish.to <= b.from:
		p.refuse(e, wish.field+toTo, wish.to, fmt.Sprintf("it belongs to %s from %s only; check the date", b.parent.title(), b.from))
	default:
		b.endOn(wish.to)
		p.note(e.row, b.child, Ended, leftWords(b.parent, wish.to))
	}
}

func latestIn(known []*bond, parent *node) *bond {
	for _, b := range slices.Backward(known) {
		if b.parent == parent {
			return b
		}
	}
	return nil
}

// handedOn says that something belonged to one parent up to a day, and to the
// next from then on.
func handedOn(parent *node, day string, next *node) func(wording) string {
	return func(w wording) string {
		return fmt.Sprintf("%s %s until %s, then %s", parent.kind, w.name(parent), w.until(day), w.name(next))
	}
}

// leftWords says that something belonged to a parent up to a day.
func leftWords(parent *node, day string) func(wording) string {
	return func(w wording) string {
		return fmt.Sprintf("%s %s until %s", parent.kind, w.name(parent), w.until(day))
	}
}

// one is a kind with its article.
func one(kind UnitKind) string {
	if kind == OrganisationUnit {
		return "an organisation"
	}
	return "a " + string(kind)
}
