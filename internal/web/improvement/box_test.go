package improvement

import (
	"net/url"
	"strings"
	"testing"

	"sir/internal/demo/madeup"
	"sir/internal/policy"
)

// An aim is written, drivers hang below it, and all of it is kept through
// mistakes.
func TestADiagramIsWritten(t *testing.T) {
	w := open(t)
	v := w.manager(t)
	add := v.Page(ownPath).Href("Write an aim")
	form := with(
		formOf(t, v.Page(add), stepSave), "what", "Sites use it", "how-much", "a lot", "by-when-day", "31", "by-when-month", "2", "by-when-year", "2027",
	)
	page := refused(t, v, add, form, 422)
	has(t, page.Main(), "Say how much with a number.", "Enter the date by which", "Choose the measure")
	if got := formOf(t, page, stepSave); got.Get("what") != "Sites use it" || got.Get("by-when-day") != "31" {
		t.Errorf("the form came back with %q", got)
	}
	send(t, v, add, with(form, "how-much", "to 60%", "by-when-day", "28", "measure", "level"))
	page = v.Page(ownPath)
	has(t, page.Main(), "Sites use it: to 60%, by 28 February 2027", "It was added")
	below := page.Href("Add a primary driver below aim: Sites use it: to 60%, by 28 February 2027")
	send(t, v, below, url.Values{"body": {`<b onclick="x">Staff & wards</b>`}, "step": {stepSave}})
	page = v.Page(ownPath)
	page.Check()
	has(t, page.Main(), `<b onclick="x">Staff & wards</b>`)
	if a := v.Get(add); a.Status != 409 {
		t.Errorf("a second aim is answered %d", a.Status)
	}
}

// Two people change the same box: neither text is lost.
func TestAChangeOfWhatWasChangedShowsBoth(t *testing.T) {
	w := open(t)
	v, address := w.lead(t), sharedPath+"/drivers/"+firstIdea
	form := formOf(t, v.Page(address), stepSave)
	send(t, v, address, with(form, "body", "Five minutes on Tuesdays"))
	page := refused(t, v, address, with(form, "body", "An hour on Fridays"), 409)
	has(t, page.Main(), "Somebody else changed this", "It says now Five minutes on Tuesdays", "You wrote An hour on Fridays")
	again := formOf(t, page, stepSave)
	if again.Get("body") != "An hour on Fridays" || again.Get("version") == form.Get("version") {
		t.Errorf("the form came back with %q", again)
	}
	if refused(t, v, address, with(formOf(t, v.Page(address), stepRemove), "version", "1"), 409); !strings.Contains(v.Page(sharedPath).Main(), "Five minutes") {
		t.Error("what somebody else had changed was removed")
	}
	page = refused(t, v, address, with(form, "body", "", "version", "1"), 422)
	if formOf(t, page, stepSave).Get("version") != "1" {
		t.Error("after a mistake the form takes another version for the one that was seen")
	}
	send(t, v, address, again)
	has(t, v.Page(sharedPath).Main(), "An hour on Fridays")
}

func TestBoxesAreMovedRemovedAndPutBack(t *testing.T) {
	w := open(t)
	v := w.lead(t)
	driver := madeup.Diagram()[1]
	address := sharedPath + "/drivers/" + driver.ID
	send(t, v, address, url.Values{"step": {stepDown}})
	text := v.Page(sharedPath).Texts("ul")
	if list := strings.Join(text, " "); strings.Index(list, driver.Text) < strings.Index(list, "Messages are sent as part") {
		t.Error("it was not moved down")
	}
	send(t, v, address, formOf(t, v.Page(address), stepRemove))
	page := v.Page(sharedPath)
	if strings.Contains(strings.Join(page.Texts("ul"), " "), "Training fits") {
		t.Error("what hung below it still stands")
	}
	has(t, page.Main(), "Removed from the diagram", "primary driver: "+driver.Text)
	has(t, v.Page(adapted).Main(), "removed from the diagram since")
	send(t, v, address, url.Values{"step": {stepRestore}})
	has(t, strings.Join(v.Page(sharedPath).Texts("ul"), " "), "Training fits")
	if a := v.Post(address, url.Values{"step": {"burn"}}); a.Status != 422 {
		t.Errorf("a step that is none is answered %d", a.Status)
	}
}

func TestAMemberCopiesTheDiagram(t *testing.T) {
	w := open(t)
	v := w.manager(t)
	has(t, v.Page(ownPath).Main(), "Start from the programme's diagram")
	send(t, v, ownPath+"/copy", nil)
	page := v.Page(ownPath)
	has(t, page.Main(), "The programme's diagram was copied", "Show last week's replies on the ward board")
	if strings.Contains(page.Main(), "Start from the programme") {
		t.Error("copying is offered again")
	}
	if a := v.Post(ownPath+"/copy", nil); a.Status != 409 {
		t.Errorf("copying twice is answered %d", a.Status)
	}
	for role, address := range map[policy.Role]string{
		policy.SpreadManager: otherPath, policy.SeniorManager: ownPath, policy.SiteChampion: ownPath, policy.InstanceAdmin: ownPath,
	} {
		if a := w.site.As(t, role).Post(address+"/copy", nil); a.Status != 403 {
			t.Errorf("%s copies to %s: %d", role, address, a.Status)
		}
	}
}
