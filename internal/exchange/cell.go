package exchange

import (
	"regexp"
	"strings"
)

var numberCell = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?$`)

// SafeCell puts an apostrophe before a cell that a spreadsheet would run as a formula: one that begins with = + - @, a
// tab, a line break or a NUL, or a full-width form of those, also behind spaces or a byte order mark (OWASP ASVS 5.0,
// 1.2.10, and its page on CSV injection). Numbers stay numbers.
func SafeCell(cell string) string {
	if numberCell.MatchString(cell) {
		return cell
	}
	start := strings.TrimLeft(cell, " \u00a0\ufeff")
	if strings.IndexAny(start, "=+-@\t\r\n\x00＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}
