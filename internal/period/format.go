package period

import (
	"fmt"
	"strings"
	"time"
)

// Label returns what people call the period: "October 2018", "Q3 2018/19" or "2018/19". The zero Period gives "no period".
func (p Period) Label() string {
	switch p.kind {
	case Month:
		return fmt.Sprintf("%v %d", p.month(), p.year())
	case Quarter:
		return fmt.Sprintf("Q%d %s", p.quarter(), p.yearLabel("/"))
	case Year:
		return p.yearLabel("/")
	}
	return "no period"
}

// Long returns the label with the months it covers: "Q3 2018/19 (Oct to Dec 2018)", "2018/19 (Apr 2018 to Mar 2019)".
// A month's label already says so.
func (p Period) Long() string {
	if span := p.span(); span != "" {
		return p.Label() + " (" + span + ")"
	}
	return p.Label()
}

// String returns Label.
func (p Period) String() string { return p.Label() }

// Slug returns the name for CSV columns and addresses: oct_2018, q3_2018_19 or fy_2018_19; empty for the zero Period.
func (p Period) Slug() string {
	switch p.kind {
	case Month:
		return fmt.Sprintf("%s_%d", strings.ToLower(short(p.month())), p.year())
	case Quarter:
		return fmt.Sprintf("q%d_%s", p.quarter(), p.yearLabel("_"))
	case Year:
		return "fy_" + p.yearLabel("_")
	}
	return ""
}

// ISO returns the ISO 8601 start date and duration, as ADX uses it: 2018-10-01/P1M, /P3M or /P1Y; empty for the zero
// Period.
func (p Period) ISO() string {
	if p.IsZero() {
		return ""
	}
	duration := fmt.Sprintf("P%dM", p.kind.Months())
	if p.kind == Year {
		duration = "P1Y"
	}
	return p.Start().Format(time.DateOnly) + "/" + duration
}

// DHIS2 returns the period identifier of DHIS2: 201810, 2018Q4 (calendar quarters) or 2018April (its financial year that
// starts in April); empty for the zero Period.
func (p Period) DHIS2() string {
	switch p.kind {
	case Month:
		return fmt.Sprintf("%04d%02d", p.year(), int(p.month()))
	case Quarter:
		return fmt.Sprintf("%04dQ%d", p.year(), (int(p.month())+2)/3)
	case Year:
		return fmt.Sprintf("%04dApril", p.year())
	}
	return ""
}

// SDMX returns the SDMX 2.1 reporting period: 2018-M07, 2018-Q3 or 2018-A1. It is read right only together with the
// attribute REPORTING_YEAR_START_DAY = --04-01, which a data set must carry. Empty for the zero Period.
func (p Period) SDMX() string {
	switch p.kind {
	case Month:
		return fmt.Sprintf("%04d-M%02d", p.FinancialYear(), p.monthOfYear()+1)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.FinancialYear(), p.quarter())
	case Year:
		return fmt.Sprintf("%04d-A1", p.FinancialYear())
	}
	return ""
}

// MarshalText writes ISO, so that JSON carries the form that needs no convention. The zero Period is the empty text.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.ISO()), nil }

// UnmarshalText reads what Parse reads, and the empty text as the zero Period.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

// quarter is 1 for a period that starts in April to June, 4 for January to March.
func (p Period) quarter() int { return p.monthOfYear()/3 + 1 }

// yearLabel is 2018/19, or 2018_19 in slugs; the year that ends a century is 1999/00.
func (p Period) yearLabel(separator string) string {
	fy := p.FinancialYear()
	return fmt.Sprintf("%d%s%02d", fy, separator, (fy+1)%100)
}

// span names the first and last month; empty for a month.
func (p Period) span() string {
	last := p.Add(1).start - 1
	lastMonth, lastYear := short(time.Month(last%12+1)), int(last/12)
	switch p.kind {
	case Quarter:
		return fmt.Sprintf("%s to %s %d", short(p.month()), lastMonth, lastYear)
	case Year:
		return fmt.Sprintf("%s %d to %s %d", short(p.month()), p.year(), lastMonth, lastYear)
	}
	return ""
}

func short(m time.Month) string { return m.String()[:3] }
