// Package fault names the ways in which a use case can refuse, and carries a
// message that may be shown to the person who asked.
//
// An error that is not a *fault.Error is a defect or an outage: its text stays
// in the log, and the page shows only an incident id.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// The kinds of refusal. Compare with errors.Is.
var (
	ErrNotFound  = errors.New("not found")
	ErrInvalid   = errors.New("invalid")
	ErrStale     = errors.New("stale")
	ErrForbidden = errors.New("forbidden")
	ErrSignedOut = errors.New("not signed in")
	ErrTooMany   = errors.New("too many attempts")
)

// Error is a refusal that the person who asked may read: Message says what was
// wrong and what to do. Fields is set for ErrInvalid where a form or a file
// can be mended in named places.
type Error struct {
	Kind    error
	Message string
	Fields  []Field
}

// Field is one thing to mend. Name is the form field, column or flag it
// belongs to.
type Field struct {
	Name    string
	Message string
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	parts := make([]string, 0, len(e.Fields)+1)
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	for _, f := range e.Fields {
		parts = append(parts, f.Message)
	}
	return strings.Join(parts, "; ")
}

func (e *Error) Unwrap() error { return e.Kind }

// NotFound says that the named thing is not there, or not there for this
// person: the two are not told apart, so that a guessed id teaches nothing.
func NotFound(format string, args ...any) error { return newError(ErrNotFound, format, args) }

// Invalid says what is wrong with the input as a whole.
func Invalid(format string, args ...any) error { return newError(ErrInvalid, format, args) }

// Stale says that somebody else changed the record in the meantime.
func Stale(format string, args ...any) error { return newError(ErrStale, format, args) }

// Forbidden says that this person may not do this.
func Forbidden(format string, args ...any) error { return newError(ErrForbidden, format, args) }

// SignedOut says that nobody is signed in, or that the sign-in did not work.
func SignedOut(format string, args ...any) error { return newError(ErrSignedOut, format, args) }

// TooMany says that the same thing was tried too often.
func TooMany(format string, args ...any) error { return newError(ErrTooMany, format, args) }

func newError(kind error, format string, args []any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Fields collects what is wrong with a form, field by field. The zero value
// is ready to use.
type Fields []Field

// Add notes one thing to mend.
func (f *Fields) Add(name, format string, args ...any) {
	*f = append(*f, Field{Name: name, Message: fmt.Sprintf(format, args...)})
}

// Err is nil when nothing was added, else an ErrInvalid that carries them all.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: ErrInvalid, Fields: f}
}
