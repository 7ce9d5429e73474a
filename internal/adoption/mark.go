package adoption

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
)

// Mark is what somebody says about a point of a chart. It is never deleted: one
// that was withdrawn no longer shows in the chart, and is kept.
type Mark struct {
	ID          string
	Period      period.Period
	Kind        MarkKind
	Body        string // the note, or the reason
	MadeAt      time.Time
	MadeBy      string
	WithdrawnAt time.Time // zero while it stands
	WithdrawnBy string
}

// MarkKind is what a mark does to the chart.
type MarkKind string

// The kinds of marks.
const (
	NoteMark    MarkKind = "note"    // says something
	RebaseMark  MarkKind = "rebase"  // the process changed: centre and limits start anew
	ExcludeMark MarkKind = "exclude" // the point is left out of centre, limits and rules
)

// Stands tells whether the mark shows in the chart.
func (m Mark) Stands() bool { return m.WithdrawnAt.IsZero() }

// longestMark bounds what a mark says, in characters.
const longestMark = 300

// AddMark marks a point of the chart of a measure at a unit, or in the whole
// programme where the unit's code is empty.
func (s *Service) AddMark(ctx context.Context, actor policy.Actor, programme, unit, measure string, mark Mark) error {
	pl, m, err := s.openMarks(ctx, actor, programme, unit, measure)
	if err != nil {
		return err
	}
	object := unitObject(pl.programme, pl.unit)
	return s.desk.Write(ctx, actor, policy.WorkOnImprovement, object, func(ctx context.Context) (audit.Note, error) {
		all, err := s.seriesAt(ctx, pl, []Measure{m}, []network.Unit{pl.unit})
		if err != nil {
			return audit.Note{}, err
		}
		standing, err := marksOf(ctx, s.desk.DB, pl.programme.ID, []network.Unit{pl.unit})
		if err != nil {
			return audit.Note{}, err
		}
		if err := mark.faults(all[0], standing[markPlace{m.ID, pl.unit.Key}]).Err(); err != nil {
			return audit.Note{}, err
		}
		mark.ID, mark.MadeAt, mark.MadeBy = db.NewID(), s.desk.Now(), actor.Name
		return mark.note(pl, m, object, "added"), InsertMark(ctx, s.desk.DB, m.ID, pl.unit.Key, mark, accountOf(actor))
	})
}

// openMarks answers where marks of a measure belong, to those who may set some.
func (s *Service) openMarks(ctx context.Context, actor policy.Actor, programme, unit, measure string) (place, Measure, error) {
	pl, err := s.openPlace(ctx, actor, programme, unit)
	if err != nil {
		return pl, Measure{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.WorkOnImprovement, unitObject(pl.programme, pl.unit)); err != nil {
		return pl, Measure{}, err
	}
	if pl.published {
		return pl, Measure{}, fault.Invalid("%s has published figures only: nothing can be marked on them here.", pl.programme.Name)
	}
	m, err := pl.measure(measure)
	return pl, m, err
}

// faults lists what is wrong with a mark, by field of the form.
func (m Mark) faults(series Series, others []Mark) (wrong fault.Fields) {
	at := slices.IndexFunc(series.Points, func(p SeriesPoint) bool { return p.Period == m.Period })
	if at < 0 {
		wrong.Add("period", "Choose one of the periods of the chart.")
	}
	same := slices.ContainsFunc(others, func(o Mark) bool { return o.Stands() && o.Kind == m.Kind && o.Period == m.Period })
	switch {
	case m.Kind != NoteMark && m.Kind != RebaseMark && m.Kind != ExcludeMark:
		wrong.Add("kind", "Choose what the mark does.")
	case m.Kind != NoteMark && series.Basis() == RateBasis:
		wrong.Add("kind", "A rate that builds up has no limits to set anew and no point to leave out. Add a note.")
	case m.Kind == RebaseMark && at == 0:
		wrong.Add("period", "The limits start with the first period anyway. Choose a later one.")
	case m.Kind != NoteMark && same:
		wrong.Add("period", "This period is marked so already. Withdraw that mark first.")
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(m.Body)); {
	case n == 0:
		wrong.Add("body", "Say what happened, or why.")
	case n > longestMark:
		wrong.Add("body", "Say it in at most %d characters.", longestMark)
	}
	return wrong
}

func (m Mark) note(pl place, measure Measure, object policy.Object, what string) audit.Note {
	detail := map[string]string{
		"programme": pl.programme.Code, "measure": measure.Code, "period": m.Period.Slug(),
		"mark": fmt.Sprintf("%s %s: %s", what, m.Kind, clipped(m.Body)),
	}
	if pl.unit.Code != "" {
		detail["unit"] = pl.unit.Code
	}
	return audit.Note{Object: object.String(), Detail: detail}
}

// WithdrawMark takes a mark back: the chart no longer has it, the list under
// the chart keeps it.
func (s *Service) WithdrawMark(ctx context.Context, actor policy.Actor, programme, unit, measure, id string) error {
	pl, m, err := s.openMarks(ctx, actor, programme, unit, measure)
	if err != nil {
		return err
	}
	object := unitObject(pl.programme, pl.unit)
	return s.desk.Write(ctx, actor, policy.WorkOnImprovement, object, func(ctx context.Context) (audit.Note, error) {
		all, err := marksOf(ctx, s.desk.DB, pl.programme.ID, []network.Unit{pl.unit})
		if err != nil {
			return audit.Note{}, err
		}
		marks := all[markPlace{m.ID, pl.unit.Key}]
		i := slices.IndexFunc(marks, func(o Mark) bool { return o.ID == id })
		if i < 0 {
			return audit.Note{}, fault.NotFound("There is no such mark on this chart.")
		}
		mark := marks[i]
		if !mark.Stands() {
			return audit.Note{}, fault.Stale("The mark was withdrawn by %s already.", mark.WithdrawnBy)
		}
		return mark.note(pl, m, object, "withdrawn"), withdrawMark(ctx, s.desk.DB, id, s.desk.Now(), actor.Name)
	})
}
