//go:build browser

package stories

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"sir/internal/browsertest"
)

// The quarter's file of the made-up Alder network, and the file of the merger
// of two of its hospitals. What is wrong in the first stands in its first three
// rows of data; the second wants Coral Hill's return, which never came.
const (
	wrongReturn = `site,level,referrals,completed
MU-995,3,12,9
MU-010,7,40,31
MU-011,4,30,44
MU-005,3,21,15
`
	mendedReturn = `site,level,referrals,completed
MU-010,2,40,31
MU-011,4,44,30
MU-005,3,21,15
`
	merger = `code,successor,succession,succession date,reason
MU-009,MU-010,merger,2026-03-01,Both hospitals became one (made-up)
`
	whyRestated = "Coral Hill merged into Chalk Field, and its wards use it daily (made-up)"
)

// The addresses of the quarter and of the hospital that is restated.
const (
	quarter     = "/measure/MU-EXAMPLE/returns?collection=quarterly&period=q4_2025_26"
	alder       = "/measure/MU-EXAMPLE/members/MU-N01"
	chalkField  = "/measure/MU-EXAMPLE/sites/MU-010"
	figuresLink = " figures of Alder network (made-up)"
)

// aReturn is a quarter's figures from a file with errors to a number that
// explains itself: sent by a spread manager, approved, and restated by a
// programme lead after two hospitals merged.
var aReturn = story{
	{"sign in as a spread manager", func(t *testing.T, s *browsertest.Session) {
		s.Goto("/sign-in?next=/measure/MU-EXAMPLE")
		signIn(s, "spread manager")
		endsAt(t, s, "/measure/MU-EXAMPLE")
	}},
	{"see that four returns are missing", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`main a[href="/measure/MU-EXAMPLE/returns"]`))
		saysInRow(t, s, "Alder network (made-up)", "| 12 | 8 (67%) | 8 (67%) | 8 (67%) | not approved |")
		says(t, s, "Coral Hill Community Hospital (made-up)", "Missing")
	}},
	{"upload a file with errors", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Link("Upload a file of returns"))
		uploadQuarter(s, "alder.csv", wrongReturn)
		says(t, s, "The file cannot be imported yet", "3 values cannot be taken, so nothing can be imported")
		saysInRow(t, s, "no eligible site that you may send for has this code", "2 | site | MU-995 |")
		saysInRow(t, s, "Adoption level has the levels 0 to 4", "3 | level | 7 |")
		saysInRow(t, s, "Completed referrals (44) cannot be more than Referrals (30)", "4 | completed | 44 |")
		if s.Has(browsertest.Button("Import this file")) {
			t.Error("a file with errors can be imported")
		}
	}},
	{"upload the mended file", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Link("Choose another file"))
		uploadQuarter(s, "alder-mended.csv", mendedReturn)
		says(t, s, "What the file would do", "It is about 3 returns, for Q4 2025/26.", "Values added 9", "Values changed 0")
		saysInRow(t, s, "MU-010", "Adoption level falls from 4 (In daily use everywhere planned) in Q3 2025/26 to 2")
		saysInRow(t, s, "MU-009", "is on the list and has no row")
	}},
	{"import it and see the counts", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Button("Import this file"))
		endsAt(t, s, quarter)
		says(t, s, "The file was imported. Sent. Values: 9 added, 0 changed, 0 cleared, 0 unchanged.")
		saysInRow(t, s, "Alder network (made-up)", "| 12 | 11 (92%) | 11 (92%) | 8 (67%) | not approved |")
	}},
	{"approve and be asked why without a return", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Link("Approve" + figuresLink))
		says(t, s, "75% (9 of 12, 11 reported)", "83% (10 of 12)", "Why are the figures approved without all returns?")
		s.FollowStatus(browsertest.Button("Approve"), 422)
		says(t, s, "There is a problem", "1 of 12 returns is not complete. Say why the figures are approved without it.")
	}},
	{"approve with a reason", func(t *testing.T, s *browsertest.Session) {
		s.Fill(browsertest.Field("Why are the figures approved without all returns?"), "Coral Hill is closing its books (made-up)")
		s.Follow(browsertest.Button("Approve"))
		endsAt(t, s, quarter)
		says(t, s, "The figures are approved.")
		saysInRow(t, s, "Alder network (made-up)", "| 12 | 11 (92%) | 11 (92%) | 8 (67%) | by Demo spread manager")
	}},
	{"sign in as the instance administrator", func(t *testing.T, s *browsertest.Session) {
		change(s, "instance administrator", "/organisations")
		endsAt(t, s, "/organisations")
	}},
	{"see what a merger would do", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Link("Import organisations"))
		s.Attach(browsertest.Field("File"), "merger.csv", merger)
		s.Follow(browsertest.Button("Check the file"))
		says(t, s, "1 row: 1 ended.", "What this does to returns")
		saysInRow(t, s, "MU-009", "merged into Chalk Field Community Hospital (made-up) (MU-010) on 1 March 2026")
	}},
	{"import the merger", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.Button("Import"))
		endsAt(t, s, "/organisations?codes=MU-009")
		says(t, s, "merger.csv is imported: 1 ended.", "Closed on 1 March 2026")
		s.Follow(browsertest.Link("Coral Hill Community Hospital (made-up)"))
		says(t, s, "On 1 March 2026 it merged into: Chalk Field Community Hospital (made-up)", "Both hospitals became one (made-up)")
	}},
	{"sign in as the programme lead and open the figures", func(t *testing.T, s *browsertest.Session) {
		change(s, "programme lead", quarter)
		saysInRow(t, s, "Alder network (made-up)", "| 12 | 11 (92%) | 11 (92%) | 8 (67%) | by Demo spread manager")
		s.Follow(browsertest.Link("Restate" + figuresLink))
		says(t, s, "These figures are approved. What you change is a restatement")
	}},
	{"restate without a reason and be asked for it", func(t *testing.T, s *browsertest.Session) {
		s.Choose(browsertest.Field("Adoption level, Chalk Field Community Hospital (made-up)"), "3: In daily use in some teams")
		s.FollowStatus(browsertest.Button("Send"), 422)
		says(t, s, "Say why approved figures are changed.")
	}},
	{"restate with a reason", func(t *testing.T, s *browsertest.Session) {
		s.Fill(browsertest.Field("Why are approved figures changed?"), whyRestated)
		s.Follow(browsertest.Button("Send"))
		says(t, s, "1 value is restated. What it said before is kept, with your reason.", "11 of 12 returns are complete")
		if !s.Has(browsertest.Link("See how the rate of Alder network (made-up) changed")) {
			t.Error("nothing leads to what explains the change")
		}
	}},
	{"read why the rate of the member changed", func(t *testing.T, s *browsertest.Session) {
		s.Goto(alder)
		says(t, s, "In Q4 2025/26 (Jan to Mar 2026) the rate was 83% (10 of 12, 11 reported)", "What changed",
			"From Q3 2025/26 to Q4 2025/26 the rate stayed at 83%, although single sites changed.")
		saysInRow(t, s, "Had adopted, and did not report this time", "−1", "Coral Hill Community Hospital (made-up)")
		saysInRow(t, s, "Altogether", "0")
	}},
	{"read what the site said before and who mended it", func(t *testing.T, s *browsertest.Session) {
		s.Follow(browsertest.CSS(`main a[href="` + chalkField + `"]`))
		says(t, s, "On 1 March 2026 another site merged into it: Coral Hill Community Hospital (made-up)")
		saysInRow(t, s, whyRestated, "Q4 2025/26", "Adoption level", "2", "3", today(s), "Demo programme lead")
	}},
}

// uploadQuarter sends a file for the quarter and waits for what it would do.
func uploadQuarter(s *browsertest.Session, name, content string) {
	s.Attach(browsertest.Field("File"), name, content)
	s.Choose(browsertest.Field("Period"), "Q4 2025/26 (Jan to Mar 2026)")
	s.Follow(browsertest.Button("See what it would do"))
}

// change signs out and in again in another role, on the way to a page.
func change(s *browsertest.Session, role, next string) {
	s.Follow(browsertest.Button("Sign out"))
	s.Goto("/sign-in?next=" + url.QueryEscape(next))
	signIn(s, role)
}

// saysInRow fails t unless a row of a table says key, and says all of words.
// Its cells stand between bars, without the headings that narrow windows repeat.
func saysInRow(t *testing.T, s *browsertest.Session, key string, words ...string) {
	t.Helper()
	rows := browsertest.Eval[[]string](s, `[...document.querySelectorAll("main table tr")].map(row => [...row.cells].map(cell => {
		const bare = cell.cloneNode(true);
		bare.querySelectorAll(".nhsuk-table__heading, .nhsuk-table-responsive__heading").forEach(e => e.remove());
		return bare.textContent.replace(/\s+/g, " ").trim();
	}).join(" | "))`)
	rows = slices.DeleteFunc(rows, func(row string) bool { return !strings.Contains(row, key) })
	if !slices.ContainsFunc(rows, func(row string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(row, w) })
	}) {
		t.Errorf("no row with %q says all of %q; those with it say\n%s", key, words, strings.Join(rows, "\n"))
	}
}

// today is the date as pages write it, in the browser's words: the server runs
// on the same machine.
func today(s *browsertest.Session) string {
	return browsertest.Eval[string](s, `new Date().toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"})`)
}
