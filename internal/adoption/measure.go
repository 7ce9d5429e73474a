package adoption

import (
	"fmt"
	"maps"
	"slices"
)

// Measure is one thing that sites report: an adoption level or a count. Key is
// its integer key in the observations.
type Measure struct {
	ID            string
	Key           int64
	ProgrammeID   string
	CollectionKey int64
	Code          string
	Name          string
	Meaning       string // what exactly is to be reported
	Kind          string // LevelMeasure or CountMeasure
	Purpose       Purpose
	Direction     Direction
	Required      bool           // without it a return is not complete
	AdoptedLevel  int            // for a level: this and higher levels count as adopted
	Levels        map[int]string // for a level: what each one is called
	Largest       int64          // for a count: more is refused as a slip; 0 where there is no bound
	PartOf        int64          // for a count: the key of the measure that it cannot exceed; 0 where there is none
}

// LevelMeasure and CountMeasure are the kinds of measures.
const (
	LevelMeasure = "level"
	CountMeasure = "count"
)

// Purpose is what a measure is for.
type Purpose string

// The purposes. A programme has at most one adoption measure, by whose levels
// its rate is counted; a process measure with levels is a milestone.
const (
	ForAdoption  Purpose = "adoption"
	ForActivity  Purpose = "activity"
	ForProcess   Purpose = "process"
	ForBalancing Purpose = "balancing"
)

// Direction is which way is better.
type Direction string

// The directions.
const (
	Increase Direction = "increase"
	Decrease Direction = "decrease"
	Neutral  Direction = "neutral"
)

// Check answers why a value cannot be one of the measure's; empty when it can.
func (m Measure) Check(value int64) string {
	switch {
	case m.Kind == LevelMeasure && m.Levels[int(value)] == "":
		return fmt.Sprintf("%s has the levels %s", m.Name, m.levelList())
	case value < 0:
		return m.Name + " cannot be less than 0"
	case m.Largest > 0 && value > m.Largest:
		return fmt.Sprintf("%s is not expected to be over %d: check it, or have the bound of the measure raised", m.Name, m.Largest)
	}
	return ""
}

// levelList names the levels, such as "0 to 4" or "0, 1 and 3".
func (m Measure) levelList() string {
	levels := slices.Sorted(maps.Keys(m.Levels))
	n := len(levels)
	switch {
	case n == 0:
		return "none"
	case n == 1:
		return fmt.Sprint(levels[0])
	case levels[n-1]-levels[0] == n-1:
		return fmt.Sprintf("%d to %d", levels[0], levels[n-1])
	}
	text := fmt.Sprint(levels[0])
	for _, level := range levels[1 : n-1] {
		text += fmt.Sprintf(", %d", level)
	}
	return text + fmt.Sprintf(" and %d", levels[n-1])
}

// Adopted tells whether a value of the measure counts as adopted.
func (m Measure) Adopted(value int64) bool {
	return m.Kind == LevelMeasure && value >= int64(m.AdoptedLevel)
}

// adoptionMeasure answers the measure by which adoption is counted.
func adoptionMeasure(measures []Measure) (Measure, bool) {
	i := slices.IndexFunc(measures, func(m Measure) bool { return m.Purpose == ForAdoption && m.Kind == LevelMeasure })
	if i < 0 {
		return Measure{}, false
	}
	return measures[i], true
}
