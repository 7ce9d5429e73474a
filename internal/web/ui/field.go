package ui

import "strings"

// Size is the type size of a label, legend, heading or caption.
type Size string

// The sizes of the design system, "" being that of body text.
const (
	SizeS  Size = "s"
	SizeM  Size = "m"
	SizeL  Size = "l"
	SizeXL Size = "xl"
)

// modifier returns block--size, or "" for the size of body text.
func (s Size) modifier(block string) string {
	if s == "" {
		return ""
	}
	return block + "--" + string(s)
}

// field is what every form control shows round its input.
type field struct {
	id, label, hint, err string
	size                 Size
	heading              bool
	hidden               bool
}

func (f field) hintID() string  { return f.id + "-hint" }
func (f field) errorID() string { return f.id + "-error" }

// describedBy lists the ids that a screen reader speaks after the label.
func (f field) describedBy() string {
	var ids []string
	if f.hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.err != "" {
		ids = append(ids, f.errorID())
	}
	return strings.Join(ids, " ")
}

// or returns the first of two strings that is not empty.
func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
