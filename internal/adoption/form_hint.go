package adoption

import (
	"context"

	"sir/internal/db"
	"sir/internal/period"
	"sir/internal/policy"
)

// Sent is a form as it stands after it was sent.
type Sent struct {
	Form
	Hints    []Hint // what looks unlikely in the values that it has by now
	Restated int    // values of it that were changed after approval; what they said before is kept
}

// SentForm answers a form as it stands after it was sent.
func (s *Service) SentForm(ctx context.Context, actor policy.Actor, name FormName) (Sent, error) {
	form, err := s.ReturnForm(ctx, actor, name)
	if err != nil {
		return Sent{}, err
	}
	sent := Sent{Form: form}
	if sent.Hints, err = s.hintsOn(ctx, form.Collection, form.Period, form.Sites); err != nil {
		return Sent{}, err
	}
	sent.Restated, err = countRestated(ctx, s.desk.DB, form)
	return sent, err
}

// countRestated counts the values of a form that were changed after approval.
// One that was changed twice is one value.
func countRestated(ctx context.Context, d *db.DB, form Form) (n int, err error) {
	err = d.Row(ctx, `SELECT count(*) FROM (SELECT DISTINCT measure_key, site_key FROM restatement
		WHERE measure_key IN (SELECT key FROM measure WHERE collection_key = $1) AND period = $2 AND after_approval
			AND site_key IN `+d.IntsAt(3, "site")+`) t`, form.Collection.Key, form.Period.Key(), db.Column(form.siteKeys()).Param()).Scan(&n)
	return n, wrap("count restated values", err)
}

func (f Form) siteKeys() []int64 {
	keys := make([]int64, len(f.Sites))
	for i, site := range f.Sites {
		keys[i] = site.Key
	}
	return keys
}

// hintsOn answers what looks unlikely in the values that sites have sent for a
// period, as a dry run of the same values would.
func (s *Service) hintsOn(ctx context.Context, c Collection, p period.Period, sites []FormSite) ([]Hint, error) {
	measures, err := measuresIn(ctx, s.desk.DB, c)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(sites))
	for i, site := range sites {
		keys[i] = site.Key
	}
	b, err := readBatch(ctx, s.desk.DB, &places{}, c, measures, p, keys)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for m, measure := range measures {
		for at, known := range b.after[m] {
			if known.known {
				entries = append(entries, Entry{Row: 1, Column: measure.Code, Period: p, SiteKey: b.sites[at].key, MeasureKey: measure.Key, Value: known.value})
				b.entryOf[m][at] = int32(len(entries))
			}
		}
	}
	var found hints
	nobody := sender{may: func(siteState) bool { return false }} // the pages list those without a return by themselves
	err = found.look(ctx, s.desk.DB, b, entries, nobody)
	return found.list, err
}
