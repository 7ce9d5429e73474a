package innovation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Narrative is what is said about an innovation to one audience. It is its
// versions: a change adds one, and none is taken away.
type Narrative struct {
	ID           string
	InnovationID string
	Kind         string // of NarrativeKinds
	Versions     []Telling
}

// Telling is one version of a narrative.
type Telling struct {
	Number    int64 // from 1
	Audience  string
	Ask       string // what the audience is asked to do
	Lines     []Line
	WrittenAt time.Time
	WrittenBy string // roles
}

// Line is one thing that is said, with the numbers of the evidence behind it.
type Line struct {
	Body     string
	Evidence []int // ascending, each once
}

// NarrativeKinds are a value proposition (what the audience gains) and a
// narrative (the story round it).
var NarrativeKinds = []string{"value proposition", "narrative"}

// MaxLines bounds a telling, so that it stays short enough to be told.
const MaxLines = 10

// Now is the newest version.
func (n Narrative) Now() Telling {
	if len(n.Versions) == 0 {
		return Telling{}
	}
	return n.Versions[len(n.Versions)-1]
}

// Unsupported counts the lines behind which there is no standing evidence.
func (t Telling) Unsupported(items []Evidence) (n int) {
	for _, line := range t.Lines {
		if !slices.ContainsFunc(line.Evidence, func(number int) bool { return slices.ContainsFunc(items, standing(number)) }) {
			n++
		}
	}
	return n
}

func standing(number int) func(Evidence) bool {
	return func(e Evidence) bool { return e.Number == number && e.RemovedOn == "" }
}

// Draft is a telling as somebody writes it: the evidence of a line is a list
// of numbers such as "E1, E3".
type Draft struct {
	Kind     string
	Audience string
	Ask      string
	Lines    []DraftLine // those without any text are left out
}

// DraftLine is a line of a draft.
type DraftLine struct{ Body, Evidence string }

// telling reads a draft against the evidence there is, and lists what is wrong
// with it by field of the form. A line may name no evidence: that is shown,
// and not refused.
func (d Draft) telling(items []Evidence) (t Telling, wrong fault.Fields) {
	t.Audience, t.Ask = freetext.OneLine(d.Audience), strings.TrimSpace(d.Ask)
	chosen(&wrong, "kind", "Choose a value proposition or a narrative.", d.Kind, NarrativeKinds)
	freetext.Required(&wrong, "audience", "Say who it is for, such as ward managers.", t.Audience, longestName)
	freetext.Required(&wrong, "ask", "Say what you ask of them, such as time, money or a decision.", t.Ask, longestText)
	for i, line := range d.Lines {
		body := strings.TrimSpace(line.Body)
		if body == "" && line.Evidence == "" {
			continue
		}
		at := strconv.Itoa(i + 1)
		freetext.Required(&wrong, "line-"+at, "Write the line that this evidence supports.", body, longestText)
		numbers, ok := ParseNumbers(line.Evidence)
		if !ok {
			wrong.Add("evidence-"+at, "Enter numbers of evidence, such as E1, E3.")
		}
		for _, number := range numbers {
			if !slices.ContainsFunc(items, standing(number)) {
				wrong.Add("evidence-"+at, "There is no evidence E%d, or it was taken out.", number)
				break
			}
		}
		t.Lines = append(t.Lines, Line{body, numbers})
	}
	switch {
	case len(t.Lines) == 0:
		wrong.Add("line-1", "Write at least one line.")
	case len(t.Lines) > MaxLines:
		wrong.Add("line-1", "Write at most %d lines.", MaxLines)
	}
	return t, wrong
}

// ParseNumbers reads numbers of evidence, from 1, with or without an E before
// each, parted by commas or spaces. It answers them ascending, each once.
func ParseNumbers(text string) (numbers []int, ok bool) {
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",; \t\r\n", c) }) {
		n, err := strconv.ParseUint(strings.TrimLeft(word, "Ee"), 10, 16)
		if err != nil || n == 0 || len(strings.TrimLeft(word, "Ee")) < len(word)-1 {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), true
}

// Numbers writes numbers of evidence the way ParseNumbers reads them.
func Numbers(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = "E" + strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}

// text is the telling in one line, for the audit trail.
func (t Telling) text() string {
	words := []string{"for " + t.Audience, "ask: " + t.Ask}
	for _, line := range t.Lines {
		words = append(words, line.Body+" ("+Numbers(line.Evidence)+")")
	}
	return strings.Join(words, "; ")
}
