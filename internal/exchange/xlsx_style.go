package exchange

import (
	"regexp"
	"strings"
)

type stylePart struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readDateStyles tells for each style of the workbook whether a number in it is shown as a date.
func (w *workbookFile) readDateStyles(part string) ([]bool, error) {
	var styles stylePart
	if err := w.decode(part, &styles); err != nil {
		return nil, err
	}
	own := map[int]bool{}
	for _, format := range styles.Formats {
		own[format.ID] = isDateFormat(format.Code)
	}
	dates := make([]bool, len(styles.Cells))
	for i, cell := range styles.Cells {
		date, custom := own[cell.Format]
		dates[i] = custom && date || !custom && isBuiltInDate(cell.Format)
	}
	return dates, nil
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
