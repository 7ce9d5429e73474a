package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// advance is the width of the printable ASCII characters in thousandths of the text height: the metrics of Helvetica (Adobe
// Font Metrics, version 2), which Arial and Liberation Sans share.
var advance = [95]uint16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
}

const (
	boldness = 1.08 // how much wider bold text is
	slack    = 1.06 // room for a fallback font
)

// runeWidth estimates a character's width in thousandths of the text height.
func runeWidth(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(advance[r-' '])
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xff60 || r >= 0x1f000):
		return 1000
	}
	return 650
}

// textWidth estimates the width of text at a height, both in units.
func textWidth(text string, size float64) float64 {
	sum := 0.0
	for _, r := range text {
		sum += runeWidth(r)
	}
	return sum * size * slack / 1000
}

// fit returns text if it is at most width units wide, else the longest beginning that is, with an ellipsis. It reads no
// more of a long text than it needs.
func fit(text string, size, width float64) (shown string, cut bool) {
	limit := width*1000/(size*slack) + 0.5 // so that a width from textWidth fits its own text
	const ellipsis = 1000
	used, keep := 0.0, 0
	for i, r := range text {
		w := runeWidth(r)
		if w > 0 && used <= limit-ellipsis {
			keep = i // a cut here never parts a mark from its letter
		}
		if used += w; used > limit {
			return strings.TrimRight(text[:keep], " ") + "…", true
		}
		if i > 4096 { // zero-width characters without end
			return text[:keep] + "…", true
		}
	}
	return text, false
}

// wrap breaks text at spaces into at most lines lines of the width; a word that is too long and what follows the last
// line are cut with an ellipsis.
func wrap(text string, size, width float64, lines int) []string {
	var out []string
	line := ""
	rest := text
	for rest != "" && len(out) < lines {
		word, after, _ := strings.Cut(strings.TrimLeft(rest, " \t\r\n"), " ")
		joined := strings.TrimLeft(line+" "+word, " ")
		_, cut := fit(joined, size, width)
		switch {
		case !cut:
			line, rest = joined, after
		case line == "" || len(out) == lines-1:
			shown, _ := fit(strings.TrimLeft(line+" "+rest, " "), size, width)
			return append(out, shown)
		default:
			out, line = append(out, line), ""
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// phrase shortens a name for use inside an accessible name, which is read out whole.
func phrase(name string) string {
	const most = 120
	for i := range name {
		if i >= most && utf8.RuneCountInString(name[:i]) >= most {
			return name[:i] + "…"
		}
	}
	return name
}

// sentence starts a phrase with a capital letter.
func sentence(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// joinSentences makes one text of several, each ended by a full stop.
func joinSentences(texts []string) string {
	var b strings.Builder
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		if !strings.ContainsRune(".!?", rune(text[len(text)-1])) {
			b.WriteByte('.')
		}
	}
	return b.String()
}
