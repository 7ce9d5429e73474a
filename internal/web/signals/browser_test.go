//go:build browser

package signals

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
	"sir/internal/policy"
	"sir/internal/web/account"
	"sir/internal/web/pagetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// judged are the pages that differ in what they are made of.
var judged = []string{
	"/measure/MU-EXAMPLE/measures",
	"/measure/MU-EXAMPLE/measures/level",
	"/measure/MU-EXAMPLE/measures/queries",
	"/measure/MU-EXAMPLE/measures/queries?target=1200&trend=6",
	"/measure/MU-EXAMPLE/measures/answered",
	"/measure/MU-EXAMPLE/measures/completed",
	"/measure/MU-EXAMPLE/measures/queries/members",
	"/measure/MU-EXAMPLE/measures/level/members",
	"/measure/MU-EXAMPLE/measures/step/levels",
	"/measure/MU-EXAMPLE/milestones",
	"/measure/MU-EXAMPLE/members/MU-N01/measures",
	"/measure/MU-EXAMPLE/members/MU-N01/measures/queries",
	"/measure/tcam/measures",
	"/measure/tcam/measures/rate",
	"/measure/tcam/measures/rate/members",
}

// Pages pass axe, and stay within a phone and a desk.
func TestPagesInABrowser(t *testing.T) {
	w := window(t)
	for _, address := range judged {
		w.Goto(address)
		w.Judge()
		for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
			w.SetWidth(width)
			w.Screenshot(picture(address, width))
		}
	}
}

// window is one in which a programme lead is signed in.
func window(t *testing.T) *browsertest.Session {
	t.Helper()
	a := pagetest.Demo(t)
	server := httptest.NewServer(pagetest.Serve(t, a, slices.Concat(account.Routes(a.Auth, true), Routes(a.Adoption, a.Improvement))).Handler)
	t.Cleanup(server.Close)
	w := browsertest.Open(t, server.URL)
	w.Goto("/sign-in")
	w.FollowStatus(browsertest.CSS(fmt.Sprintf(`input[name="role"][value="%s"] + button`, policy.ProgrammeLead)), 404) // there is no home page here
	return w
}

// picture is where a page's picture is left to look at.
func picture(address string, width int) string {
	name := strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.TrimPrefix(address, "/measure/"))
	return filepath.Join("..", "..", "..", "build", "pages", fmt.Sprintf("signals-%s-%d.png", name, width))
}

// A mark is added and withdrawn without JavaScript, and what is wrong with it
// is said at its field.
func TestMarkInABrowser(t *testing.T) {
	w := window(t)
	const page = "/measure/MU-EXAMPLE/measures/queries"
	wrong := func() {
		w.Goto(page)
		w.Click(browsertest.Button("Mark a point"))
		w.FollowStatus(browsertest.Button("Add the mark"), 422)
	}
	wrong()
	w.Judge()
	w.SetJavaScript(false)
	wrong()
	w.Click(browsertest.Field("It says something about the point"))
	w.Fill(browsertest.Field("What happened, or why?"), "A made-up note <b>of a test</b>")
	w.Follow(browsertest.Button("Add the mark"))
	if path := w.Path(); path != page {
		t.Errorf("a mark leads to %s", path)
	}
	w.SetJavaScript(true)
	w.Goto(page)
	w.Judge()
	if marks := w.Texts("#marks-table td"); !strings.Contains(strings.Join(marks, " "), "A made-up note <b>of a test</b>") {
		t.Errorf("the marks are %q", marks)
	}
}
