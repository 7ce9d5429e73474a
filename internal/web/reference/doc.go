// Package reference has the pages of the shelves: all of them, one shelf with
// its filters, one entry, a shelf as CSV, and the search over all that readers
// look things up in.
//
// Every address is stable and every page works without JavaScript: a filter is
// a form that asks with GET, so a filtered shelf has an address of its own.
package reference
