package exchange

import "bytes"

// scanCell finds one cell that begins at i, and where its separator or line end stands.
func (s *csvScanner) scanCell(data []byte, i int) (cell span, end int, ok bool) {
	from := i
	for i < len(data) && data[i] == ' ' {
		i++
	}
	if i < len(data) && data[i] == '"' {
		return s.scanQuoted(data, i+1)
	}
	for i < len(data) && !s.stop[data[i]] {
		i++
	}
	return span{from: from, to: i}, i, i < len(data) || s.last
}

// scanQuoted finds the rest of a cell after its opening quotation mark.
func (s *csvScanner) scanQuoted(data []byte, i int) (cell span, end int, ok bool) {
	cell.from = i
	for {
		next := bytes.IndexByte(data[i:], '"')
		if next < 0 {
			s.refuse(openQuoteFault)
			cell.to = len(data)
			return cell, len(data), s.last
		}
		i += next + 1
		if i == len(data) || data[i] != '"' {
			break
		}
		cell.doubled = true
		i++
	}
	cell.to = i - 1
	for i < len(data) && !s.stop[data[i]] {
		if data[i] != ' ' {
			s.refuse("text follows the closing quotation mark; double a quotation mark that is part of the text")
		}
		i++
	}
	return cell, i, i < len(data) || s.last
}

func (s *csvScanner) refuse(reason string) {
	if s.fault == "" {
		s.fault, s.faulty = reason, s.count-1
	}
}
