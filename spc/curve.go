package spc

// Cut says whether a level itself counts as reached.
type Cut string

// The cuts.
const (
	AtLeast  Cut = "at_least"  // the level counts
	MoreThan Cut = "more_than" // only what is above it
)

// Reached says when a series came to a level.
type Reached struct {
	Is   bool `json:"reached"`
	Date Date `json:"date,omitzero"` // of the first value that did
	// Estimate lies on the straight line from the value before to that one,
	// and is Date itself where nothing can be drawn.
	Estimate     Date `json:"estimate,omitzero"`
	Interpolated bool `json:"interpolated"` // Estimate is between observed dates
	AtStart      bool `json:"at_start"`     // the first value was there already: when it came is not known
	Held         bool `json:"held"`         // no later value fell back
}

// TimeTo finds when the series first came up to a level. Missing and excluded
// points are passed over. A series that Analyse refuses is an InputError.
func (s Series) TimeTo(level float64, cut Cut) (Reached, error) {
	if cut != AtLeast && cut != MoreThan {
		return Reached{}, &InputError{Value: string(cut), Problem: "unknown cut", Remedy: "use at_least or more_than"}
	}
	points, err := s.results(XmRChart)
	if err != nil {
		return Reached{}, err
	}
	var r Reached
	var before *PointResult
	for i := range points {
		p := &points[i]
		if !p.used() {
			continue
		}
		there := p.Value.value > level || cut == AtLeast && p.Value.value == level
		switch {
		case there && !r.Is:
			r = Reached{Is: true, Date: p.Date, Estimate: p.Date, AtStart: before == nil, Held: true}
			if before != nil {
				r.Estimate = onLine(before, p, level)
				r.Interpolated = r.Estimate != p.Date
			}
		case !there:
			r.Held = false
		}
		before = p
	}
	return r, nil
}

// onLine is the day, rounded up, when the straight line between two points
// comes to a level between their values.
func onLine(from, to *PointResult, level float64) Date {
	share := (level - from.Value.value) / (to.Value.value - from.Value.value)
	days := share * float64(to.Date-from.Date)
	whole := Date(days)
	if float64(whole) < days {
		whole++
	}
	return min(from.Date+whole, to.Date)
}

// Pace is how fast a series moves, in its own units a period. A period is the
// step from one point of the series to the next, whether or not it has a value.
type Pace struct {
	From      Date   `json:"from"` // first value
	To        Date   `json:"to"`   // last value
	Periods   int    `json:"periods"`
	Change    Figure `json:"change"`     // last value less the first
	PerPeriod Figure `json:"per_period"` // undefined without two values
	// Fastest is the largest change a period between neighbouring values, and
	// FastestTo the date of the later one.
	Fastest   Figure `json:"fastest"`
	FastestTo Date   `json:"fastest_to,omitzero"`
}

// Pace measures the series from its first value to its last. A series that
// Analyse refuses is an InputError.
func (s Series) Pace() (Pace, error) {
	points, err := s.results(XmRChart)
	if err != nil {
		return Pace{}, err
	}
	var p Pace
	first, before := -1, -1
	for i := range points {
		if !points[i].used() {
			continue
		}
		if first < 0 {
			first, p.From = i, points[i].Date
		}
		if before >= 0 {
			change := (points[i].Value.value - points[before].Value.value) / float64(i-before)
			if !p.Fastest.defined || change > p.Fastest.value {
				p.Fastest, p.FastestTo = Defined(change), points[i].Date
			}
			p.Periods = i - first
			p.Change = Defined(points[i].Value.value - points[first].Value.value)
		}
		p.To, before = points[i].Date, i
	}
	if p.Change.defined {
		p.PerPeriod = Defined(p.Change.value / float64(p.Periods))
	}
	return p, nil
}

// Increments is the flow behind a cumulative series: at each date but the
// first the change since the point before, missing where either is missing or
// excluded. An XmR chart may fit it where none fits the curve. Rebases are
// kept, targets are not: they are about the level.
func (s Series) Increments() (Series, error) {
	points, err := s.results(XmRChart)
	if err != nil {
		return Series{}, err
	}
	flow := Series{Name: s.Name, Improvement: s.Improvement, Points: make([]Point, 0, len(points))}
	for i := 1; i < len(points); i++ {
		p := Point{Date: points[i].Date}
		if points[i].used() && points[i-1].used() {
			p.Value = Defined(points[i].Value.value - points[i-1].Value.value)
		}
		flow.Points = append(flow.Points, p)
	}
	for _, r := range s.Rebases {
		if r.Date != points[0].Date {
			flow.Rebases = append(flow.Rebases, r)
		}
	}
	return flow, nil
}
