package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// signatures are the first bytes of files that are taken for CSV files.
var signatures = []struct{ start, what string }{
	{"PK\x03\x04", "a ZIP archive, which workbooks are as well: give an Excel workbook a name that ends in .xlsx, or save it as CSV"},
	{"\xd0\xcf\x11\xe0", "an old Office file such as an .xls workbook: save it as .xlsx or CSV"},
	{"%PDF", "a PDF: copy its table to a spreadsheet and save that as CSV"},
	{"$FL2", "an SPSS file: export it as CSV"},
	{"<stata_dta>", "a Stata file: export it as CSV"},
	{"SQLite format 3\x00", "an SQLite database: export the table as CSV"},
	{"\x1f\x8b", "a file packed with gzip: unpack it first"},
	{"\x89PNG", "a PNG picture: type its table into a spreadsheet and save that as CSV"},
	{"\xff\xd8\xff", "a JPEG picture: type its table into a spreadsheet and save that as CSV"},
	{"\xff\xfe", "text in UTF-16: save it as CSV in UTF-8"},
	{"\xfe\xff", "text in UTF-16: save it as CSV in UTF-8"},
	{"<!DOCTYPE", "a web page: save its table as CSV"},
	{"<html", "a web page: save its table as CSV"},
	{"<?xml", "XML: export its table as CSV"},
	{"{", "JSON: export its table as CSV"},
}

// textOf refuses a file that is plainly not text, with what it looks like.
func textOf(r io.Reader) (io.Reader, error) {
	text := bufio.NewReader(r)
	head, err := text.Peek(512)
	if err != nil && err != io.EOF {
		return nil, reason(err)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.start)) {
			return nil, fmt.Errorf("this is no CSV file; it looks like %s", s.what)
		}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, fmt.Errorf("this is no CSV file; it does not hold text: save the table as CSV")
	}
	return text, nil
}
