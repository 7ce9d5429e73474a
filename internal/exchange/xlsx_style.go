package exchange

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// readDateStyles tells for each style of the workbook whether a number in it is shown as a date.
func (w *workbookFile) readDateStyles(part string) ([]bool, error) {
	own := map[int]bool{}
	var dates []bool
	ofCells := false
	err := w.elements(part, func(element xml.StartElement) {
		format, err := strconv.Atoi(attribute(element, "numFmtId"))
		switch element.Name.Local {
		case "numFmt":
			own[format] = isDateFormat(attribute(element, "formatCode"))
		case "cellXfs", "cellStyleXfs":
			ofCells = element.Name.Local == "cellXfs"
		case "xf":
			date, custom := own[format]
			if ofCells {
				dates = append(dates, err == nil && (custom && date || !custom && isBuiltInDate(format)))
			}
		}
	})
	return dates, err
}

// isBuiltInDate knows the numbers of formats that files need not define (ECMA-376 part 1, 18.8.30): 14 to 17 and 22 for
// all languages, 27 to 36 and 50 to 58 for East Asian ones. 18 to 21 and 45 to 47 are times of day.
func isBuiltInDate(format int) bool {
	return format >= 14 && format <= 17 || format == 22 || format >= 27 && format <= 31 || format == 36 || format >= 50 && format <= 58
}

// formatText is what a number format shows as it stands: text in quotes, colours and locales in brackets, escapes.
var formatText = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

// isDateFormat tells a date by its years, days or named months; m alone may mean minutes.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(formatText.ReplaceAllString(code, ""), ";")
	code = strings.ToLower(code)
	return code != "general" && (strings.ContainsAny(code, "yd") || strings.Contains(code, "mmm"))
}
