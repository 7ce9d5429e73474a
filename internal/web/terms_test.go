package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web"
	"sir/internal/web/pagetest"
	"sir/internal/web/reference"
)

// TestTermPackChangesWordsOnly: with another pack of terms every page says the
// same in the other pack's words: no figure, no name and no other word changes.
func TestTermPackChangesWordsOnly(t *testing.T) {
	t.Parallel()
	s := open(t, web.Options{Demo: true})
	from, to := pack(t, "england-2018-2020"), pack(t, "england-2026")
	v := s.as(t, policy.SpreadManager)
	before := map[string]string{}
	for _, one := range v.crawl() {
		if one.isPage() {
			before[one.address] = text(pagetest.Read(t, one.body))
		}
	}
	form := url.Values{"term-pack": {to.ID}, "version": {"0"}}
	if a := s.as(t, policy.InstanceAdmin).post("/admin/settings", form); a.location() != "/admin/settings" {
		t.Fatalf("choosing answers %d", a.status)
	}
	translate := translator(from, to)
	changed := map[string]bool{}
	for address, old := range before {
		now := text(v.page(address))
		if now == old {
			continue
		}
		changed[address] = true
		// An abbreviation looks the same wherever it stands in a sentence, so
		// capitals are left out of the comparison.
		if want := translate.Replace(old); !strings.EqualFold(now, want) {
			t.Errorf("%s says\n%s", address, firstDifference(want, now))
		}
		if rest := strings.ReplaceAll(now, reference.ReportTitle, ""); strings.Contains(rest, "AHSN") {
			t.Errorf("%s still speaks of AHSNs", address)
		}
	}
	for _, address := range []string{"/measure/tcam", "/measure/" + madeUp, "/measure/" + madeUp + "/members/" + ownMember, "/members", "/do"} {
		if !changed[address] {
			t.Errorf("%s did not change", address)
		}
	}
	if page := v.page("/measure/tcam").Main(); !strings.Contains(page, "10 of 15 health innovation networks reached the target") {
		t.Errorf("the page says %q", page)
	}
}

func pack(t *testing.T, id string) term.Pack {
	t.Helper()
	p, err := term.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// text is all that a page says, its title included.
func text(p *pagetest.Page) string { return strings.Join(p.Texts("html"), " ") }

// translator turns one pack's words into another's, the longest first.
func translator(from, to term.Pack) *strings.Replacer {
	type pair struct{ old, new string }
	var pairs []pair
	for _, one := range term.All() {
		a, b := from.Label(one), to.Label(one)
		for _, n := range []int{1, 2} {
			pairs = append(pairs, pair{a.Introduced(n), b.Introduced(n)}, pair{a.Full.Of(n), b.Full.Of(n)}, pair{a.Short.Of(n), b.Short.Of(n)})
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return len(q.old) - len(p.old) })
	list := []string{reference.ReportTitle, reference.ReportTitle} // a name stays what it is
	for _, p := range pairs {
		list = append(list, p.old, p.new, term.Sentence(p.old), term.Sentence(p.new))
	}
	return strings.NewReplacer(list...)
}

// firstDifference shows where two texts part.
func firstDifference(want, got string) string {
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	around := func(text string) string { return text[max(0, at-40):min(len(text), at+60)] }
	return "... " + around(got) + " ...\nwant\n... " + around(want) + " ..."
}
