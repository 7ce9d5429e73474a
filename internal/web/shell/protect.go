package shell

import (
	"errors"
	"fmt"
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
// other sites, and survives what goes wrong with the session.
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

// survive answers 500 when the handler panicked, and keeps the service running.
func (r *Request) survive() {
	if err := panicked(recover()); err != nil {
		r.fail(err)
	}
}

// survive answers what Request.survive cannot: that the session could not be
// read or kept. The page then knows nobody.
func (k *Kit) survive(w http.ResponseWriter, r *http.Request) {
	if err := panicked(recover()); err != nil {
		stranger := &Request{Request: r, W: w, Actor: policy.Nobody, kit: k}
		stranger.failWith(http.StatusInternalServerError, "", err, stranger.write)
	}
}

// panicked is the error in what was recovered; nil where nothing was.
func panicked(recovered any) error {
	switch value := recovered.(type) {
	case nil:
		return nil
	case sessionFailure:
		return value.error
	case error:
		if errors.Is(value, http.ErrAbortHandler) {
			panic(value)
		}
	}
	return fmt.Errorf("panic: %v\n%s", recovered, debug.Stack())
}

// sessionFailure is an error of the session store. It travels as a panic, since
// scs tells of it in the middle of writing an answer and would then go on.
type sessionFailure struct{ error }

func sessionFailed(_ http.ResponseWriter, _ *http.Request, err error) {
	panic(sessionFailure{fmt.Errorf("session: %w", err)})
}
