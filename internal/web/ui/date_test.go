package ui

import "testing"

func TestDate(t *testing.T) {
	for iso, want := range map[string]string{
		"2023-07-04": "4 July 2023",
		"2024-02-29": "29 February 2024",
		"":           "",
		"2023-02-30": "2023-02-30",
		"soon":       "soon",
	} {
		if got := Date(iso); got != want {
			t.Errorf("Date(%q) = %q, want %q", iso, got, want)
		}
	}
}
