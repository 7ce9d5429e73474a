// Package lever keeps what bodies outside the networks do that helps or
// hinders spread (plans, payment schemes, guidance, contracts, endorsements
// ...), what each does to a programme, and what is decided for a rollout when
// one changes.
//
// Invariants: a change of a lever is a new version with date, author and
// reason, and the earlier ones stay; a direction belongs to what somebody
// found for a programme on a day, never to the lever; findings are added,
// never altered; a kind of lever counts as checked only when each of its
// levers was looked at since it last changed, and a waiver has a reason and a
// name; a change opens a decision for every rollout that it touches, which
// stays open until somebody decides it with a reason; no gate blocks. A
// mandate (somebody must) and an endorsement (somebody respected approves) are
// different strengths.
package lever
