package network

import (
	"fmt"
	"maps"
	"slices"
)

// Placement is what a site belonged to over a stretch of time, all the way up:
// its organisation, member, commissioner, region. To is the first day on which
// it no longer holds, empty while it does.
type Placement struct {
	Key      int64
	SiteKey  int64
	From, To string
	Units    []int64 // keys, ascending
}

// forever stands for the end of a stretch that has none: it orders after every
// ISO date.
const forever = "9999-12-31"

// bonds are all that placements are made of: what belongs to what, and when.
type bonds struct {
	units map[string]Unit
	up    map[string][]UnitMembership // by child
}

// placements answers where a site stood over time. From every date on which
// anything above it changed, its units are those that it belonged to on that
// day, directly or through others. A site in two units of one kind at a time
// is an error: no figure could say where it counts.
func (b bonds) placements(site Site, direct []Membership) ([]Placement, error) {
	var all []Placement
	dates := b.changes(direct)
	for i, from := range dates {
		if from == forever {
			break
		}
		units, err := b.above(direct, from)
		if err != nil {
			return nil, fmt.Errorf("site %s on %s: %w", site.Code, from, err)
		}
		p := Placement{SiteKey: site.Key, From: from, Units: units}
		if i+1 < len(dates) && dates[i+1] != forever {
			p.To = dates[i+1]
		}
		if n := len(all); n > 0 && all[n-1].To == from && slices.Equal(all[n-1].Units, units) {
			all[n-1].To = p.To
		} else if len(units) > 0 {
			all = append(all, p)
		}
	}
	return all, nil
}

// changes lists the dates on which anything above a site began or ended.
func (b bonds) changes(direct []Membership) []string {
	dates := map[string]bool{}
	seen := map[string]bool{}
	var climb func(unit string)
	climb = func(unit string) {
		if seen[unit] {
			return
		}
		seen[unit] = true
		for _, m := range b.up[unit] {
			dates[m.ValidFrom], dates[orForever(m.ValidTo)] = true, true
			climb(m.ParentID)
		}
	}
	for _, m := range direct {
		dates[m.ValidFrom], dates[orForever(m.ValidTo)] = true, true
		climb(m.UnitID)
	}
	return slices.Sorted(maps.Keys(dates))
}

// above answers the units above a site on a day.
func (b bonds) above(direct []Membership, day string) ([]int64, error) {
	found := map[UnitKind]Unit{}
	var climb func(id string) error
	climb = func(id string) error {
		unit := b.units[id]
		if other, taken := found[unit.Kind]; taken {
			if other.ID != unit.ID {
				return fmt.Errorf("it belongs to two units of the kind %s: %s and %s", unit.Kind, other.Code, unit.Code)
			}
			return nil
		}
		found[unit.Kind] = unit
		for _, m := range b.up[id] {
			if holds(m.ValidFrom, m.ValidTo, day) {
				if err := climb(m.ParentID); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, m := range direct {
		if holds(m.ValidFrom, m.ValidTo, day) {
			if err := climb(m.UnitID); err != nil {
				return nil, err
			}
		}
	}
	keys := make([]int64, 0, len(found))
	for _, unit := range found {
		keys = append(keys, unit.Key)
	}
	slices.Sort(keys)
	return keys, nil
}

// same tells whether two placements say the same.
func (p Placement) same(other Placement) bool {
	return p.From == other.From && p.To == other.To && slices.Equal(p.Units, other.Units)
}

// without answers the placements of one list that the other has not.
func without(list, other []Placement) []Placement {
	var left []Placement
	for _, p := range list {
		if !slices.ContainsFunc(other, p.same) {
			left = append(left, p)
		}
	}
	return left
}

// firstDifference answers the first day on which two lists of a site's
// placements say something different.
func firstDifference(a, b []Placement) (day string, differ bool) {
	dates := map[string]bool{}
	for _, p := range slices.Concat(a, b) {
		dates[p.From], dates[orForever(p.To)] = true, true
	}
	for _, day := range slices.Sorted(maps.Keys(dates)) {
		if !slices.Equal(unitsOn(a, day), unitsOn(b, day)) {
			return day, true
		}
	}
	return "", false
}

// unitsOn answers the keys of the units that a site stood in on a day.
func unitsOn(list []Placement, day string) []int64 {
	for _, p := range list {
		if holds(p.From, p.To, day) {
			return p.Units
		}
	}
	return nil
}

func holds(from, to, day string) bool { return from <= day && day < orForever(to) }

func orForever(date string) string {
	if date == "" {
		return forever
	}
	return date
}
