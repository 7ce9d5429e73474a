package plot

import (
	"testing"

	"pgregory.net/rapid"
)

// No label overlaps another, a mark, or the edge of the area, and no line to a
// label runs through one.
func TestLabelsKeepClear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &placer{area: box{0, 0, 400, 300}}
		type point struct{ x, y float64 }
		var marks []point
		for range rapid.IntRange(1, 60).Draw(t, "marks") {
			m := point{rapid.Float64Range(5, 395).Draw(t, "x"), rapid.Float64Range(5, 295).Draw(t, "y")}
			marks = append(marks, m)
			p.take(around(m.x, m.y, 10, 10))
		}
		taken := len(p.taken)
		var labels []box
		for _, m := range marks {
			b, joined, ok := p.beside(m.x, m.y, 5, rapid.Float64Range(10, 120).Draw(t, "width"), 15)
			if !ok {
				continue
			}
			if toX, toY := b.nearest(m.x, m.y); !joined && (toX-m.x)*(toX-m.x)+(toY-m.y)*(toY-m.y) > 200 {
				t.Fatalf("a label at %v is not joined to its mark at %v", b, m)
			}
			labels = append(labels, b)
		}
		for i, b := range labels {
			if !b.within(p.area) {
				t.Fatalf("%v leaves the area", b)
			}
			for _, other := range append(p.taken[:taken:taken], labels[:i]...) {
				if b.overlaps(other) {
					t.Fatalf("%v overlaps %v", b, other)
				}
			}
		}
	})
}
