package network_test

import (
	"fmt"
	"strings"
	"testing"

	"sir/internal/db/dbtest"
)

// country is a file of n made-up sites in n/30 organisations, 42 commissioners
// and seven regions, which each site also names its network beside.
func country(n int) string {
	var text strings.Builder
	text.WriteString("code,name,kind,opened,parent,parent from,member,member from,size band,deprivation fifth,attribute rurality\n")
	for i := range n {
		fmt.Fprintf(&text, "S%05d,Made-up site %d,site,2010-04-01,O%03d,2018-04-01,N%02d,2018-04-01,large,%d,town\n", i, i, i/30, i%15, i%5+1)
	}
	for i := range n/30 + 1 {
		fmt.Fprintf(&text, "O%03d,Made-up trust %d,organisation,2010-04-01,C%02d,2018-04-01,,,,,\n", i, i, i%42)
	}
	for i := range 42 {
		fmt.Fprintf(&text, "C%02d,Made-up area %d,commissioner,,R%d,2018-04-01,,,,,\n", i, i, i%7)
	}
	for i := range 7 {
		fmt.Fprintf(&text, "R%d,Made-up region %d,region,,,,,,,,\n", i, i)
	}
	for i := range 15 {
		fmt.Fprintf(&text, "N%02d,Made-up network %d,member,,,,,,,,\n", i, i)
	}
	return text.String()
}

// 12,000 sites: the first import, the same again, and a boundary that moves
// nearly 300 of them.
func BenchmarkImportOrganisations(b *testing.B) {
	const sites = 12_000
	file, moved := country(sites), "code,region,region from\nC01,R2,2024-04-01\n"
	for _, engine := range []struct {
		name    string
		address func(testing.TB) string
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		b.Run(engine.name+"/first", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				d := dbtest.Open(b, engine.address(b))
				b.StartTimer()
				if o := take(b, d, file, ""); len(o.Moves) != sites {
					b.Fatalf("%d sites were placed", len(o.Moves))
				}
			}
		})
		b.Run(engine.name+"/again", func(b *testing.B) {
			d := dbtest.Open(b, engine.address(b))
			take(b, d, file, "")
			for b.Loop() {
				if o := take(b, d, file, ""); len(o.Changes) != 0 {
					b.Fatal("something changed")
				}
			}
		})
		b.Run(engine.name+"/boundary", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				d := dbtest.Open(b, engine.address(b))
				take(b, d, file, "")
				b.StartTimer()
				if o := take(b, d, moved, ""); len(o.Moves) == 0 {
					b.Fatal("nothing moved")
				}
			}
		})
	}
}
