package lever

// CheckState is how far a kind of lever was checked for a programme.
type CheckState string

// The states.
const (
	NotChecked CheckState = "not checked"
	LookAgain  CheckState = "look again" // a lever is new or changed since, or nothing was found and now there is one
	Excused    CheckState = "waived"
	Checked    CheckState = "checked"
)

// Check is what is known about one of the five kinds for a programme.
type Check struct {
	Kind     Kind
	State    CheckState
	Findings []Effect // the last about each lever of the kind, and the last about the kind where that is newer
	New      []Lever  // levers of the kind, not ended, that nobody looked at for this programme
	Changed  []Lever  // levers that have changed since they were looked at
}

// Checks answers the state of each of the five kinds on a day, in the order of
// Five. effects are those on one programme, by time.
func Checks(today string, levers []Lever, effects []Effect) []Check {
	checks := make([]Check, len(Five))
	for i, kind := range Five {
		checks[i] = checkOf(kind, today, levers, latest(effects))
	}
	return checks
}

func checkOf(kind Kind, today string, levers []Lever, last []Effect) Check {
	c := Check{Kind: kind}
	found := map[string]Effect{}
	for _, e := range last {
		if e.Kind == kind {
			c.Findings, found[e.LeverID] = append(c.Findings, e), e
		}
	}
	for _, l := range levers {
		e, looked := found[l.ID]
		switch {
		case l.Kind != kind:
		case looked && e.LeverVersion < l.Version:
			c.Changed = append(c.Changed, l)
		case !looked && l.On(today) != Ended:
			c.New = append(c.New, l)
		}
	}
	switch general, said := found[""]; {
	case len(c.Findings) == 0:
		c.State = NotChecked
	case said && general.Finding == Waived && len(c.Findings) == 1:
		c.State = Excused
	case len(c.New)+len(c.Changed) > 0:
		c.State = LookAgain
	default:
		c.State = Checked
	}
	return c
}

// Missing counts the kinds that are neither checked nor waived.
func Missing(checks []Check) int {
	n := 0
	for _, c := range checks {
		if c.State == NotChecked || c.State == LookAgain {
			n++
		}
	}
	return n
}
