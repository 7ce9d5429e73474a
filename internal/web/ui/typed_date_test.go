package ui

import "testing"

// What was typed is a date, nothing, or something that no check of dates takes: never silently nothing.
func TestTypedDate(t *testing.T) {
	for typed, want := range map[TypedDate]string{
		{"1", "4", "2027"}: "2027-04-01", {"01", "04", "2027"}: "2027-04-01", {}: "",
		{"soon", "4", "2027"}: "soon 4 2027", {"", "4", "2027"}: " 4 2027", {"-1", "4", "2027"}: "-1 4 2027", {"1", "4", "20270"}: "1 4 20270",
	} {
		if got := typed.ISO(); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
	if got := TypedDateOf("2027-04-01"); got != (TypedDate{"1", "4", "2027"}) {
		t.Errorf("2027-04-01 is typed as %q", got)
	}
	if got := TypedDateOf("soon"); got != (TypedDate{}) {
		t.Errorf("no date is typed as %q", got)
	}
}
