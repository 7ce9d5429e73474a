package exchange

import "strings"

// longestBlank is the longest text that stands for nothing, in bytes.
const longestBlank = 4

// IsBlank tells whether a cell says that nothing is known. These do, in any letter case and with spaces around: nothing
// at all, "-", an en or em dash, "n/a", "#N/A" and "..". A blank is never zero, and "0", "nil" and "none" are no blanks.
func IsBlank(cell string) bool {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "", "-", "–", "—", "n/a", "#n/a", "..":
		return true
	}
	return false
}

func isBlank(cell []byte) bool { return len(cell) <= longestBlank && IsBlank(string(cell)) }
