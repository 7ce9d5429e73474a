package network

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sir/internal/db"
	"sir/internal/exchange"
)

// Change is one thing that an import does.
type Change struct {
	Row  int // of the file; 0 where it follows from another row
	Kind UnitKind
	Code string
	Name string
	What ChangeKind
	Fate SuccessionKind // of what closed, merged or was split by it
	Text string         // in words for files: codes and ISO dates
	Said string         // in words for pages: names with codes, and dates as people write them
}

// ChangeKind parts what is new from what was there.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "new"
	Changed ChangeKind = "changed"
	Ended   ChangeKind = "ended"
)

// plan turns entries into changes of a register, and finds what does not fit.
type plan struct {
	reg       *register
	on        string // from when what has no date holds
	changes   []Change
	conflicts *exchange.Conflicts
	entries   []entry
}

// work goes through all entries, one kind of change after the other, so that
// no order of the rows matters.
func (p *plan) work() {
	nodes := p.meet()
	var whole []ending
	for i := range p.entries {
		if e := &p.entries[i]; nodes[i] != nil && !e.faulty {
			whole = append(whole, ending{e, nodes[i]})
		}
	}
	for _, x := range whole {
		p.describe(x.e, x.n)
	}
	for _, x := range whole {
		p.belong(x.e, x.n)
	}
	p.end(whole)
	p.check()
}

// meet finds or makes the node of each entry.
func (p *plan) meet() []*node {
	seen := map[string]int{}
	nodes := make([]*node, len(p.entries))
	for i := range p.entries {
		e := &p.entries[i]
		if !validCode(e.code) {
			continue // refused where it was read
		}
		if first, twice := seen[e.code]; twice {
			p.refuse(e, fCode, e.code, fmt.Sprintf("the code stands in row %d already; give each one row", first))
			continue
		}
		seen[e.code] = e.row
		nodes[i] = p.node(e)
	}
	return nodes
}

func (p *plan) node(e *entry) *node {
	n := p.reg.nodes[e.code]
	switch {
	case n == nil && e.kind == "":
		p.refuse(e, fKind, "", "say what this is, as it is not known yet: "+strings.Join(namesOf(OrganisationKinds), ", "))
		return nil
	case n == nil:
		return p.newNode(e)
	case e.kind != "" && e.kind != n.kind:
		p.refuse(e, fKind, string(e.kind), fmt.Sprintf("%s is known as %s; a code keeps its kind", n.title(), one(n.kind)))
		return nil
	}
	n.row = e.row
	return n
}

func (p *plan) newNode(e *entry) *node {
	n := &node{row: e.row, id: db.NewID(), kind: e.kind, code: e.code, scheme: "own", name: e.name, from: e.opened, isNew: true}
	if e.form.ods {
		n.scheme = "ods"
	}
	if n.isSite() {
		p.reg.nextSite++
		n.key = p.reg.nextSite
	} else {
		p.reg.nextUnit++
		n.key = p.reg.nextUnit
	}
	p.reg.add(n)
	if e.name == "" && !e.faulty {
		p.refuse(e, fName, "", "the name is missing, and the code is not known yet")
	}
	return n
}

// describe takes over what an entry says of the node itself.
func (p *plan) describe(e *entry, n *node) {
	var told details
	tell := func(what string, old *string, now string) {
		if now != "" && now != *old {
			told = append(told, detail{what, now, cmp.Or(*old, "not given")})
			*old = now
		}
	}
	if e.name != "" && e.name != n.name {
		n.renamedFrom = n.name
	}
	n.redated = e.opened != "" && e.opened != n.from
	tell("name", &n.name, e.name)
	tell("scheme", &n.scheme, e.scheme)
	tell("opened", &n.from, e.opened)
	tell("size band", &n.sizeBand, e.sizeBand)
	tell("setting", &n.setting, e.setting)
	if e.fifth != 0 && e.fifth != n.fifth {
		told = append(told, detail{name: "deprivation fifth", now: strconv.Itoa(e.fifth)})
		n.fifth = e.fifth
	}
	if e.known && e.madeUp != n.madeUp {
		told = append(told, detail{name: map[bool]string{true: "made up", false: "not made up"}[e.madeUp]})
		n.madeUp = e.madeUp
	}
	for name, value := range e.attributes {
		if n.attributes[name] != value {
			told = append(told, detail{name: name, now: value})
			n.attributes[name] = value
			n.newAttributes = append(n.newAttributes, name)
		}
	}
	slices.Sort(n.newAttributes)
	switch {
	case n.isNew:
		p.note(e.row, n, Added, func(w wording) string { return strings.TrimSpace(string(n.kind) + " " + w.since(n.from)) })
	case len(told) > 0:
		n.changed = true
		p.note(e.row, n, Changed, told.in)
	}
}

func (p *plan) note(row int, n *node, what ChangeKind, say func(wording) string) {
	p.changes = append(p.changes, Change{Row: row, Kind: n.kind, Code: n.code, Name: n.name, What: what, Text: say(forFiles), Said: say(forPages)})
}

// refuse adds a conflict about a field of an entry.
func (p *plan) refuse(e *entry, field int, value, reason string) {
	p.conflicts.Add(exchange.Conflict{Row: e.row, Column: e.form.columns[field].Name, Value: value, Reason: reason})
}

// refuseNode adds a conflict about a node, which may have no row.
func (p *plan) refuseNode(n *node, reason string) {
	if n.row == 0 {
		reason = n.title() + ": " + reason
	}
	p.conflicts.Add(exchange.Conflict{Row: n.row, Reason: reason})
}

// check looks at the whole as it would be.
func (p *plan) check() {
	for _, code := range p.reg.codes() {
		n := p.reg.nodes[code]
		for _, b := range n.up {
			if b.isNew || b.changed || n.redated || b.parent.redated {
				p.checkLife(b)
			}
		}
		if slices.ContainsFunc(n.fates, func(f fateOf) bool { return f.isNew }) && inCircle(n) {
			p.refuseNode(n, "its successors lead back to itself")
		}
	}
	if p.conflicts.Total() > 0 {
		return // what follows would repeat it in other words
	}
	all := p.reg.bonds()
	for _, site := range p.reg.movedSites() {
		if _, err := all.placements(Site{Key: site.key, Code: site.code}, site.direct()); err != nil {
			p.refuseNode(site, twoOfAKind(err))
		}
	}
}

// twoOfAKind says in words why a site has no placement.
func twoOfAKind(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		return inner.Error() + ", directly or through what it belongs to"
	}
	return err.Error()
}

// checkLife refuses a bond that begins before or lasts longer than its two
// ends exist.
func (p *plan) checkLife(b *bond) {
	switch n, parent := b.child, b.parent; {
	case parent.from != "" && b.from < parent.from:
		p.refuseNode(n, fmt.Sprintf("it would belong to %s from %s, which opened on %s", parent.title(), b.from, parent.from))
	case parent.to != "" && orForever(b.to) > parent.to:
		p.refuseNode(n, fmt.Sprintf("it would belong to %s, which closed on %s; say what it belongs to from then on", parent.title(), parent.to))
	case n.from != "" && b.from < n.from:
		p.refuseNode(n, fmt.Sprintf("it would belong to %s from %s, before it opened on %s", parent.title(), b.from, n.from))
	case n.to != "" && orForever(b.to) > n.to:
		p.refuseNode(n, fmt.Sprintf("it would belong to %s after it closed on %s", parent.title(), n.to))
	}
}

// inCircle tells whether the successors of a node lead back to it.
func inCircle(start *node) bool {
	seen := map[*node]bool{}
	var walk func(n *node) bool
	walk = func(n *node) bool {
		for _, f := range n.fates {
			if f.next == start {
				return true
			}
			if f.next != nil && !seen[f.next] {
				seen[f.next] = true
				if walk(f.next) {
					return true
				}
			}
		}
		return false
	}
	return walk(start)
}
