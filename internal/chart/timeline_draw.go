package chart

import (
	"strings"
	"time"
)

// timePoints are how the kinds of points of a time line look, in their order.
var timePoints = [...]struct {
	style
	size float64
}{
	{style{shape: diamond, colour: "#596f7d", hollow: true, class: "sir-chart__planned"}, 7},
	{style{shape: disc, colour: "#003087", class: "sir-chart__actual"}, 5.5},
}

// spanPatch is the bar of a time line.
var spanPatch = patch{fill: "#a3cbeb", line: "#005eb8", class: "sir-chart__span"}

const spanHeight = 12

func (t Timeline) draw() []byte {
	words := make([]rowWords, len(t.Rows))
	for i, row := range t.Rows {
		words[i] = rowWords{name: row.Name, note: t.note(row)}
	}
	rows := newRowPlan(t.Layout, words)
	key := newLegend(t.legendItems(), t.Layout.width())
	top := t.top() + key.height + 4
	bottom := top + rows.height*float64(len(t.Rows))
	first, last := t.span()
	x := newDateScale(first, last, rows.left, rows.right-8) // room for the arrow of an open end
	height := bottom + dateAxisHeight + t.foot()

	c := &canvas{buf: make([]byte, 0, 4096+1000*len(t.Rows))}
	y := t.begin(c, height, t.describe())
	c.openGroup(s("aria-hidden", "true"))
	key.draw(c, y)
	drawDateAxis(c, x, bottom)
	if !t.Today.IsZero() {
		c.stroke(targetLine, rows.uprights(x.at(t.Today), top, bottom, len(t.Rows)))
	}
	c.close("g")
	for i, row := range t.Rows {
		rows.drawRow(c, words[i], t.say(row), top+rows.height*float64(i), func(y float64) { t.drawRow(c, row, x, y) })
	}
	t.end(c, height)
	return c.buf
}

func (t Timeline) legendItems() []legendItem {
	var items []legendItem
	if t.Bar != "" {
		items = append(items, legendItem{name: t.Bar, patch: &spanPatch})
	}
	for i, name := range t.Points {
		items = append(items, legendItem{name: name, style: timePoints[i].style, size: timePoints[i].size})
	}
	if !t.Today.IsZero() {
		items = append(items, legendItem{name: t.Today.Format("2 January 2006"), line: targetLine, upright: true})
	}
	return items
}

// drawRow draws the bar and the points of a row round the height y.
func (t Timeline) drawRow(c *canvas, row TimelineRow, x dateScale, y float64) {
	c.empty("path", s("class", "sir-chart__grid"), s("d", horizontal(y, x.from, x.to)), s("stroke", grid))
	if !row.From.IsZero() {
		drawSpan(c, row, x, y)
	}
	for i := range row.Dates {
		if date := row.date(i); !date.IsZero() {
			c.marker(timePoints[i].style, x.at(date), y, timePoints[i].size, t.Points[i]+": "+date.Format("2 January 2006"))
		}
	}
}

// drawSpan draws a bar; an open end is a point to the right.
func drawSpan(c *canvas, row TimelineRow, x dateScale, y float64) {
	var d pathData
	from, half := x.at(row.From), spanHeight/2.0
	if row.To.IsZero() {
		d.add('M', from, y-half).add('H', max(from, x.to)).add('l', 8, half).add('l', -8, half).add('H', from).add('z')
	} else {
		d.add('M', from, y-half).add('H', max(from+2, x.at(row.To))).add('v', spanHeight).add('H', from).add('z')
	}
	c.empty("path", s("class", spanPatch.class), s("d", d.String()), s("fill", spanPatch.fill), s("stroke", spanPatch.line))
}

// note stands at the end of a row: the dates by month.
func (t Timeline) note(row TimelineRow) string {
	month := func(date time.Time) string { return date.Format("Jan 2006") }
	var said []string
	switch {
	case row.From.IsZero():
	case row.To.IsZero():
		said = append(said, "from "+month(row.From))
	default:
		said = append(said, month(row.From)+" to "+month(row.To))
	}
	for i := range row.Dates {
		if date := row.date(i); !date.IsZero() {
			said = append(said, month(date))
		}
	}
	return strings.Join(said, ", ")
}

// say is the accessible name of a row, with every date in it.
func (t Timeline) say(row TimelineRow) string {
	day := func(date time.Time) string { return date.Format("2 January 2006") }
	var said []string
	if !row.From.IsZero() {
		end := "no known end"
		if !row.To.IsZero() {
			end = "until " + day(row.To)
		}
		said = append(said, strings.TrimSpace(phrase(t.Bar)+" from "+day(row.From))+", "+end)
	}
	for i, name := range t.Points {
		if date := row.date(i); !date.IsZero() {
			said = append(said, phrase(name)+" "+day(date))
		} else if row.From.IsZero() {
			said = append(said, "no "+phrase(name))
		}
	}
	return phrase(row.Name) + ": " + strings.Join(said, ", ")
}
