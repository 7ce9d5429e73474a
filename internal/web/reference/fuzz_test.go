package reference

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// FuzzAddresses sends any text as a filter's name and value and as a query.
// Each is answered, or refused as not understood.
func FuzzAddresses(f *testing.F) {
	for _, seed := range [][2]string{
		{"stage", "Planning"}, {"stage", "<script>"}, {"\x00", "\xff"}, {"", ""}, {"a&b", "%"}, {"stage", "\u202e"}, {"q", "İ' OR 1=1"},
	} {
		f.Add(seed[0], seed[1])
	}
	visitor := evaluator(f)
	f.Fuzz(func(t *testing.T, name, value string) {
		for _, address := range []string{
			"/shelves/stages?" + url.QueryEscape(name) + "=" + url.QueryEscape(value),
			"/search?q=" + url.QueryEscape(value),
		} {
			answer := visitor.Get(address)
			if answer.Status != http.StatusOK && answer.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s answers %d", address, answer.Status)
			}
			if strings.Contains(answer.Body, "<script>") {
				t.Errorf("%s repeats what was sent as it was", address)
			}
		}
	})
}
