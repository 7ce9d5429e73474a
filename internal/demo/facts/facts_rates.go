package facts

import (
	"fmt"
	"io/fs"
	"time"
)

// Period is a quarter of the English financial year, first and last day in UTC.
type Period struct {
	Code, Label  string
	Starts, Ends time.Time
	Source       string
}

// Target is the national target of the TCAM programme for a member's rate.
type Target struct {
	Percent    int
	Comparison string // ">=": a rate equal to the target reaches it
	Unit, Note string
	Source     string
}

// PublishedRate is a member's TCAM adoption rate in whole percent at the three
// periods, as published: its numerator and denominator are not known, so it must
// not be mixed with rates that SIR computes.
type PublishedRate struct {
	Member  string
	Percent [3]int // in the order of Named.Periods
	Note    string
	Source  string
}

// PublishedTotal is the total row of table 8.1, in whole percent.
type PublishedTotal struct {
	Label   string
	Percent [3]int // in the order of Named.Periods
	Note    string
	Source  string
}

var periodColumns = [3]string{"q3_2018_19", "q3_2019_20", "q2_2020_21"}

// readRates fills Periods, Target, Rates and Total.
func (n *Named) readRates(fsys fs.FS) error {
	periods, err := load(fsys, table{file: "named/tcam-periods.csv", columns: []string{"code", "label", "starts", "ends", "source"}, key: []string{"code"}},
		func(r *row) Period {
			return Period{Code: r.oneOf("code", periodColumns[:]...), Label: r.text("label"), Starts: r.date("starts"), Ends: r.date("ends"), Source: r.source()}
		})
	if err != nil {
		return err
	}
	if len(periods) != len(n.Periods) {
		return fmt.Errorf("named/tcam-periods.csv: has %d periods, want %d", len(periods), len(n.Periods))
	}
	copy(n.Periods[:], periods)
	n.Rates, err = load(fsys, rateTable("named/tcam-published-rates.csv", "member"), func(r *row) PublishedRate {
		return PublishedRate{Member: r.text("member"), Percent: r.percents(), Note: r.text("note"), Source: r.source()}
	})
	if err != nil {
		return err
	}
	n.Total, err = loadOne(fsys, rateTable("named/tcam-published-total.csv", "label"), func(r *row) PublishedTotal {
		return PublishedTotal{Label: r.text("label"), Percent: r.percents(), Note: r.text("note"), Source: r.source()}
	})
	if err != nil {
		return err
	}
	n.Target, err = loadOne(fsys, table{file: "named/tcam-target.csv", columns: []string{"percent", "comparison", "unit", "note", "source"}, key: []string{"unit"}},
		func(r *row) Target {
			return Target{Percent: r.number("percent", 0, 100), Comparison: r.oneOf("comparison", ">=", ">"), Unit: r.text("unit"), Note: r.text("note"), Source: r.source()}
		})
	return err
}

func rateTable(file, key string) table {
	return table{file: file, columns: []string{key, periodColumns[0], periodColumns[1], periodColumns[2], "note", "source"}, key: []string{key}}
}

func (r *row) percents() (p [3]int) {
	for i, column := range periodColumns {
		p[i] = r.number(column, 0, 100)
	}
	return p
}

// loadOne reads a table that must have exactly one row.
func loadOne[T any](fsys fs.FS, t table, parse func(*row) T) (T, error) {
	var zero T
	rows, err := load(fsys, t, parse)
	if err != nil {
		return zero, err
	}
	if len(rows) != 1 {
		return zero, fmt.Errorf("%s: has %d rows, want 1", t.file, len(rows))
	}
	return rows[0], nil
}
