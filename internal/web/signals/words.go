package signals

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/period"
	"sir/internal/term"
	"sir/spc"
)

// number writes a value for people, with commas between thousands.
func number(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		whole = "−" + whole // a true minus sign
	}
	return whole
}

// basisWords says what the values are.
func basisWords(s area.Signal, terms term.Pack) string {
	sites := terms.Label(term.Site).Full.Of(2)
	switch s.Reading {
	case area.RateBasis:
		if s.Published {
			return "Each rate is as it was published; over which " + sites + " is not known, so there are no limits."
		}
		return fmt.Sprintf("Each rate is the share of eligible %s that were at %q or above.", sites, s.Measure.Levels[s.Measure.AdoptedLevel])
	case area.ShareBasis:
		return fmt.Sprintf("Each proportion is %s over %s, added up over the %s that reported.", lower(s.Measure.Name), lower(s.Whole.Name), sites)
	case area.EachBasis:
		return fmt.Sprintf("Each value is the total over the %s that reported, divided by their number.", sites)
	case area.FlowBasis:
		if s.Basis() == area.RateBasis {
			return "Each value is how many more " + sites + " had adopted than in the period before."
		}
		return "Each value is the change since the period before."
	}
	return "Each total is added up over the " + sites + " that reported."
}

// kindWords says which chart it is, and why.
func kindWords(s area.Signal) string {
	switch s.Kind {
	case area.NoChart:
		return "There is no value yet."
	case area.CurveChart:
		return "A rate that builds up has no stable level. Control limits would flag nearly every point of it and say only that it rose, so its course is shown with its target, without limits."
	case area.GrowthChart:
		return "This total rises nearly all the way. A chart of a stable process would flag most of its points and say only that it rose, so it has no limits. Look at the change from period to period instead."
	case area.LineChart:
		return fmt.Sprintf("There %s so far. A run chart needs %d, so %s missing. Until then there is only the line.", values(s.Used), spc.FewUseful, points(s.Missing()))
	case area.RunChart:
		if s.Missing() > 0 {
			return fmt.Sprintf("This is a run chart: there %s. Limits need %d, so %s missing.", values(s.Used), s.Rules.LimitsFrom, points(s.Missing()))
		}
		return fmt.Sprintf("This is a run chart, as you chose: there %s, so that limits can be shown, too.", values(s.Used))
	case area.PChart, area.PPrimeChart:
		return proportionWords(s)
	}
	if len(s.Analysis.Parts) > 1 {
		return fmt.Sprintf("This is an XmR chart in %d parts, each with its own mean. A part needs %d values for limits; the longest has %d.", len(s.Analysis.Parts), s.Rules.LimitsFrom, s.Used)
	}
	return fmt.Sprintf("This is an XmR chart: there %s, and limits need %d.", values(s.Used), s.Rules.LimitsFrom)
}

func values(n int) string {
	if n == 1 {
		return "is 1 value"
	}
	return fmt.Sprintf("are %d values", n)
}

func points(n int) string {
	if n == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}

// proportionWords says why a P or a P' chart was chosen.
func proportionWords(s area.Signal) string {
	name, why := "P chart", "the limits follow from the denominators alone"
	if s.Kind == area.PPrimeChart {
		name, why = "P′ chart (Laney)", "the limits take in how much the proportions vary from period to period"
	}
	text := fmt.Sprintf("This is a %s: %s.", name, why)
	sigma, known := s.Sigma.Value()
	if !known {
		return text
	}
	text += fmt.Sprintf(" The proportions vary %s times as much as their denominators explain", number(sigma, 1))
	switch {
	case s.Choice.Chart == s.Kind:
		return text + "; you chose this chart."
	case s.Kind == area.PPrimeChart:
		return text + ", so a P chart's limits would be too narrow."
	}
	return text + ", which is no more than usual."
}

// says is what the chart tells about the latest value.
func says(s area.Signal) string {
	switch s.Kind {
	case area.RunChart:
		return runWords(s.Analysis.Runs)
	case area.XmRChart, area.PChart, area.PPrimeChart:
		text := "Variation: " + s.Variation().Text()
		if a := s.Analysis; a.Latest >= 0 && a.Points[a.Latest].Rule != "" {
			text += " (" + a.Points[a.Latest].Rule.Text() + ")"
		}
		text += "."
		if s.Assurance() != spc.NoAssurance {
			text += " Assurance: " + s.Assurance().Text() + "."
		}
		return text
	}
	return ""
}

// runWords is the judgement of a run chart with what it rests on.
func runWords(r spc.Runs) string {
	if r.LongestMax == 0 {
		return "There are too few points since the last change of the process to judge runs."
	}
	verdict := "no signal of change"
	if r.Signal {
		verdict = "a signal of change"
	}
	return fmt.Sprintf("Longest run on one side of the median %d (at most %d expected), crossings %d (at least %d): %s.",
		r.Longest, r.LongestMax, r.Crossings, r.CrossingsMin, verdict)
}

// coverageWords warns where totals are over unlike shares of sites.
func coverageWords(s area.Signal, terms term.Pack) string {
	if s.Published {
		return ""
	}
	text := eligibleWords(s, terms)
	if least, most, uneven := s.Coverage(); uneven {
		text = sentence(text, unevenWords(s, least, most, terms))
	}
	return text
}

// eligibleWords warns where totals are over fewer or more sites than at the
// beginning: by a twentieth or more.
func eligibleWords(s area.Signal, terms term.Pack) string {
	last := s.Last()
	if s.Reading != area.TotalBasis || last < 0 {
		return ""
	}
	first, now := s.Points[0], s.Points[last]
	if change := now.Expected - first.Expected; 20*max(change, -change) < first.Expected {
		return ""
	}
	return fmt.Sprintf("There were %d eligible %s in %s and %d in %s, which changes a total by itself. The average of those that reported does not change with their number.",
		first.Expected, terms.Label(term.Site).Full.Of(first.Expected), first.Period.Label(), now.Expected, now.Period.Label())
}

func unevenWords(s area.Signal, least, most area.SeriesPoint, terms term.Pack) string {
	sites := terms.Label(term.Site).Full.Of(2)
	text := fmt.Sprintf("Not all values are over the same share of %s: %s reported for %s, and %s for %s.",
		sites, percentOf(least.Reported, least.Expected), least.Period.Label(), percentOf(most.Reported, most.Expected), most.Period.Label())
	switch s.Reading {
	case area.TotalBasis, area.FlowBasis:
		return text + " A total over fewer " + sites + " is smaller for that reason alone: do not compare the two."
	case area.RateBasis:
		return text + " Those that did not report count as not adopted."
	}
	return text
}

// percentOf is a share in whole percent; one that is not the whole is never
// said to be 100%, and one that is something never 0%.
func percentOf(part, whole int) string {
	if whole == 0 {
		return "none"
	}
	percent := int(math.Round(100 * float64(part) / float64(whole)))
	switch {
	case part < whole && percent == 100:
		percent = 99
	case part > 0 && percent == 0:
		percent = 1
	}
	return strconv.Itoa(percent) + "%"
}

// reported is how many of the expected sites gave a value.
func reported(p area.SeriesPoint) string {
	switch {
	case p.Rate.Published:
		return "not given"
	case p.Expected == 0:
		return "none expected"
	}
	return fmt.Sprintf("%d of %d (%s)", p.Reported, p.Expected, percentOf(p.Reported, p.Expected))
}

// latest is the last value, with what it is made of.
func latest(s area.Signal) (value, madeOf string, p period.Period) {
	last := s.Last()
	if last < 0 {
		return "no value yet", "", p
	}
	point := s.Points[last]
	switch s.Basis() {
	case area.RateBasis:
		value = strconv.Itoa(point.Rate.Rounded()) + "%"
		if !point.Rate.Published {
			madeOf = fmt.Sprintf("%d of %d", point.Rate.Adopted, point.Rate.Eligible)
		}
	case area.ShareBasis:
		value, madeOf = "not known", fmt.Sprintf("%s of %s", number(float64(point.Total), 0), number(float64(point.Whole), 0))
		if point.Whole > 0 && point.Total <= point.Whole {
			value = number(100*float64(point.Total)/float64(point.Whole), 1) + "%"
		}
	default:
		value = number(float64(point.Total), 0)
	}
	return value, madeOf, point.Period
}

// targetWords says how the last value stands to the target in force.
func targetWords(s area.Signal) string {
	last := s.Last()
	if last < 0 {
		return "no target"
	}
	point := s.Points[last]
	target, ok := area.InForce(s.Targets, point.Period)
	value, known := s.Attained(point)
	switch {
	case !ok:
		return "no target"
	case known && target.Meets(value):
		return "reached: " + targetSaid(target)
	case !known, target.Basis == area.RateBasis && target.MayBeReachedBy(point.Rate):
		return "cannot be told: " + targetSaid(target) + ", and not all reported"
	}
	return "not reached: " + targetSaid(target)
}

func targetSaid(t area.Target) string {
	if t.Basis == area.EachBasis {
		return t.Said() + " on average"
	}
	return t.Said()
}

// lower is a name within a sentence.
func lower(name string) string {
	if len(name) > 1 && name[1] >= 'a' && name[1] <= 'z' {
		return strings.ToLower(name[:1]) + name[1:]
	}
	return name
}

// sentence joins what there is to say.
func sentence(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}
