package improvement

import (
	"fmt"
	"strings"
)

// Numbers answers which in its ramp each cycle is, by id: the cycles in which
// one member tries one idea, from 1 on. The cycles must be in the order of
// their starts.
func Numbers(cycles []Cycle) map[string]int {
	last, numbers := map[[2]string]int{}, map[string]int{}
	for _, c := range cycles {
		ramp := [2]string{c.DriverID, c.UnitID}
		if c.DriverID == "" {
			ramp[0] = c.ID
		}
		last[ramp]++
		numbers[c.ID] = last[ramp]
	}
	return numbers
}

// Progress says in words how far an idea has come by its cycles, which must be
// in the order of their starts.
func Progress(cycles []Cycle, today string) string {
	n := len(cycles)
	if n == 0 {
		return "not tested yet"
	}
	last := cycles[n-1]
	for _, c := range cycles {
		if c.UnitID != last.UnitID {
			return Tally(cycles, today)
		}
	}
	switch state := last.State(today); state {
	case Adopted, Abandoned:
		return fmt.Sprintf("%s after %s", state, counted(n))
	case Adapted:
		return fmt.Sprintf("adapted in cycle %d, next cycle to plan", n)
	default:
		return fmt.Sprintf("cycle %d %s", n, state)
	}
}

// Tally counts cycles by state, such as "3 cycles: 1 running, 2 adopted"; empty
// where there are none.
func Tally(cycles []Cycle, today string) string {
	switch len(cycles) {
	case 0:
		return ""
	case 1:
		return "1 cycle: " + string(cycles[0].State(today))
	}
	n := map[State]int{}
	for _, c := range cycles {
		n[c.State(today)]++
	}
	var parts []string
	for _, state := range States {
		if n[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[state], state))
		}
	}
	return counted(len(cycles)) + ": " + strings.Join(parts, ", ")
}

func counted(n int) string {
	if n == 1 {
		return "1 cycle"
	}
	return fmt.Sprintf("%d cycles", n)
}
