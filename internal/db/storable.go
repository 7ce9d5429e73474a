package db

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"sir/internal/fault"
)

// storable answers an ErrInvalid that may be shown where a text among the
// arguments of a statement holds a NUL or is not UTF-8. PostgreSQL takes
// neither and SQLite takes both, so this is where the engines are made equal,
// and where text from every way in is refused last.
func storable(args []any) error {
	for _, arg := range args {
		text, ok := textOf(arg)
		if ok && (strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text)) {
			return fault.Invalid("The text contains a character that cannot be stored. Type it again rather than pasting it.")
		}
	}
	return nil
}

// textOf answers the text of a string, of a type made from one, or behind a
// pointer, as database/sql takes them.
func textOf(arg any) (text string, ok bool) {
	if text, ok := arg.(string); ok {
		return text, true
	}
	value := reflect.ValueOf(arg)
	for value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	if value.Kind() != reflect.String {
		return "", false
	}
	return value.String(), true
}

// refused is a row that was never asked for.
type refused struct{ err error }

// Scan answers why not.
func (r refused) Scan(...any) error { return r.err }
