// Package period names the stretches of time that returns, rates and targets belong to: a calendar month, a quarter of
// the UK financial year, or a whole financial year (1 April to 31 March).
//
// A Period is a small comparable value. The same quarter has five spellings in the systems it travels to, and each has
// its own method and parser:
//
//	Label   Q3 2018/19                       people
//	Long    Q3 2018/19 (Oct to Dec 2018)     people, first mention
//	Slug    q3_2018_19                       CSV columns and addresses
//	ISO     2018-10-01/P3M                   ISO 8601 start and duration, ADX
//	DHIS2   2018Q4                           calendar quarter
//	SDMX    2018-Q3                          reporting year that starts on 1 April
//
// The last two differ by a hyphen and a quarter of a year, so Parse refuses both: a caller must say which system the text
// came from, with ParseDHIS2 or ParseSDMX.
package period
