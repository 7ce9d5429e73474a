// Package adoption keeps what sites report each period and computes from it
// how far an innovation has been taken up.
//
// Definitions. A site has adopted in a period when it reported a level at or
// above the measure's adopted level. The rate of a member is the number of its
// eligible sites that have adopted, over all its eligible sites, in percent;
// the eligible list of a period is frozen with the member that each site
// counted under at the time. A site that did not report is not known to have
// adopted: it stays in the denominator, and the number that reported is shown
// beside every rate. The rate of a programme pools all sites; it is not the
// mean of the members' rates.
//
// What is counted stands in a rollup by member and period, which Recompute
// renews in the transaction that changes an eligible list or an observation.
//
// Invariants: a rate is computed, never typed; a figure that others published
// without its parts is kept apart as a published figure and marked so; a
// correction adds a restatement and keeps the old value; lists of members are
// alphabetical, never ranked; a target states >= or >.
package adoption
