package adoption_test

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/db/dbtest"
)

// A workbook that unpacks to far more than it is is refused before it does.
func TestZipBombIsRefused(t *testing.T) {
	t.Parallel()
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	add := func(name, text string) {
		part, err := archive.Create(name)
		w.must(err)
		_, err = io.WriteString(part, text)
		w.must(err)
	}
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	add("xl/workbook.xml", `<workbook `+ns+` xmlns:r="`+relations+`"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="`+relations+`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
	head := `<worksheet ` + ns + `><sheetData><row><c t="inlineStr"><is><t>site</t></is></c><c t="inlineStr"><is><t>level</t></is></c></row>`
	add("xl/worksheets/sheet1.xml", head+strings.Repeat(`<row><c></c></row>`, 1<<19))
	w.must(archive.Close())
	file := inQ1(adoption.File{Name: "bomb.xlsx", Content: bytes.NewReader(packed.Bytes()), Size: int64(packed.Len())})
	receipt, err := w.sendFile(system, file)
	if outcome(err) != "invalid" || receipt.Wrong != 1 || !strings.Contains(receipt.Conflicts[0].Reason, "unpacks to more than 300 times its size") {
		t.Errorf("%v, %+v", err, receipt)
	}
}

// repeated is a header and then one line over and over, without being anywhere.
type repeated struct {
	header, line string
	block        []byte // the line, many times
	onRead       func()
}

func (r repeated) ReadAt(out []byte, from int64) (n int, err error) {
	r.onRead()
	for n < len(out) {
		at := from + int64(n)
		if at < int64(len(r.header)) {
			n += copy(out[n:], r.header[at:])
			continue
		}
		n += copy(out[n:], r.block[(at-int64(len(r.header)))%int64(len(r.line)):])
	}
	return n, nil
}

// A gigabyte is judged to its end, or refused, in bounded memory.
func TestAGigabyteInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const gigabyte, bound = 1 << 30, 128 << 20
	w := asked(t, dbtest.Open(t, dbtest.SQLite(t)))
	for _, c := range []struct {
		name, line string
		size       int64
		wrong      int
		says       string
	}{
		{"sites that are not there", "Q1 2018/19,nowhere,level,3," + strings.Repeat("x", 1<<10) + "\n", gigabyte, 0, "no eligible site that you may send for"},
		{"no line end", strings.Repeat("Q1 2018/19,site-1,level,3,", 100), gigabyte >> 4, 1, "no line end"},
		{"quotation mark that is not closed", `Q1 2018/19,site-1,level,3,"` + "\n", gigabyte >> 4, 1, "quotation mark"},
	} {
		var most uint64
		reads := 0
		content := repeated{header: "period,site,measure,value,comment\n", line: c.line, block: []byte(strings.Repeat(c.line, 1+1<<16/len(c.line)))}
		content.block = content.block[:len(content.block)/len(c.line)*len(c.line)]
		content.onRead = func() {
			if reads++; reads%200 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
		receipt, err := w.sendFile(system, adoption.File{Name: "a.csv", Content: content, Size: c.size})
		if outcome(err) != "invalid" || len(receipt.Conflicts) == 0 || !strings.Contains(receipt.Conflicts[0].Reason, c.says) {
			t.Errorf("%s: %v, %d conflicts, %+v", c.name, err, receipt.Wrong, receipt.Conflicts[:min(2, len(receipt.Conflicts))])
		}
		if c.wrong > 0 && receipt.Wrong != c.wrong || c.wrong == 0 && receipt.Wrong < 900_000 {
			t.Errorf("%s: %d conflicts", c.name, receipt.Wrong)
		}
		if most == 0 || most > bound {
			t.Errorf("%s: the heap grew to %d MB, want at most %d", c.name, most>>20, bound>>20)
		}
	}
	if n := count(t, w.db, `SELECT count(*) FROM observation`); n != 0 {
		t.Errorf("%d values were taken", n)
	}
}
