package improvement

import (
	"slices"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Kind is the level of a driver diagram on which something stands.
type Kind string

// The kinds. Each hangs below the one before it.
const (
	AimKind   Kind = "aim"
	Primary   Kind = "primary"
	Secondary Kind = "secondary"
	Idea      Kind = "idea"
)

// Kinds lists the kinds from the aim on.
var Kinds = []Kind{AimKind, Primary, Secondary, Idea}

// Words are the kind as text: "primary driver".
func (k Kind) Words() string {
	switch k {
	case Primary, Secondary:
		return string(k) + " driver"
	case Idea:
		return "change idea"
	}
	return string(k)
}

// Below is the kind that hangs below; empty below an idea. Below nothing
// stands the aim.
func (k Kind) Below() Kind {
	if k == "" {
		return AimKind
	}
	if at := slices.Index(Kinds, k); at >= 0 && at+1 < len(Kinds) {
		return Kinds[at+1]
	}
	return ""
}

// Driver is one box of a diagram. Body of an aim is that of Aim.
type Driver struct {
	ID          string
	ProgrammeID string
	UnitID      string // of the member; empty in the shared diagram
	ParentID    string // empty for the aim
	MeasureID   string // by which it is seen to move; may be empty
	Kind        Kind
	Body        string
	Place       int    // among those below the same parent
	RemovedOn   string // ISO date; empty while it stands
	Version     int64
}

// Text is what the box says.
func (d Driver) Text() string {
	if d.Kind == AimKind {
		return ReadAim(d.Body).Text()
	}
	return d.Body
}

// Wording is what somebody writes into a box: an Aim for the aim, else a Body;
// Measure is the code of a measure.
type Wording struct {
	Aim     Aim
	Body    string
	Measure string
}

// body is the wording as it is kept.
func (w Wording) body(kind Kind) string {
	if kind == AimKind {
		return w.Aim.body()
	}
	return freetext.OneLine(w.Body)
}

// longestBody bounds what a box says, so that all of it fits when drawn.
const longestBody = 120

// faults lists what is wrong with the wording, by field of the form.
func (w Wording) faults(kind Kind, measures []Measure) (wrong fault.Fields) {
	if kind == AimKind {
		wrong = w.Aim.faults()
	} else {
		freetext.Required(&wrong, "body", "Say what the "+kind.Words()+" is.", w.Body, longestBody)
	}
	_, known := measureByCode(measures, w.Measure)
	switch {
	case w.Measure != "" && !known:
		wrong.Add("measure", "Choose a measure of this programme.")
	case w.Measure == "" && kind == AimKind:
		wrong.Add("measure", "Choose the measure by which you will see whether the aim is reached.")
	}
	return wrong
}
