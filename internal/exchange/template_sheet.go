package exchange

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// fillSheet writes the header and the rows as they come.
func (t Template) fillSheet(book *excelize.File) error {
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	isoDate := "yyyy-mm-dd"
	date, err := book.NewStyle(&excelize.Style{CustomNumFmt: &isoDate})
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(t.Sheet)
	if err != nil {
		return err
	}
	if err := t.writeHeader(out, bold); err != nil {
		return err
	}
	number := 1
	cells := make([]any, len(t.Columns))
	for row, err := range t.rows() {
		if err != nil {
			return err
		}
		if number++; number > lastSheetRow {
			return fmt.Errorf("a sheet holds at most %d rows; write CSV instead", lastSheetRow)
		}
		if len(row) != len(t.Columns) {
			return wrongWidth(number-1, len(row), len(t.Columns))
		}
		for i, cell := range row {
			cells[i] = sheetCell(cell, date)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", number), cells); err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
	}
	return out.Flush()
}

func (t Template) writeHeader(out *excelize.StreamWriter, style int) error {
	widths := make([]float64, len(t.Columns))
	header := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = c.width()
		header[i] = excelize.Cell{StyleID: style, Value: SafeCell(c.Name)}
	}
	if err := setWidths(out, widths); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return out.SetRow("A1", header)
}

// sheetCell keeps numbers and dates as such and makes texts safe, because a workbook may be saved as CSV.
func sheetCell(cell any, date int) any {
	switch cell := cell.(type) {
	case string:
		return SafeCell(cell)
	case time.Time:
		if text := isoTime(cell); len(text) > len(time.DateOnly) {
			return text
		}
		return excelize.Cell{StyleID: date, Value: cell.UTC()}
	}
	return cell
}
