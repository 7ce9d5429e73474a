package exchange

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// dhis2JSON is a data value set in JSON as a source of rows: one value after the other, each of bounded size. What
// stands above dataValues (dataSet, period, orgUnit, attributeOptionCombo) holds for the values that do not say their
// own.
type dhis2JSON struct {
	decoder      *json.Decoder
	leash        *leash
	limits       Limits
	above        map[string]string
	completeDate string
	number       int // of values so far; -1 before the header
	inValues     bool
	hadValues    bool
	finished     bool
}

func newDHIS2JSON(r io.Reader, limits Limits) *dhis2JSON {
	counted := &metered{source: r, left: limits.Bytes, refusal: tooLarge(limits.Bytes)}
	l := &leash{source: bufio.NewReader(counted), longest: limits.RowBytes, left: limits.RowBytes}
	return &dhis2JSON{decoder: json.NewDecoder(l), leash: l, limits: limits, above: map[string]string{}, number: -1}
}

func (s *dhis2JSON) ragged() bool    { return false }
func (s *dhis2JSON) notes() []string { return nil }

func (s *dhis2JSON) next(rec *record) error {
	if s.number++; s.number == 0 {
		rec.reset(0)
		for _, name := range dhis2Header {
			rec.cells = append(rec.cells, []byte(name))
		}
		return nil
	}
	for !s.finished {
		s.leash.left = s.leash.longest
		if s.inValues && s.decoder.More() {
			return s.readValue(rec)
		}
		if err := s.readAbove(); err != nil {
			return s.stopped(err)
		}
	}
	return io.EOF
}

// stopped says where the set cannot be read further.
func (s *dhis2JSON) stopped(err error) error {
	s.finished = true
	var conflict Conflict
	if errors.As(err, &conflict) {
		conflict.Row = s.number
		return conflict
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errShape) {
		return Conflict{Row: s.number, Reason: fmt.Sprintf("the JSON cannot be read here (%v); send an object with a list dataValues", err)}
	}
	return err
}

var errShape = errors.New("this is not a data value set")

// readAbove reads one step outside the values: the start of the object, one of its keys, or its end.
func (s *dhis2JSON) readAbove() error {
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	switch token := token.(type) {
	case json.Delim:
		return s.readDelimiter(token)
	case string:
		if token == "dataValues" {
			return s.openValues()
		}
		var value scalar
		if err := s.decoder.Decode(&value); err != nil {
			return err
		}
		s.keepAbove(token, value)
		return nil
	}
	return errShape
}

func (s *dhis2JSON) readDelimiter(token json.Delim) error {
	switch token {
	case ']':
		s.inValues = false
	case '}':
		s.finished = true
		if _, err := s.decoder.Token(); !errors.Is(err, io.EOF) {
			return errShape
		}
		if !s.hadValues {
			return Conflict{Reason: "the data value set has no list dataValues"}
		}
	case '[':
		return errShape
	}
	return nil
}

func (s *dhis2JSON) openValues() error {
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('[') || s.hadValues {
		return errShape
	}
	s.inValues, s.hadValues = true, true
	return nil
}

// keepAbove keeps the few keys that say something of the values.
func (s *dhis2JSON) keepAbove(key string, value scalar) {
	switch key {
	case "completeDate":
		s.completeDate = value.text
	case "dataSet", "period", "orgUnit", "attributeOptionCombo":
		s.above[key] = value.text
	}
}

func (s *dhis2JSON) readValue(rec *record) error {
	if s.number > s.limits.Rows {
		return tooManyRows(s.number, s.limits.Rows)
	}
	rec.reset(s.number)
	var value jsonDataValue
	var shape *json.UnmarshalTypeError
	if err := s.decoder.Decode(&value); errors.As(err, &shape) {
		rec.refuse(-1, "the entry is no object with dataElement, period, orgUnit and value")
		return nil
	} else if err != nil {
		return s.stopped(err)
	}
	for i, cell := range value.cells() {
		if cell.nested {
			rec.refuse(i, "a list or an object stands here; write one value")
		}
		if cell.text == "" {
			cell.text = s.above[dhis2Header[i]]
		}
		if strings.ContainsAny(cell.text, "\x00\ufffd") {
			rec.refuse(i, "the text holds a NUL or bytes that are not UTF-8; send UTF-8")
		}
		text := strings.TrimSpace(cell.text)
		if len(text) > s.limits.CellBytes {
			rec.refuse(i, "%s", tooLongCell(s.limits.CellBytes))
		}
		rec.cells = append(rec.cells, []byte(text))
	}
	return nil
}
