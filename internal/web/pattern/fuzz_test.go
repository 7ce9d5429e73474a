package pattern_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// FuzzAddresses sends any text as each of the choices. Each page answers, or
// refuses and says what to mend.
func FuzzAddresses(f *testing.F) {
	for _, seed := range []string{"NONDELAY", "1/3", "ADOPT=1, ~PPI", "<script>", "\x00\xff", "\u202e", "99999999999999999999", "1e9/1", "((((A", "{}", "A[1,2]"} {
		f.Add(seed)
	}
	v := evaluator(f)
	f.Fuzz(func(t *testing.T, text string) {
		value := url.QueryEscape(text)
		for _, address := range []string{
			"truth-table?conditions=" + value, "screening?cut=" + value, "screening?inequality=" + value,
			"solutions?solution=intermediate&expect=" + value, "solutions.csv?solution=" + value, "rivals?max=" + value,
		} {
			answer := v.Get("/explain/tcam/" + address)
			if answer.Status != http.StatusOK && answer.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s answers %d", address, answer.Status)
			}
			if strings.Contains(answer.Body, "<script>") {
				t.Errorf("%s repeats what was sent as it was", address)
			}
		}
	})
}
