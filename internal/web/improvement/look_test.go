package improvement

import (
	"strings"
	"testing"

	"sir/internal/policy"
)

func TestTheProgrammesPageShowsDiagramAndCycles(t *testing.T) {
	w := open(t)
	page := w.lead(t).Page(sharedPath)
	page.Check()
	has(
		t, page.Main(), "from 45% to 60%, by 31 March 2027", "Ten minutes of training at the Monday handover", "Adopted after 2 cycles",
		"Not tested yet", "Measured by: Adoption level.", "4 cycles: 1 running, 1 adopted, 1 adapted, 1 abandoned",
	)
	rows := page.Rows("Cycles by state")
	if len(rows) != 4 || rows[0][1] != "Running" || rows[3][1] != "Abandoned" || !strings.Contains(rows[1][2], "(cycle 2)") {
		t.Errorf("the cycles are %q", rows)
	}
	if rows := page.Rows("Academic health science networks at work"); len(rows) != 1 || !strings.Contains(strings.Join(rows[0], "|"), "4 cycles") {
		t.Errorf("the members are %q", rows)
	}
}

// Each file says what the page says, and no formula leaves in a CSV.
func TestFilesOfTheDiagram(t *testing.T) {
	w := open(t)
	v := w.lead(t)
	form := formOf(t, v.Page(sharedPath+"/drivers/"+firstIdea), stepSave)
	send(t, v, sharedPath+"/drivers/"+firstIdea, with(form, "body", `=HYPERLINK("http://x")<script>&`))
	csv := v.Get(sharedPath + "/diagram.csv")
	if csv.Status != 200 || strings.Count(csv.Body, "\n") != 12 || strings.Contains(csv.Body, `,"=HYPERLINK`) || strings.Contains(csv.Body, ",=HYPERLINK") {
		t.Errorf("the diagram as CSV is answered %d:\n%s", csv.Status, csv.Body)
	}
	svg := v.Get(sharedPath + "/diagram.svg")
	if svg.Status != 200 || strings.Contains(svg.Body, "<script") || strings.Contains(svg.Body, "href=") || !strings.Contains(svg.Body, "&lt;script&gt;") {
		t.Errorf("the drawing is answered %d with a script or a link", svg.Status)
	}
	cycles := v.Get(ownPath + "/cycles.csv")
	if cycles.Status != 200 || !strings.Contains(cycles.Body, "abandon") || !strings.Contains(cycles.Body, "spread manager") {
		t.Errorf("the cycles as CSV are answered %d:\n%s", cycles.Status, cycles.Body)
	}
	if a := v.Get(ownPath + "/diagram.svg"); a.Status != 403 { // as what is closed
		t.Errorf("the drawing of no diagram is answered %d", a.Status)
	}
	if strings.Contains(v.Get(sharedPath).Body, "<script>&") {
		t.Error("a text became markup")
	}
}

// Who may see and change what, with addresses that were guessed.
func TestPagesAreOpenAsThePolicySays(t *testing.T) {
	w := open(t)
	addresses := []string{
		sharedPath, ownPath, otherPath, running, sharedPath + "/drivers/add?under=" + firstIdea, ownPath + "/drivers/add", otherPath + "/drivers/add",
		otherPath + running[len(ownPath):], sharedPath + "/drivers/no-such", ownPath + "/cycles/no-such", "/measure/no-such/improvement",
		"/measure/tcam/members/oxford/improvement",
	}
	for role, want := range map[policy.Role][]int{
		policy.ProgrammeLead:  {200, 200, 200, 200, 422, 200, 200, 403, 403, 403, 403, 403},
		policy.SpreadManager:  {200, 200, 403, 200, 403, 200, 403, 403, 403, 403, 403, 403},
		policy.SeniorManager:  {200, 200, 403, 200, 403, 403, 403, 403, 403, 403, 403, 403},
		policy.SiteChampion:   {200, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403, 403},
		policy.Evaluator:      {403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
		policy.Innovator:      {403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
		policy.InstanceAdmin:  {403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
		policy.Communications: {403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403},
	} {
		v := w.site.As(t, role)
		for i, address := range addresses {
			if a := v.Get(address); a.Status != want[i] {
				t.Errorf("%s: GET %s answers %d, want %d", role, address, a.Status, want[i])
			}
		}
	}
	if a := w.site.Stranger(t).Get(sharedPath); a.Status != 303 {
		t.Errorf("a visitor is answered %d", a.Status)
	}
	page := w.site.As(t, policy.SiteChampion).Page(running)
	if strings.Contains(page.Main(), "Save") || page.Href("Improvement") != sharedPath {
		t.Error("a champion is offered a change, or no way back")
	}
	for _, href := range page.Hrefs() {
		if a := w.site.As(t, policy.SiteChampion).Get(href); a.Status == 403 {
			t.Errorf("a champion is led to %s, which is closed to them", href)
		}
	}
}
