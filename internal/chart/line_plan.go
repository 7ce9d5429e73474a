package chart

import (
	"cmp"
	"slices"

	"sir/internal/period"
)

// linePlan is where the parts of a line chart lie, in units.
type linePlan struct {
	Line
	y           scale
	left, right float64 // edges of the plot
	top, bottom float64
	slotWidth   float64
	labelWidth  float64 // of the names at the line ends; 0 where the legend names them
	height      float64
	legend      legend
}

// plan lays the chart out. Wide names each line at its end; Narrow has no room beside the plot and names them in a legend.
func (l Line) plan() linePlan {
	width := l.Layout.width()
	p := linePlan{Line: l, right: width - 10}
	if l.Layout == Narrow {
		p.legend = newLegend(l.legendItems(), width)
	} else {
		for _, end := range l.endLabels() {
			p.labelWidth = max(p.labelWidth, min(textWidth(end.text, textSize*boldness)+2, width*0.28))
		}
		p.right = width - p.labelWidth - endMark - 12
	}
	p.top = l.top() + p.legend.height + 12
	p.bottom = p.top + l.Layout.plotHeight()
	p.y = newScale(l.Axis, l.numbers(), 5)
	p.y.from, p.y.to = p.bottom, p.top
	for _, t := range p.y.ticks {
		p.left = max(p.left, textWidth(p.y.tick(t, l.Unit), smallSize)+8)
	}
	p.slotWidth = (p.right - p.left) / float64(l.Periods[len(l.Periods)-1].Since(l.Periods[0])+1)
	p.height = p.bottom + timeAxisHeight(l.Periods, p.slotWidth) + l.foot()
	return p
}

// endMark is the room for a marker before the name at a line's end.
const endMark = 16

// numbers are all values that the axis must show.
func (l Line) numbers() []float64 {
	var all []float64
	for _, series := range l.Series {
		for _, v := range series.Values {
			if v.known {
				all = append(all, v.number)
			}
		}
	}
	for _, step := range l.Targets {
		all = append(all, step.Value)
	}
	return all
}

func (l Line) legendItems() []legendItem {
	var items []legendItem
	for i, series := range l.Series {
		items = append(items, legendItem{name: series.Name, style: seriesStyles[i], size: 5})
	}
	if len(l.Targets) > 0 {
		items = append(items, legendItem{name: l.targetLabel(), line: targetLine})
	}
	return items
}

// endLabel names a line at its right end.
type endLabel struct {
	text, colour string
	value        float64 // where the line ends
	style        *style  // nil for the target
}

func (l Line) endLabels() []endLabel {
	var ends []endLabel
	for i, series := range l.Series {
		if k := lastKnown(series.Values); k >= 0 {
			ends = append(ends, endLabel{series.Name, seriesStyles[i].colour, series.Values[k].number, &seriesStyles[i]})
		}
	}
	if target := l.targetAt(l.Periods[len(l.Periods)-1]); target.known {
		ends = append(ends, endLabel{l.targetLabel() + " " + l.say(target), ink, target.number, nil})
	}
	slices.SortStableFunc(ends, func(a, b endLabel) int { return cmp.Compare(b.value, a.value) })
	return ends
}

func lastKnown(values []Value) int {
	for i, v := range slices.Backward(values) {
		if v.known {
			return i
		}
	}
	return -1
}

// x is the middle of the slot of a period.
func (p linePlan) x(at period.Period) float64 {
	return p.left + p.slotWidth*(float64(at.Since(p.Periods[0]))+0.5)
}
