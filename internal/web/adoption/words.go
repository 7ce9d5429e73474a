package adoption

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	area "sir/internal/adoption"
	"sir/internal/web/ui"
)

// mark is a figure with a shape and the words that the shape stands for, so
// that nothing rests on colour.
type mark struct {
	Shape string // drawn; not read out
	Text  string
	Words string // read out, and shown in the legend
	Class string
}

// heard is what follows the figure for those who do not see the shape.
func (m mark) heard() string {
	if m.Text == "" {
		return m.Words
	}
	return ", " + m.Words
}

// classes are those of the mark's element. One string is a third of the work
// that templ makes of a list of classes, and a table has hundreds of marks.
func (m mark) classes() string {
	if m.Class == "" {
		return "sir-value"
	}
	return "sir-value " + m.Class
}

// The legend of the changes, in the order of the report's table 8.1.
var changeMarks = map[area.ChangeClass]mark{
	area.Unchanged: {Shape: "=", Class: "sir-value--same"},
	area.Up:        {Shape: "▲", Class: "sir-value--up"},
	area.UpMuch:    {Shape: "▲▲", Class: "sir-value--up-much"},
	area.Down:      {Shape: "▼", Class: "sir-value--down"},
	area.NotKnown:  {Shape: "–", Class: "sir-value--none"},
}

func changeMark(c area.Change) mark {
	m := changeMarks[c.Class()]
	m.Words = string(c.Class())
	if c.Known {
		m.Text = signed(c.Points)
	}
	return m
}

func signed(points int) string {
	switch {
	case points > 0:
		return "+" + strconv.Itoa(points)
	case points < 0:
		return "−" + strconv.Itoa(-points) // a true minus sign
	default:
		return "0"
	}
}

func rateMark(r area.Rate, target area.Target, hasTarget bool) mark {
	if !r.Known {
		return mark{Shape: "–", Words: whyNone(r), Class: "sir-value--none"}
	}
	m := mark{Text: strconv.Itoa(r.Rounded()) + "%"}
	switch {
	case !hasTarget:
	case target.ReachedBy(r):
		m.Shape, m.Words, m.Class = "●", "target reached", "sir-value--reached"
	case target.MayBeReachedBy(r):
		m.Shape, m.Words, m.Class = untold.Shape, untold.Words, untold.Class
	default:
		m.Shape, m.Words, m.Class = "○", "below the target", "sir-value--below"
	}
	return m
}

// whyNone says why there is no rate.
func whyNone(r area.Rate) string {
	if r.Empty {
		return "no eligible sites"
	}
	return "not known"
}

// untold stands where sites that did not report may have made the target.
var untold = mark{Shape: "?", Words: "cannot be told: sites did not report", Class: "sir-value--none"}

// parts says what a computed rate is made of.
func parts(r area.Rate) string {
	if !r.Known || r.Published {
		return ""
	}
	text := fmt.Sprintf("%d of %d", r.Adopted, r.Eligible)
	if r.Reported < r.Eligible {
		text += fmt.Sprintf(", %d reported", r.Reported)
	}
	return text
}

func targetWords(t area.Target) string {
	return t.Sign() + " " + t.Figure()
}

// legend lists the marks that the table uses, each with its words.
func legend(hasTarget bool, t area.Table) []mark {
	var marks []mark
	if hasTarget {
		marks = append(marks,
			mark{Shape: "●", Words: "target reached", Class: "sir-value--reached"},
			mark{Shape: "○", Words: "below the target", Class: "sir-value--below"})
		if !t.Published {
			marks = append(marks, untold)
		}
	}
	classes := []area.ChangeClass{area.Unchanged, area.Up, area.UpMuch, area.Down}
	if slices.ContainsFunc(t.Rows, func(row area.Row) bool { return slices.ContainsFunc(row.Rates, unknown) }) {
		classes = append(classes, area.NotKnown)
	}
	for _, class := range classes {
		m := changeMarks[class]
		m.Words = string(class)
		marks = append(marks, m)
	}
	return marks
}

func unknown(r area.Rate) bool { return !r.Known }

// cellOf is the mark as a cell, with a second line under the figure.
func cellOf(m mark, below string) ui.Cell { return ui.Cell{Content: markCell(m, below)} }

// sentence joins what there is to say, without empty parts.
func sentence(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}
