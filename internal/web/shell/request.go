package shell

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"sir/internal/auth"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/usecase"
)

// Request is one request with who is asking and in which terms to answer.
type Request struct {
	*http.Request
	W     http.ResponseWriter
	Actor policy.Actor
	Terms term.Pack

	kit     *Kit
	proxies []netip.Prefix // whose X-Forwarded-For is believed
}

// maxForm bounds what a form may send; a route that takes files says more.
const maxForm = 1 << 20

func (k *Kit) handler(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, cmp.Or(route.MaxBody, maxForm))
		w.Header().Set("Cache-Control", "no-store") // what one person may see is kept by no cache
		r = r.WithContext(usecase.Asking(r.Context(), r.Method+" "+r.URL.EscapedPath()))
		request := &Request{Request: r, W: w, Actor: policy.Nobody, kit: k, proxies: k.TrustedProxies}
		defer request.survive()
		if err := request.serve(route); err != nil {
			request.fail(err)
		}
	})
}

func (r *Request) serve(route Route) error {
	if err := r.resume(); err != nil {
		return err
	}
	if err := r.checkAddress(); err != nil {
		return err
	}
	if !policy.Can(r.Actor, route.Action) {
		return r.Require(route.Action, policy.Object{})
	}
	return r.veil(route, route.Serve(r))
}

// veil gives one answer to what is not there and to what is closed, where the
// route's action reaches only some things for the reader. Otherwise guessed
// addresses would tell them what there is.
func (r *Request) veil(route Route, err error) error {
	hidden := errors.Is(err, fault.ErrForbidden) || errors.Is(err, fault.ErrNotFound)
	if !hidden || !strings.Contains(route.Pattern, "{") || policy.ReachOf(r.Actor, route.Action).Has(policy.Everything) {
		return err
	}
	return errors.Join(fault.Forbidden("There is nothing at this address that your role lets you see. "+
		"Check the address, or ask an administrator if you need it for your work."), err)
}

// Require checks that the actor may do the action to the object, for the rare
// page that asks for more than the use case behind it. A refusal is recorded.
func (r *Request) Require(action policy.Action, object policy.Object) error {
	return r.kit.Desk.Read(r.Context(), r.Actor, action, object)
}

// checkAddress refuses an address that no link or form of ours leads to. The
// rest of a query that cannot be read would be dropped without a word.
func (r *Request) checkAddress() error {
	if _, err := cleanText(r.URL.Path); err != nil || tooLong(r.URL.Path) {
		return nothingHere(r)
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return fault.Invalid("The address could not be read: a %% or a ; in it is out of place. Use the links and forms on the pages.")
	}
	return nil
}

// The keys of what a session holds.
const (
	accountKey = "account"
	epochKey   = "epoch"
	noticeKey  = "notice"
)

// resume finds out who is asking. A session that was ended elsewhere is
// destroyed, and its holder asked to sign in again.
func (r *Request) resume() error {
	var err error
	if r.Terms, _, err = r.kit.Settings.TermPack(r.Context()); err != nil {
		return err
	}
	id := r.kit.Sessions.GetString(r.Context(), accountKey)
	if id == "" {
		return nil
	}
	account, err := r.kit.Auth.Resume(r.Context(), id, r.kit.Sessions.GetInt64(r.Context(), epochKey))
	if errors.Is(err, fault.ErrSignedOut) {
		return r.kit.Sessions.Destroy(r.Context())
	}
	if err != nil {
		return err
	}
	r.Actor = account.Actor()
	return nil
}

// Open starts the account's session under a new token, so that one planted
// before the sign-in is worth nothing.
func (r *Request) Open(account auth.Account) error {
	if err := r.kit.Sessions.RenewToken(r.Context()); err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	r.kit.Sessions.Put(r.Context(), accountKey, account.ID)
	r.kit.Sessions.Put(r.Context(), epochKey, account.Epoch)
	return nil
}

// End ends the session.
func (r *Request) End() error { return r.kit.Sessions.Destroy(r.Context()) }

// Field answers a posted value without surrounding space. Text that is not
// valid UTF-8, or holds control characters other than line ends and tabs, is
// refused: it cannot be stored on both engines.
func (r *Request) Field(name string) (string, error) {
	if err := r.ParseForm(); err != nil {
		return "", fault.Invalid("The form could not be read. It may be larger than 1 MB: shorten it and send it again.")
	}
	return cleanText(r.PostForm.Get(name))
}

// Fields reads several posted values to where they belong.
func (r *Request) Fields(to map[string]*string) error {
	for name, value := range to {
		text, err := r.Field(name)
		if err != nil {
			return err
		}
		*value = text
	}
	return nil
}

// Version answers the version that a form was made for, which it carries in
// its field "version"; one that is no number is 0, the version of nothing.
func (r *Request) Version() (int64, error) {
	text, err := r.Field("version")
	if err != nil {
		return 0, err
	}
	n, _ := strconv.ParseInt(text, 10, 64)
	return n, nil
}

// Choice answers a value of the address's query, cleaned like Field.
func (r *Request) Choice(name string) (string, error) { return cleanText(r.URL.Query().Get(name)) }

// Clean is Field for text that came otherwise, such as the name of a file.
func Clean(text string) (string, error) { return cleanText(text) }

func cleanText(text string) (string, error) {
	unwanted := func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' }
	if strings.ToValidUTF8(text, "") != text || strings.ContainsFunc(text, unwanted) {
		return "", fault.Invalid("The text contains a character that cannot be stored. Type it again rather than pasting it.")
	}
	return strings.TrimSpace(text), nil
}

// Notify keeps a message for the next page that this person sees.
func (r *Request) Notify(message string) {
	r.kit.Sessions.Put(r.Context(), noticeKey, message)
}

// Redirect answers 303, so that reloading the next page sends nothing twice.
func (r *Request) Redirect(path string) error {
	http.Redirect(r.W, r.Request, path, http.StatusSeeOther)
	return nil
}

// detached is the request's context without its cancellation, for what must
// be written down although the reader has gone.
func (r *Request) detached() context.Context { return context.WithoutCancel(r.Context()) }
