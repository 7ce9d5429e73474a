package pattern_test

import "testing"

// BenchmarkPages measures a whole request each: session, policy, database,
// analysis and HTML.
func BenchmarkPages(b *testing.B) {
	v := evaluator(b)
	for name, address := range map[string]string{
		"sets":           "/explain",
		"overview":       addresses["overview"],
		"cases":          addresses["cases"],
		"screening":      addresses["screening"],
		"truth-table":    addresses["truth-table"],
		"solutions":      addresses["solutions"],
		"all-conditions": addresses["solutions"] + "?conditions=" + allConditions,
		"intermediate":   addresses["solutions"] + "?solution=intermediate&expect=NONDELAY%3D1&conditions=" + allConditions,
		"rivals":         addresses["rivals"],
		"refused":        addresses["rivals"] + "?max=9",
		"assumptions":    "/explain/tcam/assumptions.csv?conditions=" + allConditions,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				v.Get(address)
			}
		})
	}
}
