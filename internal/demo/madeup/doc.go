// Package madeup invents an example programme, so that what the report does not give can be seen working: sites, dated
// memberships, rollouts that start early or late, champions who leave, three years of quarterly returns with late, missing
// and corrected ones, monthly counts with a change and an odd month, steps to going live, a merger and a closure.
//
// Nothing in it is real. Every name ends in "(made-up)", people appear as roles only, and site codes contain a hyphen,
// which no code of the Organisation Data Service does (they are one to nine letters and digits), so that none can be taken
// for an organisation that exists.
//
// Generate is a pure function of its seed: the same seed gives the same records on every machine. It draws from a PCG
// generator, reads no clock, and rounds its one real-valued curve to whole numbers.
//
// Conventions of the records: dates are midnight UTC; a To or Closed date is the first day on which something no longer
// holds, and zero while it holds; a site counts for a period, and under a network, by how things stand on the period's last
// day.
//
// What always holds, whatever the seed:
//   - every expected return (a site in a period of its eligibility) is there once, as a Return or as a MissingReturn;
//   - completed is at most referrals, before and after every restatement; at level 0 and 1 both are zero;
//   - a return is sent after its period has ended; none is for a period in which its site was closed;
//   - sites that merged report under their successor from the day of the merger;
//   - an open site is in one organisation, commissioner and region on every day since the networks were formed, and one
//     commissioner changes its region on the first day of Q1 2024/25;
//   - a monthly return is for a month of its site's eligibility, at most one; answered is at most queries, and no site goes
//     back a step;
//   - each kind of event that the demo wants to show happens at least once.
package madeup
