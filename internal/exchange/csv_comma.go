package exchange

import (
	"bytes"
	"fmt"
	"regexp"
)

var sepLine = regexp.MustCompile(`^sep=([,;|\t])(?:\r\n|\r|\n)`)

// findComma takes for the separator what the header has most of outside quotation marks, or what a first line "sep=;"
// says, which spreadsheets write and leave out of their row numbers.
func (s *csvScanner) findComma() {
	data := s.buffer[s.start:s.end]
	if said := sepLine.FindSubmatch(data); said != nil {
		s.setComma(said[1][0])
		s.start += len(said[0])
		return
	}
	best, most := byte(','), 0
	for _, comma := range []byte(",;\t") {
		if n := countOutsideQuotes(data, comma); n > most {
			best, most = comma, n
		}
	}
	s.setComma(best)
}

// countOutsideQuotes counts a separator in the first line that has any text.
func countOutsideQuotes(data []byte, comma byte) int {
	count, quoted := 0, false
	for _, b := range bytes.TrimLeft(data, "\r\n ") {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == comma:
			count++
		case b == '\n' || b == '\r':
			return count
		}
	}
	return count
}

var commaNames = map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs"}

func (s *csvScanner) setComma(comma byte) {
	s.comma = comma
	s.stop[comma], s.stop['\n'], s.stop['\r'] = true, true, true
	if name, known := commaNames[comma]; known && comma != ',' {
		s.said = append(s.said, "The values are separated by "+name+".")
	} else if !known {
		s.said = append(s.said, fmt.Sprintf("The values are separated by %q.", comma))
	}
}

func (s *csvScanner) notes() []string {
	notes := s.said
	switch s.text.name {
	case "UTF-16":
		notes = append(notes, "The text is UTF-16.")
	case "Windows-1252":
		notes = append(notes, "The text is not UTF-8, so it was read as Windows-1252: check letters such as £ and é, or save the file as CSV (UTF-8).")
	}
	return notes
}
