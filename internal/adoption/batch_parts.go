package adoption

import (
	"context"
	"fmt"

	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/period"
)

// judgeParts is judgeParts of a batch for a sending of several, once all cells
// are written: a part and its whole may stand far from each other. The row is
// not known any more, so the conflict names the site and the period.
func (in *intake) judgeParts(ctx context.Context) error {
	for m, part := range in.measures {
		for w, whole := range in.measures {
			if part.PartOf == 0 || part.PartOf != whole.Key {
				continue
			}
			for _, p := range in.touched.periods() {
				if err := in.judgePart(ctx, p, m, w); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (in *intake) judgePart(ctx context.Context, p period.Period, m, w int) error {
	part, whole := in.measures[m], in.measures[w]
	seen := in.touched.of(p, len(in.measures))
	err := in.service.desk.DB.Each(ctx, func(row db.Scanner) error {
		var key, few, many int64
		var code string
		if err := row.Scan(&key, &code, &few, &many); err != nil {
			return err
		}
		if seen.cell(m, key) || seen.cell(w, key) {
			in.conflicts.Add(exchange.Conflict{Column: part.Code, Value: fmt.Sprint(few), Reason: fmt.Sprintf("%s in %s: ", code, p.Label()) +
				fmt.Sprintf(partExceeds, part.Name, few, whole.Name, many)})
		}
		return nil
	}, `SELECT s.key, s.code, p.value, w.value FROM observation p
		JOIN observation w ON w.measure_key = $2 AND w.period = p.period AND w.site_key = p.site_key
		JOIN site s ON s.key = p.site_key
		WHERE p.measure_key = $1 AND p.period = $3 AND p.value > w.value ORDER BY s.code`, part.Key, whole.Key, p.Key())
	return wrap("compare counts with what they are a part of", err)
}

// sitesOf answers the sites of the entries, each once, in order.
func sitesOf(entries []Entry) []int64 {
	sites := map[int64]bool{}
	for i := range entries {
		sites[entries[i].SiteKey] = true
	}
	delete(sites, 0) // a code that names no site
	return sortedKeys(sites)
}
