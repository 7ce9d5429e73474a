// Package web serves SIR's pages: it puts the routes of all page packages
// together and checks that each names an action of the policy.
package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"

	"sir/internal/api"
	"sir/internal/app"
	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web/account"
	"sir/internal/web/admin"
	"sir/internal/web/adoption"
	"sir/internal/web/home"
	"sir/internal/web/improvement"
	"sir/internal/web/innovation"
	"sir/internal/web/lever"
	"sir/internal/web/network"
	"sir/internal/web/pattern"
	"sir/internal/web/reference"
	"sir/internal/web/returns"
	"sir/internal/web/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/signals"
	"sir/internal/web/static"
)

// Options are how a service is run.
type Options struct {
	Demo    bool // sign-in buttons for every role; only ever on loopback
	Secure  bool // reached over HTTPS
	Version string
	Log     *slog.Logger

	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
}

// New answers the handler of the whole service. It fails when the style sheet
// is not built in, or when a route names no known action.
func New(a *app.App, options Options) (http.Handler, error) {
	assets, err := static.Embedded()
	if err != nil {
		return nil, err
	}
	kit := &shell.Kit{
		Desk: a.Desk, Auth: a.Auth, Settings: a.Settings, Assets: assets, Log: options.Log,
		Sessions: auth.NewSessions(a.Desk.DB, a.Desk.Now, options.Secure),
		Demo:     options.Demo, Secure: options.Secure, Version: options.Version,
		TrustedProxies: options.TrustedProxies,
	}
	routes := Routes(a, options.Demo)
	for _, route := range routes {
		if !policy.Known(route.Action) {
			return nil, fmt.Errorf("route %s %s names the action %q, which the policy does not know", route.Method, route.Pattern, route.Action)
		}
	}
	programs, err := api.New(a, api.Options{
		Version: options.Version, Log: options.Log, Secure: options.Secure,
		Address: func(r *http.Request) string { return shell.AddressOf(r, options.TrustedProxies) },
	})
	if err != nil {
		return nil, err
	}
	return apart(programs, kit.Mux(routes)), nil
}

// apart keeps what programs ask for away from sessions and pages.
func apart(programs, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api.Serves(r.URL.Path) {
			programs.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// Routes lists every route of the service.
func Routes(a *app.App, demo bool) []shell.Route {
	var all []shell.Route
	for _, some := range [][]shell.Route{
		{{Method: "GET", Pattern: "/healthz", Action: policy.ViewHealth, Serve: health(a)}},
		home.Routes(a.Reference, a.Rollout, a.Adoption, a.Pattern),
		account.Routes(a.Auth, demo),
		admin.Routes(a),
		reference.Routes(a.Reference, a.Network, a.Adoption, a.Pattern),
		network.Routes(a.Network, a.Reference),
		network.OrganisationRoutes(a.Network, a.Adoption, a.ImportOrganisations),
		lever.Routes(a.Lever),
		rollout.Routes(a.Rollout, a.Reference),
		rollout.RecordRoutes(a.Rollout, a.Lever),
		adoption.Routes(a.Adoption, a.Reference),
		signals.Routes(a.Adoption, a.Improvement),
		returns.Routes(a.Adoption),
		improvement.Routes(a.Improvement),
		innovation.Routes(a.Innovation),
		pattern.Routes(a.Pattern, a.Reference),
		{{Method: "GET", Pattern: "/measure/{programme}/data-package.zip", Action: policy.ViewPublishedRates, Serve: dataPackage(a)}},
		api.Pages(a),
	} {
		all = append(all, some...)
	}
	return all
}

// health answers "ok" when the database answers, for load balancers.
func health(a *app.App) func(*shell.Request) error {
	return func(r *shell.Request) error {
		if err := a.Desk.DB.Ping(r.Context()); err != nil {
			return fmt.Errorf("the database does not answer: %w", err)
		}
		r.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = r.W.Write([]byte("ok\n")) // the prober may be gone by now
		return nil
	}
}
