package adoption

import (
	"context"
	"testing"

	area "sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// madeUp is the code of the made-up programme, ownMember of the member for
// which the demonstration's roles are held.
const (
	madeUp    = "MU-EXAMPLE"
	ownMember = "MU-N01"
)

var system = policy.System("test")

// serve answers a site with this package's pages.
func serve(t testing.TB, a *app.App) *pagetest.Site {
	return pagetest.Serve(t, a, Routes(a.Adoption, a.Reference))
}

// analyst visits the pages over the demonstration's data.
func analyst(t testing.TB) *pagetest.Visitor {
	return serve(t, pagetest.Demo(t)).As(t, policy.Analyst)
}

// ratesOf is a programme's table as the service computes it.
func ratesOf(t testing.TB, a *app.App, code string) area.Table {
	t.Helper()
	table, err := a.Adoption.Rates(context.Background(), system, code)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
