package network

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sir/internal/db"
)

// Move says that what a site belonged to is not what it was thought to be,
// from a day on.
type Move struct {
	SiteKey int64
	Since   string // ISO date
}

// Place works out the placements of sites anew, after memberships of theirs or
// of units above them changed; of all sites where none are named. A placement
// that still holds stays as it is. One that does not is kept and no longer
// current, since frozen lists may refer to it.
// Call it in the transaction that changed the memberships.
func Place(ctx context.Context, d *db.DB, siteIDs ...string) error {
	_, err := PlaceSites(ctx, d, siteIDs...)
	return err
}

// PlaceSites is Place that answers which sites moved, by key. Lists of sites
// that are not frozen follow from these.
func PlaceSites(ctx context.Context, d *db.DB, siteIDs ...string) (moves []Move, err error) {
	err = d.InTx(ctx, func(ctx context.Context) error {
		b, err := readBonds(ctx, d)
		if err != nil {
			return err
		}
		sites, err := sitesToPlace(ctx, d, siteIDs)
		if err != nil {
			return err
		}
		changes, err := b.changesOf(ctx, d, sites)
		if err != nil {
			return err
		}
		moves = changes.moves
		return changes.store(ctx, d)
	})
	return moves, err
}

// placing is what has to be stored so that placements follow the memberships.
type placing struct {
	moves   []Move
	retired []int64
	added   []Placement
}

// changesOf holds what the memberships say of sites against what is stored.
func (b bonds) changesOf(ctx context.Context, d *db.DB, sites []Site) (placing, error) {
	keys := make([]int64, len(sites))
	for i, site := range sites {
		keys[i] = site.Key
	}
	direct, err := membershipsOf(ctx, d, keys)
	if err != nil {
		return placing{}, err
	}
	standing, err := currentPlacements(ctx, d, keys)
	if err != nil {
		return placing{}, err
	}
	next, err := nextPlacement(ctx, d)
	if err != nil {
		return placing{}, err
	}
	var all placing
	for _, site := range sites {
		wanted, err := b.placements(site, direct[site.ID])
		if err != nil {
			return placing{}, err
		}
		next = all.compare(site, standing[site.Key], wanted, next)
	}
	return all, nil
}

// compare adds what one site needs and answers the next free key.
func (p *placing) compare(site Site, standing, wanted []Placement, next int64) int64 {
	for _, s := range without(standing, wanted) {
		p.retired = append(p.retired, s.Key)
	}
	for _, w := range without(wanted, standing) {
		w.Key = next
		next++
		p.added = append(p.added, w)
	}
	if day, differ := firstDifference(standing, wanted); differ {
		p.moves = append(p.moves, Move{SiteKey: site.Key, Since: day})
	}
	return next
}

// store writes the changes, each kind in one statement however many they are.
func (p placing) store(ctx context.Context, d *db.DB) error {
	if len(p.retired) > 0 {
		_, err := d.Exec(ctx, `UPDATE placement SET current = FALSE WHERE key IN `+d.IntsAt(1, "k"), db.Column(p.retired).Param())
		if err != nil {
			return wrap("retire placements", err)
		}
	}
	if len(p.added) == 0 {
		return nil
	}
	rows, units := &db.Ints{}, &db.Ints{}
	for _, a := range p.added {
		from, errFrom := dayNumber(a.From)
		to, errTo := dayNumber(a.To)
		if errFrom != nil || errTo != nil {
			return fmt.Errorf("placement from %q to %q: these are no ISO dates", a.From, a.To)
		}
		rows.Add(a.Key, a.SiteKey, from, to)
		for _, unit := range a.Units {
			units.Add(a.Key, unit)
		}
	}
	_, err := d.Exec(ctx, `INSERT INTO placement (key, site_key, valid_from, valid_to, current)
		SELECT k, s, `+dayText("f")+`, CASE WHEN t = 0 THEN NULL ELSE `+dayText("t")+` END, TRUE
		FROM `+d.IntsAt(1, "k", "s", "f", "t")+` AS p`, rows.Param())
	if err != nil {
		return wrap("insert placements", err)
	}
	_, err = d.Exec(ctx, `INSERT INTO placement_unit (placement_key, unit_key) SELECT k, u FROM `+d.IntsAt(1, "k", "u")+` AS p`, units.Param())
	return wrap("insert units of placements", err)
}

// dayNumber writes an ISO date as a whole number, since many of these travel
// as one parameter; 0 stands for none.
func dayNumber(date string) (int64, error) {
	if date == "" {
		return 0, nil
	}
	return strconv.ParseInt(strings.ReplaceAll(date, "-", ""), 10, 64)
}

// dayText is SQL that reads dayNumber's number in a column back.
func dayText(column string) string {
	digits := `CAST(100000000 + ` + column + ` AS TEXT)`
	return `substr(` + digits + `, 2, 4) || '-' || substr(` + digits + `, 6, 2) || '-' || substr(` + digits + `, 8, 2)`
}
