package period_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/period"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func must(t *testing.T) func(period.Period, error) period.Period {
	return func(p period.Period, err error) period.Period {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

// The quarter's five spellings are those of DHIS2, ADX and SDMX with a reporting year from 1 April.
func TestSpellings(t *testing.T) {
	tests := []struct {
		kind                                                     period.Kind
		year                                                     int
		month                                                    time.Month
		label, long, slug, iso, dhis2, sdmx, firstDay, finalDate string
		key                                                      int
	}{
		{period.Quarter, 2018, time.October, "Q3 2018/19", "Q3 2018/19 (Oct to Dec 2018)", "q3_2018_19", "2018-10-01/P3M",
			"2018Q4", "2018-Q3", "2018-10-01", "2018-12-31", 3201810},
		{period.Quarter, 2020, time.January, "Q4 2019/20", "Q4 2019/20 (Jan to Mar 2020)", "q4_2019_20", "2020-01-01/P3M",
			"2020Q1", "2019-Q4", "2020-01-01", "2020-03-31", 3202001},
		{period.Quarter, 2020, time.July, "Q2 2020/21", "Q2 2020/21 (Jul to Sep 2020)", "q2_2020_21", "2020-07-01/P3M",
			"2020Q3", "2020-Q2", "2020-07-01", "2020-09-30", 3202007},
		{period.Month, 2018, time.October, "October 2018", "October 2018", "oct_2018", "2018-10-01/P1M",
			"201810", "2018-M07", "2018-10-01", "2018-10-31", 1201810},
		{period.Month, 2020, time.February, "February 2020", "February 2020", "feb_2020", "2020-02-01/P1M",
			"202002", "2019-M11", "2020-02-01", "2020-02-29", 1202002},
		{period.Year, 2018, time.April, "2018/19", "2018/19 (Apr 2018 to Mar 2019)", "fy_2018_19", "2018-04-01/P1Y",
			"2018April", "2018-A1", "2018-04-01", "2019-03-31", 12201804},
		{period.Year, 1999, time.April, "1999/00", "1999/00 (Apr 1999 to Mar 2000)", "fy_1999_00", "1999-04-01/P1Y",
			"1999April", "1999-A1", "1999-04-01", "2000-03-31", 12199904},
	}
	for _, tt := range tests {
		t.Run(tt.label, func(t *testing.T) {
			p := must(t)(period.New(tt.kind, tt.year, tt.month))
			got := []string{p.Label(), p.Long(), p.Slug(), p.ISO(), p.DHIS2(), p.SDMX(),
				p.Start().Format(time.DateOnly), p.End().Format(time.DateOnly)}
			want := []string{tt.label, tt.long, tt.slug, tt.iso, tt.dhis2, tt.sdmx, tt.firstDay, tt.finalDate}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if p.Key() != tt.key {
				t.Errorf("key %d, want %d", p.Key(), tt.key)
			}
		})
	}
}

func TestParseAcceptsWhatPeopleWrite(t *testing.T) {
	q3 := must(t)(period.OfQuarter(2018, 3))
	fy := must(t)(period.New(period.Year, 2018, time.April))
	oct := must(t)(period.New(period.Month, 2018, time.October))
	tests := map[string]period.Period{
		"Q3 2018/19": q3, " q3  2018/19 ": q3, "Q3 2018-19": q3, "Q3 2018/2019": q3, "q3_2018_19": q3,
		"q3 2018/19 (OCT to dec 2018)": q3, "2018-10-01/P3M": q3,
		"2018/19": fy, "2018/2019": fy, "FY 2018/19": fy, "fy_2018_19": fy, "2018-04-01/P12M": fy, "2018-04-01/P1Y": fy,
		"October 2018": oct, "oct 2018": oct, "oct_2018": oct, "2018-10-01/p1m": oct,
	}
	for text, want := range tests {
		if got, err := period.Parse(text); err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]string{ // text: what the message must say
		"":                                  "write it like",
		"Q5 2018/19":                        "write it like",
		"Q3 18/19":                          "write it like",
		"Q3 2018/20":                        "write Q3 2018/19",
		"Q3 2018/2020":                      "write Q3 2018/19",
		"Q3 2018/19 (Jan to Mar 2019)":      "is Oct to Dec 2018",
		"2018-19":                           "write it like",
		"2018Q4":                            "write it like", // DHIS2's October
		"2018-Q3":                           "write it like", // SDMX's October
		"2018-11-01/P3M":                    "no quarter starts in November",
		"2018-10-02/P3M":                    "write it like",
		"2018-13-01/P1M":                    "month 13",
		"2018-10-01/P1Y":                    "no financial year starts in October",
		"Q1 0000/01":                        "year 0",
		"2200/01":                           "year 2200",
		"Octember 2018":                     "write it like",
		"Q3 2018/19\x00":                    "write it like",
		strings.Repeat("Q3 2018/19", 1<<17): "write it like",
	}
	for text, want := range tests {
		p, err := period.Parse(text)
		if !errors.Is(err, period.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%.40q) = %v, %v; want ErrInvalid with %q", text, p, err, want)
		}
		if err != nil && len(err.Error()) > 400 {
			t.Errorf("Parse(%.40q): message of %d bytes", text, len(err.Error()))
		}
	}
}

// 2018Q4 and 2018-Q3 name one quarter; each is refused by the parser of the other system.
func TestSystemsAreKeptApart(t *testing.T) {
	q3 := must(t)(period.OfQuarter(2018, 3))
	if got := must(t)(period.ParseDHIS2("2018Q4")); got != q3 {
		t.Errorf("DHIS2 2018Q4 is %v", got)
	}
	if got := must(t)(period.ParseSDMX("2018-Q3")); got != q3 {
		t.Errorf("SDMX 2018-Q3 is %v", got)
	}
	for _, text := range []string{"2018-Q3", "2018", "2018Q5", "201813", "2018W12", "2018july", ""} {
		if p, err := period.ParseDHIS2(text); !errors.Is(err, period.ErrInvalid) {
			t.Errorf("ParseDHIS2(%q) = %v, %v", text, p, err)
		}
	}
	for _, text := range []string{"2018Q4", "2018-M00", "2018-M13", "2018-S1", "2018-A2", "2018-10", "2199-M12", ""} {
		if p, err := period.ParseSDMX(text); !errors.Is(err, period.ErrInvalid) {
			t.Errorf("ParseSDMX(%q) = %v, %v", text, p, err)
		}
	}
}

func TestSequence(t *testing.T) {
	from, to := must(t)(period.Parse("Q3 2018/19")), must(t)(period.Parse("Q2 2019/20"))
	seq, err := period.Sequence(from, to)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, p := range seq {
		labels = append(labels, p.Label())
	}
	if want := []string{"Q3 2018/19", "Q4 2018/19", "Q1 2019/20", "Q2 2019/20"}; !slices.Equal(labels, want) {
		t.Errorf("got %q, want %q", labels, want)
	}
	if back, err := period.Sequence(to, from); err != nil || len(back) != 0 {
		t.Errorf("a sequence backwards: %v, %v; want none", back, err)
	}
	if _, err := period.Sequence(from, must(t)(period.Parse("2018/19"))); !errors.Is(err, period.ErrInvalid) {
		t.Errorf("quarter to year: %v", err)
	}
	if _, err := period.Sequence(period.Period{}, to); !errors.Is(err, period.ErrInvalid) {
		t.Errorf("from nothing: %v", err)
	}
}

func TestZeroPeriod(t *testing.T) {
	var zero period.Period
	if !zero.IsZero() || zero.Key() != 0 || zero.Slug()+zero.ISO()+zero.DHIS2()+zero.SDMX() != "" || zero.Label() != "no period" {
		t.Errorf("zero period prints %q %q", zero.Label(), zero.Slug())
	}
	text, err := json.Marshal(struct{ P period.Period }{})
	if err != nil || string(text) != `{"P":""}` {
		t.Errorf("zero in JSON: %s, %v", text, err)
	}
}

func TestNewAndKeysAreChecked(t *testing.T) {
	bad := []func() (period.Period, error){
		func() (period.Period, error) { return period.New(2, 2018, time.April) },
		func() (period.Period, error) { return period.New(period.Month, 2018, 0) },
		func() (period.Period, error) { return period.New(period.Month, 2018, 13) },
		func() (period.Period, error) { return period.New(period.Month, period.FirstYear-1, 12) },
		func() (period.Period, error) { return period.OfQuarter(2018, 0) },
		func() (period.Period, error) { return period.OfQuarter(2018, 5) },
		func() (period.Period, error) { return period.FromKey(0) },
		func() (period.Period, error) { return period.FromKey(-3201810) },
		func() (period.Period, error) { return period.FromKey(3201811) },
		func() (period.Period, error) { return period.FromKey(259_201_810) }, // 259 is 3 as a byte
		func() (period.Period, error) { return period.Containing(period.Year, date("1900-03-31")) },
		func() (period.Period, error) { return period.Containing(period.Month, time.Unix(1<<55, 0)) },
	}
	for i, f := range bad {
		if p, err := f(); !errors.Is(err, period.ErrInvalid) {
			t.Errorf("case %d: %v, %v; want ErrInvalid", i, p, err)
		}
	}
}

// Containing reads the date in UTC: half an hour past midnight on 1 April in British Summer Time is still 31 March there.
func TestContainingUsesUTC(t *testing.T) {
	bst := time.FixedZone("BST", 3600)
	p := must(t)(period.Containing(period.Year, time.Date(2019, 4, 1, 0, 30, 0, 0, bst)))
	if p.Label() != "2018/19" {
		t.Errorf("got %v, want 2018/19", p)
	}
}
