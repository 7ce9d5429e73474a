// Package term holds the words that differ by country or year: what a network, its commissioners and its region are
// called. A page asks the instance's Pack for a Label by a Term constant and never writes the words itself.
//
// Two packs ship: England 2018 to 2020, the time of the report, and England 2026. An organisation adds its own as a JSON
// file, read by Parse.
//
// Invariant: a Pack that exists is complete. Every Term has a singular, a plural and a short form, and words that
// came into use have the date; Parse refuses a file that lacks one, names an unknown one, or names one twice.
package term
