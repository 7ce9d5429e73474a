// Package pattern keeps anonymous case tables and explains their outcome with
// Qualitative Comparative Analysis (package qca).
//
// A case set has conditions, each with a written "1 means", and cases coded on
// them with coder and source. Cases are a schema of their own: no id, key or
// order leads from a case to a member, a site or a programme. Kept and dropped
// conditions go through the same rules; an analysis shows every tied model,
// the unobserved rows it used, and its rivals.
//
// The service hands out case tables; the analyses are pure functions of one:
//
//	case.go, case_store.go  the table and its rows in the database
//	choice.go               which conditions an analysis is of
//	published.go            what the source says, to be set beside it
//	screening.go            one rule for kept and dropped conditions
//	truth_table.go          rows, contradictions, rows that nobody observed
//	solution.go             formulas for success and for failure
//	rival.go                formulas of other conditions that do as well
//	overview.go             all of these in short
package pattern
