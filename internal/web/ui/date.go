package ui

import "time"

// Date writes an ISO date the way the NHS content style does, "14 July 2023".
// Text that is no ISO date is left as it is.
func Date(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return day.Format("2 January 2006")
}
