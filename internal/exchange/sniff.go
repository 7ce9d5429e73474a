package exchange

import (
	"bytes"
	"strings"
)

// signatures are the first bytes of files that people take for a table. The ZIP family is told apart by what is inside.
var signatures = []struct{ start, name string }{
	{"PK\x03\x04", "a ZIP file"},
	{"PK\x05\x06", "an empty ZIP file"},
	{"%PDF", "a PDF document"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file (.xls) or a workbook with a password"},
	{"{\\rtf", "a rich text document"},
	{"\x1f\x8b", "a gzip file"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip file"},
	{"Rar!", "a RAR file"},
	{"\x89PNG", "a picture (PNG)"},
	{"\xff\xd8\xff", "a picture (JPEG)"},
	{"GIF8", "a picture (GIF)"},
	{"SQLite format 3\x00", "a SQLite database"},
	{"PAR1", "a Parquet file"},
	{"\x7fELF", "a program"},
	{"MZ\x90", "a program"},
}

var textSignatures = []struct{ start, name string }{
	{"<!doctype html", "a web page"},
	{"<html", "a web page"},
	{"<?xml", "an XML file"},
	{"<", "an XML file or a web page"},
	{"[", "a JSON file"},
	{"{", "a JSON file"},
}

// looksLike names the kind of file that starts with these bytes, or is empty when they may be a table as text.
func looksLike(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.start)) {
			return s.name
		}
	}
	if startsUTF16(head) {
		return ""
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	if len(start) > 20 {
		start = start[:20]
	}
	lower := strings.ToLower(string(start))
	for _, s := range textSignatures {
		if strings.HasPrefix(lower, s.start) {
			return s.name
		}
	}
	if zeros := bytes.Count(head, []byte{0}); zeros*4 > len(head) && zeros*3 < len(head)*2 {
		return "UTF-16 text without a byte order mark"
	} else if zeros > 0 {
		return "a binary file"
	}
	return ""
}

// notText refuses a file that is something else than text.
func notText(kind string) Conflict {
	return Conflict{Reason: "the file looks like " + kind + "; save the table as CSV (UTF-8) or as an Excel workbook (.xlsx)"}
}
