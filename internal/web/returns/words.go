package returns

import (
	"fmt"
	"strconv"
	"time"

	area "sir/internal/adoption"
	"sir/internal/web/ui"
)

// percentOf is a share in whole percent. One that is not the whole is never
// said to be 100 %, and one that is something never 0 %.
func percentOf(part, whole int) string {
	if whole == 0 {
		return "none expected"
	}
	percent := (200*part + whole) / (2 * whole)
	switch {
	case part < whole && percent == 100:
		percent = 99
	case part > 0 && percent == 0:
		percent = 1
	}
	return strconv.Itoa(percent) + "%"
}

// shareWords is a part of a whole with its share.
func shareWords(part, whole int) string {
	if whole == 0 {
		return "none expected"
	}
	return fmt.Sprintf("%d (%s)", part, percentOf(part, whole))
}

func dayOf(t time.Time) string { return ui.Date(t.UTC().Format(time.DateOnly)) }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// approvalWords says who approved, and when.
func approvalWords(a *area.Approval) string {
	if a == nil {
		return "not approved"
	}
	return "by " + a.ApprovedBy + ", " + dayOf(a.ApprovedAt)
}

// rateWords is a rate with what it is made of.
func rateWords(r area.Rate) string {
	if !r.Known {
		return "not known"
	}
	text := fmt.Sprintf("%d%% (%d of %d", r.Rounded(), r.Adopted, r.Eligible)
	if r.Reported < r.Eligible {
		text += fmt.Sprintf(", %d reported", r.Reported)
	}
	return text + ")"
}

// stateOf says in a word how far a return has come.
func stateOf(o area.Owing) string {
	switch {
	case o.Missing():
		return "Missing"
	case o.Late():
		return "Late"
	}
	return "Not complete"
}

// lastSent says when a site sent something last before, and through whom.
func lastSent(o area.Owing) string {
	if o.LastPeriod.IsZero() {
		return "never"
	}
	text := o.LastPeriod.Label() + ", on " + ui.Date(o.LastSentOn)
	if o.LastSentBy != "" {
		text += ", by " + o.LastSentBy
	}
	return text
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
