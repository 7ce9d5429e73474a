package network

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// wording is how a change is put into words: for files, which other programs
// read, or for people.
type wording struct {
	day   func(iso string) string // a day
	until func(iso string) string // the end of a stretch of time, whose first day after it is given
	name  func(n *node) string
}

var (
	forFiles = wording{
		day: func(iso string) string { return iso }, until: func(iso string) string { return iso },
		name: func(n *node) string { return n.code },
	}
	forPages = wording{
		day: longDate, until: func(iso string) string { return longDate(dayBefore(iso)) },
		name: func(n *node) string { return n.name + " (" + n.code + ")" },
	}
)

func (w wording) since(day string) string {
	if day == "" {
		return ""
	}
	return "opened " + w.day(day)
}

// stretch is a stretch of time.
func (w wording) stretch(from, to string) string {
	if to == "" {
		return "from " + w.day(from)
	}
	return "from " + w.day(from) + " until " + w.until(to)
}

// names lists nodes.
func (w wording) names(nodes []*node) string {
	said := make([]string, len(nodes))
	for i, n := range nodes {
		said[i] = w.name(n)
	}
	return strings.Join(said, ", ")
}

// longDate is an ISO date as people write it; what is none stays as it is.
func longDate(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return day.Format("2 January 2006")
}

func dayBefore(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly)
}

// detail is something that is said of a node itself: its name, what it is now
// and, where that is told, what it was.
type detail struct{ name, now, was string }

type details []detail

// in puts details into words, in the order of their names.
func (d details) in(w wording) string {
	said := make([]string, len(d))
	for i, one := range d {
		said[i] = strings.TrimSpace(one.name + " " + w.day(one.now))
		if one.was != "" {
			said[i] += fmt.Sprintf(", was %s", w.day(one.was))
		}
	}
	slices.Sort(said)
	return strings.Join(said, "; ")
}
