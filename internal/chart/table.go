package chart

// Table is the chart in rows: the first cell of each row names it. Numbers are plain (no unit, no separator); a missing
// value is its reason.
type Table struct {
	Caption string
	Headers []string
	Rows    [][]string
}
