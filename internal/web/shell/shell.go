package shell

import (
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

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

	TrustedProxies []netip.Prefix // whose word on where a request comes from is taken
}

// Route is one page or command: a method and pattern of http.ServeMux, the
// action it serves, and its handler.
type Route struct {
	Method  string
	Pattern string
	Action  policy.Action
	Serve   func(*Request) error
	MaxBody int64 // most bytes that may be sent to it; 0 for what a form needs
}

// Mux puts the routes behind the checks that all of them share. What no route
// matches is a page that says so; an address that one would match without the
// slash at its end leads to that.
func (k *Kit) Mux(routes []Route) http.Handler {
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Method+" "+route.Pattern, k.handler(route))
	}
	mux.Handle("/", k.handler(Route{Action: policy.SignIn, Serve: func(r *Request) error { return withoutSlash(r, mux) }}))
	k.Sessions.ErrorFunc = sessionFailed
	pages := k.Sessions.LoadAndSave(mux)
	all := http.NewServeMux()
	all.Handle("GET "+static.Prefix, k.Assets)
	all.Handle("/", pages)
	return k.protect(all)
}

// withoutSlash leads on from an address that ends in a slash too many. Only
// reading is led on: a browser would send a form again without its content.
func withoutSlash(r *Request, mux *http.ServeMux) error {
	path := strings.TrimRight(r.URL.Path, "/")
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !reading || path == "" || path == r.URL.Path {
		return nothingHere(r)
	}
	to := &url.URL{Path: path, RawPath: strings.TrimRight(r.URL.RawPath, "/"), RawQuery: r.URL.RawQuery}
	if _, pattern := mux.Handler(&http.Request{Method: http.MethodGet, Host: r.Host, URL: to}); pattern == "/" || pattern == "" {
		return nothingHere(r)
	}
	http.Redirect(r.W, r.Request, to.String(), http.StatusMovedPermanently)
	return nil
}
