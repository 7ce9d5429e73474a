package returns

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	area "sir/internal/adoption"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// sender is somebody who uploads files.
type sender struct {
	*pagetest.Visitor
	w       *world
	cookies []*http.Cookie
}

func (w *world) sender(role policy.Role) sender {
	w.t.Helper()
	request := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/enter-as?role="+url.QueryEscape(string(role)), http.NoBody)
	answer := httptest.NewRecorder()
	w.site.Handler.ServeHTTP(answer, request)
	return sender{w.site.As(w.t, role), w, answer.Result().Cookies()}
}

func (w *world) uploads() string { return uploadsPath(madeUp, w.last.Collection) }

// upload sends a file, and answers what came back.
func (s sender) upload(name, content string, fields map[string]string) *httptest.ResponseRecorder {
	s.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, text := range fields {
		if err := form.WriteField(field, text); err != nil {
			s.w.t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("file", name)
	if err != nil {
		s.w.t.Fatal(err)
	}
	_, _ = file.Write([]byte(content))
	_ = form.Close()
	request := httptest.NewRequestWithContext(context.Background(), http.MethodPost, s.w.uploads(), &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	for _, c := range s.cookies {
		request.AddCookie(c)
	}
	answer := httptest.NewRecorder()
	s.w.site.Handler.ServeHTTP(answer, request)
	return answer
}

// table is a file with the level and referrals of the own member's sites.
func (w *world) table(level int, referrals string) string {
	var text strings.Builder
	form := w.form(ownMember)
	fmt.Fprintf(&text, "site,%s,%s,%s\n", form.Measures[0].Code, form.Measures[1].Code, form.Measures[2].Code)
	for _, site := range form.Sites {
		fmt.Fprintf(&text, "%s,%d,%s,1\n", site.Code, level, referrals)
	}
	return text.String()
}

// What was seen is what is imported, once.
func TestUploadIsSeenThenImported(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	s.Page(w.uploads()).Check()
	a := s.upload("return.csv", w.table(2, "31"), map[string]string{"period": w.last.Period.Slug()})
	dry := a.Header().Get("Location")
	if a.Code != 303 || !strings.HasPrefix(dry, w.uploads()+"/") {
		t.Fatalf("%d to %q: %s", a.Code, dry, a.Body)
	}
	before := w.form(ownMember).Sites[0].Now
	page := s.Page(dry)
	page.Check()
	has(t, page.Main(), "return.csv was read as a wide table, CSV", "Values changed", "Import this file")
	if now := w.form(ownMember).Sites[0].Now; fmt.Sprint(now) != fmt.Sprint(before) {
		t.Error("looking has changed figures")
	}
	address, _, _ := strings.Cut(dry, "?")
	fields := fieldsOf(page)
	if a := s.Post(address, fields); a.Status != 303 {
		t.Fatalf("confirming answers %d: %s", a.Status, a.Body)
	}
	for _, site := range w.form(ownMember).Sites {
		if site.Now[w.form(ownMember).Measures[1].Key] != 31 {
			t.Errorf("%s has %v", site.Name, site.Now)
		}
	}
	for _, a := range []pagetest.Answer{s.Post(address, fields), s.Get(dry)} {
		if a.Status != 404 || !strings.Contains(a.Body, "imported already") {
			t.Errorf("afterwards the file answers %d", a.Status)
		}
	}
}

// Every conflict is listed by row, column, value and reason, also as CSV, and
// hostile values stay text.
func TestUploadListsConflicts(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	code := w.form(ownMember).Sites[0].Code
	foreign := w.form(otherMember).Sites[0].Code
	m := w.form(ownMember).Measures
	file := fmt.Sprintf("site,%s,%s\n%s,9,=1+1\n%s,1,5\nno-such,1,<script>alert(1)</script>\n", m[0].Code, m[1].Code, code, foreign)
	dry := s.upload(`<img src=x>"evil".csv`, file, map[string]string{"period": w.last.Period.Slug()}).Header().Get("Location")
	answer := s.Get(dry)
	page := pagetest.Read(t, answer.Body)
	page.Check()
	rows := page.Rows("What is to be mended")
	if len(rows) < 4 || rows[0][0] != "2" {
		t.Fatalf("the conflicts are %q", rows)
	}
	if strings.Contains(answer.Body, "<script>alert") || strings.Contains(answer.Body, "<img src=x>") || strings.Contains(answer.Body, "Import this file") {
		t.Error("the page repeats what runs, or offers to import")
	}
	list, err := csv.NewReader(strings.NewReader(s.Get(page.Href("What is to be mended (CSV)")).Body)).ReadAll()
	if err != nil || len(list) != len(rows)+1 {
		t.Errorf("%d lines for %d rows: %v", len(list), len(rows), err)
	}
	address, _, _ := strings.Cut(dry, "?")
	if a := s.Post(address, url.Values{"period": {w.last.Period.Slug()}, "seen": {"1-0-0-0"}}); a.Status != 409 {
		t.Errorf("confirming it all the same answers %d", a.Status)
	}
}

// What is wrong with the file as a whole is said of the file.
func TestUploadThatIsAmiss(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	m := w.form(ownMember).Measures
	for name, c := range map[string]struct {
		content string
		says    []string
	}{
		"a.xlsx": {"PK\x03\x04 and nothing", []string{"a.xlsx could not be read: the file cannot be read as an Excel workbook", "Nothing can be imported. Choose a file that is mended."}},
		"b.csv":  {"site," + m[0].Code + "\n", []string{"b.csv has no values", "Nothing can be imported. Choose a file that is mended."}},
		"c.csv":  {"site,levl,refs\nx,1,2\n", []string{"c.csv could not be read: ", "Nothing can be imported. Mend what is listed"}},
	} {
		dry := s.upload(name, c.content, map[string]string{"period": w.last.Period.Slug()}).Header().Get("Location")
		answer := s.Get(dry)
		page := pagetest.Read(t, answer.Body)
		page.Check()
		has(t, page.Main(), c.says...)
		if strings.Contains(answer.Body, "value cannot be taken") || strings.Contains(answer.Body, "Import this file") {
			t.Errorf("%s: counts values, or offers to import", name)
		}
	}
}

// Where the figures have changed since, nothing is imported unseen.
func TestUploadThatWouldDoSomethingElseByNow(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	dry := s.upload("a.csv", w.table(2, "32"), map[string]string{"period": w.last.Period.Slug()}).Header().Get("Location")
	fields := fieldsOf(s.Page(dry))
	form := w.form(ownMember)
	if a := w.site.As(t, policy.Analyst).Post(w.path(ownMember), otherValue(t, w, form)); a.Status != 303 {
		t.Fatal(a.Status)
	}
	address, _, _ := strings.Cut(dry, "?")
	a := s.Post(address, fields)
	if a.Status != 409 {
		t.Fatalf("it answers %d: %s", a.Status, a.Body)
	}
	page := pagetest.Read(t, a.Body)
	has(t, page.Main(), "would do something else now")
	if now := w.form(ownMember).Sites[1].Now[form.Measures[1].Key]; now == 32 {
		t.Error("it was imported all the same")
	}
	if a := s.Post(address, fieldsOf(page)); a.Status != 303 {
		t.Errorf("confirmed knowingly it answers %d", a.Status)
	}
}

// otherValue is the form with the values that the file has for the first site.
func otherValue(t *testing.T, w *world, form area.Form) url.Values {
	t.Helper()
	fields := fieldsOf(w.site.As(t, policy.Analyst).Page(w.path(ownMember)))
	level, referrals, completed := cells(form, 0)
	fields.Set(level, "2")
	fields.Set(referrals, "32")
	fields.Set(completed, "1")
	return fields
}

// A kept file is its sender's alone, for a day.
func TestUploadIsItsSendersAlone(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	dry := s.upload("a.csv", w.table(2, "33"), map[string]string{"period": w.last.Period.Slug()}).Header().Get("Location")
	address, _, _ := strings.Cut(dry, "?")
	for _, role := range []policy.Role{policy.ProgrammeLead, policy.Analyst, policy.SiteChampion, policy.Evaluator, policy.InstanceAdmin} {
		v := w.site.As(t, role)
		for _, a := range []pagetest.Answer{v.Get(dry), v.Post(address, url.Values{"seen": {"0-0-0-0"}}), v.Get(address + "/conflicts.csv")} {
			if a.Status != 403 && a.Status != 404 {
				t.Errorf("%s is answered %d", role, a.Status)
			}
		}
	}
	now := time.Now()
	w.app.Desk.Now = func() time.Time { return now.Add(25 * time.Hour) }
	if a := s.Get(dry); a.Status == 200 {
		t.Error("the file is there after a day")
	}
	if err := w.app.Adoption.RemoveOldUploads(t.Context(), system); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := w.app.Desk.DB.Row(t.Context(), `SELECT count(*) FROM upload`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d files are kept after a day: %v", n, err)
	}
}

// What is no file, too large or broken is refused with words, never stored.
func TestUploadRefuses(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	for name, c := range map[string]struct {
		content string
		fields  map[string]string
		says    string
	}{
		"empty":         {"", nil, "not empty"},
		"over 10 MB":    {strings.Repeat("x", area.LargestUpload+1), nil, "larger than 10 MB"},
		"far over it":   {strings.Repeat("x", area.LargestUpload+2*formRoom), nil, "larger than 10 MB"},
		"a long reason": {"x", map[string]string{"reason": strings.Repeat("y", largestField+1)}, "too long"},
	} {
		a := s.upload("a.csv", c.content, c.fields)
		if a.Code != 422 || !strings.Contains(a.Body.String(), c.says) {
			t.Errorf("%s answers %d", name, a.Code)
		}
	}
	if a := s.Post(w.uploads(), url.Values{"file": {"no file"}}); a.Status != 422 {
		t.Errorf("a form without a file answers %d", a.Status)
	}
	for i := range 5 {
		s.upload("a.csv", w.table(2, fmt.Sprint(40+i)), nil)
	}
	var n int
	if err := w.app.Desk.DB.Row(t.Context(), `SELECT count(*) FROM upload`).Scan(&n); err != nil || n != 3 {
		t.Errorf("%d files of one account are kept, want 3: %v", n, err)
	}
}

// The template comes back as it went out, and changes nothing.
func TestTemplateComesBack(t *testing.T) {
	w := open(t)
	s := w.sender(policy.SpreadManager)
	for _, form := range []string{"csv", "xlsx"} {
		a := s.Get(w.path(ownMember) + "/template." + form)
		if a.Status != 200 || !strings.Contains(a.Header.Get("Content-Disposition"), ownMember+"."+form) {
			t.Fatalf("the template as %s answers %d, %s", form, a.Status, a.Header.Get("Content-Disposition"))
		}
		dry := s.upload("back."+form, a.Body, nil).Header().Get("Location")
		page := s.Page(dry)
		has(t, page.Main(), "Values added 0", "Values changed 0", "Values cleared 0")
	}
	if a := s.Get(w.path(otherMember) + "/template.csv"); a.Status != 403 {
		t.Errorf("another member's template answers %d", a.Status)
	}
}
