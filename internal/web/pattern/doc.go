// Package pattern has the Explain pages: an anonymous case table on its way
// from codes to formulas, a step a page, in the order of good practice.
//
//	/explain                    the case sets
//	/explain/{set}              what was published, beside what its table supports
//	/explain/{set}/cases        the table, what its codes mean, notes on each case
//	/explain/{set}/screening    one rule for conditions that were kept and dropped
//	/explain/{set}/truth-table  the rows that the chosen conditions make
//	/explain/{set}/solutions    formulas for success and for failure
//	/explain/{set}/rivals       other conditions that explain as well
//
// Choices travel in the address, so that every result can be linked to and
// works without JavaScript. A choice that cannot be is a 422 with the form and
// what to mend. Every table is a CSV file too. Nothing here names a member.
package pattern
