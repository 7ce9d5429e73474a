package network

import (
	"strings"
	"testing"
)

// Whatever a file holds, reading it and working out what it does ends, and
// each conflict has a reason. No database: the coverage would be the engine's.
func FuzzOrganisationFile(f *testing.F) {
	const head = "code,name,kind,opened,closed,parent,parent from,parent to,successor,succession,succession date,deprivation fifth,made up,attribute a\n"
	for _, seed := range []string{
		head + "S1,a,site,2015-04-01,,O1,2018-04-01,,,,,2,yes,x\nO1,b,organisation,,2020-01-01,C1,,,O2,,,,,\nO2,c,organisation,,,C1,,,,,,,,\nC1,d,commissioner,,,,,,,,,,,\n",
		head + "A,a,region,,,B,,,,,,,,\nB,b,region,,,A,,,,,,,,\n",
		"code;name;kind\nA;B;site\n", "\ufeffcode\n", "code,kind,successor\nA,site,B C;D\n",
		"A" + strings.Repeat(",", 26) + "\n", strings.Join(ODSColumns[:], ",") + "\nA,B\n",
	} {
		f.Add(seed, "")
		f.Add(seed, string(SiteKind))
	}
	f.Fuzz(func(t *testing.T, content, kind string) {
		if kind != "" {
			kind = string(SiteKind)
		}
		table, err := readEntries(OrganisationFile{Name: "test", Content: strings.NewReader(content), Size: int64(len(content)), Kind: UnitKind(kind)})
		if err != nil {
			t.Fatal(err)
		}
		reg := &register{nodes: map[string]*node{}, byID: map[string]*node{}}
		p := plan{reg: reg, on: "2025-06-01", conflicts: &table.conflicts, entries: table.entries}
		p.work()
		for _, c := range p.conflicts.List() {
			if c.Reason == "" || c.Row < 0 {
				t.Errorf("conflict %+v", c)
			}
		}
		for _, n := range reg.nodes {
			for _, b := range n.up {
				if p.conflicts.Total() == 0 && (b.from == "" || orForever(b.to) <= b.from) {
					t.Errorf("%s belongs to %s %s", n.code, b.parent.code, forFiles.stretch(b.from, b.to))
				}
			}
		}
	})
}
