package exchange_test

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sir/internal/exchange"
	"sir/internal/period"
)

func readValues(t *testing.T, content string, limits exchange.Limits) (values []exchange.DataValue, conflicts []string, complete string) {
	t.Helper()
	reader, err := exchange.ReadDataValues(strings.NewReader(content), limits)
	if err != nil {
		return nil, []string{err.Error()}, ""
	}
	for value := range reader.Values() {
		values = append(values, value)
	}
	if err := reader.Err(); err != nil {
		t.Fatal(err)
	}
	for _, c := range reader.Conflicts().List() {
		conflicts = append(conflicts, c.Error())
	}
	if date, ok := reader.CompleteDate(); ok {
		complete = date.Format(time.DateOnly)
	}
	return values, conflicts, complete
}

func quarter(t testing.TB, text string) period.Period {
	t.Helper()
	p, err := period.ParseDHIS2(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDataValuesInJSON(t *testing.T) {
	t.Parallel()
	content := "\ufeff" + ` {"dataSet": "ret", "completeDate": "2019-01-31T00:00:00.000", "unknown": {"deep": [[1, {"a": 2}]]}, "period": "2018Q4", "orgUnit": "RXX01",
	"dataValues": [
		{"dataElement": "level", "categoryOptionCombo": "all", "value": "3", "comment": "said \"so\"", "followup": false},
		{"dataElement": "referrals", "value": 120.50, "period": 201812, "orgUnit": "RXX02", "dataSet": "other"},
		{"dataElement": "ready", "value": true, "storedBy": "ann", "lastUpdated": "2019-01-30T10:00:00.000+0000", "attributeOptionCombo": "x"},
		{"dataElement": "gone", "value": null}
	], "after": 1}
`
	got, conflicts, complete := readValues(t, content, exchange.Limits{})
	q4, dec := quarter(t, "2018Q4"), quarter(t, "201812")
	want := []exchange.DataValue{
		{Row: 1, DataSet: "ret", DataElement: "level", Period: q4, OrgUnit: "RXX01", CategoryOptionCombo: "all", Value: "3", Comment: `said "so"`},
		{Row: 2, DataSet: "other", DataElement: "referrals", Period: dec, OrgUnit: "RXX02", Value: "120.50"},
		{Row: 3, DataSet: "ret", DataElement: "ready", Period: q4, OrgUnit: "RXX01", AttributeOptionCombo: "x", Value: "true", StoredBy: "ann", LastUpdated: "2019-01-30T10:00:00.000+0000"},
		{Row: 4, DataSet: "ret", DataElement: "gone", Period: q4, OrgUnit: "RXX01"},
	}
	if !slices.Equal(got, want) || conflicts != nil || complete != "2019-01-31" {
		t.Errorf("values\n%+v, want\n%+v\nconflicts %q, complete %q", got, want, conflicts, complete)
	}
}

func TestDataValuesInCSV(t *testing.T) {
	t.Parallel()
	content := "\"dataelement\",\"period\",\"orgunit\",\"catoptcombo\",\"attroptcombo\",\"value\",\"strby\",\"lstupd\",\"cmt\"\n" +
		"level,2018Q4,RXX01,all,,3,ann,2019-01-30,\nlevel,2018April,RXX02,,,'=1,,,\n"
	got, conflicts, _ := readValues(t, content, exchange.Limits{})
	want := []exchange.DataValue{
		{Row: 2, DataElement: "level", Period: quarter(t, "2018Q4"), OrgUnit: "RXX01", CategoryOptionCombo: "all", Value: "3", StoredBy: "ann", LastUpdated: "2019-01-30"},
		{Row: 3, DataElement: "level", Period: quarter(t, "2018April"), OrgUnit: "RXX02", Value: "=1"},
	}
	if !slices.Equal(got, want) || conflicts != nil {
		t.Errorf("values\n%+v, want\n%+v\nconflicts %q", got, want, conflicts)
	}
}

func TestDataValuesThatDoNotFit(t *testing.T) {
	t.Parallel()
	value := func(fields string) string {
		return `{"period": "2018Q4", "orgUnit": "R", "dataValues": [{"dataElement": "a", "value": 1}, {` + fields + `}]}`
	}
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"period":         {value(`"dataElement": "a", "period": "Q3 2018/19", "value": 1`), []string{`row 2, column period, "Q3 2018/19": this is no period of DHIS2`}},
		"no element":     {value(`"value": 1`), []string{"row 2, column dataElement: the value does not say"}},
		"nested value":   {value(`"dataElement": "a", "value": [1]`), []string{"row 2, column value: a list or an object"}},
		"deleted":        {value(`"dataElement": "a", "value": 1, "deleted": true`), []string{"row 2, column deleted"}},
		"NUL":            {value(`"dataElement": "a", "value": "\u0000"`), []string{"row 2, column value"}},
		"not UTF-8":      {value(`"dataElement": "a` + "\xe9" + `", "value": 1`), []string{"row 2, column dataElement"}},
		"no entry":       {`{"dataValues": [7, "x", {"dataElement": "a", "period": "201801", "orgUnit": "R", "value": 1}]}`, []string{"row 1: the entry is no object", "row 2: the entry"}},
		"default late":   {`{"dataValues": [{"dataElement": "a", "value": 1}], "period": "201801", "orgUnit": "R"}`, []string{"row 1, column period", "row 1, column orgUnit"}},
		"no values":      {`{"period": "201801"}`, []string{"no list dataValues"}},
		"values twice":   {`{"dataValues": [], "dataValues": []}`, []string{"not a data value set"}},
		"no list":        {`{"dataValues": {}}`, []string{"not a data value set"}},
		"cut short":      {value(`"dataElement": "a", "value"`)[:90], []string{"row 2: the JSON cannot be read here (unexpected EOF)"}},
		"syntax":         {value(`"dataElement": "a" "value"`), []string{"row 2: the JSON cannot be read here"}},
		"more behind":    {`{"dataValues": []} {}`, []string{"not a data value set"}},
		"a list":         {`[1]`, []string{"a JSON file"}},
		"depth":          {`{"x": ` + strings.Repeat("[", 200_000), []string{"the JSON cannot be read here"}},
		"a long value":   {value(`"dataElement": "a", "value": "` + strings.Repeat("x", 100_000) + `"`), []string{"row 2, column value"}},
		"an endless one": {value(`"dataElement": "a", "value": "` + strings.Repeat("x", 3<<20) + `"`), []string{"a single value longer than 1 MiB"}},
	} {
		_, conflicts, _ := readValues(t, c.content, exchange.Limits{})
		if !matches(conflicts, c.want) {
			t.Errorf("%s: conflicts %.300q, want %q", name, conflicts, c.want)
		}
	}
	if _, conflicts, _ := readValues(t, value(`"dataElement": "a", "value": 1`), exchange.Limits{Rows: 1}); !matches(conflicts, []string{"more than 1 rows"}) {
		t.Errorf("rows: %q", conflicts)
	}
	if _, conflicts, _ := readValues(t, value(strings.Repeat(" ", 9000)), exchange.Limits{Bytes: 5000}); !matches(conflicts, []string{"larger than 4.883 KiB"}) {
		t.Errorf("bytes: %q", conflicts)
	}
}

// A set of many values is read in constant memory.
func TestManyDataValues(t *testing.T) {
	row := []byte(`{"dataElement":"level","orgUnit":"RXX01","value":"3"},`)
	file := &endless{head: []byte(`{"period":"2018Q4","dataValues":[`), row: row, left: 8 << 20}
	reader, err := exchange.ReadDataValues(file, exchange.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range reader.Values() {
		n++
	}
	if want := 8 << 20 / len(row); n < want-2 || n > want+2 || reader.Conflicts().Total() != 1 {
		t.Errorf("%d values, want about %d; %v", n, want, reader.Conflicts().List())
	}
}

func sequence[T any](items []T, end error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if end != nil {
			var none T
			yield(none, end)
		}
	}
}

// What is written is read back the same, in both forms, whatever the texts are.
func TestDataValuesReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([=+@'"a,;é名 ][a-z0-9"'\n]{0,6}[a-z0-9])?`).Filter(func(s string) bool { return s == strings.TrimSpace(s) })
		name := rapid.StringMatching(`[a-zA-Z0-9]{2,11}`)
		periods := rapid.SampledFrom([]string{"2018Q4", "201812", "2018April"})
		set := exchange.DataValueSet{DataSet: "ret", OrgUnit: name.Draw(t, "unit"), CompleteDate: time.Date(2019, 1, 31, 0, 0, 0, 0, time.UTC)}
		set.Period, _ = period.ParseDHIS2(periods.Draw(t, "above"))
		var values []exchange.DataValue
		for i := range rapid.IntRange(0, 4).Draw(t, "n") {
			v := exchange.DataValue{Row: i + 1, DataElement: name.Draw(t, "element"), OrgUnit: rapid.SampledFrom([]string{set.OrgUnit, "other"}).Draw(t, "own"),
				Value: text.Draw(t, "value"), Comment: text.Draw(t, "comment"), CategoryOptionCombo: name.Draw(t, "category")}
			v.Period, _ = period.ParseDHIS2(periods.Draw(t, "period"))
			values = append(values, v)
		}
		for _, form := range []string{"json", "csv"} {
			var out bytes.Buffer
			var err error
			if form == "json" {
				err = exchange.WriteDataValuesJSON(&out, set, sequence(values, nil))
			} else {
				err = exchange.WriteDataValuesCSV(&out, sequence(values, nil))
			}
			if err != nil {
				t.Fatal(err)
			}
			reader, err := exchange.ReadDataValues(&out, exchange.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			i := 0
			for got := range reader.Values() {
				expected := values[i]
				if i++; form == "json" {
					expected.DataSet = "ret"
				} else {
					expected.Row = i + 1
				}
				if got != expected {
					t.Fatalf("%s: %+v came back as %+v", form, expected, got)
				}
			}
			if i != len(values) || reader.Conflicts().Total() != 0 {
				t.Fatalf("%s: %d values of %d came back, %v", form, i, len(values), reader.Conflicts().List())
			}
		}
	})
}

func TestWritingDataValuesStopsAtAnError(t *testing.T) {
	t.Parallel()
	values := []exchange.DataValue{{DataElement: "a"}}
	var out bytes.Buffer
	if err := exchange.WriteDataValuesJSON(&out, exchange.DataValueSet{}, sequence(values, errFull)); !errors.Is(err, errFull) {
		t.Errorf("JSON: %v", err)
	}
	if err := exchange.WriteDataValuesCSV(&out, sequence(values, errFull)); !errors.Is(err, errFull) {
		t.Errorf("CSV: %v", err)
	}
	if err := exchange.WriteDataValuesJSON(full{}, exchange.DataValueSet{}, sequence(values, nil)); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
}
