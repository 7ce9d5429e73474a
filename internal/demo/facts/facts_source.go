package facts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// reference is one place of the report: a table (T4.1), a figure (F4.1), a section
// (§5.1), a spotlight (SP3), the executive summary (ES) or an appendix table (A1,
// A2); or a public source outside the report, introduced by "Public: ".
var reference = regexp.MustCompile(`^(T\d\.\d|F\d\.\d|§\d{1,2}(\.\d)?|SP[1-6]|ES|A[12]|Public: \S.+)$`)

// checkSource refuses a source that is empty or is not a list of references
// separated by "; ".
func checkSource(source string) error {
	if source == "" {
		return errors.New("is empty")
	}
	for part := range strings.SplitSeq(source, "; ") {
		if !reference.MatchString(part) {
			return fmt.Errorf("has %q, want a reference such as T4.1, F4.1, §5.1, SP3, ES, A1 or \"Public: \" and a name", part)
		}
	}
	return nil
}
