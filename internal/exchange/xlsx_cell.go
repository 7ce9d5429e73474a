package exchange

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// readCell reads one cell to its end: the value that was stored, a number without its format, a date as ISO 8601.
func (s *xlsxSheet) readCell(rec *record, start xml.StartElement, column int) error {
	from, formula := len(s.text), false
	element, phonetic := "", false
	for {
		token, err := s.stream.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			element = token.Name.Local
			formula = formula || element == "f"
			phonetic = phonetic || element == "rPh"
		case xml.CharData:
			if element == "v" || element == "t" && !phonetic {
				s.text = append(s.text, token...)
			}
			if len(s.text) > s.book.limits.RowBytes {
				return Conflict{Reason: "the row is longer than " + size(int64(s.book.limits.RowBytes))}
			}
		case xml.EndElement:
			element, phonetic = "", phonetic && token.Name.Local != "rPh"
			if token.Name.Local == "c" {
				s.finishCell(rec, start, column, from, formula)
				return nil
			}
		}
	}
}

// finishCell turns what is stored from that place on into the text of the cell.
func (s *xlsxSheet) finishCell(rec *record, start xml.StartElement, column, from int, formula bool) {
	if formula {
		s.noteFormula(column)
		if len(s.text) == from && attribute(start, "t") != "str" {
			rec.refuse(column, "the formula has no computed value; open the workbook in a spreadsheet and save it, or write the value")
		}
	}
	if len(s.text) == from {
		return
	}
	stored := string(s.text[from:])
	switch attribute(start, "t") {
	case "s":
		number, err := strconv.ParseInt(strings.TrimSpace(stored), 10, 64)
		text, ok := s.book.shared.at(number)
		if err != nil || !ok {
			rec.refuse(column, "the workbook has no text number %.20s; save it again", stored)
		}
		s.text = append(s.text[:from], text...)
	case "b":
		s.text = append(s.text[:from], map[string]string{"1": "true", "0": "false"}[strings.TrimSpace(stored)]...)
	case "", "n":
		s.text = append(s.text[:from], s.numberText(strings.TrimSpace(stored), attribute(start, "s"))...)
	}
	s.ends = append(s.ends, cellText{column, from, len(s.text)})
}

// numberText writes a stored number as people see it: a date where its style says so, at most 15 digits otherwise,
// which is what a spreadsheet shows of 0.1+0.2, and no exponent.
func (s *xlsxSheet) numberText(stored, style string) string {
	n, err := strconv.Atoi(style)
	isDate := err == nil && n >= 0 && n < len(s.book.dates) && s.book.dates[n]
	if _, plain := plainDigits([]byte(stored)); plain && len(stored) <= 15 && !isDate {
		return stored
	}
	value, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return stored
	}
	if isDate {
		if date, ok := s.dateText(value); ok {
			return date
		}
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		return stored
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// firstSafeSerial is 1 March 1900; before it serials count a day that never was.
const firstSafeSerial = 61

func (s *xlsxSheet) dateText(serial float64) (string, bool) {
	if s.book.from04 {
		serial += serials1904
	}
	if serial < firstSafeSerial || serial >= 2_958_466 {
		return "", false
	}
	days := math.Floor(serial)
	date := serialEpoch.AddDate(0, 0, int(days))
	if seconds := math.Round((serial - days) * 86_400); seconds > 0 {
		return date.Add(time.Duration(seconds) * time.Second).Format("2006-01-02 15:04:05"), true
	}
	return date.Format(time.DateOnly), true
}
