package network

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sir/internal/app"
	"sir/internal/network"
	"sir/internal/policy"
	measured "sir/internal/web/adoption"
	"sir/internal/web/pagetest"
	"sir/internal/web/ui"
)

func organisationSite(t testing.TB, a *app.App) *pagetest.Site {
	t.Helper()
	return pagetest.Serve(t, a, OrganisationRoutes(a.Network, a.Adoption, a.ImportOrganisations))
}

func TestOrganisationsAreListedAsOnADay(t *testing.T) {
	visitor := organisationSite(t, pagetest.Demo(t)).As(t, policy.Innovator)
	page := visitor.Page(OrganisationsPath + "?kind=commissioner&on=31+March+2024")
	page.Check()
	rows := page.Rows("Organisations as at 31 March 2024")
	moving := slices.IndexFunc(rows, func(row []string) bool { return row[1] == "MU-C03" })
	if len(rows) != 10 || moving < 0 || rows[moving][3] != "Aurora region (made-up)" {
		t.Errorf("the commissioners on the day before the boundary moved: %q", rows)
	}
	rows = visitor.Page(OrganisationsPath + "?kind=commissioner&on=2024-04-01").Rows("Organisations as at 1 April 2024")
	if rows[moving][3] != "Comet region (made-up)" {
		t.Errorf("on the day it moved: %q", rows[moving])
	}
	for query, want := range map[string]string{
		"?q=mu-c03":                                 "1 found",
		"?q=%25":                                    "0 found",
		"?kind=region&on=2024-04-01":                "4 found",
		"?kind=site&in=MU-O01&on=2024-04-01":        "3 found in Avocet Hospitals Trust (made-up)",
		"?kind=commissioner&in=MU-R2&on=2024-04-01": "4 found in Comet region (made-up)",
	} {
		if main := visitor.Page(OrganisationsPath + query).Main(); !strings.Contains(main, want) {
			t.Errorf("%s does not say %q:\n%s", query, want, main)
		}
	}
}

func TestALongListHasPagesAndOneFile(t *testing.T) {
	visitor := organisationSite(t, pagetest.Demo(t)).As(t, policy.SpreadManager)
	seen := map[string]bool{}
	for _, page := range []string{"1", "2", "3", "99"} {
		for _, row := range visitor.Page(OrganisationsPath + "?kind=site&on=2024-04-01&page=" + page).Rows("Organisations as at 1 April 2024") {
			seen[row[1]] = true
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d sites on all pages, want 120", len(seen))
	}
	answer := visitor.Get(OrganisationsPath + ".csv?kind=site&on=2024-04-01")
	if lines := strings.Count(answer.Body, "\n"); answer.Status != http.StatusOK || lines != 121 {
		t.Errorf("the file answers %d with %d lines", answer.Status, lines)
	}
}

func TestAnOrganisationOverTime(t *testing.T) {
	visitor := organisationSite(t, pagetest.Demo(t)).As(t, policy.Analyst)
	page := visitor.Page(organisationPath("MU-C03") + "?on=2024-04-01")
	page.Check()
	want := [][]string{
		{"1 April 2018", "31 March 2024", "Aurora region (made-up)"},
		{"1 April 2024", "Now", "Comet region (made-up)"},
	}
	if rows := page.Rows("What it belonged to over time"); !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
		t.Errorf("MU-C03 belonged to %q, want %q", rows, want)
	}
	if got := page.Href("12 sites"); got != "/organisations?in=MU-C03&kind=site&on=2024-04-01" {
		t.Errorf("its sites are at %q", got)
	}
	merged := visitor.Page(organisationPath("MU-121"))
	merged.Check()
	if main := merged.Main(); strings.Count(main, "On 1 October 2024, this became part of it:") != 2 {
		t.Errorf("the merged site does not say what became part of it:\n%s", main)
	}
	for _, code := range []string{"no-such", "import.csv", "%2e%2e"} {
		if answer := visitor.Get(OrganisationsPath + "/" + code); answer.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", code, answer.Status)
		}
	}
	if answer := visitor.Get(organisationPath("MU-C03") + "?on=soon"); answer.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none answers %d", answer.Status)
	}
}

// sender posts forms with files, signed in as the instance administrator.
type sender struct {
	*pagetest.Visitor
	site    *pagetest.Site
	cookies []*http.Cookie
}

func senderTo(t testing.TB, a *app.App) sender {
	t.Helper()
	site := organisationSite(t, a)
	answer := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/enter-as?role=instance+administrator", http.NoBody)
	site.Handler.ServeHTTP(answer, request)
	return sender{site.As(t, policy.InstanceAdmin), site, answer.Result().Cookies()}
}

// send posts a form with a file, as a browser does.
func send(t testing.TB, s sender, path, name, content string, fields map[string]string) pagetest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	for _, c := range s.cookies {
		request.AddCookie(c)
	}
	recorder := httptest.NewRecorder()
	s.site.Handler.ServeHTTP(recorder, request)
	return pagetest.Answer{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.String()}
}

// confirmation is the hidden fields of the form that confirms.
func confirmation(t testing.TB, answer pagetest.Answer) url.Values {
	t.Helper()
	values := url.Values{}
	for _, input := range pagetest.Read(t, answer.Body).All("input") {
		if pagetest.Attribute(input, "type") == "hidden" {
			values.Set(pagetest.Attribute(input, "name"), pagetest.Attribute(input, "value"))
		}
	}
	return values
}

const boundary = "code,region,region from\nMU-C01,MU-R3,2025-04-01\n"

func TestAnImportIsCheckedThenConfirmed(t *testing.T) {
	visitor := senderTo(t, pagetest.Demo(t))
	visitor.Page(importPath).Check()
	checked := send(t, visitor, importPath, "b.csv", boundary, nil)
	page := pagetest.Read(t, checked.Body)
	page.Check()
	if rows := page.Rows("What the file would do"); checked.Status != http.StatusOK || len(rows) != 1 ||
		rows[0][5] != "region Aurora region (made-up) (MU-R1) until 31 March 2025, then Meteor region (made-up) (MU-R3)" {
		t.Fatalf("the dry run answers %d: %q", checked.Status, rows)
	}
	if history := visitor.Page(organisationPath("MU-C01")).Rows("What it belonged to over time"); len(history) != 1 {
		t.Errorf("the dry run changed %q", history)
	}
	form := confirmation(t, checked)
	other := url.Values{}
	for name := range form {
		other.Set(name, form.Get(name))
	}
	other.Set("on", "2025-05-01")
	if answer := visitor.Post(confirmPath, other); answer.Status != http.StatusConflict {
		t.Errorf("another date than was shown answers %d", answer.Status)
	}
	answer := visitor.Post(confirmPath, form)
	if answer.Status != http.StatusSeeOther {
		t.Fatalf("the import answers %d: %s", answer.Status, answer.Body)
	}
	list := visitor.Page(answer.Header.Get("Location"))
	list.Check()
	if main := list.Main(); !strings.Contains(main, "1 found with the code MU-C01") {
		t.Errorf("the import leads to a list that says\n%s", main)
	}
	if history := visitor.Page(organisationPath("MU-C01")).Rows("What it belonged to over time"); len(history) != 2 {
		t.Errorf("after the import: %q", history)
	}
	if answer := visitor.Post(confirmPath, form); answer.Status != http.StatusConflict || !strings.Contains(answer.Body, "so there is nothing to import") {
		t.Errorf("the same form again answers %d", answer.Status)
	}
}

// What a file would do reads well for none, one and many.
func TestTheDryRunInWords(t *testing.T) {
	visitor := senderTo(t, pagetest.Demo(t))
	for content, want := range map[string]string{
		"code\n":                                            "The file has no rows, so there is nothing to import.",
		"code\nMU-009\n":                                    "The row says what is known already, so there is nothing to import.",
		"code\nMU-009\nMU-010\n":                            "All 2 rows say what is known already, so there is nothing to import.",
		"code,name\nMU-009,Other\n":                         "1 row: 1 changed.",
		"code,name\nMU-009,Other\nMU-010,\n":                "2 rows: 1 changed. 1 row says what is known already.",
		"code,name\nMU-009,A\nMU-010,\nMU-011,\n":           "3 rows: 1 changed. 2 rows say what is known already.",
		"code,name,closed\nMU-009,,2026-05-01\n":            "closed on 1 May 2026",
		"code,closed,successor\nMU-009,2026-03-01,MU-010\n": "merged into Chalk Field Community Hospital (made-up) (MU-010) on 1 March 2026",
	} {
		answer := send(t, visitor, importPath, "f.csv", content, nil)
		page := pagetest.Read(t, answer.Body)
		main := page.Main()
		if answer.Status != http.StatusOK || !strings.Contains(main, want) {
			t.Errorf("%q answers %d and does not say %q:\n%s", content, answer.Status, want, main)
		}
		ends := strings.Contains(content, "closed")
		if says := strings.Contains(main, "What this does to returns"); says != ends {
			t.Errorf("%q says what it does to returns: %v", content, says)
		}
	}
}

// The list after an import has what it ended, too; a long one is of the kind.
func TestTheListAfterAnImport(t *testing.T) {
	many := network.Outcome{}
	for i := range mostCodes + 1 {
		many.Changes = append(many.Changes, network.Change{Row: i + 2, Kind: network.SiteKind, Code: fmt.Sprint("S", i)})
	}
	if got := broughtIn(many); got.Kind != network.SiteKind || len(got.Codes) > 0 {
		t.Errorf("many sites lead to %+v", got)
	}
	many.Changes[3].Kind = network.RegionUnit
	if got := address(broughtIn(many), 1); got != OrganisationsPath {
		t.Errorf("many of several kinds lead to %s", got)
	}
	visitor := organisationSite(t, pagetest.Demo(t)).As(t, policy.Analyst)
	rows := visitor.Page(OrganisationsPath + "?codes=MU-009,MU-010&on=1900-01-01").Rows("Organisations as at 1 January 1900")
	if len(rows) != 2 || rows[0][1] != "MU-010" && rows[1][1] != "MU-010" {
		t.Errorf("two codes give %q", rows)
	}
}

func TestConflictsOfAnUploadAreShown(t *testing.T) {
	visitor := senderTo(t, pagetest.Demo(t))
	answer := send(t, visitor, importPath, "<b>.csv", "code,member\nMU-001,MU-N99\n", nil)
	page := pagetest.Read(t, answer.Body)
	page.Check()
	want := []string{"2", "member", "MU-N99", "nothing with this code is known; import it first, or give it a row in this file"}
	if rows := page.Rows("Conflicts"); answer.Status != http.StatusUnprocessableEntity || len(rows) != 1 || !slices.Equal(rows[0], want) {
		t.Errorf("%d %q", answer.Status, rows)
	}
	for name, c := range map[string]struct {
		file, content string
		fields        map[string]string
		says          string
	}{
		"no file":       {"", "", nil, "Choose a file."},
		"an empty name": {"", "", map[string]string{"file": "text"}, "Choose a file."},
		"no date":       {"b.csv", boundary, map[string]string{"on": "soon"}, "is not a date"},
		"damaged":       {"", "", map[string]string{"content": "***"}, "came back damaged"},
		"a document":    {"b.csv", "%PDF-1.4", nil, "looks like a PDF document"},
		"too large":     {"b.csv", strings.Repeat("x", largest), nil, "more than 15 MB"},
	} {
		answer := send(t, visitor, importPath, c.file, c.content, c.fields)
		if answer.Status != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, c.says) {
			t.Errorf("%s answers %d and does not say %q", name, answer.Status, c.says)
		}
		pagetest.Read(t, answer.Body).Check()
	}
}

// A file that does not fit onto the page is asked for again, and must be the
// one that was shown.
func TestALargeUploadIsChosenAgain(t *testing.T) {
	visitor := senderTo(t, pagetest.Demo(t))
	content := boundary + strings.Repeat(strings.Repeat(" ", 900)+",,\n", 800)
	checked := send(t, visitor, importPath, "large.csv", content, nil)
	form := confirmation(t, checked)
	if checked.Status != http.StatusOK || form.Has("content") || !strings.Contains(checked.Body, "Choose the same file again") {
		t.Fatalf("%d %v", checked.Status, form)
	}
	fields := map[string]string{"seal": form.Get("seal"), "name": form.Get("name")}
	if answer := send(t, visitor, confirmPath, "large.csv", content+",,\n", fields); answer.Status != http.StatusConflict {
		t.Errorf("another file answers %d", answer.Status)
	}
	if answer := send(t, visitor, confirmPath, "large.csv", content, fields); answer.Status != http.StatusSeeOther {
		t.Errorf("the same file answers %d", answer.Status)
	}
}

// Everybody may look; the instance administrator alone imports.
func TestWhoMayImport(t *testing.T) {
	site := organisationSite(t, pagetest.Demo(t))
	for _, role := range policy.Roles {
		visitor := site.As(t, role)
		want, post := http.StatusForbidden, http.StatusForbidden
		if role == policy.InstanceAdmin {
			want, post = http.StatusOK, http.StatusUnprocessableEntity
		}
		for address, status := range map[string]int{
			OrganisationsPath: http.StatusOK, OrganisationsPath + ".csv": http.StatusOK, organisationPath("MU-R1"): http.StatusOK, importPath: want,
		} {
			if answer := visitor.Get(address); answer.Status != status {
				t.Errorf("%s: %s answers %d, want %d", role, address, answer.Status, status)
			}
		}
		for _, address := range []string{importPath, confirmPath} {
			if answer := visitor.Post(address, url.Values{}); answer.Status != post {
				t.Errorf("%s: POST %s answers %d, want %d", role, address, answer.Status, post)
			}
		}
		link := visitor.Page(OrganisationsPath).Href("Import organisations")
		if (link != "") != (role == policy.InstanceAdmin) {
			t.Errorf("%s is led to %q", role, link)
		}
	}
	stranger := site.Stranger(t)
	if answer := stranger.Get(OrganisationsPath); answer.Status != http.StatusSeeOther {
		t.Errorf("a stranger gets %d", answer.Status)
	}
	if answer := stranger.Post(importPath, url.Values{}); answer.Status != http.StatusUnauthorized {
		t.Errorf("a stranger posts: %d", answer.Status)
	}
}

// A site or a unit leads to its adoption where the reader may see it, and only
// there: with every role, the link is there exactly when its page opens.
func TestOrganisationsLeadToTheirAdoption(t *testing.T) {
	a := pagetest.Demo(t)
	site := pagetest.Serve(t, a, append(OrganisationRoutes(a.Network, a.Adoption, a.ImportOrganisations), measured.Routes(a.Adoption, a.Reference)...))
	there := 0
	for _, role := range policy.Roles {
		visitor := site.As(t, role)
		for code, folder := range map[string]string{
			"MU-N01": "members", "MU-N02": "members", "MU-O01": "units", "MU-C03": "units", "MU-R1": "units", "MU-001": "sites", "MU-060": "sites",
		} {
			own := ui.MeasurePath + "/MU-EXAMPLE/" + folder + "/" + code
			page := visitor.Page(organisationPath(code))
			want := ""
			if visitor.Get(own).Status == http.StatusOK {
				want = own
				there++
			}
			if got := page.Href("Its adoption in Example programme (made-up)"); got != want {
				t.Errorf("%s is led from %s to %q, want %q", role, code, got, want)
			}
			if want == "" && page.Href("Adoption") != ui.MeasurePath {
				t.Errorf("%s is not led from %s to all programmes", role, code)
			}
		}
	}
	if all := 7 * len(policy.Roles); there == 0 || there == all {
		t.Errorf("%d of %d pages are open: this test needs both", there, all)
	}
	tcam := site.As(t, policy.Innovator)
	for _, link := range tcam.Page(organisationPath(publishedMember(t, a))).Hrefs() {
		if strings.HasPrefix(link, ui.MeasurePath+"/tcam/members/") && tcam.Get(link).Status == http.StatusOK {
			return
		}
	}
	t.Error("a member is not led to its published figures")
}

// publishedMember is the code of a member with published figures.
func publishedMember(t *testing.T, a *app.App) string {
	t.Helper()
	table, err := a.Adoption.Rates(t.Context(), policy.System("test"), "tcam")
	if err != nil || len(table.Rows) == 0 {
		t.Fatalf("%d rows: %v", len(table.Rows), err)
	}
	return table.Rows[0].Code
}
