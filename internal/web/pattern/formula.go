package pattern

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// longFormula is the length in bytes from which a formula may break into lines
// after its signs.
const longFormula = 32

// formula is text in the field's notation. It is written by hand, as a
// template would set spaces between the parts.
func formula(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		escaped := templ.EscapeString(text)
		if len(text) >= longFormula {
			escaped = strings.ReplaceAll(escaped, "*", "*<wbr>")
		}
		_, err := io.WriteString(w, escaped)
		return err
	})
}
