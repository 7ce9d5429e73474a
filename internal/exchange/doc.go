// Package exchange is where files come in and go out. It knows no area of SIR: an area names its columns and gets rows,
// or gives rows and gets a file.
//
// In: ReadTable and ReadCSV (CSV and Excel workbooks), ReadDataValues (DHIS2), all as streams in bounded memory. They
// trust nothing: what a file is wrong about is a Conflict with row, column, value and what to do, collected in
// Conflicts; a file with any conflict should change nothing. What they assumed is in Notes. The parsers of cells
// (ParseWhole, ParseDecimal, ParseDate, ParseBool, IsBlank) refuse what can be read in two ways.
//
// Out: Sheet and WriteCSV (tables), Template (forms to fill and send back), WriteDataValuesJSON and WriteDataValuesCSV
// (DHIS2), Package (Frictionless data packages with CSVW). Text that a spreadsheet would run as a formula is made safe
// on the way out by SafeCell and restored on the way in.
package exchange
