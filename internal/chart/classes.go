package chart

import "fmt"

// Classes part values by size, for charts that fill an area by value. Each figure is printed too: the fill only repeats it.
type Classes struct {
	From []float64 // lower bounds of all classes but the first, ascending, at most 5: 20, 40, 60, 80
}

// fills go from low to high, each with the text colour that keeps 4.5:1 on it.
var fills = [...]struct{ fill, text string }{
	{"#f2f7fb", ink}, {"#d3e5f5", ink}, {"#a3cbeb", ink}, {"#5fa3d9", ink}, {"#1f6cb5", "#ffffff"}, {"#003e7e", "#ffffff"},
}

func (cl Classes) validate(name string) error {
	if len(cl.From) >= len(fills) {
		return fmt.Errorf("%w: %s has %d bounds of classes; use at most %d", ErrInvalid, name, len(cl.From), len(fills)-1)
	}
	for i, v := range cl.From {
		if err := Number(v).validate("bound of a class"); err != nil {
			return err
		}
		if i > 0 && v <= cl.From[i-1] {
			return fmt.Errorf("%w: %s: the bounds of classes do not ascend (%v after %v)", ErrInvalid, name, v, cl.From[i-1])
		}
	}
	return nil
}

// of is the index of a number's class, from 0.
func (cl Classes) of(v float64) int {
	class := 0
	for class < len(cl.From) && v >= cl.From[class] {
		class++
	}
	return class
}

// fill is the look of a class; few classes are spread over the whole range of fills.
func (cl Classes) fill(class int) (fill, text string) {
	look := fills[class]
	if last := len(cl.From); last > 0 && last < len(fills)-1 {
		look = fills[class*(len(fills)-1)/last]
	}
	return look.fill, look.text
}

// word says what a class holds: "20% to under 40%".
func (cl Classes) word(class int, m Measure) string {
	say := func(i int) string { return m.say(Number(cl.From[i])) }
	switch {
	case len(cl.From) == 0:
		return "any value"
	case class == 0:
		return "under " + say(0)
	case class == len(cl.From):
		return say(class-1) + " or more"
	}
	return say(class-1) + " to under " + say(class)
}

// legendItems are the classes, and the hatch where values are missing: blanks are the reasons.
func (cl Classes) legendItems(m Measure, blanks []string) []legendItem {
	var items []legendItem
	if len(cl.From) > 0 {
		for class := range len(cl.From) + 1 {
			fill, _ := cl.fill(class)
			items = append(items, legendItem{name: sentence(cl.word(class, m)), patch: &patch{fill: fill, line: muted, class: "sir-chart__class"}})
		}
	}
	if len(blanks) > 0 {
		items = append(items, legendItem{name: blankWord(blanks), patch: &notReported})
	}
	return items
}

// blankWord names the hatch: by the reason where all that is missing has the same.
func blankWord(reasons []string) string {
	for _, reason := range reasons {
		if reason != reasons[0] {
			return "No figure"
		}
	}
	return sentence(reasons[0])
}
