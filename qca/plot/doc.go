// Package plot draws the results of package qca as SVG: XY plot, configuration
// table, Venn diagram, prime implicant chart and robustness ranges. It imports
// only the standard library and qca.
//
//	figure, err := plot.XY(table, "OUT", expression, plot.Sufficiency)
//	wide, err := figure.SVG(plot.Drawing{ID: "xy"})
//	narrow, err := figure.SVG(plot.Drawing{ID: "xy-narrow", Width: 288})
//	rows := figure.Table()
//
// What every plot keeps to:
//   - It is drawn for a width in pixels instead of shrunk to it: text is at least
//     13 units high at any width from MinWidth on.
//   - Shape, pattern or word carries the meaning; colour only repeats it.
//   - It has a title, a description, and a table with the same facts.
//   - What a reader compares can be reached by the keyboard and has a name that
//     gives every figure in it, up to a number of stops that one can still pass.
//   - The same results give the same bytes.
//   - Names may hold anything: they are escaped, and cut where they are too long
//     to draw. The table has them whole.
package plot
