package chart

import "slices"

// targetMark is the upright of a row's own target.
var targetMark = lineStyle{class: "sir-chart__target", colour: ink, width: 3}

func (tb TargetBars) draw() []byte {
	words := make([]rowWords, len(tb.Rows))
	for i, row := range tb.Rows {
		words[i] = rowWords{row.Name, tb.note(row), tb.link(row.Href)}
	}
	rows := newRowPlan(tb.Layout, words)
	key := newLegend(tb.legendItems(), tb.Layout.width())
	top := tb.top() + key.height + 4
	bottom := top + rows.height*float64(len(tb.Rows))
	x := newScale(tb.axis(), nil, 4)
	x.from, x.to = rows.left, rows.right
	height := bottom + 26 + tb.foot()

	c := &canvas{buf: make([]byte, 0, 4096+1500*len(tb.Rows))}
	y := tb.begin(c, height, tb.describe())
	c.openGroup(s("aria-hidden", "true"))
	key.draw(c, y)
	rows.drawScale(c, x, tb.Unit, top, bottom, len(tb.Rows))
	c.close("g")
	for i, row := range tb.Rows {
		rows.drawRow(c, words[i], tb.sayRow(row), top+rows.height*float64(i), func(y float64) { tb.drawBar(c, row, x, y) })
	}
	tb.end(c, height)
	return c.buf
}

func (tb TargetBars) legendItems() []legendItem {
	var items []legendItem
	for v, verdict := range verdicts {
		if slices.ContainsFunc(tb.Rows, func(row TargetRow) bool { return row.Value.known && int(row.Verdict) == v }) {
			items = append(items, legendItem{name: sentence(verdict.word), patch: &verdict.look})
		}
	}
	if slices.ContainsFunc(tb.Rows, func(row TargetRow) bool { return !row.Value.known }) {
		items = append(items, legendItem{name: "Not reported", patch: &notReported})
	}
	if slices.ContainsFunc(tb.Rows, func(row TargetRow) bool { return row.Target.known }) {
		items = append(items, legendItem{name: "Own target", line: targetMark, upright: true})
	}
	if tb.Before != "" {
		items = append(items, legendItem{name: tb.Before, style: beforeStyle, size: 5})
	}
	return items
}

var beforeStyle = style{shape: disc, colour: ink, hollow: true, class: "sir-chart__before"}

// drawBar draws bar, earlier point and target of a row round the height y.
func (tb TargetBars) drawBar(c *canvas, row TargetRow, x scale, y float64) {
	if v := row.Value; v.known {
		from, to := x.at(0), x.at(v.number)
		c.patch(verdicts[row.Verdict].look, min(from, to), y-8, max(to-from, from-to), 16)
	} else {
		c.patch(notReported, x.from, y-4, x.to-x.from, 8)
	}
	if row.Before.known && tb.Before != "" {
		c.marker(beforeStyle, x.at(row.Before.number), y, 4.5, phrase(tb.Before)+": "+tb.say(row.Before))
	}
	if row.Target.known {
		at := x.at(row.Target.number)
		c.stroke(lineStyle{"sir-chart__target", "#ffffff", "", 6}, vertical(at, y-12, y+12))
		c.stroke(targetMark, vertical(at, y-12, y+12))
	}
}

// sayRow is the accessible name of a row: what is drawn in it, and then the rest.
func (tb TargetBars) sayRow(row TargetRow) string {
	text := phrase(row.Name) + ": " + phrase(tb.note(row))
	if row.Parts != "" && tb.Layout == Narrow {
		text += ", " + phrase(row.Parts)
	}
	if row.Target.known {
		text += ", target " + tb.say(row.Target) + ", " + row.verdict()
	}
	if tb.Before != "" && row.Before.known {
		text += ", " + phrase(tb.Before) + " " + tb.say(row.Before)
	}
	return text
}
