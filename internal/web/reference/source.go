package reference

import (
	"strings"

	"sir/internal/term"
	"sir/internal/web/ui"
)

// ReportTitle is the report from which most entries come.
const ReportTitle = "Review of spread and adoption approaches across the AHSN Network, May 2021"

// Cite puts the references of one or more sources into words, each once:
// "T4.1; §4.2" becomes "the report, table 4.1 and section 4.2". A reference
// that is not one of the report's stands after them as it is.
func Cite(sources ...string) string {
	inReport, elsewhere := citations(sources)
	if inReport != "" {
		elsewhere = append([]string{inReport}, elsewhere...)
	}
	return strings.Join(elsewhere, separator)
}

// Origins names the sources as a page's flow does, with the report's title.
func Origins(sources ...string) []ui.Link {
	inReport, elsewhere := citations(sources)
	var links []ui.Link
	if inReport != "" {
		links = append(links, ui.Link{Text: term.Sentence(inReport) + ": " + ReportTitle})
	}
	for _, source := range elsewhere {
		links = append(links, ui.Link{Text: source})
	}
	return links
}

// separator stands between references. A semicolon alone may belong to one:
// "J Med Internet Res 2017;19(11):e367".
const separator = "; "

// citations parts references to the report, in words, from the others.
func citations(sources []string) (inReport string, elsewhere []string) {
	var inside []string
	seen := map[string]bool{}
	for part := range strings.SplitSeq(strings.Join(sources, separator), separator) {
		part = strings.TrimSpace(part)
		if part == "" || seen[part] {
			continue
		}
		seen[part] = true
		if words, ok := placeInReport(part); ok {
			inside = append(inside, words)
		} else {
			elsewhere = append(elsewhere, strings.TrimPrefix(part, "Public: "))
		}
	}
	if len(inside) > 0 {
		inReport = "the report, " + and(inside)
	}
	return inReport, elsewhere
}

// places are the kinds of references to the report, by what they begin with;
// the rest is the number.
var places = []struct{ prefix, words string }{
	{"§", "section "},
	{"SP", "spotlight "},
	{"T", "table "},
	{"F", "figure "},
	{"A", "appendix table "},
}

func placeInReport(reference string) (words string, ok bool) {
	if reference == "ES" {
		return "executive summary", true
	}
	for _, p := range places {
		number, found := strings.CutPrefix(reference, p.prefix)
		if found && isNumber(number) {
			return p.words + number, true
		}
	}
	return "", false
}

// isNumber tells whether the text is digits with single points between them.
func isNumber(text string) bool {
	for part := range strings.SplitSeq(text, ".") {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}

// and joins words as a sentence does: "a, b and c".
func and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
