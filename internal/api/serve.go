package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"unicode"
	"unicode/utf8"

	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// asked is what is kept of a request until it is answered.
type asked struct {
	incident string
	address  string // path and query
	actor    policy.Actor
	err      error // for the log
}

type askedKey struct{}

func askedIn(ctx context.Context) *asked {
	a, _ := ctx.Value(askedKey{}).(*asked)
	return a
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.setHeaders(w.Header())
	request := &asked{incident: rand.Text()[:10], address: r.URL.RequestURI(), actor: policy.Nobody}
	ctx := usecase.Asking(context.WithValue(r.Context(), askedKey{}, request), r.Method+" "+r.URL.EscapedPath())
	r = r.WithContext(ctx)
	out := &answer{ResponseWriter: w, hold: r.Method == http.MethodGet || r.Method == http.MethodHead}
	defer a.finish(out, r, request)
	if err := a.admit(out, r, request); err != nil {
		a.refuse(out, r, err)
		return
	}
	if err := checkType(r); err != nil {
		request.err = err
		newProblem(r.Context(), http.StatusUnsupportedMediaType, inWords[http.StatusUnsupportedMediaType]).write(out)
		return
	}
	a.mux.ServeHTTP(out, r)
}

// setHeaders lets no page of another site read an answer, and no cache keep
// one without asking whether it still holds.
func (a *API) setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Authorization")
	if a.options.Secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// admit finds out who asks, and refuses an address that no link leads to. The
// document is for everybody.
func (a *API) admit(w http.ResponseWriter, r *http.Request, request *asked) error {
	if r.URL.Path == DocumentPath {
		return nil
	}
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if secret = strings.TrimSpace(secret); !strings.EqualFold(scheme, "Bearer") || secret == "" {
		w.Header().Set("WWW-Authenticate", `Bearer realm="SIR"`)
		return fault.SignedOut("Send a key in the header Authorization: Bearer sir_... Make one on the page Your account.")
	}
	var err error
	request.actor, err = a.app.Auth.TokenActor(r.Context(), secret, a.options.Address(r))
	if errors.Is(err, fault.ErrSignedOut) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="SIR", error="invalid_token"`)
	}
	if err != nil {
		return err
	}
	return checkAddress(r.URL)
}

// checkAddress refuses what no code or id holds, and what one engine could not
// even look for.
func checkAddress(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return fault.Invalid("The address could not be read: a %% or a ; in it is out of place.")
	}
	texts := []string{u.Path}
	for name, values := range query {
		if len(values) > 1 {
			return fault.Invalid("The parameter %q stands in the address twice.", clip(name))
		}
		texts = append(texts, name, values[0])
	}
	for _, text := range texts {
		if len(text) > 1000 || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			return fault.Invalid("The address holds a character that cannot stand in a code, or is too long.")
		}
	}
	return nil
}

func clip(text string) string { return text[:min(len(text), 40)] }

func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var p *Problem
	if errors.As(problem(r.Context(), err), &p) {
		p.write(w)
	}
}

// finish survives what went wrong, sends the answer and writes the line that
// belongs to a refusal.
func (a *API) finish(out *answer, r *http.Request, request *asked) {
	if recovered := recover(); recovered != nil {
		if err, ok := recovered.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(err)
		}
		out.reset()
		a.refuse(out, r, fmt.Errorf("panic: %v\n%s", recovered, debug.Stack()))
	}
	if out.status == http.StatusNotFound || out.status == http.StatusMethodNotAllowed {
		a.explainMux(out, r, request)
	}
	out.send(r)
	if out.status < http.StatusBadRequest {
		return
	}
	level := slog.LevelInfo
	if out.status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	text := ""
	if request.err != nil {
		text = request.err.Error()
	}
	a.options.Log.Log(context.WithoutCancel(r.Context()), level, "request failed", "incident", request.incident, "status", out.status,
		"method", r.Method, "path", r.URL.Path, "actor", request.actor.ID, "error", text)
}

// explainMux puts a problem in the place of what the mux says to an address or
// a method that no route has.
func (a *API) explainMux(out *answer, r *http.Request, request *asked) {
	if strings.HasPrefix(out.Header().Get("Content-Type"), "application/problem+json") {
		return
	}
	status, text := out.status, "There is nothing at this address. "+DocumentPath+" lists all that there is."
	if status == http.StatusMethodNotAllowed {
		text = "This address does not take " + r.Method + "; it takes " + out.Header().Get("Allow") + "."
	}
	request.err = errors.New(text)
	out.reset()
	newProblem(r.Context(), status, text).write(out)
}

// answer holds back the answer to a GET, and any refusal of the mux, until it
// is whole: then its entity tag can be told. A prefix of the tag may stand in
// the header ETag.
type answer struct {
	http.ResponseWriter
	hold   bool
	status int
	body   bytes.Buffer
}

// Unwrap lets deadlines be set.
func (w *answer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *answer) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *answer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

func (w *answer) reset() {
	w.status = 0
	w.body.Reset()
	for _, name := range []string{"Content-Type", "Content-Length", "Link", "ETag"} {
		w.Header().Del(name)
	}
}

// send writes the answer, or 304 where the program has it already.
func (w *answer) send(r *http.Request) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if w.hold && w.status == http.StatusOK {
		sum := sha256.Sum256(w.body.Bytes())
		tag := `"` + w.Header().Get("ETag") + hex.EncodeToString(sum[:12]) + `"`
		w.Header().Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			w.Header().Del("Content-Type")
			w.ResponseWriter.WriteHeader(http.StatusNotModified)
			return
		}
	} else if !w.hold {
		w.Header().Del("ETag")
	}
	w.ResponseWriter.WriteHeader(w.status)
	if r.Method != http.MethodHead {
		_, _ = w.body.WriteTo(w.ResponseWriter) // the program may be gone by now
	}
}

// matches compares weakly, as If-None-Match asks for.
func matches(headers []string, tag string) bool {
	for candidate := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == "*" || candidate == tag {
			return true
		}
	}
	return false
}
