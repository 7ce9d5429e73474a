// Package chart draws accessible charts as SVG on the server: no script, no style attribute, no style element, so that a
// page with a strict Content-Security-Policy shows them and a downloaded file looks the same.
//
// A chart is a typed struct. Validate says what is wrong with it, Render writes the SVG, Table gives the same numbers as
// headers and rows for the page and for CSV. There is no chart without its table.
//
// What every chart keeps to:
//   - Shape and words carry the meaning; colour only repeats it.
//   - Three layouts instead of one that shrinks: Full is drawn for 960 pixels, Wide for 640, Narrow for the 288 that a page
//     has left on a 320-pixel screen. Text is at least 13 units high in all. Figure writes all, and chart.css shows the one
//     that fits. A heat map with more columns than fit keeps its size and scrolls in its own box.
//   - The svg is a graphics-document with a title and a description, not an img: an img hides what is inside it from
//     assistive technology, and here the inside can be visited.
//   - The stop for the keyboard is what a reader compares: one row of a dot plot, one period of a line chart. Its name
//     gives every value in it, and chart.css shows the numbers beside the points while it has the focus or the pointer.
//     Single points are not stops: 15 rows of 3 points would be 45 presses of Tab on the way past the chart. Beyond
//     maxStops periods a line chart has none, and the table is the way in; a control chart then keeps those that stand out.
//   - A link stays on this service, and its name begins with the words that it shows. A chart with a heading is a file and
//     has no links.
//   - Axes, legend and lines are hidden from assistive technology: the names of the stops already say it all.
//   - A missing value is a gap and a reason, never a zero.
//
// Text from users may hold anything. It is escaped, and what XML cannot carry or what would reorder the text beside it is
// replaced, in one place: canvas.escape.
package chart
