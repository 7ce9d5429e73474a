package term_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"sir/internal/term"
)

func TestShippedPacksAreComplete(t *testing.T) {
	packs := term.Packs()
	if len(packs) != 2 || packs[0].ID != "england-2018-2020" || packs[1].ID != "england-2026" {
		t.Fatalf("packs: %v", packs)
	}
	for _, p := range packs {
		for _, key := range term.All() {
			l := p.Label(key)
			for _, form := range []term.Form{l.Full, l.Short} {
				if form.Singular == "" || form.Plural == "" {
					t.Errorf("%s, %v: %+v", p.ID, key, l)
				}
			}
			if l.Abbreviation != (term.Form{}) && len(l.Abbreviation.Singular) >= len(l.Full.Singular) {
				t.Errorf("%s, %v: %q is no abbreviation of %q", p.ID, key, l.Abbreviation.Singular, l.Full.Singular)
			}
		}
	}
}

// What changed between the two packs carries the date from which it was right, inside or before the pack's time.
func TestChangedLabelsAreDated(t *testing.T) {
	packs := term.Packs()
	changed := 0
	for _, key := range term.All() {
		before, after := packs[0].Label(key), packs[1].Label(key)
		if before.Full == after.Full {
			continue
		}
		changed++
		if after.From == "" || after.From > packs[1].From.Format("2006-01-02") {
			t.Errorf("%v: %q has date %q", key, after.Full.Singular, after.From)
		}
	}
	if changed < 5 {
		t.Errorf("%d labels differ; networks, their family, commissioner, system and pharmacy body do", changed)
	}
}

func TestLabels(t *testing.T) {
	old, err := term.ByID("england-2018-2020")
	if err != nil {
		t.Fatal(err)
	}
	now, err := term.ByID("england-2026")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ got, want string }{
		{old.Label(term.Network).Introduced(2), "academic health science networks (AHSNs)"},
		{old.Label(term.Network).Short.Of(1), "AHSN"},
		{old.Label(term.Commissioner).Introduced(1), "clinical commissioning group (CCG)"},
		{now.Label(term.Commissioner).Count(1), "1 integrated care board"},
		{now.Label(term.Commissioner).Count(42), "42 integrated care boards"},
		{now.Label(term.Commissioner).Short.Of(0), "ICBs"},
		{now.Label(term.Network).Introduced(2), "health innovation networks"}, // HIN alone is ambiguous
		{now.Label(term.Network).Short.Of(2), "networks"},
		{now.Label(term.Site).Short.Of(1), "site"}, // no short form of its own
		{term.Sentence(now.Label(term.PharmacyBody).Full.Plural), "Community pharmacy bodies"},
		{term.Sentence("élan"), "Élan"},
		{term.Sentence(""), ""},
		{term.NetworkFamily.String(), "network_family"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestByIDNamesTheChoice(t *testing.T) {
	_, err := term.ByID("wales")
	if !errors.Is(err, term.ErrUnknown) || !strings.Contains(err.Error(), "england-2018-2020, england-2026") {
		t.Errorf("got %v", err)
	}
}

// file is a shipped pack as loose JSON, to be spoiled.
func file(t testing.TB) map[string]any {
	t.Helper()
	data, err := os.ReadFile("packs/england-2026.json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParseRefuses(t *testing.T) {
	entry := func(m map[string]any, i int) map[string]any {
		terms, _ := m["terms"].([]any)
		e, ok := terms[i].(map[string]any)
		if !ok {
			t.Fatalf("entry %d of the pack is %v", i, terms[i])
		}
		return e
	}
	tests := map[string]func(m map[string]any){
		`unknown term "trust"; the terms are network, `: func(m map[string]any) { entry(m, 7)["term"] = "trust" },
		"term provider is missing":                      func(m map[string]any) { entry(m, 7)["term"] = "trust" },
		"entry 2: network is there twice":               func(m map[string]any) { entry(m, 1)["term"] = "network" },
		"term network is missing":                       func(m map[string]any) { delete(m, "terms") },
		"network, full, plural is missing":              func(m map[string]any) { entry(m, 0)["full"] = term.Form{Singular: "x"} },
		"network, short, singular is missing":           func(m map[string]any) { entry(m, 0)["short"] = term.Form{Plural: "x"} },
		"has spaces at an end":                          func(m map[string]any) { entry(m, 0)["full"] = term.Form{Singular: "x ", Plural: "y"} },
		"is longer than 80":                             func(m map[string]any) { m["name"] = strings.Repeat("x", 81) },
		"cannot be shown":                               func(m map[string]any) { m["name"] = "England\u202e 2026" },
		"note: at most 300":                             func(m map[string]any) { entry(m, 0)["note"] = "a\x00b" },
		`network, from: "October 2023"`:                 func(m map[string]any) { entry(m, 0)["from"] = "October 2023" },
		`id: "England 2026"`:                            func(m map[string]any) { m["id"] = "England 2026" },
		`country: "England"`:                            func(m map[string]any) { m["country"] = "England" },
		`language: ""`:                                  func(m map[string]any) { delete(m, "language") },
		`from: "2026"`:                                  func(m map[string]any) { m["from"] = "2026" },
		"to: 2025-01-01 is before from":                 func(m map[string]any) { m["to"] = "2025-01-01" },
		`unknown field "colour"`:                        func(m map[string]any) { m["colour"] = "blue" },
	}
	for want, spoil := range tests {
		m := file(t)
		spoil(m)
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		p, err := term.Parse(data)
		if !errors.Is(err, term.ErrInvalid) || !strings.Contains(err.Error(), want) || p.ID != "" {
			t.Errorf("want %q, got pack %q and %v", want, p.ID, err)
		}
	}
}

func TestParseRefusesWhatIsNoPack(t *testing.T) {
	whole, err := os.ReadFile("packs/england-2026.json")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]byte{ // 78: 5 fields, 76 entries and 17 missing terms, of which 20 are shown
		"":                  nil,
		"not UTF-8":         append([]byte("\xff"), whole...),
		"after the closing": append(bytes.Clone(whole), '1'),
		"more than":         bytes.Repeat([]byte(" "), term.MaxBytes+1),
		"and 78 more":       []byte(`{"terms":[` + strings.Repeat(`{"term":"x"},`, 75) + `{"term":"y"}]}`),
	}
	for want, data := range tests {
		if _, err := term.Read(bytes.NewReader(data)); !errors.Is(err, term.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if _, err := term.Parse(append([]byte("\ufeff"), whole...)); err != nil {
		t.Errorf("a byte order mark is refused: %v", err)
	}
	if _, err := term.Read(io.MultiReader(bytes.NewReader(whole), failing{})); err == nil || errors.Is(err, term.ErrInvalid) {
		t.Errorf("a failing disk is reported as %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// A pack that is accepted is complete; everything else is ErrInvalid in a message of bounded length.
func FuzzParse(f *testing.F) {
	whole, err := os.ReadFile("packs/england-2026.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(bytes.Replace(whole, []byte(`"network"`), []byte(`"site"`), 1))
	f.Add([]byte(`{"terms":[{"term":"\u0000"}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := term.Parse(data)
		if err != nil {
			if !errors.Is(err, term.ErrInvalid) || len(err.Error()) > 20_000 {
				t.Fatalf("%d bytes: %.200v", len(err.Error()), err)
			}
			return
		}
		for _, key := range term.All() {
			if l := p.Label(key); l.Full.Singular == "" || l.Short.Plural == "" || strings.ContainsAny(l.Full.Singular, "\x00\n\u202e") {
				t.Fatalf("%v: %+v", key, l)
			}
		}
	})
}
