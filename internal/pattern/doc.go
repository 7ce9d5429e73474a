// Package pattern keeps anonymous case tables and explains their outcome with
// Qualitative Comparative Analysis (package qca).
//
// A case set has conditions, each with a written "1 means", and cases coded on
// them with coder and source. Cases are a schema of their own: no id, key or
// order leads from a case to a member, a site or a programme. Kept and dropped
// conditions go through the same rules; an analysis shows every tied model,
// the unobserved rows it used, and its rivals.
package pattern
