//go:build browser

package network

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

func window(t *testing.T, role policy.Role) *browsertest.Session {
	t.Helper()
	a := pagetest.Demo(t)
	server := httptest.NewServer(pagetest.Serve(t, a, slices.Concat(
		account.Routes(a.Auth, true), Routes(a.Network, a.Reference), OrganisationRoutes(a.Network, a.Adoption, a.ImportOrganisations),
	)).Handler)
	t.Cleanup(server.Close)
	s := browsertest.Open(t, server.URL)
	s.Goto("/sign-in?next=/members")
	s.Follow(browsertest.CSS(fmt.Sprintf(`input[name="role"][value="%s"] + button`, role)))
	return s
}

// judge looks at a page in a narrow and a wide window, and leaves pictures.
func judge(s *browsertest.Session, name string) {
	for _, width := range []int{browsertest.Narrow, browsertest.Wide} {
		s.SetWidth(width)
		s.JudgeAsIs()
		s.Screenshot(filepath.Join("..", "..", "..", "build", "pages", fmt.Sprintf("organisations-%s-%d.png", name, width)))
	}
}

func TestOrganisationsInABrowser(t *testing.T) {
	s := window(t, policy.Analyst)
	for name, address := range map[string]string{
		"list": OrganisationsPath, "none": OrganisationsPath + "?q=" + strings.Repeat("%3Cscript%3E", 9), "sites": OrganisationsPath + "?kind=site&page=2&on=2024-04-01",
		"unit": organisationPath("MU-C03"), "site": organisationPath("MU-121"), "member": organisationPath("MU-N01"),
	} {
		s.Goto(address)
		judge(s, name)
	}
}

func TestAnImportInABrowser(t *testing.T) {
	s := window(t, policy.InstanceAdmin)
	s.Goto(importPath)
	judge(s, "import")
	check, file := browsertest.Button("Check the file"), browsertest.Field("File")
	s.FollowStatus(check, 422)
	judge(s, "import-nothing")
	s.Attach(file, "boundaries.csv", "code,region\nMU-C01,MU-R9\n")
	s.FollowStatus(check, 422)
	judge(s, "import-conflicts")
	s.Goto(importPath)
	s.Attach(file, "boundaries.csv", boundary)
	s.Follow(check)
	judge(s, "import-changes")
	s.Follow(browsertest.Button("Import"))
	if path := s.Path(); path != OrganisationsPath+"?codes=MU-C01" {
		t.Errorf("after the import the page is %s", path)
	}
	judge(s, "imported")
}
