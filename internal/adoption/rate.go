package adoption

import (
	"math"
)

// Rate is how far a member or a programme has got in one period. Computed
// rates carry their parts; a published one only its percentage.
type Rate struct {
	Known     bool // false where nobody was eligible or nothing was published
	Published bool
	Empty     bool // not known because no site was eligible
	Adopted   int  // eligible sites known to have adopted
	Eligible  int  // eligible sites
	Reported  int  // eligible sites that reported
	percent   float64
}

// Computed makes a rate from its parts. Without any eligible site there is no
// rate.
func Computed(adopted, reported, eligible int) Rate {
	r := Rate{Known: eligible > 0, Empty: eligible == 0, Adopted: adopted, Eligible: eligible, Reported: reported}
	if r.Known {
		r.percent = 100 * float64(adopted) / float64(eligible)
	}
	return r
}

// PublishedPercent makes a rate from a percentage that somebody else
// published, whose numerator and denominator are not given.
func PublishedPercent(percent int) Rate {
	return Rate{Known: true, Published: true, percent: float64(percent)}
}

// Percent is the exact percentage, 0 to 100; 0 when the rate is not known.
func (r Rate) Percent() float64 { return r.percent }

// Rounded is the percentage in whole points, halves away from zero, as pages
// show it.
func (r Rate) Rounded() int { return int(math.Round(r.percent)) }

// Change is the difference between two rates as they are shown, in whole
// points, so that a reader can check it against the table.
type Change struct {
	Known  bool
	Points int
}

// ChangeFrom answers the change from an earlier rate to this one.
func (r Rate) ChangeFrom(earlier Rate) Change {
	if !r.Known || !earlier.Known {
		return Change{}
	}
	return Change{Known: true, Points: r.Rounded() - earlier.Rounded()}
}

// ChangeClass is the class of a change in the legend of the report's table 8.1.
type ChangeClass string

// The classes, in words.
const (
	NotKnown  ChangeClass = "not known"
	Unchanged ChangeClass = "no change"
	Up        ChangeClass = "up"
	UpMuch    ChangeClass = "up by more than 25 points"
	Down      ChangeClass = "down"
)

// muchPoints is the bound of the legend's "up by more than 25".
const muchPoints = 25

// Class answers the legend's class of the change.
func (c Change) Class() ChangeClass {
	switch {
	case !c.Known:
		return NotKnown
	case c.Points < 0:
		return Down
	case c.Points == 0:
		return Unchanged
	case c.Points > muchPoints:
		return UpMuch
	default:
		return Up
	}
}
