package exchange_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"

	"sir/internal/exchange"
)

// small bounds keep a fuzzed file from being slow rather than wrong.
var small = exchange.Limits{Rows: 200, Columns: 20, RowBytes: 64 << 10, Unzipped: 1 << 20, Strings: 64 << 10}

// everything reads a table to its end by every method of a row.
func everything(t *testing.T, table *exchange.TableReader) (rows []string) {
	t.Helper()
	last := 0
	for row := range table.Rows() {
		if row.Number() <= last {
			t.Fatalf("row %d comes after row %d", row.Number(), last)
		}
		last = row.Number()
		var cells []string
		for i := range returnColumns {
			row.Whole(i)
			row.Decimal(i)
			row.Date(i)
			row.Bool(i)
			if cells = append(cells, row.Text(i)); row.Blank(i) && cells[i] != "" {
				t.Fatalf("a blank cell reads %q", cells[i])
			}
		}
		rows = append(rows, strings.Join(cells, "\x01"))
	}
	if list := table.Conflicts().List(); len(list) > exchange.KeptConflicts || len(list) > table.Conflicts().Total() {
		t.Fatalf("%d conflicts are kept of %d", len(list), table.Conflicts().Total())
	}
	for _, c := range table.Conflicts().List() {
		if c.Reason == "" || len(c.Value) > 200 {
			t.Fatalf("the conflict %+v says nothing or too much", c)
		}
	}
	return rows
}

// No text makes the reader fail in a way of its own, and the rows do not depend on how the bytes arrive.
func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{
		"site,period\nA,1/2/19\n", "site;period\r\"a\"\"\";b\r", "sep=\t\nsite\tperiod\n", "\ufeffsite,period\n\xe9,\x81", "\xff\xfes\x00", "site,period\n\"a", "\xfe\xff\xd8\x00",
		"site,period,site\n", "\r\n,\n", "site,period\n'=1,#REF!\n", "é,\xe9\n\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		options := exchange.TableOptions{Columns: returnColumns, Extra: true, Limits: small}
		table, err := exchange.ReadCSV(bytes.NewReader(content), options)
		slow, errSlow := exchange.ReadCSV(iotest.OneByteReader(bytes.NewReader(content)), options)
		if (err == nil) != (errSlow == nil) {
			t.Fatalf("at once %v, byte by byte %v", err, errSlow)
		}
		if err != nil {
			return
		}
		rows, slowly := everything(t, table), everything(t, slow)
		if strings.Join(rows, "\n") != strings.Join(slowly, "\n") || table.Conflicts().Total() != slow.Conflicts().Total() || table.Err() != nil {
			t.Errorf("at once %q and %d conflicts, byte by byte %q and %d; %v", rows, table.Conflicts().Total(), slowly, slow.Conflicts().Total(), table.Err())
		}
	})
}

// Every text that is written as CSV is read back, spaces around it and blanks apart.
func FuzzCSVReadsBack(f *testing.F) {
	for _, seed := range []string{"=1", "'=1", "a\nb", "\"", "a,b;c\td", " x ", "\r", "#REF!", "-"} {
		f.Add(seed, "b")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		first, second = strings.ToValidUTF8(first, ""), strings.ToValidUTF8(second, "")
		if strings.ContainsAny(first+second, "\x00\r") || len(first)+len(second) > 1000 {
			return
		}
		var out bytes.Buffer
		if err := exchange.WriteCSV(&out, []string{"site", "period", "level"}, exchange.RowsOf([][]any{{first, second, "end"}})); err != nil {
			t.Fatal(err)
		}
		table, err := exchange.ReadCSV(&out, exchange.TableOptions{Columns: returnColumns})
		if err != nil {
			t.Fatal(err)
		}
		for row := range table.Rows() {
			for i, text := range []string{first, second} {
				safe := strings.TrimSpace(exchange.SafeCell(text))
				want := exchange.RestoreCell(safe)
				if exchange.IsBlank(safe) {
					want = ""
				}
				if got := row.Text(i); got != want && row.OK() {
					t.Errorf("%q came back as %q, want %q", text, got, want)
				}
			}
		}
		if table.Conflicts().Total() > 2 {
			t.Errorf("conflicts %v", table.Conflicts().List())
		}
	})
}

// No sheet makes the reader fail in a way of its own.
func FuzzReadXLSX(f *testing.F) {
	for _, seed := range []string{
		`<row r="2"><c r="A2" t="s"><v>0</v></c><c s="1"><v>43497</v></c></row>`, `<row><c><f>1</f></c></row>`, `<row r="9" hidden="1"><c t="b"><v>1</v></c></row>`,
		`<row><c r="XFD1"><v>1</v></c></row>`, `<c><v>1E+400</v></c></row><mergeCells><mergeCell ref="A2:B3"/></mergeCells>`, `<row`, `<![CDATA[x]]>`, `<row r="0"/>`,
	} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, sheet, strings string) {
		content := parts(t, sheetHead+sheet, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>a</t></si>" + strings})
		table, err := exchange.ReadTable(bytes.NewReader([]byte(content)), int64(len(content)), exchange.TableOptions{Columns: returnColumns, Limits: small})
		if err == nil {
			everything(t, table)
			table.Notes()
		}
	})
}

// No workbook file makes the reader fail in a way of its own, whatever its packing.
func FuzzReadTable(f *testing.F) {
	f.Add([]byte(parts(f, sheetHead+`<row><c><v>1</v></c></row>`, map[string]string{"1904": "1"})))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, content []byte) {
		table, err := exchange.ReadTable(bytes.NewReader(content), int64(len(content)), exchange.TableOptions{Columns: returnColumns, Limits: small})
		if err == nil {
			everything(t, table)
		}
	})
}

// Whatever a data value set holds, a value that is handed out is complete, and comes back from JSON as it was.
func FuzzReadDataValues(f *testing.F) {
	for _, seed := range []string{
		`{"period":"2018Q4","orgUnit":"R","dataValues":[{"dataElement":"a","value":1.50}]}`, `{"dataValues":[{"value":[[]]},7]}`, `{"dataValues":[`, `{"a":{"b":1},"dataValues":null}`,
		"dataelement,period,orgunit,value\na,201801,R,'=1\n", "\ufeff{}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		reader, err := exchange.ReadDataValues(bytes.NewReader(content), small)
		if err != nil {
			return
		}
		var values []exchange.DataValue
		for v := range reader.Values() {
			if v.DataElement == "" || v.OrgUnit == "" || v.Period.IsZero() || v.Row < 1 {
				t.Fatalf("%+v is not complete", v)
			}
			values = append(values, v)
		}
		var out bytes.Buffer
		if err := exchange.WriteDataValuesJSON(&out, exchange.DataValueSet{}, sequence(values, nil)); err != nil {
			t.Fatal(err)
		}
		again, err := exchange.ReadDataValues(&out, small)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for v := range again.Values() {
			want := values[i]
			if want.Row, want.DataSet, i = i+1, "", i+1; v != want {
				t.Fatalf("%+v came back as %+v", want, v)
			}
		}
		if i != len(values) {
			t.Fatalf("%d of %d came back: %v", i, len(values), again.Conflicts().List())
		}
	})
}
