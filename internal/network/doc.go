// Package network keeps the members (the networks that spread innovations),
// their orientation and staff, and the sites that belong to them over time.
//
// Invariants: lists of members are alphabetical by name, never ranked; a site
// belongs to at most one member on any date; a merger or closure adds a
// succession and an end date, and never rewrites what was before.
package network
