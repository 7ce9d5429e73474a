// Package rollout keeps programmes (an innovation to be spread, nationally or
// locally) and their rollouts (what one member does for a programme): when
// they were meant to start and did, in which state they are and why, which
// sites are eligible, and who champions the innovation at them.
//
// Invariants: a rollout's states are added to, each with its day and reason,
// and the last one is the rollout's; a stopped rollout has a reason and a
// lesson; what should be there before a rollout is active may be waived with a
// reason, and never blocks; a budget has an end and an after-plan; champions
// are kept by role, never by a person's name; start planned and start actual
// are both kept, so that a late start is seen. A mandate is a programme's own;
// endorsements are kept with the levers.
package rollout
