package exchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// maxParts is how many files a workbook may pack: real ones have tens.
const maxParts = 2000

// maxDescription is the largest part that describes a workbook rather than holding its data.
const maxDescription = 16 << 20

// workbookFile is an Excel workbook that is read as a stream: excelize would take the whole file and every sheet into
// memory, and tells neither formulas nor merged cells without doing so.
type workbookFile struct {
	parts  map[string]*zip.File
	limits Limits
	left   int64 // bytes that may still be unpacked
	sheets []sheetEntry
	from04 bool   // dates count from 1904
	dates  []bool // by style: the number is a date
	shared sharedStrings
}

// sheetEntry is one sheet of a workbook and the part that holds it.
type sheetEntry struct {
	name   string
	id     string // of the relation to its part
	part   string
	hidden bool
}

// ReadXLSX is ReadTable for a file that is known to be an Excel workbook.
func ReadXLSX(file io.ReaderAt, size int64, options TableOptions) (*TableReader, error) {
	options.Limits = options.Limits.withDefaults()
	book, err := openWorkbook(file, size, options.Limits)
	if err != nil {
		return nil, err
	}
	sheet, err := book.openSheet(options.Sheet)
	if err != nil {
		return nil, err
	}
	t, err := newTableReader(sheet, options)
	if book.from04 {
		t.serials = serials1904
	}
	return t, err
}

func openWorkbook(file io.ReaderAt, size int64, limits Limits) (*workbookFile, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, notWorkbook(err)
	}
	if len(archive.File) > maxParts {
		return nil, notWorkbook(fmt.Errorf("it packs %d files", len(archive.File)))
	}
	w := &workbookFile{parts: map[string]*zip.File{}, limits: limits, left: limits.Unzipped}
	for _, part := range archive.File {
		w.parts[strings.ToLower(path.Clean(part.Name))] = part
	}
	if kind := w.otherKind(); kind != "" {
		return nil, notText(kind)
	}
	if err := w.readDescription(); err != nil {
		return nil, notWorkbook(err)
	}
	return w, nil
}

// notWorkbook says that a file does not read; a conflict underneath already says so.
func notWorkbook(err error) error {
	var conflict Conflict
	if errors.As(err, &conflict) {
		return conflict
	}
	return Conflict{Reason: fmt.Sprintf("the file cannot be read as an Excel workbook (%v); save it again as .xlsx or as CSV (UTF-8)", err)}
}

// otherKind names what a ZIP file is when it is no Excel workbook.
func (w *workbookFile) otherKind() string {
	switch {
	case w.parts["xl/workbook.xml"] != nil || w.parts["_rels/.rels"] != nil && w.mainPart() != "":
		return ""
	case w.parts["xl/workbook.bin"] != nil:
		return "a binary Excel workbook (.xlsb)"
	case w.parts["word/document.xml"] != nil:
		return "a Word document"
	case w.parts["ppt/presentation.xml"] != nil:
		return "a PowerPoint presentation"
	case w.parts["mimetype"] != nil:
		return "an OpenDocument file (.ods, .odt)"
	}
	return "a ZIP file"
}

// mainPart finds the part with the list of sheets, which is xl/workbook.xml in nearly all files.
func (w *workbookFile) mainPart() string {
	if w.parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml"
	}
	for _, relation := range w.relations("_rels/.rels") {
		if relation.isA("officeDocument") && w.parts[strings.ToLower(relation.target)] != nil && strings.HasSuffix(relation.target, ".xml") &&
			!strings.HasPrefix(relation.target, "word/") && !strings.HasPrefix(relation.target, "ppt/") {
			return relation.target
		}
	}
	return ""
}

func (w *workbookFile) readDescription() error {
	main := w.mainPart()
	var listed []sheetEntry
	err := w.elements(main, func(element xml.StartElement) {
		switch element.Name.Local {
		case "workbookPr":
			w.from04 = isTrue(attribute(element, "date1904"))
		case "sheet":
			state := attribute(element, "state")
			listed = append(listed, sheetEntry{name: attribute(element, "name"), id: attribute(element, "id"), hidden: state == "hidden" || state == "veryHidden"})
		}
	})
	if err != nil {
		return err
	}
	relations := w.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"))
	for _, sheet := range listed {
		at := slices.IndexFunc(relations, func(r relation) bool { return r.id == sheet.id && r.isA("worksheet") })
		if at >= 0 {
			sheet.part = relations[at].target
			w.sheets = append(w.sheets, sheet)
		}
	}
	return w.readStylesAndTexts(relations)
}

func (w *workbookFile) readStylesAndTexts(relations []relation) error {
	for _, r := range relations {
		var err error
		switch {
		case r.isA("styles"):
			w.dates, err = w.readDateStyles(r.target)
		case r.isA("sharedStrings"):
			w.shared, err = w.readShared(r.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// elements gives each element of a part that describes the workbook. It keeps no stack, so that depth costs nothing.
func (w *workbookFile) elements(part string, each func(xml.StartElement)) error {
	file, err := w.open(part)
	if err != nil {
		return err
	}
	defer file.Close()
	small := &metered{source: file, left: maxDescription, refusal: Conflict{Reason: "the workbook's " + part + " is larger than " + size(maxDescription)}}
	stream := newXMLStream(small, w.limits.RowBytes)
	for {
		token, err := stream.next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			each(start)
		}
	}
}
