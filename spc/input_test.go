package spc_test

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"sir/spc"
)

var monthAndRate = spc.Columns{Date: "month", Value: "rate"}

func TestReadCSV(t *testing.T) {
	for _, test := range []struct {
		name, text string
		columns    spc.Columns
	}{
		{"plain", "month,rate\n2020-01-01,1.5\n2020-02-01,\n2020-03-01,-2e1\n", monthAndRate},
		{"what programs write", "\ufeffnote;month ; rate\r\nx; 2020-01-01;1.5\r\n;2020-02;NA\r\n\r\n;;\r\nz;2020-03;\"-20\"\r\n", monthAndRate},
		{"short rows", "month\trate\n2020-01-01\t1.5\n2020-02-01\n2020-03-01\t-20", monthAndRate},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := spc.ReadCSV(strings.NewReader(test.text), test.columns)
			if err != nil {
				t.Fatal(err)
			}
			want := []spc.Figure{spc.Defined(1.5), {}, spc.Defined(-20)}
			for i, p := range s.Points {
				if p.Date != month(i+1) || p.Value != want[i] {
					t.Errorf("point %d: %v %v, want %v %v", i, p.Date, p.Value, month(i+1), want[i])
				}
			}
			if len(s.Points) != len(want) {
				t.Errorf("%d points", len(s.Points))
			}
		})
	}
}

func TestReadRecordsDayNumbers(t *testing.T) {
	s, err := spc.ReadRecords([][]string{{"month", "rate"}, {"43831", "1"}, {"2020-02", "2"}}, monthAndRate)
	if err != nil || s.Points[0].Date != month(1) || s.Points[1].Date != month(2) {
		t.Errorf("%v, %v", s, err)
	}
	_, err = spc.ReadCSV(strings.NewReader("month,rate\n43831,1\n"), monthAndRate)
	if !errors.Is(err, spc.ErrInput) {
		t.Errorf("a CSV file has no day numbers: %v", err)
	}
}

func TestReadCSVRefuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "the file has no row of data; give a header line and a line for each date"},
		{"month,rate\n", "the file has no row of data"},
		{"when,rate\n2020-01-01,1", `column "month": no such column; use one of when, rate`},
		{"month,rate\n\n1/2/19,1", `row 3, column "month", value "1/2/19": not a date; write it as year-month-day`},
		{"month,rate\n2020-02-30,1", `value "2020-02-30": not a date`},
		{"month,rate\n0020-02-03,1", `value "0020-02-03": not a date`},
		{"month,rate\n,1", `row 2, column "month": not a date`},
		{"month,rate\n2020-01-01,\"1,200\"", `row 2, column "rate", value "1,200": not a number; use digits and a decimal point`},
		{"month,rate\n2020-01-01,45%", `value "45%": not a number`},
		{"month,rate\n2020-01-01,NaN", `value "NaN": not a number`},
		{"month,rate\n2020-01-01,0x1p4", `value "0x1p4": not a number`},
		{"month,rate\n2020-01-01,1e400", `value "1e400": not a number`},
		{"month,rate\n2020-01-01,1\n2020-02-01,2\n2020-01,3", `row 4, column "month", value "2020-01-01": row 2 has the same date`},
		{"month,rate\n2020-01-01,\"1\n", `row 2: extraneous or missing " in quoted-field; check the quotation marks`},
		{"month,rate\n2020-01-01,\xff", "row 2: the file is not in UTF-8; save it as CSV UTF-8"},
		{"m\x00o\x00n\x00", "row 1: the file is not in UTF-8"},
		{"month,rate\n2020-01-01," + strings.Repeat("9", 500), strings.Repeat("9", 60) + `…": not a number`},
	} {
		_, err := spc.ReadCSV(strings.NewReader(test.text), monthAndRate)
		if !errors.Is(err, spc.ErrInput) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: error %v, want %q", test.text, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q: the error has several lines: %v", test.text, err)
		}
	}
}

// endless is a file without an end: rows, or one quoted value.
type endless struct {
	start, again string
	begun        bool
}

func (e *endless) Read(p []byte) (int, error) {
	if !e.begun {
		e.begun = true
		return copy(p, e.start), nil
	}
	n := 0
	for n+len(e.again) <= len(p) {
		n += copy(p[n:], e.again)
	}
	return n, nil
}

func TestReadCSVIsBounded(t *testing.T) {
	for _, file := range []io.Reader{
		&endless{start: "month,rate\n", again: "\n"},
		&endless{start: "month,rate\n2020-01-01,\"", again: "9"},
		&endless{start: "month,rate\n", again: "x"},
	} {
		_, err := spc.ReadCSV(file, monthAndRate)
		if !errors.Is(err, spc.ErrInput) || !strings.Contains(err.Error(), "larger than 16 MB") {
			t.Errorf("error %v", err)
		}
	}
	records := [][]string{{"month", "rate"}}
	for i := range spc.MaxPoints + 1 {
		records = append(records, []string{(day(i)).String(), "1"})
	}
	_, err := spc.ReadRecords(records, monthAndRate)
	if !errors.Is(err, spc.ErrInput) || !strings.Contains(err.Error(), "row 100002: the file has more than 100000 rows") {
		t.Errorf("error %v", err)
	}
}

func TestReadCSVPassesReadErrors(t *testing.T) {
	_, err := spc.ReadCSV(io.MultiReader(strings.NewReader("month,rate\n2020-01-01,1\n"), failing{}), monthAndRate)
	if !errors.Is(err, io.ErrClosedPipe) || errors.Is(err, spc.ErrInput) {
		t.Errorf("error %v, want the reader's", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAnalyseRefuses(t *testing.T) {
	with := func(change func(*spc.Series)) spc.Series {
		s := monthly(1, 2, 3)
		change(&s)
		return s
	}
	proportion := func(k, n float64) spc.Series {
		return spc.Series{Points: []spc.Point{spc.Proportion(month(1), k, n)}}
	}
	p := spc.Settings{Chart: spc.PChart}
	for _, test := range []struct {
		series   spc.Series
		settings spc.Settings
		want     string
	}{
		{spc.Series{}, spc.Settings{}, "no points"},
		{with(func(s *spc.Series) { s.Points[1].Date = month(1) }), spc.Settings{}, "date 2020-01-01: the series has two points of this date"},
		{with(func(s *spc.Series) { s.Points[1].Value = spc.Defined(math.NaN()) }), spc.Settings{}, `date 2020-02-01, value "NaN": not a finite number`},
		{with(func(s *spc.Series) { s.Points[1].Value = spc.Defined(1e200) }), spc.Settings{}, "not a finite number"},
		{with(func(s *spc.Series) { s.Improvement = "up" }), spc.Settings{}, `value "up": unknown direction`},
		{with(func(s *spc.Series) { s.Rebases = []spc.Note{{Date: month(2)}, {Date: month(2)}} }), spc.Settings{}, "two rebases on the same date"},
		{with(func(s *spc.Series) { s.Exclusions = []spc.Note{{Date: month(9)}} }), spc.Settings{}, "date 2020-09-01: exclusion of a date"},
		{with(func(s *spc.Series) { s.Targets = []spc.Step{{}, {}} }), spc.Settings{}, "two values of the target"},
		{with(func(s *spc.Series) { s.Trajectory = []spc.Step{{Value: spc.Defined(math.Inf(1))}} }), spc.Settings{}, "trajectory is not a finite number"},
		{with(func(s *spc.Series) { s.Trajectory = []spc.Step{{Value: spc.Defined(6)}} }), spc.Settings{}, `value "6": a value of the trajectory has no date`},
		{monthly(1, 2), p, "a proportion without its counts; give numerator and denominator"},
		{proportion(-1, 2), p, "a count below 0"},
		{proportion(3, 2), p, `date 2020-01-01, value "3 of 2": the numerator is above the denominator`},
		{proportion(1, 0), p, "the numerator is above the denominator"},
		{monthly(1), spc.Settings{Chart: "pie"}, "no such chart"},
		{monthly(1), spc.Settings{Trend: 5}, "use 6 or 7"},
		{monthly(1), spc.Settings{Shift: 5}, "use 6 to 9"},
		{monthly(1), spc.Settings{Baseline: -1}, "a baseline of fewer than no points"},
		{monthly(1), spc.Settings{Scaling: 3}, "use 2.66 or 3/1.128"},
		{monthly(1), spc.Settings{Missing: "jump"}, "unknown treatment of missing values"},
		{monthly(1), spc.Settings{Excluded: "jump"}, "unknown treatment of excluded points"},
		{monthly(1), spc.Settings{Conflict: "both"}, "unknown policy"},
		{monthly(1), spc.Settings{Centre: spc.Defined(math.Inf(-1))}, "the centre line is not a finite number"},
	} {
		_, err := spc.Analyse(test.series, test.settings)
		if !errors.Is(err, spc.ErrInput) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

// TestNoDenominator: a period without anyone eligible is missing, not 0 %.
func TestNoDenominator(t *testing.T) {
	s := spc.Series{Points: []spc.Point{spc.Proportion(month(1), 1, 2), spc.Proportion(month(2), 0, 0), spc.Proportion(month(3), 2, 2)}}
	a := analyse(t, s, spc.Settings{Chart: spc.PPrimeChart})
	mean := 0.75
	if _, ok := a.Points[1].Value.Value(); ok || !near(a.Mean, &mean) {
		t.Errorf("value %v, mean %v", a.Points[1].Value, a.Mean)
	}
}

func TestParseStepAndNote(t *testing.T) {
	for text, want := range map[string]spc.Step{
		"60":              {Value: spc.Defined(60)},
		"2020-03 = 60.5":  {From: month(3), Value: spc.Defined(60.5)},
		"2020-03-01=":     {From: month(3)},
		"2020-03-01=-1e2": {From: month(3), Value: spc.Defined(-100)},
	} {
		if got, err := spc.ParseStep(text); err != nil || got != want {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "NA", "=5", "1/4/20=5", "2020-03-01=many"} {
		if got, err := spc.ParseStep(text); !errors.Is(err, spc.ErrInput) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
	if got, err := spc.ParseNote("2020-03-01=a=b "); err != nil || got != (spc.Note{Date: month(3), Reason: "a=b"}) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := spc.ParseNote("March"); !errors.Is(err, spc.ErrInput) {
		t.Errorf("error %v", err)
	}
}

// FuzzReadCSV: whatever a file holds, it is refused as input, or read so that
// every chart of it can be made or refused, and written as JSON.
func FuzzReadCSV(f *testing.F) {
	f.Add("month,rate\n2020-01-01,1\n2020-02-01,\n2020-03-01,1e99\n")
	f.Add("month;rate\n2020-01;3\n2020-02;-1e99\n")
	f.Add("\ufeffmonth\trate\n\"2020-01-01\"\t1\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, columns := range []spc.Columns{monthAndRate, {Date: "month", Numerator: "rate", Denominator: "rate"}} {
			s, err := spc.ReadCSV(strings.NewReader(text), columns)
			if err != nil {
				if !errors.Is(err, spc.ErrInput) {
					t.Fatalf("%v is no ErrInput", err)
				}
				continue
			}
			for _, chart := range []spc.Chart{spc.XmRChart, spc.RunChart, spc.PChart, spc.PPrimeChart} {
				a, err := spc.Analyse(s, spc.Settings{Chart: chart, Screen: true})
				if err != nil {
					if !errors.Is(err, spc.ErrInput) {
						t.Fatalf("%v is no ErrInput", err)
					}
					continue
				}
				if text := show(a); text == "" || text[0] != '{' {
					t.Fatalf("not to be written as JSON: %s", text)
				}
			}
		}
	})
}

// FuzzParseStep: what is read, written and read again is the same.
func FuzzParseStep(f *testing.F) {
	f.Add("60")
	f.Add("2019-04-01=60")
	f.Fuzz(func(t *testing.T, text string) {
		step, err := spc.ParseStep(text)
		if err != nil {
			if !errors.Is(err, spc.ErrInput) {
				t.Fatalf("%v is no ErrInput", err)
			}
			return
		}
		if step.From == 0 {
			return
		}
		again, err := spc.ParseStep(step.From.String() + "=" + text[strings.Index(text, "=")+1:])
		if err != nil || again != step {
			t.Fatalf("%q is %v, then %v, %v", text, step, again, err)
		}
	})
}
