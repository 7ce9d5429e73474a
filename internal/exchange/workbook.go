package exchange

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook may hold at most: a small file can unpack to fill a disk.
const (
	maxUnzipped    = 256 << 20
	maxUnzippedXML = 16 << 20 // larger parts are unpacked to a temporary file
	maxCells       = 5_000_000
)

// ReadWorkbook answers the cells of one sheet of the Excel workbook (.xlsx) at
// path, row by row and as stored: a number without its number format. An
// empty sheet name means the first one. Empty rows are kept, trailing empty
// cells are not.
func ReadWorkbook(path, sheet string) ([][]string, error) {
	book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzippedXML})
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as an Excel workbook (%w); save it as .xlsx or .csv", path, err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if sheet == "" && len(sheets) > 0 {
		sheet = sheets[0]
	}
	if index, err := book.GetSheetIndex(sheet); err != nil || index < 0 {
		return nil, fmt.Errorf("%s has no sheet %q; it has %s", path, sheet, strings.Join(sheets, ", "))
	}
	return readSheet(book, path, sheet)
}

func readSheet(book *excelize.File, path, sheet string) ([][]string, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("sheet %q of %s: %w", sheet, path, err)
	}
	defer rows.Close()
	var records [][]string
	for cells := 0; rows.Next(); {
		record, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("sheet %q of %s, row %d: %w", sheet, path, len(records)+1, err)
		}
		if cells += len(record) + 1; cells > maxCells {
			return nil, fmt.Errorf("sheet %q of %s has more than %d cells; keep the rows and columns that are needed", sheet, path, maxCells)
		}
		records = append(records, record)
	}
	if err := rows.Error(); err != nil {
		return nil, fmt.Errorf("sheet %q of %s: %w", sheet, path, err)
	}
	return records, nil
}
