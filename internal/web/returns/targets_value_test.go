package returns

import "testing"

// A decimal comma is no mark between thousands: 5,5 is not 55.
func TestValueTyped(t *testing.T) {
	for text, want := range map[string]float64{
		"12": 12, " 12.5 % ": 12.5, "65%": 65, "1,200": 1200, "1,200,000.5": 1200000.5, "0": 0,
		"5,5": -1, "1,0": -1, "12,34,567": -1, "1e2": -1, "1_0": -1, "NaN": -1, "Inf": -1, "-5": -1, "0x10": -1, "": -1, "%": -1,
	} {
		if got := valueTyped(text); got != want {
			t.Errorf("%q is read as %v, not %v", text, got, want)
		}
	}
}
