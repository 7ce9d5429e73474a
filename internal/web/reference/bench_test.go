package reference

import (
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// BenchmarkPages measures a whole request each: session, policy, database and
// HTML.
func BenchmarkPages(b *testing.B) {
	visitor := serve(b, pagetest.Demo(b)).As(b, policy.Evaluator)
	for name, address := range map[string]string{
		"shelves":      "/shelves",
		"longest":      "/shelves/factors",
		"notes":        "/shelves/approaches",
		"filtered":     "/shelves/stages?concerns=Money",
		"entry":        "/shelves/factors/S4",
		"framework":    "/shelves/frameworks/FW1",
		"search":       "/search?q=adopt",
		"search-full":  "/search?q=e",
		"search-empty": "/search",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				visitor.Get(address)
			}
		})
	}
}
