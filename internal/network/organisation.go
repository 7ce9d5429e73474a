package network

import (
	"context"
	"time"

	"sir/internal/fault"
	"sir/internal/policy"
)

// OrganisationFilter chooses organisations. The zero value chooses all, as
// they are today.
type OrganisationFilter struct {
	Kind  UnitKind // SiteKind for sites; empty for all
	On    string   // ISO date; empty is today
	Words string   // in the name or the code
	In    string   // code of a unit that they belong to on the day
	Codes []string // these alone, also where they do not exist on the day; empty for all
	Page  int      // from 1; 0 is 1
	All   bool     // all pages in one
}

// perPage is how many organisations one page of a list has.
const perPage = 50

// OrganisationList is one page of a list.
type OrganisationList struct {
	Filter OrganisationFilter // as it was applied
	Rows   []OrganisationRow  // by name
	Total  int
	Pages  int
	Within *Unit // what they belong to, where the filter names it
}

// OrganisationRow is a site or a unit, and what it belongs to on the day.
type OrganisationRow struct {
	Key       int64
	Kind      UnitKind
	Scheme    string
	Code      string
	Name      string
	MadeUp    bool
	ValidFrom string
	ValidTo   string
	Above     []UnitRef // by kind, from the narrowest
}

// UnitRef names a unit.
type UnitRef struct {
	Kind       UnitKind
	Code, Name string
}

// In answers the unit of a kind that the row belongs to; ok is false where it
// belongs to none.
func (r OrganisationRow) In(kind UnitKind) (ref UnitRef, ok bool) {
	for _, u := range r.Above {
		if u.Kind == kind {
			return u, true
		}
	}
	return ref, false
}

// Organisations answers those sites, organisations and areas that the filter
// chooses and that exist on its day.
func (s *Service) Organisations(ctx context.Context, actor policy.Actor, f OrganisationFilter) (OrganisationList, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewOrganisations, policy.Object{}); err != nil {
		return OrganisationList{}, err
	}
	var err error
	if f.On, err = s.dayOf(f.On); err != nil {
		return OrganisationList{}, err
	}
	if f.Kind != "" && f.Kind != SiteKind && !f.Kind.Known() {
		return OrganisationList{}, fault.Invalid("There is no kind called %q.", f.Kind)
	}
	list := OrganisationList{Filter: f}
	if f.In != "" {
		unit, err := unitCalled(ctx, s.desk.DB, f.In)
		if err != nil {
			return list, err
		}
		list.Within = &unit
	}
	list.Filter.Page = max(1, f.Page)
	if list.Total, err = countOrganisations(ctx, s.desk.DB, f); err != nil {
		return list, err
	}
	list.Pages = max(1, (list.Total+perPage-1)/perPage)
	if list.Filter.Page > list.Pages {
		list.Filter.Page = list.Pages
	}
	list.Rows, err = listOrganisations(ctx, s.desk.DB, list.Filter)
	return list, err
}

// dayOf is the day that was asked for, or today.
func (s *Service) dayOf(day string) (string, error) {
	if day == "" {
		return s.today(), nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return "", fault.Invalid("%q is not a date: write it like 2019-04-01.", day)
	}
	return day, nil
}

// OrganisationView is a site or a unit with its history.
type OrganisationView struct {
	OrganisationRow
	On         string // the day for Below
	Source     string // of a unit
	Site       Site   // of a site
	Attributes []Attribute
	Names      []FormerName
	History    []Belonged // what it belonged to, by start; of a site all the way up
	Below      map[UnitKind]int
	Fates      []Fate // what became of it, and what became part of it, by date
}

// Attribute is something else that is known of a site.
type Attribute struct{ Name, Value string }

// FormerName is what something was called, up to a day.
type FormerName struct{ Name, HeldTo string }

// Belonged is a stretch of time with what a site or a unit belonged to in it.
type Belonged struct {
	From, To string // To is the first day on which it no longer did
	Units    []UnitRef
}

// Fate is a merger, a split or a closure, seen from one of those that took
// part in it.
type Fate struct {
	Kind       SuccessionKind
	On, Reason string
	Past       bool // the other came before: it became part of this one
	Code, Name string
}

// Organisation answers the site or the unit with the code.
func (s *Service) Organisation(ctx context.Context, actor policy.Actor, code, on string) (OrganisationView, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewOrganisations, policy.Object{}); err != nil {
		return OrganisationView{}, err
	}
	on, err := s.dayOf(on)
	if err != nil {
		return OrganisationView{}, err
	}
	return readOrganisation(ctx, s.desk.DB, code, on)
}
