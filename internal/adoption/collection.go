package adoption

import (
	"time"

	"sir/internal/period"
)

// Collection is what a programme asks its sites for at one rhythm: which
// measures, for which periods, due when.
type Collection struct {
	Key         int64
	ID          string
	ProgrammeID string
	Code        string
	Name        string
	PeriodKind  period.Kind
	DueDays     int           // a return is due so many days after the last day of its period
	First, Last period.Period // zero where open at that end
	Version     int64
}

// DueOn is the ISO date on which a period's returns are due: one sent on that
// day is on time.
func (c Collection) DueOn(p period.Period) string {
	return p.End().AddDate(0, 0, c.DueDays).Format(time.DateOnly)
}

// Asks tells whether the collection asks for the period at all.
func (c Collection) Asks(p period.Period) bool {
	return p.Kind() == c.PeriodKind &&
		(c.First.IsZero() || period.Compare(p, c.First) >= 0) &&
		(c.Last.IsZero() || period.Compare(p, c.Last) <= 0)
}

// Ended tells whether the period was over before the day began: only then can
// anything be known of it.
func Ended(p period.Period, day time.Time) bool {
	return p.Next().Start().Compare(day.UTC().Truncate(24*time.Hour)) <= 0
}

// Latest answers the last period that the collection asks for and that has
// ended; ok is false where there is none yet.
func (c Collection) Latest(day time.Time) (p period.Period, ok bool) {
	current, err := period.Containing(c.PeriodKind, day)
	if err != nil {
		return p, false
	}
	p = current.Prev()
	if !c.Last.IsZero() && period.Compare(p, c.Last) > 0 {
		p = c.Last
	}
	return p, c.Asks(p)
}

// Open lists the periods that the collection asks for and that have ended,
// oldest first; none where it is not known when it begins.
func (c Collection) Open(day time.Time) []period.Period {
	latest, ok := c.Latest(day)
	if !ok || c.First.IsZero() {
		return nil
	}
	periods, err := period.Sequence(c.First, latest)
	if err != nil {
		return nil
	}
	return periods
}
