// Package improvement keeps how people work on a measure: driver diagrams (an
// aim, what drives it, and ideas for change) and PDSA cycles (plan, do, study,
// act), the small tests by which an idea is tried.
//
// A programme has one shared diagram, and each of its members may have one of
// its own. A cycle belongs to a member, and perhaps to one of its sites; it
// tries an idea of either diagram.
//
// Invariants: a diagram has at most one standing aim, and each level hangs
// below the one before it; what is removed is kept, hides what hangs below it
// and can be put back; a cycle does not begin without a prediction, and from
// then on its plan and prediction stay as they were; each step needs the one
// before it; a decision has a reason and is final; people appear as roles.
package improvement
