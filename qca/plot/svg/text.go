package svg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters of Arial and its metric twins by width, in hundredths of the text
// height, each rounded up; all others are taken to be as wide as a digit.
var widths = []struct {
	characters string
	hundredths int
}{
	{"ijl'|", 24}, {" .,:;!/\\[]fItr()-\"`", 36}, {"Jcksvxyz^*_{}", 56},
	{"+~<>=FTZL", 62}, {"ABEKPSVXY&", 68}, {"CDHNRUw", 74}, {"GOQ", 79}, {"Mm", 86}, {"W%@", 96},
}

const (
	digitWidth = 58
	wideWidth  = 102
)

func runeWidth(r rune) int {
	if r < utf8.RuneSelf {
		for _, class := range widths {
			if strings.ContainsRune(class.characters, r) {
				return class.hundredths
			}
		}
		return digitWidth
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100: // East Asian characters, signs and pictures, at their widest
		return wideWidth
	}
	return 70
}

// Width estimates the width of text of that height.
func Width(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += runeWidth(r)
	}
	return float64(sum) * size / 100
}

// Fit returns text if it is no wider than width, else as much of it as is,
// with an ellipsis. Of a long text it reads no more than it needs.
func Fit(text string, size, width float64) string {
	room := int(width / size * 100)
	used, keep, marks := 0, 0, 0
	for i, r := range text {
		w := runeWidth(r)
		if w > 0 && used <= room-wideWidth {
			keep, marks = i, 0 // cut here, a mark never loses its letter
		}
		if w == 0 {
			marks++
		}
		if used += w; used > room || marks > 64 {
			return strings.TrimRight(text[:keep], " ") + "…"
		}
	}
	return text
}

// Wrap breaks text into at most so many lines of the width, at spaces and
// behind * and commas. What does not fit is cut with an ellipsis.
func Wrap(text string, size, width float64, lines int) []string {
	var out []string
	line := ""
	for rest := Clean(text); rest != ""; {
		part, after := breakable(rest)
		joined := line + part
		if Fit(strings.TrimRight(joined, " "), size, width) == strings.TrimRight(joined, " ") {
			line, rest = joined, after
			continue
		}
		if line == "" || len(out) == lines-1 { // a part too long for a line, or no line left
			return append(out, Fit(line+rest, size, width))
		}
		out, line = append(out, strings.TrimRight(line, " ")), ""
	}
	if line = strings.TrimRight(line, " "); line != "" {
		out = append(out, line)
	}
	return out
}

// breakable splits text behind the first place where a line may end.
func breakable(text string) (part, rest string) {
	i := strings.IndexAny(text, " *,")
	if i < 0 {
		return text, ""
	}
	end := i + 1
	for end < len(text) && text[end] == ' ' {
		end++
	}
	return text[:end], text[end:]
}
