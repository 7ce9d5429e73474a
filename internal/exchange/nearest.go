package exchange

import "unicode/utf8"

// longestCompared bounds the work of comparing a name from a file: no column has a longer one.
const longestCompared = 64

// nearest returns the candidate that is the fewest edits away from name, if that is close enough to be a slip of the
// pen: one edit in three letters. Empty when none is.
func nearest(name string, candidates []string) string {
	best, fewest := "", utf8.RuneCountInString(name)/3+1
	if len(name) > longestCompared {
		return ""
	}
	for _, candidate := range candidates {
		if len(candidate) > longestCompared {
			continue
		}
		if d := editDistance(folded(name), folded(candidate)); d < fewest {
			best, fewest = candidate, d
		}
	}
	return best
}

// editDistance is the optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours
// count one each.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i, f := range from {
		for j, t := range to {
			change := rows[i][j]
			if f != t {
				change++
			}
			rows[i+1][j+1] = min(rows[i][j+1]+1, rows[i+1][j]+1, change)
			if i > 0 && j > 0 && f == to[j-1] && from[i-1] == t {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(from)][len(to)]
}
