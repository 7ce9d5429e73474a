package adoption

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	// farOff is how many robust standard deviations a change may lie from the
	// usual one: the cutoff for modified z-scores of Iglewicz and Hoaglin, How to
	// detect and handle outliers (ASQC, 1993).
	farOff = 3.5
	// perDeviation turns a median absolute deviation into a standard deviation,
	// where values are spread normally.
	perDeviation = 1.4826
	// leastHistory is how many values tell what change is usual.
	leastHistory = 4
	// A count with less history is unlikely from so many times the most before
	// it, if it is also so much more: a digit too many.
	digitTimes, digitLeast = 10, 30
)

// offCourse says that a count does not go on as the counts before it, newest
// first, went.
//
// While a rollout spreads, counts rise steeply at every site, and to rise is
// what they are there for. So a count is not held against the level of those
// before it but against their course: its change from the last one against the
// site's usual change, as a modified z-score. Changes are of square roots, as
// the root of a count that follows Poisson's law has the standard deviation 1/2
// at any level (Bartlett, The square root transformation in analysis of
// variance, Supplement to the Journal of the Royal Statistical Society 3, 1936),
// and their spread is never taken for less than that chance alone gives.
// Noughts before the first use say nothing of the course after it, and a count
// between two that the site reported is nothing unheard of.
//
// On the quarters of the made-up programme, all of them of a ramp-up, this
// finds 1 count in 2598 unlikely, and 9 in 10 of those given a digit too many;
// three times the median of the periods before, which it replaces, found 748.
func offCourse(m Measure, now int64, past []earlier) string {
	last := past[0]
	for len(past) > 0 && past[len(past)-1].value == 0 {
		past = past[:len(past)-1]
	}
	if len(past) == 0 {
		return ""
	}
	least, most := rangeOf(past)
	if now >= least && now <= most {
		return ""
	}
	said := fmt.Sprintf("%s is %d, after %d in %s", m.Name, now, last.value, last.period.Label())
	if len(past) < leastHistory {
		if now < digitTimes*most || now < most+digitLeast {
			return ""
		}
		return fmt.Sprintf("%s, and was never above %d: check that no digit is too many", said, most)
	}
	changes := rootChanges(past)
	usual := medianOf(changes)
	root := math.Sqrt(float64(last.value))
	if math.Abs(math.Sqrt(float64(now))-root-usual) <= farOff*spreadOf(changes, usual) {
		return ""
	}
	expected := max(root+usual, 0)
	return fmt.Sprintf("%s: about %.0f would go on as the periods before", said, expected*expected)
}

func rangeOf(past []earlier) (least, most int64) {
	least, most = past[0].value, past[0].value
	for _, e := range past {
		least, most = min(least, e.value), max(most, e.value)
	}
	return least, most
}

// rootChanges answers the changes of the square roots, newest first.
func rootChanges(past []earlier) []float64 {
	changes := make([]float64, len(past)-1)
	for i := range changes {
		changes[i] = math.Sqrt(float64(past[i].value)) - math.Sqrt(float64(past[i+1].value))
	}
	return changes
}

// spreadOf answers the robust standard deviation of changes around their
// median; at least that of the difference of two roots of Poisson counts.
func spreadOf(changes []float64, median float64) float64 {
	off := make([]float64, len(changes))
	for i, c := range changes {
		off[i] = math.Abs(c - median)
	}
	return max(perDeviation*medianOf(off), math.Sqrt(0.25+0.25))
}

// medianOf answers the median of at least one number.
func medianOf(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// rareRepeat is from which chance on the same counts in two periods are taken
// for a copy.
const rareRepeat = 1.0 / 200

// repeats tells whether a site's counts are all those of the period before,
// and that is too rare by chance: a return that was copied. Blanks say nothing.
//
// Two counts that follow Poisson's law with the mean n are the same with the
// chance 1/(2 sqrt(pi n)), where n is not small (Skellam, The frequency
// distribution of the difference between two Poisson variates, Journal of the
// Royal Statistical Society 109, 1946). Noughts are the same for good reasons.
func repeats(measures []Measure, now, before []cell) bool {
	chance := 1.0
	for m, measure := range measures {
		switch {
		case measure.Kind != CountMeasure || !now[m].known && !before[m].known:
		case now[m] != before[m]:
			return false
		case now[m].value > 0:
			chance *= 1 / (2 * math.Sqrt(math.Pi*float64(now[m].value)))
		}
	}
	return chance < rareRepeat
}

// countsInWords lists the counts of a site that are known.
func countsInWords(measures []Measure, cells []cell) string {
	var said []string
	for m, measure := range measures {
		if measure.Kind == CountMeasure && cells[m].known {
			said = append(said, fmt.Sprintf("%s %d", measure.Name, cells[m].value))
		}
	}
	return strings.Join(said, ", ")
}
