package network

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

func TestMembersFile(t *testing.T) {
	a := pagetest.Demo(t)
	site := pagetest.Serve(t, a, Routes(a.Network, a.Reference))
	v := site.As(t, policy.SiteChampion)
	if href := v.Page(Path).Href("Members as CSV"); href != "/members.csv" {
		t.Errorf("the page leads to %q", href)
	}
	got := v.Get("/members.csv")
	if got.Status != http.StatusOK || got.Header.Get("Content-Disposition") != `attachment; filename="members.csv"` {
		t.Fatalf("%d %v", got.Status, got.Header)
	}
	records, err := csv.NewReader(strings.NewReader(got.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[string][]string{}
	for _, r := range records[1:] {
		byCode[r[0]] = r
	}
	known, madeUp := named(t), 0
	for _, m := range known.Members {
		if r := byCode[m.Code]; r == nil || r[1] != m.Name || r[6] != "false" || r[7] == "" {
			t.Errorf("%s reads %q", m.Code, r)
		}
	}
	for _, o := range known.Orientations {
		r := byCode[o.Member]
		if word := map[bool]string{true: "explicit", false: "implicit"}[o.Explicit]; r[2] != word || r[3] != o.Approach {
			t.Errorf("%s reads %q, want %s by %q", o.Member, r, word, o.Approach)
		}
	}
	directory, err := a.Network.Directory(t.Context(), policy.System("test"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range directory.Members {
		if got := byCode[m.Code][5]; got != strconv.Itoa(m.People) && (m.People > 0 || got != "") {
			t.Errorf("%s has %q people interviewed, want %d or a blank", m.Code, got, m.People)
		}
	}
	for _, r := range records[1:] {
		if r[6] == "true" {
			madeUp++
		}
	}
	if len(records)-1 != len(known.Members)+madeUp || madeUp == 0 {
		t.Errorf("%d rows, %d of them made up, want all %d members", len(records)-1, madeUp, len(known.Members))
	}
	if got := site.Stranger(t).Get("/members.csv"); got.Status != http.StatusSeeOther {
		t.Errorf("a visitor is answered %d", got.Status)
	}
}
