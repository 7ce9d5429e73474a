package plot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sir/qca"
)

// Relation is what an XY plot shows.
type Relation int

// The relations.
const (
	Sufficiency Relation = iota // cases lie on or above the diagonal
	Necessity                   // cases lie on or below the diagonal
)

// The regions of an XY plot (Schneider and Wagemann 2012, chapter 11).
const (
	typical     = "typical"
	inDegree    = "deviant in degree"    // in both sets, on the wrong side of the diagonal
	inKind      = "deviant in kind"      // contradicts the relation
	notCovered  = "not covered"          // in the outcome, but not in the sufficient set
	inRelevance = "deviant in relevance" // in the necessary set, but not in the outcome
	irrelevant  = "irrelevant"           // in neither
	onLine      = "on the 0.5 line"
)

// regionOf names the region of a case with membership x in the expression and
// y in the outcome.
func (r Relation) regionOf(x, y float64) string {
	upper, lower := notCovered, inKind
	if r == Necessity {
		x, y, upper, lower = y, x, inRelevance, inKind // the mirror image
	}
	switch {
	case x == 0.5 || y == 0.5:
		return onLine
	case x < 0.5 && y < 0.5:
		return irrelevant
	case x < 0.5:
		return upper
	case y < 0.5:
		return lower
	case x > y+1e-9:
		return inDegree
	}
	return typical
}

// xyPoint is the cases with the same memberships.
type xyPoint struct {
	x, y   float64
	region string
	cases  []string
}

type xyPlot struct {
	relation    Relation
	expression  qca.Expression
	outcome     string
	points      []xyPoint // from the top, then from the left
	counts      map[string]int
	figureWords string
}

// XY plots each case's membership in an expression (across) against that in an
// outcome such as "OUT" or "~OUT" (up). Cases with the same memberships are one
// mark. A name or value that is not in the table is a qca.InputError.
func XY(t *qca.Table, outcome string, e qca.Expression, r Relation) (*Figure, error) {
	goal, err := qca.ParseLiteral(outcome)
	if err != nil {
		return nil, err
	}
	y, err := qca.Expression{{goal}}.Memberships(t)
	if err != nil {
		return nil, err
	}
	x, err := e.Memberships(t)
	if err != nil {
		return nil, err
	}
	p := &xyPlot{relation: r, expression: e, outcome: goal.String(), counts: map[string]int{}}
	if p.figureWords, err = p.fit(t, outcome); err != nil {
		return nil, err
	}
	f := &Figure{draw: p.draw, table: Table{Headers: []string{"case", "in_expression", "in_outcome", "region"}}}
	for i, id := range t.Cases() {
		region := r.regionOf(x[i], y[i])
		p.counts[region]++
		p.add(x[i], y[i], region, id)
		f.table.Rows = append(f.table.Rows, []string{id, decimal(x[i]), decimal(y[i]), region})
	}
	slices.SortFunc(p.points, func(a, b xyPoint) int { return cmp.Or(cmp.Compare(b.y, a.y), cmp.Compare(a.x, b.x)) })
	role := [...]string{"sufficient", "necessary"}[r]
	f.Title = fmt.Sprintf("%s as %s for %s", e, role, p.outcome)
	f.Description = p.describe(len(x))
	return f, nil
}

func (p *xyPlot) add(x, y float64, region, id string) {
	for i := range p.points {
		if p.points[i].x == x && p.points[i].y == y {
			p.points[i].cases = append(p.points[i].cases, id)
			return
		}
	}
	p.points = append(p.points, xyPoint{x, y, region, []string{id}})
}

// fit is the line of figures under the plot.
func (p *xyPlot) fit(t *qca.Table, outcome string) (string, error) {
	if p.relation == Necessity {
		n, err := t.NecessityOf(outcome, p.expression)
		return fmt.Sprintf("Necessity: inclusion %s, coverage %s, relevance %s.", words(n.Inclusion), words(n.Coverage), words(n.Relevance)), err
	}
	f, err := t.FitOf(outcome, p.expression)
	return fmt.Sprintf("Sufficiency: inclusion %s, coverage %s, PRI %s.", words(f.Inclusion), words(f.Coverage), words(f.PRI)), err
}

func (p *xyPlot) describe(cases int) string {
	side := [...]string{"above", "below"}[p.relation]
	var b strings.Builder
	fmt.Fprintf(&b, "XY plot of %s: membership in %s across, in %s up, both from 0 to 1. ", counted(cases, "case"), p.expression, p.outcome)
	fmt.Fprintf(&b, "Cases that agree lie on the diagonal or %s it. ", side)
	for _, region := range p.regions() {
		fmt.Fprintf(&b, "%s: %d. ", region, p.counts[region])
	}
	return b.String() + p.figureWords
}

// regions are those of the relation, then the lines between them if a case is
// on one.
func (p *xyPlot) regions() []string {
	list := []string{typical, inDegree, inKind, notCovered, irrelevant}
	if p.relation == Necessity {
		list[3] = inRelevance
	}
	if p.counts[onLine] > 0 {
		list = append(list, onLine)
	}
	return list
}

// words is a figure, or that it is undefined.
func words(f qca.Figure) string {
	if _, ok := f.Value(); !ok {
		return "undefined"
	}
	return f.String()
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
