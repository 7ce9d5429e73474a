package api

import (
	"context"
	"maps"
	"slices"
	"time"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// InProgramme names a programme in an address.
type InProgramme struct {
	Programme string `path:"programme" maxLength:"64" doc:"Code of the programme." example:"tcam"`
}

// InCollection names a collection in an address.
type InCollection struct {
	InProgramme
	Collection string `path:"collection" maxLength:"64" doc:"Code of the collection." example:"quarter"`
}

// Body is an answer with a body alone.
type Body[T any] struct{ Body T }

// List is a list that needs no pages.
type List[T any] struct {
	Items []T `json:"items" nullable:"false"`
}

// Programme is a programme.
type Programme struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Summary  string `json:"summary"`
	MadeUp   bool   `json:"madeUp" doc:"All of it is made up, for demonstrations and tests."`
	StartsOn string `json:"startsOn,omitempty" format:"date"`
	EndsOn   string `json:"endsOn,omitempty" format:"date"`
	Source   string `json:"source"`
}

func programmeOf(p rollout.Programme) Programme {
	return Programme{p.Code, p.Name, p.Summary, p.MadeUp, p.StartsOn, p.EndsOn, p.Source}
}

// Measure is one thing that sites report.
type Measure struct {
	Code         string  `json:"code"`
	Name         string  `json:"name"`
	Meaning      string  `json:"meaning,omitempty" doc:"What exactly is to be reported."`
	Collection   string  `json:"collection" doc:"Code of the collection that asks for it."`
	Kind         string  `json:"kind" enum:"level,count"`
	Purpose      string  `json:"purpose" enum:"adoption,activity,process,balancing"`
	Direction    string  `json:"direction" enum:"increase,decrease,neutral" doc:"Which way is better."`
	Required     bool    `json:"required" doc:"Without it a return is not complete."`
	AdoptedLevel *int    `json:"adoptedLevel,omitempty" doc:"This and higher levels count as adopted."`
	Levels       []Level `json:"levels,omitempty"`
	Largest      *int64  `json:"largest,omitempty" doc:"More is refused as a slip."`
	PartOf       string  `json:"partOf,omitempty" doc:"Code of the measure that it cannot exceed."`
}

// Level is one level of a measure.
type Level struct {
	Level   int    `json:"level"`
	Label   string `json:"label"`
	Adopted bool   `json:"adopted" doc:"Counts as adopted."`
}

// Collection is what a programme asks for at one rhythm.
type Collection struct {
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	PeriodKind string   `json:"periodKind" enum:"month,quarter,financial year"`
	DueDays    int      `json:"dueDays" doc:"A return is due so many days after the last day of its period."`
	Revision   int64    `json:"revision" doc:"Goes up whenever figures are sent, approved or opened again."`
	Periods    []Period `json:"periods" nullable:"false" doc:"Those that have ended, oldest first."`
}

// Period is a month, a quarter or a financial year, which begins in April.
type Period struct {
	Period   string `json:"period" doc:"ISO 8601 start date and duration." example:"2018-10-01/P3M"`
	Label    string `json:"label" example:"Q3 2018/19"`
	StartsOn string `json:"startsOn" format:"date"`
	EndsOn   string `json:"endsOn" format:"date" doc:"The last day, which belongs to it."`
	DHIS2    string `json:"dhis2" doc:"Identifier in DHIS2, whose quarters are those of the calendar." example:"2018Q4"`
	SDMX     string `json:"sdmx" doc:"Reporting period in SDMX, with REPORTING_YEAR_START_DAY --04-01." example:"2018-Q3"`
	DueOn    string `json:"dueOn,omitempty" format:"date" doc:"A return that comes on this day is on time."`
}

func periodOf(p period.Period) Period {
	return Period{
		Period: p.ISO(), Label: p.Label(), StartsOn: p.Start().Format(time.DateOnly), EndsOn: p.End().Format(time.DateOnly), DHIS2: p.DHIS2(), SDMX: p.SDMX(),
	}
}

func collectionOf(c adoption.CollectionCalendar) Collection {
	out := Collection{
		Code: c.Collection.Code, Name: c.Collection.Name, PeriodKind: c.Collection.PeriodKind.String(), DueDays: c.Collection.DueDays,
		Revision: c.Revision, Periods: []Period{},
	}
	for _, p := range c.Periods {
		at := periodOf(p)
		at.DueOn = c.Collection.DueOn(p)
		out.Periods = append(out.Periods, at)
	}
	return out
}

func measuresOf(calendar adoption.Calendar) []Measure {
	codes, collections := map[int64]string{}, map[int64]string{}
	for _, m := range calendar.Measures {
		codes[m.Key] = m.Code
	}
	for _, c := range calendar.Collections {
		collections[c.Collection.Key] = c.Collection.Code
	}
	list := []Measure{}
	for _, m := range calendar.Measures {
		out := Measure{
			Code: m.Code, Name: m.Name, Meaning: m.Meaning, Collection: collections[m.CollectionKey], Kind: m.Kind,
			Purpose: string(m.Purpose), Direction: string(m.Direction), Required: m.Required, PartOf: codes[m.PartOf],
		}
		if m.Kind == adoption.LevelMeasure {
			out.AdoptedLevel = &m.AdoptedLevel
		}
		if m.Largest > 0 {
			out.Largest = &m.Largest
		}
		for _, level := range slices.Sorted(maps.Keys(m.Levels)) {
			out.Levels = append(out.Levels, Level{level, m.Levels[level], m.Adopted(int64(level))})
		}
		list = append(list, out)
	}
	return list
}

func (a *API) programmes(ctx context.Context, actor policy.Actor, _ *struct{}) (*Body[List[Programme]], error) {
	all, err := a.app.Adoption.Programmes(ctx, actor)
	out := &Body[List[Programme]]{Body: List[Programme]{Items: []Programme{}}}
	for _, p := range all {
		out.Body.Items = append(out.Body.Items, programmeOf(p))
	}
	return out, err
}

// ProgrammeDetail is a programme with what it collects.
type ProgrammeDetail struct {
	Programme
	Measures    []Measure    `json:"measures" nullable:"false"`
	Collections []Collection `json:"collections" nullable:"false"`
}

func (a *API) programme(ctx context.Context, actor policy.Actor, in *InProgramme) (*Body[ProgrammeDetail], error) {
	calendar, err := a.app.Adoption.Calendar(ctx, actor, in.Programme)
	return &Body[ProgrammeDetail]{Body: ProgrammeDetail{programmeOf(calendar.Programme), measuresOf(calendar), collectionsOf(calendar)}}, err
}

func (a *API) measures(ctx context.Context, actor policy.Actor, in *InProgramme) (*Body[List[Measure]], error) {
	calendar, err := a.app.Adoption.Calendar(ctx, actor, in.Programme)
	return &Body[List[Measure]]{Body: List[Measure]{Items: measuresOf(calendar)}}, err
}

func collectionsOf(calendar adoption.Calendar) []Collection {
	list := []Collection{}
	for _, c := range calendar.Collections {
		list = append(list, collectionOf(c))
	}
	return list
}

func (a *API) collections(ctx context.Context, actor policy.Actor, in *InProgramme) (*Body[List[Collection]], error) {
	calendar, err := a.app.Adoption.Calendar(ctx, actor, in.Programme)
	return &Body[List[Collection]]{Body: List[Collection]{Items: collectionsOf(calendar)}}, err
}

// Tagged is an answer whose entity tag tells a revision.
type Tagged[T any] struct {
	ETag string `header:"ETag" doc:"Entity tag: send it as If-Match with a sending, or as If-None-Match to read again only what changed."`
	Body T
}

func (a *API) collection(ctx context.Context, actor policy.Actor, in *InCollection) (*Tagged[Collection], error) {
	calendar, err := a.app.Adoption.Calendar(ctx, actor, in.Programme)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(calendar.Collections, func(c adoption.CollectionCalendar) bool { return c.Collection.Code == in.Collection })
	if at < 0 {
		return nil, fault.NotFound("The programme collects no return called %q.", clip(in.Collection))
	}
	c := collectionOf(calendar.Collections[at])
	return &Tagged[Collection]{ETag: revisionTag(c.Revision), Body: c}, nil
}
