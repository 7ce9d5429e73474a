// Package rollout keeps programmes (an innovation to be spread, nationally or
// locally) and their rollouts (what one member does for a programme): when
// they were meant to start and did, in which state they are and why, which
// sites are eligible, and who champions the innovation at them.
//
// Invariants: a stopped rollout has a reason and a lesson; champions are kept
// by role, never by a person's name; start planned and start actual are both
// kept, so that a late start is seen.
package rollout
