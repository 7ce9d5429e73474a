package adoption

import (
	"context"

	"sir/internal/db"
)

// places remembers, for one sending, what does not change between its batches:
// the sites, and the units of a placement. The zero value knows nothing yet.
type places struct {
	sites   map[int64]siteState // by key
	units   map[int64]placed    // by placement
	members map[int64]string    // id by key of the unit
}

// placed is the units of a placement, and the member among them.
type placed struct {
	keys     []int64
	memberID string
}

// lookUp reads those of the sites that are not known yet.
func (p *places) lookUp(ctx context.Context, d *db.DB, siteKeys []int64) error {
	if p.sites == nil {
		p.sites = map[int64]siteState{}
	}
	var missing db.Ints
	for _, key := range siteKeys {
		if _, known := p.sites[key]; !known {
			missing.Add(key)
		}
	}
	if missing.Len() == 0 {
		return nil
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var s siteState
		err := row.Scan(&s.key, &s.id, &s.code, &s.name)
		p.sites[s.key] = s
		return err
	}, `SELECT key, id, code, name FROM site WHERE key IN `+d.IntsAt(1, "site"), missing.Param())
	return wrap("read sites", err)
}

// lookUpUnits reads the units of those of the placements that are not known
// yet.
func (p *places) lookUpUnits(ctx context.Context, d *db.DB, placements map[int64]int64) error {
	if p.members == nil {
		var err error
		if p.members, err = memberKeys(ctx, d); err != nil {
			return err
		}
		p.units = map[int64]placed{}
	}
	var missing db.Ints
	for _, placement := range placements {
		if _, known := p.units[placement]; !known {
			p.units[placement] = placed{}
			missing.Add(placement)
		}
	}
	if missing.Len() == 0 {
		return nil
	}
	err := d.Each(ctx, func(row db.Scanner) error {
		var of, unit int64
		err := row.Scan(&of, &unit)
		found := p.units[of]
		found.keys = append(found.keys, unit)
		if id := p.members[unit]; id != "" {
			found.memberID = id
		}
		p.units[of] = found
		return err
	}, `SELECT placement_key, unit_key FROM placement_unit WHERE placement_key IN `+d.IntsAt(1, "placement"), missing.Param())
	return wrap("read placements", err)
}

// memberKeys answers the ids of members by the key of their unit.
func memberKeys(ctx context.Context, d *db.DB) (map[int64]string, error) {
	members := map[int64]string{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var key int64
		var id string
		err := row.Scan(&key, &id)
		members[key] = id
		return err
	}, `SELECT key, id FROM unit WHERE kind = 'member'`)
	return members, wrap("read members", err)
}
