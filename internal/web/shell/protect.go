package shell

import (
	"log/slog"
	"net/http"
	"runtime/debug"

	"sir/internal/fault"
	"sir/internal/policy"
)

// contentPolicy lets a page load only what this service serves: no inline
// script or style, no frames, no other hosts.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect sets the headers that every answer carries, refuses forms sent from
// other sites, and survives a handler's panic.
func (k *Kit) protect(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(k.Sessions.LoadAndSave(k.handler(Route{Action: policy.SignIn, Serve: refuseCrossOrigin})))
	checked := crossOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer k.survive(w, r)
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		if k.Secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		checked.ServeHTTP(w, r)
	})
}

func refuseCrossOrigin(*Request) error {
	return fault.Forbidden("This form was sent from another site, so nothing was done. Open the page here and send it again.")
}

// survive answers 500 when a handler panics, and keeps the service running.
func (k *Kit) survive(w http.ResponseWriter, r *http.Request) {
	recovered := recover()
	if recovered == nil {
		return
	}
	if recovered == http.ErrAbortHandler {
		panic(recovered)
	}
	k.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.Any("panic", recovered),
		slog.String("path", r.URL.Path), slog.String("stack", string(debug.Stack())))
	http.Error(w, "Sorry, there is a problem with the service. Try again later.", http.StatusInternalServerError)
}
