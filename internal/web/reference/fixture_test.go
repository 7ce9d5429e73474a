package reference

import (
	"testing"

	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// serve answers a site with this package's pages.
func serve(t testing.TB, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, Routes(a.Reference, a.Network, a.Adoption, a.Pattern))
}

// evaluator visits the pages over the demonstration's data.
func evaluator(t testing.TB) *pagetest.Visitor {
	return serve(t, pagetest.Demo(t)).As(t, policy.Evaluator)
}
