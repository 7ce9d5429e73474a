package shell

import (
	"log/slog"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/setting"
	"sir/internal/usecase"
	"sir/internal/web/static"
)

// Kit is what every page needs from the running service.
type Kit struct {
	Desk     *usecase.Desk
	Auth     *auth.Service
	Settings *setting.Service
	Sessions *scs.SessionManager
	Assets   *static.Set
	Log      *slog.Logger
	Demo     bool   // sign-in buttons and the banner
	Secure   bool   // reached over HTTPS
	Version  string // shown in the footer
}

// Route is one page or command: a method and pattern of http.ServeMux, the
// action it serves, and its handler.
type Route struct {
	Method  string
	Pattern string
	Action  policy.Action
	Serve   func(*Request) error
}

// Mux puts the routes behind the checks that all of them share. What no route
// matches is a page that says so.
func (k *Kit) Mux(routes []Route) http.Handler {
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Method+" "+route.Pattern, k.handler(route))
	}
	mux.Handle("/", k.handler(Route{Action: policy.SignIn, Serve: nothingHere}))
	k.Sessions.ErrorFunc = sessionFailed
	pages := k.Sessions.LoadAndSave(mux)
	all := http.NewServeMux()
	all.Handle("GET "+static.Prefix, k.Assets)
	all.Handle("/", pages)
	return k.protect(all)
}
