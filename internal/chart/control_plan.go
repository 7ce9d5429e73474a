package chart

import (
	"cmp"
	"slices"
)

// controlLine is one of the lines that the points carry with them.
type controlLine struct {
	name  string // the centre line has that of the chart
	look  lineStyle
	value func(ControlPoint) Value
}

var controlLines = []controlLine{
	{"", lineStyle{"sir-chart__centre", ink, "", 1.5}, func(p ControlPoint) Value { return p.Centre }},
	{"Upper limit", limitLine, func(p ControlPoint) Value { return p.Upper }},
	{"Lower limit", limitLine, func(p ControlPoint) Value { return p.Lower }},
	{"Upper near limit", nearLine, func(p ControlPoint) Value { return p.NearUpper }},
	{"Lower near limit", nearLine, func(p ControlPoint) Value { return p.NearLower }},
}

var (
	limitLine        = lineStyle{"sir-chart__limit", muted, "5 4", 1.5}
	nearLine         = lineStyle{"sir-chart__near", "#768692", "1.5 4", 1.2}
	controlTarget    = lineStyle{"sir-chart__target", "#7c2855", "12 4", 2}
	trajectoryLine   = lineStyle{"sir-chart__trajectory", "#7c2855", "2 5", 2}
	breakLine        = lineStyle{"sir-chart__break", ink, "3 3", 1}
	controlValueLine = lineStyle{"sir-chart__values", "#768692", "", 1.5}
)

func (cc ControlChart) lineName(l controlLine) string {
	if l.name == "" {
		return cc.centre()
	}
	return l.name
}

// controlPlan is where the parts of a control chart lie, in units.
type controlPlan struct {
	ControlChart
	x             dateScale
	y             scale
	xs            []float64 // of the points
	left, right   float64
	top, bottom   float64
	breakY, noteY float64 // baselines of the words of breaks and of the numbers of notes
	labelWidth    float64
	settings      []string
	height        float64
	legend        legend
}

const stripHeight = 22

func (cc ControlChart) plan() controlPlan {
	width := cc.Layout.width()
	p := controlPlan{ControlChart: cc, right: width - 10, legend: newLegend(cc.legendItems(), width)}
	if cc.Layout != Narrow {
		for _, end := range cc.ends() {
			p.labelWidth = max(p.labelWidth, min(textWidth(end.text, smallSize*boldness)+2, width*0.24))
		}
		p.right = width - p.labelWidth - 8
	}
	p.top = cc.top() + p.legend.height + 10
	if len(cc.Breaks) > 0 {
		p.top += stripHeight
		p.breakY = p.top - 8
	}
	if len(cc.Annotations) > 0 {
		p.top += stripHeight
		p.noteY = p.top - 12
	}
	p.bottom = p.top + cc.Layout.plotHeight()
	p.y = newScale(cc.axis(), nil, 5)
	p.y.from, p.y.to = p.bottom, p.top
	for _, t := range p.y.ticks {
		p.left = max(p.left, textWidth(p.y.tick(t, cc.Unit), smallSize)+8)
	}
	p.x = newDateScale(cc.Points[0].Date, cc.Points[len(cc.Points)-1].Date, p.left+9, p.right-9)
	for _, point := range cc.Points {
		p.xs = append(p.xs, p.x.at(point.Date))
	}
	p.settings = wrap(joinSentences(cc.Settings), smallSize, width-4, 8)
	p.height = p.bottom + dateAxisHeight + 18*float64(len(p.settings)) + cc.foot()
	if len(p.settings) > 0 {
		p.height += 8
	}
	return p
}

// axis is the fixed range, or one that shows all values, limits and targets.
func (cc ControlChart) axis() Range {
	if !cc.Axis.isAuto() {
		return cc.Axis
	}
	var all []Value
	for _, p := range cc.Points {
		all = append(all, p.Value)
		for _, l := range controlLines {
			all = append(all, l.value(p))
		}
	}
	for _, step := range cc.Targets {
		all = append(all, Number(step.Value))
	}
	for _, v := range cc.Trajectory {
		all = append(all, Number(v.Value))
	}
	lo, hi, ok := extent(all)
	if !ok {
		return Range{0, 1}
	}
	return closeRange(lo, hi)
}

// closeRange widens lo and hi to whole steps. Zero is included where that costs less than half of the height: a
// control chart is about change, and a line far above zero would be flat.
func closeRange(lo, hi float64) Range {
	if span := hi - lo; lo >= 0 && lo <= span || hi <= 0 && -hi <= span {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if hi-lo < 1e-6*max(1, hi, -lo) {
		room := max(1, hi/10, -hi/10)
		lo, hi = lo-room, hi+room
	}
	step, _ := niceStep(hi-lo, 5)
	return Range{floorTo(lo, step), -floorTo(-hi, step)}
}

// ends are the lines with their latest values, from top to bottom.
func (cc ControlChart) ends() []endLabel {
	last := cc.Points[len(cc.Points)-1]
	var ends []endLabel
	for _, l := range controlLines[:3] { // near limits need no words: they lie two thirds of the way
		if v := l.value(last); v.known {
			ends = append(ends, endLabel{text: cc.lineName(l) + " " + cc.line().say(v), colour: l.look.colour, value: v.number})
		}
	}
	if v := cc.targetAt(last.Date); v.known {
		ends = append(ends, endLabel{text: "Target " + cc.goal(v).say(v), colour: controlTarget.colour, value: v.number})
	}
	slices.SortStableFunc(ends, func(a, b endLabel) int { return cmp.Compare(b.value, a.value) })
	return ends
}

// legendItems are the classes that occur, and the lines: all of them in Narrow, else those without words at their end.
func (cc ControlChart) legendItems() []legendItem {
	var items []legendItem
	for class, look := range pointClasses {
		if slices.ContainsFunc(cc.Points, func(p ControlPoint) bool { return p.Value.known && int(p.Class) == class }) {
			items = append(items, legendItem{name: sentence(look.word), style: look.style, size: look.size})
		}
	}
	if slices.ContainsFunc(cc.Points, func(p ControlPoint) bool { return p.Value.known && p.Incomplete != "" }) {
		items = append(items, legendItem{name: "Hollow: not all reported", style: pointClasses[CommonCause].style.hollowed(), size: pointClasses[CommonCause].size})
	}
	if cc.Layout == Narrow {
		for _, end := range cc.ends() {
			items = append(items, legendItem{name: end.text, line: cc.lookOf(end)})
		}
	}
	if slices.ContainsFunc(cc.Points, func(p ControlPoint) bool { return p.NearUpper.known || p.NearLower.known }) {
		items = append(items, legendItem{name: "Near limits", line: nearLine})
	}
	if len(cc.Trajectory) > 0 {
		items = append(items, legendItem{name: "Trajectory", line: trajectoryLine})
	}
	return items
}

func (cc ControlChart) lookOf(end endLabel) lineStyle {
	for _, l := range controlLines {
		if end.colour == l.look.colour {
			return l.look
		}
	}
	return controlTarget
}
