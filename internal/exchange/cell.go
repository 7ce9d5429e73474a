package exchange

import (
	"regexp"
	"strings"
)

var numberCell = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?$`)

// SafeCell puts an apostrophe before a cell that a spreadsheet would run as a formula: one that begins with = + - @, a
// tab, a line break or a NUL, or a full-width form of those, also behind spaces or a byte order mark (OWASP ASVS 5.0,
// 1.2.10, and its page on CSV injection). Numbers stay numbers. A cell that already has such an apostrophe gets one
// more, so that RestoreCell gives back every text.
func SafeCell(cell string) string {
	if runsAsFormula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// RestoreCell takes off the apostrophe that SafeCell put there.
func RestoreCell(cell string) string {
	if strings.HasPrefix(cell, "'") && runsAsFormula(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

func runsAsFormula(cell string) bool {
	start := strings.TrimLeft(cell, " \u00a0\ufeff")
	return strings.IndexAny(start, "=+-@\t\r\n\x00＝＋－＠") == 0 && !numberCell.MatchString(cell)
}
