package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"sir/internal/exchange"
)

// endless repeats a row for as many bytes as asked, without holding them.
type endless struct {
	head, row []byte
	left      int64
	at        int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && e.left > 0 {
		if len(e.head) > 0 {
			c := copy(p[n:], e.head)
			e.head, n = e.head[c:], n+c
			continue
		}
		c := copy(p[n:], e.row[e.at:])
		e.at = (e.at + c) % len(e.row)
		n += c
		e.left -= int64(c)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// allocated runs f and answers how many bytes it allocated in all, whether or not they were freed. It counts the whole
// process, so a test that uses it does not run beside others.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// All that is ever allocated while a gigabyte is read stays below 2 MB, so memory does not grow with the file.
func TestAGigabyteIsReadInConstantMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a generated gigabyte, which takes seconds")
	}
	row := []byte("RXX01,2018-10-01,3,120,\"a, b\"\n")
	total, rows := int64(1<<30), 0
	used := allocated(func() {
		file := &endless{head: []byte("site,period,level,referrals,notes\n"), row: row, left: total}
		table, err := exchange.ReadCSV(file, exchange.TableOptions{Limits: exchange.Limits{Rows: 1 << 30}})
		if err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for row := range table.Rows() {
			n, _ := row.Whole(3)
			sum += n
			rows++
		}
		// The last row may be cut anywhere.
		if want := total / int64(len(row)); int64(rows) < want-1 || sum < 120*(want-1) || table.Err() != nil {
			t.Errorf("%d rows of %d, sum %d, %v", rows, want, sum, table.Err())
		}
	})
	if used > 2<<20 {
		t.Errorf("%d bytes were allocated for %d rows", used, rows)
	}
}

func TestLimitsAreStated(t *testing.T) {
	for name, c := range map[string]struct {
		head, row string
		limits    exchange.Limits
		want      string
	}{
		"bytes":          {"a,b\n", "1,2\n", exchange.Limits{Bytes: 1 << 20}, "the file is larger than 1 MiB; split it"},
		"rows":           {"a,b\n", "1,2\n", exchange.Limits{Rows: 1000}, "row 1001: the table has more than 1000 rows"},
		"no line end":    {"a,b\n", "xxxxxxxxx", exchange.Limits{}, "row 2: the row is longer than 1 MiB: it has no line end"},
		"endless quote":  {"a,b\n1,\"", "xxxxxxxx\n", exchange.Limits{}, "row 2: the row is longer than 1 MiB: a quotation mark opens in cell 2"},
		"endless header": {"", "name ", exchange.Limits{}, "row 1: the row is longer than 1 MiB"},
		"endless commas": {"a,b\n", ",", exchange.Limits{}, "row 2: the row is longer than 1 MiB"},
		"only NULs":      {"a,b\n", "\x00", exchange.Limits{}, "a binary file"},
	} {
		used := allocated(func() {
			table, err := exchange.ReadCSV(&endless{head: []byte(c.head), row: []byte(c.row), left: 64 << 20}, exchange.TableOptions{Limits: c.limits})
			for err == nil {
				for range table.Rows() {
				}
				if list := table.Conflicts().List(); len(list) > 0 {
					err = list[0]
				}
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
		})
		if used > 40<<20 {
			t.Errorf("%s: %d bytes were allocated", name, used)
		}
	}
}

func TestWideRows(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("x,", 9_999) + "x"
	_, conflicts, _ := readAll(t, "a,b\n"+wide+"\n1,2\n", exchange.TableOptions{})
	if !matches(conflicts, []string{"row 2: the row has more than 500 cells"}) {
		t.Errorf("a row of 10,000 cells: %q", conflicts)
	}
	if _, conflicts, _ = readAll(t, wide+"\n", exchange.TableOptions{}); !matches(conflicts, []string{"row 1: the header cannot be read: the row has more than 500 cells"}) {
		t.Errorf("a header of 10,000 cells: %q", conflicts)
	}
	long := strings.Repeat("é", 40_000)
	rows, conflicts, _ := readAll(t, "a,b\n1,"+long+"\n1,2\n", exchange.TableOptions{})
	if len(rows) != 1 || !matches(conflicts, []string{"row 2, column b"}) || len(conflicts[0]) > 600 {
		t.Errorf("a long cell: rows %q, %d conflicts", rows, len(conflicts))
	}
}

// bomb is a workbook whose sheet is size bytes of a row, which pack to a thousandth.
func bomb(t *testing.T, part, row string, size int64) string {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(parts(t, sheetHead, nil))
	reader, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, file := range reader.File {
		if file.Name != part {
			if err := archive.Copy(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	big, err := archive.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(big, &endless{head: []byte(sheetHead), row: []byte(row), left: size}); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// Want is empty where the bomb harms nothing: no workbook makes the reader hold or unpack more than its limits, wherever the bomb is.
func TestZipBombsAreRefused(t *testing.T) {
	const sheet = "xl/worksheets/s.xml"
	for name, c := range map[string]struct {
		part, row string
		size      int64
		limits    exchange.Limits
		want      string
	}{
		"ratio":             {sheet, `<row><c><v>1</v></c></row>`, 6 << 20, exchange.Limits{}, "unpacks to more than 300 times its size"},
		"unpacked size":     {sheet, `<row><c><v>1</v></c></row>`, 6 << 20, exchange.Limits{Ratio: 1 << 20, Unzipped: 4 << 20}, "unpacks to more than 4 MiB"},
		"one endless value": {sheet, `<row><c><v>` + strings.Repeat("1", 4096), 6 << 20, exchange.Limits{Ratio: 1 << 20}, "the row is longer than 1 MiB"},
		"one endless text":  {sheet, strings.Repeat("x", 4096), 6 << 20, exchange.Limits{Ratio: 1 << 20}, "a single value longer than 1 MiB"},
		"endless cells":     {sheet, `<c><v>1</v></c>`, 6 << 20, exchange.Limits{Ratio: 1 << 20}, ""},
		"styles":            {"xl/styles.xml", `<xf numFmtId="1"/>`, 6 << 20, exchange.Limits{}, "unpacks to more than 300 times"},
		"large styles":      {"xl/styles.xml", `<xf numFmtId="1"/>`, 20 << 20, exchange.Limits{Ratio: 1 << 20}, "xl/styles.xml is larger than 16 MiB"},
		"deep styles":       {"xl/styles.xml", `<a>`, 6 << 20, exchange.Limits{Ratio: 1 << 20}, ""},
	} {
		content := bomb(t, c.part, c.row, c.size)
		used := allocated(func() {
			_, conflicts, _ := readAll(t, content, exchange.TableOptions{Limits: c.limits})
			if said := strings.Join(conflicts, "\n"); !strings.Contains(said, c.want) || c.want == "" && said != "" {
				t.Errorf("%s: %.300q, want %q", name, conflicts, c.want)
			}
		})
		t.Logf("%s: %d bytes packed, %d MB allocated in all", name, len(content), used>>20)
	}
}

// Peak memory, not the sum: a sheet of 48 MB that is refused nowhere holds a few megabytes at any time.
func TestAWorkbookIsReadInBoundedMemory(t *testing.T) {
	content := bomb(t, "xl/worksheets/s.xml", `<row><c><v>1</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`, 12<<20)
	runtime.GC()
	var start, now runtime.MemStats
	runtime.ReadMemStats(&start)
	table, err := exchange.ReadTable(strings.NewReader(content), int64(len(content)), exchange.TableOptions{Limits: exchange.Limits{Ratio: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	rows, peak := 0, uint64(0)
	for range table.Rows() {
		if rows++; rows%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
	if held := int64(peak) - int64(start.HeapAlloc); rows < 150_000 || held > 4<<20 {
		t.Errorf("%d rows, %d bytes held at the peak", rows, held)
	}
}

func TestTooManySharedTexts(t *testing.T) {
	t.Parallel()
	content := parts(t, sheetHead, map[string]string{
		"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si/>", 300_000) + "</sst>",
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/>` +
			`<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
	})
	_, conflicts, _ := readAll(t, content, exchange.TableOptions{Limits: exchange.Limits{Strings: 1 << 20}})
	if !matches(conflicts, []string{"the texts of the workbook take more than 1 MiB"}) {
		t.Errorf("conflicts %q", conflicts)
	}
}

func BenchmarkReadCSV(b *testing.B) {
	for name, row := range map[string]string{"plain": "RXX01,2018-10-01,3,120,ok\n", "quoted": "\"RXX01\",\"2018-10-01\",\"3\",\"120\",\"a, \"\"b\"\"\"\n"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(row)))
			file := &endless{head: []byte("site,period,level,referrals,notes\n"), row: []byte(row), left: int64(len(row)) * int64(b.N)}
			table, err := exchange.ReadCSV(file, exchange.TableOptions{Limits: exchange.Limits{Rows: 1 << 40, Bytes: 1 << 50}})
			if err != nil {
				b.Fatal(err)
			}
			rows, sum := 0, int64(0)
			for row := range table.Rows() {
				level, _ := row.Whole(2)
				count, _ := row.Whole(3)
				date, _ := row.Date(1)
				sum += level + count + int64(date.Day()) + int64(len(row.Bytes(0)))
				rows++
			}
			if rows < b.N-1 || sum == 0 {
				b.Fatalf("%d rows of %d", rows, b.N)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	rows := make([][]any, 20_000)
	for i := range rows {
		rows[i] = []any{"RXX01", "Q3 2018/19", i % 5, i, "ok"}
	}
	template := exchange.Template{Sheet: "S", Rows: exchange.RowsOf(rows), Columns: []exchange.TemplateColumn{{Name: "site"}, {Name: "period"}, {Name: "level"}, {Name: "referrals"}, {Name: "notes"}}}
	var out bytes.Buffer
	if err := template.WriteXLSX(&out); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	read := 0
	for b.Loop() {
		table, err := exchange.ReadTable(bytes.NewReader(out.Bytes()), int64(out.Len()), exchange.TableOptions{})
		if err != nil {
			b.Fatal(err)
		}
		for range table.Rows() {
			read++
		}
	}
	b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadDataValues(b *testing.B) {
	row := []byte(`{"dataElement":"level","orgUnit":"RXX01","categoryOptionCombo":"all","value":"3"},`)
	b.ReportAllocs()
	file := &endless{head: []byte(`{"period":"2018Q4","dataValues":[`), row: row, left: int64(len(row)) * int64(b.N)}
	reader, err := exchange.ReadDataValues(file, exchange.Limits{Rows: 1 << 40, Bytes: 1 << 50})
	if err != nil {
		b.Fatal(err)
	}
	read := 0
	for range reader.Values() {
		read++
	}
	b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "rows/s")
}
