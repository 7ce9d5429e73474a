// Package static serves the built style sheet, script and icons, which are
// embedded in the binary.
//
// One hash covers the whole build and is part of every address, so that a
// browser may keep a file for a year and still sees a new build at once, and a
// relative address inside the style sheet needs no rewriting.
package static
