package adoption

import (
	"bytes"
	"fmt"

	area "sir/internal/adoption"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/web/shell"
)

// downloadRates is the programme's whole table as CSV: per period the rate
// and what it is made of.
func (p pages) downloadRates(r *shell.Request) error {
	table, err := p.adoption.Rates(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := rateSheet(table).Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write rates: %w", err)
	}
	return r.Download(table.Programme.Code+"-rates.csv", "text/csv; charset=utf-8", content.Bytes())
}

// rateSheet has one row a member and period, which other programs read more
// easily than columns that grow with time.
func rateSheet(t area.Table) exchange.Sheet {
	return rowsSheet(t, append(t.Rows[:len(t.Rows):len(t.Rows)], t.Total))
}

// rowsSheet has one row a member or area and period.
func rowsSheet(t area.Table, rows []area.Row) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{
		"programme", "network", "period", "starts_on", "ends_on", "percent", "adopted", "eligible", "reported", "target", "target_inequality", "basis",
	}}
	for _, row := range rows {
		for i, p := range t.Periods {
			sheet.Rows = append(sheet.Rows, rateCells(t, row, i, p.Slug(), p.Start().Format("2006-01-02"), p.End().Format("2006-01-02")))
		}
	}
	return sheet
}

func rateCells(t area.Table, row area.Row, at int, slug, start, end string) []any {
	rate := row.Rates[at]
	cells := []any{t.Programme.Code, row.Name, slug, start, end, nil, nil, nil, nil, nil, nil, "computed from sites"}
	if rate.Known {
		cells[5] = rate.Rounded()
	}
	if rate.Published {
		cells[11] = "published figure"
	} else if rate.Known {
		cells[6], cells[7], cells[8] = rate.Adopted, rate.Eligible, rate.Reported
	}
	if target, ok := t.TargetAt(at); ok {
		cells[9], cells[10] = target.Value, target.Sign()
	}
	return cells
}

func (p pages) downloadChart(r *shell.Request) error {
	whole, err := p.adoption.Rates(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	if !whole.MembersOpen {
		return r.Require(policy.ViewMemberRates, whole.Programme.Object())
	}
	points, err := pointsOf(r, whole)
	if err != nil {
		return err
	}
	if len(points.Periods) < minPoints {
		return noChart(whole)
	}
	plot := membersChart(points, r.Terms.Label(term.Network).Short)
	plot.Heading = true
	content, err := file(plot)
	if err != nil {
		return err
	}
	return r.Download(points.Programme.Code+"-rates.svg", "image/svg+xml", content)
}

func (p pages) downloadTrend(r *shell.Request) error {
	table, err := p.adoption.Rates(r.Context(), r.Actor, r.PathValue("programme"))
	if err != nil {
		return err
	}
	if len(table.Periods) == 0 {
		return noChart(table)
	}
	line := courseOf(table, "all "+r.Terms.Label(term.Network).Short.Of(2)).chart()
	line.Heading = true
	content, err := file(line)
	if err != nil {
		return err
	}
	return r.Download(table.Programme.Code+"-trend.svg", "image/svg+xml", content)
}

func noChart(t area.Table) error {
	return fault.NotFound("There is no chart of %s yet, as too few periods have figures.", t.Programme.Name)
}
