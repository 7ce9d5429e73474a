package adoption

import (
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// Series is one measure at one unit over time.
type Series struct {
	Programme rollout.Programme
	Unit      network.Unit // the zero Unit: the whole programme
	Measure   Measure
	Whole     Measure // what a count is a part of; the zero Measure where it is none
	Published bool    // the figures are published ones: a rate without its parts
	Source    string  // of published figures
	Points    []SeriesPoint
}

// SeriesPoint is what was counted in one period. The points of a series follow
// each other without a gap; one without a list of sites expects none. Only of
// published figures there are those periods alone that were published.
type SeriesPoint struct {
	Period        period.Period
	Expected      int   // eligible sites
	Reported      int   // those that gave a value
	Rate          Rate  // of levels
	Total         int64 // of a count: the sum over the sites that gave one
	Whole         int64 // of a count that is a part: the sum of what it is a part of
	WholeReported int   // sites that gave that
}

// Basis is what the values of a series are.
type Basis string

// The bases.
const (
	RateBasis  Basis = "rate"       // eligible sites that have adopted, in percent of all eligible ones
	TotalBasis Basis = "total"      // the sum over the sites that reported
	ShareBasis Basis = "proportion" // of a count that is a part: its sum over that of the whole
	EachBasis  Basis = "each"       // the mean of the sites that reported
	FlowBasis  Basis = "change"     // the change since the period before
)

// Basis is what the series is about unless a reader asks for another reading.
func (s Series) Basis() Basis {
	switch {
	case s.Published || s.Measure.Kind == LevelMeasure:
		return RateBasis
	case s.Whole.Key != 0:
		return ShareBasis
	}
	return TotalBasis
}

// Coverage is the share of eligible sites that gave a value, 0 to 1; ok is
// false where none was eligible or nobody can tell.
func (p SeriesPoint) Coverage() (share float64, ok bool) {
	if p.Expected == 0 {
		return 0, false
	}
	return float64(p.Reported) / float64(p.Expected), true
}

// UnevenCoverage is how many percentage points the coverage of two totals may
// differ by before their comparison needs a warning.
const UnevenCoverage = 10

// Coverage answers the periods with the least and the most coverage among
// those with a value. uneven tells that they differ by UnevenCoverage
// percentage points or more, so that totals over them cannot be compared.
func (s Series) Coverage() (least, most SeriesPoint, uneven bool) {
	low, high := 2.0, -1.0
	for _, p := range s.Points {
		share, ok := p.Coverage()
		if !ok || p.Reported == 0 {
			continue
		}
		if share < low {
			low, least = share, p
		}
		if share >= high {
			high, most = share, p
		}
	}
	return least, most, 100*(high-low) >= UnevenCoverage
}

// Last answers the index of the last period in which anything was reported; -1
// where there is none.
func (s Series) Last() int {
	for i := len(s.Points) - 1; i >= 0; i-- {
		if s.Points[i].Reported > 0 || s.Points[i].Rate.Published {
			return i
		}
	}
	return -1
}

// setGaps puts in the periods that have no list of sites, so that no two
// points look like neighbours that are none.
func (s *Series) setGaps() {
	if len(s.Points) == 0 {
		return
	}
	first, last := s.Points[0].Period, s.Points[len(s.Points)-1].Period
	if last.Since(first) == len(s.Points)-1 {
		return
	}
	all := make([]SeriesPoint, last.Since(first)+1)
	for i := range all {
		all[i].Period = first.Add(i)
	}
	for _, p := range s.Points {
		all[p.Period.Since(first)] = p
	}
	s.Points = all
}
