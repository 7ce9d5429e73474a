package chart

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Table implements Chart: a row for each point. Columns that no point fills are left out.
func (cc ControlChart) Table() Table {
	t := Table{Caption: cc.Title, Headers: []string{"Date"}}
	columns := cc.columns()
	for _, column := range columns {
		t.Headers = append(t.Headers, column.header)
	}
	for i, p := range cc.Points {
		cells := []string{p.label()}
		for _, column := range columns {
			cells = append(cells, column.cell(i))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

type controlColumn struct {
	header string
	cell   func(i int) string
}

func (cc ControlChart) columns() []controlColumn {
	columns := []controlColumn{{cc.header("Value"), func(i int) string { return cc.cell(cc.Points[i].Value) }}}
	for _, l := range controlLines {
		if slices.ContainsFunc(cc.Points, func(p ControlPoint) bool { return l.value(p).known }) {
			columns = append(columns, controlColumn{cc.header(cc.lineName(l)), func(i int) string { return cc.line().cell(orNone(l.value(cc.Points[i]))) }})
		}
	}
	if len(cc.Targets) > 0 {
		columns = append(columns, controlColumn{cc.header("Target"), func(i int) string { return cc.goalCell(cc.targetAt(cc.Points[i].Date)) }})
	}
	if len(cc.Trajectory) > 0 {
		columns = append(columns, controlColumn{cc.header("Trajectory"), func(i int) string { return cc.goalCell(cc.trajectoryAt(cc.Points[i].Date)) }})
	}
	columns = append(columns, controlColumn{"What the point says", func(i int) string { return cc.Points[i].says() }})
	if len(cc.Annotations)+len(cc.Breaks) > 0 {
		columns = append(columns, controlColumn{"Notes", cc.notesAt})
	}
	return columns
}

func (cc ControlChart) goalCell(v Value) string { return cc.goal(v).cell(v) }

func orNone(v Value) Value {
	if !v.known {
		return Missing("none")
	}
	return v
}

// says is the class with the rule behind it, and whether not all reported.
func (p ControlPoint) says() string {
	if !p.Value.known {
		return p.Value.reason()
	}
	text := p.Class.Word()
	if p.Signal != "" {
		text += ": " + p.Signal
	}
	if p.Incomplete != "" {
		text += "; incomplete"
	}
	return text
}

// notesAt are the notes on a point with their numbers, and the reason of a break there.
func (cc ControlChart) notesAt(i int) string {
	var notes []string
	for _, b := range cc.Breaks {
		if b.At == i {
			notes = append(notes, "computed anew from here: "+b.Reason)
		}
	}
	for k, a := range cc.Annotations {
		if a.At == i {
			notes = append(notes, fmt.Sprintf("note %d: %s", k+1, a.Text))
		}
	}
	return strings.Join(notes, "; ")
}

// targetAt is the target in force on a date.
func (cc ControlChart) targetAt(date time.Time) Value {
	for _, step := range slices.Backward(cc.Targets) {
		if !step.From.After(date) {
			return Number(step.Value)
		}
	}
	return Missing("none")
}

func (cc ControlChart) trajectoryAt(date time.Time) Value {
	for _, v := range cc.Trajectory {
		if v.Date.Equal(date) {
			return Number(v.Value)
		}
	}
	return Missing("none")
}

func (cc ControlChart) describe() string {
	first, last := cc.Points[0], cc.Points[len(cc.Points)-1]
	kind := "Run chart"
	if slices.ContainsFunc(cc.Points, func(p ControlPoint) bool { return p.Upper.known || p.Lower.known }) {
		kind = "Control chart"
	}
	text := fmt.Sprintf("%s of %d points from %s to %s.", kind, len(cc.Points), phrase(first.label()), phrase(last.label()))
	if k := cc.lastKnown(); k >= 0 {
		p := cc.Points[k]
		text += fmt.Sprintf(" The latest value is %s (%s).", cc.say(p.Value), phrase(p.says()))
		if p.Centre.known {
			text += fmt.Sprintf(" The %s is %s.", strings.ToLower(phrase(cc.centre())), cc.line().say(p.Centre))
		}
	}
	if count := len(cc.Breaks); count > 0 {
		text += fmt.Sprintf(" Centre and limits are computed anew %d %s.", count, plural(count, "time", "times"))
	}
	return text
}

func plural(count int, one, many string) string {
	if count == 1 {
		return one
	}
	return many
}

func (cc ControlChart) lastKnown() int {
	for i, p := range slices.Backward(cc.Points) {
		if p.Value.known {
			return i
		}
	}
	return -1
}
