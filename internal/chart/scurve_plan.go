package chart

import (
	"cmp"
	"slices"
)

// scurvePlan is where the parts of an S-curve chart lie, in units.
type scurvePlan struct {
	SCurve
	y           scale
	xs          []float64 // middles of the columns
	left, right float64
	top, bottom float64
	slotWidth   float64
	labelWidth  float64
	lineGap     float64 // between the names at the line ends
	bright      []int
	height      float64
	legend      legend
}

var (
	contextLine = lineStyle{"sir-chart__context", "#768692", "", 1}
	bandEdge    = lineStyle{"sir-chart__band-edge", muted, "1.5 3", 1}
)

func (sc SCurve) plan() scurvePlan {
	width := sc.Layout.width()
	p := scurvePlan{SCurve: sc, right: width - 12, bright: sc.highlighted(), lineGap: 16}
	p.legend = newLegend(sc.legendItems(p.bright), width)
	plotHeight := sc.Layout.plotHeight()
	if sc.Layout != Narrow {
		for _, end := range p.ends() {
			p.labelWidth = max(p.labelWidth, min(textWidth(end.text, smallSize*boldness)+2, width*0.3))
		}
		p.right = width - p.labelWidth - endMark - 10
		plotHeight = max(plotHeight, p.lineGap*float64(len(p.ends())))
	}
	p.top = sc.top() + p.legend.height + 14
	p.bottom = p.top + plotHeight
	p.y = newScale(sc.axis(), nil, 5)
	p.y.from, p.y.to = p.bottom, p.top
	for _, t := range p.y.ticks {
		p.left = max(p.left, textWidth(p.y.tick(t, sc.Unit), smallSize)+8)
	}
	p.placeColumns()
	p.height = p.bottom + sc.foot()
	if len(sc.Elapsed) > 0 {
		p.height += 48
	} else {
		p.height += timeAxisHeight(sc.Periods, p.slotWidth)
	}
	return p
}

// placeColumns gives each column a slot; steps since the start lie apart by their size.
func (p *scurvePlan) placeColumns() {
	at := func(i int) int { return p.Elapsed[i] }
	if len(p.Elapsed) == 0 {
		at = func(i int) int { return p.Periods[i].Since(p.Periods[0]) }
	}
	first, slots := at(0), at(p.columns()-1)-at(0)+1
	p.slotWidth = (p.right - p.left) / float64(slots)
	for i := range p.columns() {
		p.xs = append(p.xs, p.left+p.slotWidth*(float64(at(i)-first)+0.5))
	}
}

// otherCurves names the curves that are not brought out.
func otherCurves(all bool) string {
	if all {
		return "One curve for each row of the table"
	}
	return "Others"
}

func (sc SCurve) legendItems(bright []int) []legendItem {
	var items []legendItem
	if sc.Layout == Narrow {
		for k, i := range bright {
			items = append(items, legendItem{name: sc.Curves[i].Name, style: seriesStyles[k], size: 5})
		}
		if len(sc.Targets) > 0 {
			items = append(items, legendItem{name: sc.targetLabel(), line: targetLine})
		}
	}
	if len(bright) < len(sc.Curves) {
		items = append(items, legendItem{name: otherCurves(len(bright) == 0), line: contextLine})
	}
	if slices.ContainsFunc(bright, func(i int) bool { return len(sc.Curves[i].Low) > 0 }) {
		items = append(items, legendItem{name: "Possible, given what was not reported", patch: &bandPatch})
	}
	for kind, odd := range oddities {
		for _, i := range bright {
			if slices.ContainsFunc(sc.Curves[i].Oddities, func(o Oddity) bool { return int(o.Kind) == kind }) {
				items = append(items, legendItem{name: sentence(odd.word), letter: odd.letter})
				break
			}
		}
	}
	return items
}

var bandPatch = patch{fill: tint, line: muted, class: "sir-chart__band"}

// ends are the names at the ends of the curves, from top to bottom: of all when there is room, else of the highlighted.
func (p scurvePlan) ends() []endLabel {
	var ends []endLabel
	for i, curve := range p.Curves {
		k := lastKnown(curve.Values)
		if k < 0 {
			continue
		}
		end := endLabel{text: curve.Name, colour: muted, value: curve.Values[k].number}
		if rank := slices.Index(p.bright, i); rank >= 0 {
			end.colour, end.style = seriesStyles[rank].colour, &seriesStyles[rank]
		} else if len(p.Curves) > 20 {
			continue
		}
		ends = append(ends, end)
	}
	if k := lastKnown(p.Targets); k >= 0 {
		ends = append(ends, endLabel{text: p.targetLabel() + " " + p.say(p.Targets[k]), colour: ink, value: p.Targets[k].number})
	}
	slices.SortStableFunc(ends, func(a, b endLabel) int { return cmp.Compare(b.value, a.value) })
	return ends
}
