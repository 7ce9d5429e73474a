package lever

import (
	"slices"
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Decision is what becomes of a rollout after a lever changed.
type Decision string

// The decisions.
const (
	GoOn  Decision = "go on"
	Adapt Decision = "adapt"
	Pause Decision = "pause"
	Stop  Decision = "stop"
)

// Decisions lists them.
var Decisions = []Decision{GoOn, Adapt, Pause, Stop}

// Alert says that a lever changed which touches a rollout, and asks what to
// do. While it is open, further changes of the lever join it, so that whoever
// decides sees all of them.
type Alert struct {
	ID            string
	LeverID       string
	LeverName     string // as listed, like the names below; not stored with the alert
	Rollout       rollout.Rollout
	ProgrammeCode string
	ProgrammeName string
	FromVersion   int64 // the last version before the change
	ToVersion     int64 // the newest
	RaisedAt      time.Time
	Decision      Decision // empty while it is open
	Reason        string
	Lesson        string // of a stop
	DecidedAt     time.Time
	DecidedBy     string
	Version       int64
}

func (a Alert) mayDecide(actor policy.Actor) bool {
	return policy.Allow(actor, policy.DecideOnLevers, a.Rollout.Object()) == nil
}

// seen keeps the alerts of rollouts that the actor may see.
func seen(actor policy.Actor, alerts []Alert) []Alert {
	return slices.DeleteFunc(alerts, func(a Alert) bool {
		return policy.Allow(actor, policy.ViewLeverEffects, a.Rollout.Object()) != nil
	})
}

// Verdict is what somebody decides, and why.
type Verdict struct {
	Decision Decision
	Reason   string
	Lesson   string // what a stop taught
}

// faults lists what is wrong with a verdict, by field of the form.
func (v Verdict) faults() (wrong fault.Fields) {
	chosen(&wrong, "decision", "Choose to go on, adapt, pause or stop.", v.Decision, Decisions)
	freetext.Required(&wrong, "reason", "Say why, so that others can learn from it.", v.Reason, longestText)
	if v.Decision == Stop || strings.TrimSpace(v.Lesson) != "" {
		freetext.Required(&wrong, "lesson", "Say what others can learn from stopping.", v.Lesson, longestText)
	}
	return wrong
}

func (v Verdict) tidy() Verdict {
	v.Reason, v.Lesson = strings.TrimSpace(v.Reason), strings.TrimSpace(v.Lesson)
	return v
}
