package adoption

import (
	"context"

	"sir/internal/period"
	"sir/internal/policy"
)

// SentForm answers a form and what looks unlikely in the values that it has by
// now.
func (s *Service) SentForm(ctx context.Context, actor policy.Actor, name FormName) (Form, []Hint, error) {
	form, err := s.ReturnForm(ctx, actor, name)
	if err != nil {
		return Form{}, nil, err
	}
	found, err := s.hintsOn(ctx, form.Collection, form.Period, form.Sites)
	return form, found, err
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
