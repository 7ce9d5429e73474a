// Package innovation keeps the innovations that programmes spread: what each
// is and changes, what is known about it, what is said about it to whom, how
// ready it is to spread, and what panels decided.
//
// A record is kept by a member. Its people, the leads of programmes that
// spread the innovation, and its innovator may change it.
//
// Invariants: nothing that was said is lost (what is taken out is kept, a
// changed narrative is a new version, a panel's decision stays); evidence has a
// source and a day on which it is looked at again; people appear as roles.
// Nothing here blocks a rollout: gaps are shown, and people decide.
package innovation
