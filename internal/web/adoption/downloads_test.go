package adoption

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// sheet reads a CSV download as maps of cells by column.
func sheet(t *testing.T, v *pagetest.Visitor, address string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(v.Get(address).Body)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", address, len(rows), err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, column := range rows[0] {
			cells[column] = row[i]
		}
		list = append(list, cells)
	}
	return list
}

// The report's figures come out as they went in, marked as published, with no
// numerator and no denominator made up.
func TestTCAMDownload(t *testing.T) {
	rows := sheet(t, analyst(t), "/measure/tcam/rates.csv")
	printed := table81(t)
	if len(rows) != 3*len(printed) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		if want := printed[i/3]; row["network"] != want[0] || row["percent"] != want[1+i%3] {
			t.Errorf("row %d is %v, the report has %q", i+1, row, want)
		}
		if row["basis"] != "published figure" || row["adopted"]+row["eligible"]+row["reported"] != "" || row["target"] != "50" || row["target_inequality"] != ">=" {
			t.Errorf("row %d is %v", i+1, row)
		}
	}
	if first := rows[0]; first["period"] != "q3_2018_19" || first["starts_on"] != "2018-10-01" || first["ends_on"] != "2018-12-31" {
		t.Errorf("the first period is %v", first)
	}
}

// The made-up programme's download holds every rate of the service with its
// parts; where nobody was eligible it holds nothing.
func TestMadeUpDownload(t *testing.T) {
	a := pagetest.Demo(t)
	whole := ratesOf(t, a, madeUp)
	rows := sheet(t, serve(t, a).As(t, policy.Analyst), "/measure/"+madeUp+"/rates.csv")
	if len(rows) != 16*12 {
		t.Fatalf("%d rows", len(rows))
	}
	unknown := 0
	for i, member := range append(slices.Clone(whole.Rows), whole.Total) {
		for at, rate := range member.Rates {
			row := rows[12*i+at]
			want := []string{member.Name, whole.Periods[at].Slug(), "", "", "", ""}
			if rate.Known {
				want = append(want[:2], strconv.Itoa(rate.Rounded()), strconv.Itoa(rate.Adopted), strconv.Itoa(rate.Eligible), strconv.Itoa(rate.Reported))
			} else {
				unknown++
			}
			got := []string{row["network"], row["period"], row["percent"], row["adopted"], row["eligible"], row["reported"]}
			if !slices.Equal(got, want) || row["basis"] != "computed from sites" {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
	if unknown == 0 {
		t.Error("no rate is unknown: the test has lost its case")
	}
}

// Drawings to keep are well-formed SVG with a title, a description and nothing
// that runs or loads.
func TestDrawings(t *testing.T) {
	v := analyst(t)
	for _, address := range []string{
		"/measure/tcam/rates.svg", "/measure/tcam/trend.svg", "/measure/tcam/members/yorkshire-humber/trend.svg",
		"/measure/" + madeUp + "/rates.svg", "/measure/" + madeUp + "/trend.svg", "/measure/" + madeUp + "/members/MU-N15/trend.svg",
	} {
		a := v.Get(address)
		elements := map[string]int{}
		decoder := xml.NewDecoder(strings.NewReader(a.Body))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				elements[start.Name.Local]++
				if start.Name.Space != "http://www.w3.org/2000/svg" {
					t.Errorf("%s: <%s> is of the space %q", address, start.Name.Local, start.Name.Space)
				}
			}
		}
		if elements["svg"] != 1 || elements["title"] == 0 || elements["desc"] == 0 || elements["script"]+elements["image"]+elements["foreignObject"]+elements["style"] != 0 {
			t.Errorf("%s has the elements %v", address, elements)
		}
	}
}

// The name of a download is made of codes, never of what a stranger typed.
func TestDownloadNames(t *testing.T) {
	v := analyst(t)
	for address, want := range map[string]string{
		"/measure/tcam/rates.csv":                            "tcam-rates.csv",
		"/measure/tcam/rates.svg":                            "tcam-rates.svg",
		"/measure/" + madeUp + "/trend.svg":                  madeUp + "-trend.svg",
		"/measure/" + madeUp + "/members/MU-N02/trend.svg":   madeUp + "-MU-N02-trend.svg",
		"/measure/tcam/members/kent-surrey-sussex/trend.svg": "tcam-kent-surrey-sussex-trend.svg",
	} {
		if got := v.Get(address).Header.Get("Content-Disposition"); got != `attachment; filename="`+want+`"` {
			t.Errorf("%s: %s", address, got)
		}
	}
}
