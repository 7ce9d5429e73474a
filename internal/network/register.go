package network

import (
	"cmp"
	"maps"
	"slices"
)

// register is all sites and units with what they belonged to, as an import
// finds them and then changes them: in memory, so that a dry run and an import
// are the same work and a file may name parents after their children.
type register struct {
	nodes    map[string]*node // by code
	byID     map[string]*node
	nextSite int64 // keys not yet given
	nextUnit int64
}

// node is a site or a unit. Its fields are those of Site and Unit.
type node struct {
	row        int // of the file; 0 where it has none
	id         string
	key        int64
	kind       UnitKind // SiteKind for a site
	scheme     string
	code, name string
	madeUp     bool
	sizeBand   string
	fifth      int
	setting    string
	from, to   string
	attributes map[string]string
	up         []*bond // by start
	down       []*bond
	fates      []fateOf // what became of it

	isNew, changed bool
	redated        bool // it opens or closes on another day
	moved          bool // something that it belongs to changed
	renamedFrom    string
	newAttributes  []string
}

// bond is a membership: of a site or a unit, in a unit.
type bond struct {
	id             string // empty for one that is not stored yet
	child, parent  *node
	from, to       string
	isNew, changed bool
}

// fateOf is a succession of a node; next is nil for a closure.
type fateOf struct {
	next   *node
	kind   SuccessionKind
	on     string
	reason string
	isNew  bool
}

func (n *node) isSite() bool { return n.kind == SiteKind }

// title is how a conflict names a node.
func (n *node) title() string { return n.code + " (" + n.name + ")" }

// in answers the bonds with parents of a kind, by start.
func (n *node) in(kind UnitKind) []*bond {
	var list []*bond
	for _, b := range n.up {
		if b.parent.kind == kind {
			list = append(list, b)
		}
	}
	slices.SortFunc(list, func(a, b *bond) int { return cmp.Compare(a.from, b.from) })
	return list
}

// join adds a bond.
func (n *node) join(parent *node, from, to string) {
	b := &bond{child: n, parent: parent, from: from, to: to, isNew: true}
	n.up, parent.down = append(n.up, b), append(parent.down, b)
	n.moved = true
}

// endOn ends a bond on the first day on which it no longer holds.
func (b *bond) endOn(day string) {
	b.to, b.changed, b.child.moved = day, true, true
}

// lasts tells whether the bond still holds on the day, or will.
func (b *bond) lasts(day string) bool { return orForever(b.to) > day }

// codes are those of all nodes, sorted, so that what is done has one order.
func (r *register) codes() []string { return slices.Sorted(maps.Keys(r.nodes)) }

// movedSites answers the sites that moved and those below units that did, by
// key.
func (r *register) movedSites() []*node {
	seen := map[*node]bool{}
	var descend func(n *node)
	descend = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		for _, b := range n.down {
			descend(b.child)
		}
	}
	for _, n := range r.nodes {
		if n.moved {
			descend(n)
		}
	}
	sites := slices.DeleteFunc(slices.Collect(maps.Keys(seen)), func(n *node) bool { return !n.isSite() })
	slices.SortFunc(sites, func(a, b *node) int { return cmp.Compare(a.key, b.key) })
	return sites
}

// bonds gives the register to the rules of placements.
func (r *register) bonds() bonds {
	b := bonds{units: map[string]Unit{}, up: map[string][]UnitMembership{}}
	for _, n := range r.nodes {
		if n.isSite() {
			continue
		}
		b.units[n.id] = Unit{ID: n.id, Key: n.key, Kind: n.kind, Code: n.code}
		for _, m := range n.up {
			b.up[n.id] = append(b.up[n.id], UnitMembership{ChildID: n.id, ParentID: m.parent.id, ValidFrom: m.from, ValidTo: m.to})
		}
	}
	return b
}

// direct answers the memberships of a site.
func (n *node) direct() []Membership {
	list := make([]Membership, len(n.up))
	for i, b := range n.up {
		list[i] = Membership{SiteID: n.id, UnitID: b.parent.id, ValidFrom: b.from, ValidTo: b.to}
	}
	return list
}
