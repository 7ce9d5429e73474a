// Package reference keeps the shelves: what the report and other published
// sources say about stages, activities, approaches, factors, levers,
// frameworks and conclusions, in our own words and with a source each.
//
// A shelf holds entries of one kind; facets say what they can be filtered by.
// Invariants: every entry has a source; entries are loaded with a release and
// are not edited in place, so a plan or an observation may refer to them by
// shelf and code. Nothing here stands above another area: any may refer to it.
package reference
