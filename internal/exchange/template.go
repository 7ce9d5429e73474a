package exchange

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Template is a form to download, fill and send back: as CSV the header and the rows that are known, as a workbook also
// a sheet of instructions, lists to choose from, and a header that stays in sight.
type Template struct {
	Sheet        string // the name of the sheet to fill: at most 31 letters, and not Instructions or Lists
	Columns      []TemplateColumn
	Rows         Rows     // what is filled in already; nil for nothing
	Instructions []string // a paragraph each
}

// TemplateColumn is one column of a template.
type TemplateColumn struct {
	Name     string
	Help     string   // what to write in it
	Required bool     // said in the instructions
	Allowed  []string // the values to choose from; nil for any
	Width    float64  // in characters; zero for what the name needs
}

const (
	instructionSheet = "Instructions"
	listSheet        = "Lists"
	lastSheetRow     = 1_048_576
)

// WriteCSV writes the header and the rows that are known.
func (t Template) WriteCSV(w io.Writer) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return WriteCSV(w, names, t.rows())
}

func (t Template) rows() Rows {
	if t.Rows == nil {
		return RowsOf(nil)
	}
	return t.Rows
}

// WriteXLSX writes the template as an Excel workbook. Long sheets go through a temporary file, not through memory.
func (t Template) WriteXLSX(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	steps := []func(*excelize.File) error{t.addSheets, t.addLists, t.fillSheet, t.addInstructions}
	for _, step := range steps {
		if err := step(book); err != nil {
			return fmt.Errorf("workbook %s: %w", t.Sheet, err)
		}
	}
	return book.Write(w)
}

func (t Template) addSheets(book *excelize.File) error {
	if err := book.SetSheetName("Sheet1", t.Sheet); err != nil {
		return err
	}
	if _, err := book.NewSheet(instructionSheet); err != nil {
		return err
	}
	if _, err := book.NewSheet(listSheet); err != nil {
		return err
	}
	return book.SetSheetVisible(listSheet, false)
}

// addLists puts the values to choose from on a hidden sheet, because a list inside a rule may have 255 characters only.
func (t Template) addLists(book *excelize.File) error {
	for i, c := range t.Columns {
		if len(c.Allowed) == 0 {
			continue
		}
		letters := columnLetters(i)
		values := make([]any, len(c.Allowed))
		for j, allowed := range c.Allowed {
			values[j] = typedCell(allowed)
		}
		if err := book.SetSheetCol(listSheet, letters+"1", &values); err != nil {
			return err
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = fmt.Sprintf("%s2:%s%d", letters, letters, lastSheetRow)
		rule.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, letters, letters, len(c.Allowed)))
		rule.SetError(excelize.DataValidationErrorStyleStop, c.Name, "Choose one of the values in the list.")
		if err := book.AddDataValidation(t.Sheet, rule); err != nil {
			return err
		}
	}
	return nil
}

// typedCell writes digits as a number, which is what people type into a cell.
func typedCell(text string) any {
	if n, ok := plainDigits([]byte(text)); ok && (len(text) == 1 || text[0] != '0') && n < 1e15 {
		return n
	}
	return SafeCell(text)
}

func (t Template) addInstructions(book *excelize.File) error {
	out, err := book.NewStreamWriter(instructionSheet)
	if err != nil {
		return err
	}
	if err := setWidths(out, []float64{30, 80, 12, 60}); err != nil {
		return err
	}
	var rows [][]any
	for _, paragraph := range t.Instructions {
		rows = append(rows, []any{SafeCell(paragraph)})
	}
	rows = append(rows, []any{}, []any{"Column", "What to write", "Needed", "Choose from"})
	for _, c := range t.Columns {
		needed := "no"
		if c.Required {
			needed = "yes"
		}
		rows = append(rows, []any{SafeCell(c.Name), SafeCell(c.Help), needed, SafeCell(strings.Join(c.Allowed, ", "))})
	}
	for i, row := range rows {
		if err := out.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return err
		}
	}
	return out.Flush()
}

func setWidths(out *excelize.StreamWriter, widths []float64) error {
	for i, width := range widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}

// width is what a column needs to show its name, within reason.
func (c TemplateColumn) width() float64 {
	if c.Width > 0 {
		return c.Width
	}
	return float64(min(max(utf8.RuneCountInString(c.Name)+4, 12), 60))
}
