package exchange

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Conflict is one fault of a file that came in: where it is, what stands there, what is wrong and what to do. Row is
// the number that a spreadsheet shows beside the row (the header is often row 1), or the place in the list for JSON; 0
// means the file as a whole. Column is a header name, empty for the row as a whole. Value is at most 200 bytes.
type Conflict struct {
	Row    int
	Column string
	Value  string
	Reason string
}

// Error says all of the conflict in one line: row 12, column site, "X9": no such site.
func (c Conflict) Error() string {
	var place []string
	if c.Row > 0 {
		place = append(place, fmt.Sprintf("row %d", c.Row))
	}
	if c.Column != "" {
		place = append(place, "column "+c.Column)
	}
	if c.Value != "" {
		place = append(place, fmt.Sprintf("%q", c.Value))
	}
	if len(place) == 0 {
		return c.Reason
	}
	return strings.Join(place, ", ") + ": " + c.Reason
}

// KeptConflicts is how many conflicts a collector keeps unless told otherwise: more than anybody mends by hand.
const KeptConflicts = 1000

// Conflicts keeps the first conflicts of a file and counts the rest, so that a file of nothing but faults stays small
// in memory. The zero value is ready to use.
type Conflicts struct {
	// Keep is how many to keep; zero means KeptConflicts.
	Keep  int
	list  []Conflict
	total int
}

// Add takes one more conflict.
func (c *Conflicts) Add(conflict Conflict) {
	keep := c.Keep
	if keep == 0 {
		keep = KeptConflicts
	}
	c.total++
	if len(c.list) < keep {
		conflict.Value = shortened(conflict.Value)
		c.list = append(c.list, conflict)
	}
}

// List returns the conflicts that were kept, in the order they were found.
func (c *Conflicts) List() []Conflict { return c.list }

// Total counts all conflicts, also those that were not kept.
func (c *Conflicts) Total() int { return c.total }

const shownValue = 200

// shortened copies at most 200 bytes of a value, so that a kept conflict does not hold on to a whole row.
func shortened(value string) string {
	if len(value) <= shownValue {
		return strings.Clone(value)
	}
	end := shownValue - len("…")
	for end > 0 && !utf8.RuneStart(value[end]) {
		end--
	}
	return value[:end] + "…"
}
