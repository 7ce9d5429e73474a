package exchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// sharedStrings are the texts of a workbook, each once, end to end.
type sharedStrings struct {
	text []byte
	ends []uint32
}

// at returns a text by its number in the file, or false.
func (s *sharedStrings) at(number int64) ([]byte, bool) {
	if number < 0 || number >= int64(len(s.ends)) {
		return nil, false
	}
	from := uint32(0)
	if number > 0 {
		from = s.ends[number-1]
	}
	return s.text[from:s.ends[number]:s.ends[number]], true
}

// readShared reads the texts, with the parts of rich text joined and without phonetic readings.
func (w *workbookFile) readShared(part string) (sharedStrings, error) {
	var all sharedStrings
	file, err := w.open(part)
	if err != nil {
		return all, err
	}
	defer file.Close()
	stream := newXMLStream(file, w.limits.RowBytes)
	text, phonetic := false, false
	for {
		token, err := stream.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return all, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			text = token.Name.Local == "t" && !phonetic
			phonetic = phonetic || token.Name.Local == "rPh"
		case xml.CharData:
			if text {
				all.text = append(all.text, token...)
			}
		case xml.EndElement:
			text, phonetic = false, phonetic && token.Name.Local != "rPh"
			if token.Name.Local == "si" {
				all.ends = append(all.ends, uint32(len(all.text)))
			}
		}
		if held := int64(len(all.text)) + 4*int64(len(all.ends)); held > w.limits.Strings {
			return all, Conflict{Reason: fmt.Sprintf("the texts of the workbook take more than %s; save the sheet as CSV (UTF-8)", size(w.limits.Strings))}
		}
	}
}
