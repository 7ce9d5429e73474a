// Package network keeps the members (the networks that spread innovations),
// their orientation and staff, and organisations over time: sites, those that
// run them, and the areas that they lie in, in several hierarchies at once.
//
// What belonged to what stands in dated memberships; what a site belonged to
// all the way up is its placement, which Place derives from them. An
// organisation file is read into entries, a plan works out what they do to a
// register of everything in memory, and the register is stored: a dry run is
// the same without the last step.
//
// Invariants: lists of members are alphabetical by name, never ranked; a site
// stands in at most one unit of each kind on any date; a merger or closure adds a
// succession and an end date, and never rewrites what was before.
package network
