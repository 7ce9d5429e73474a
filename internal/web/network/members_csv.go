package network

import (
	"bytes"
	"fmt"

	"sir/internal/exchange"
	"sir/internal/network"
	"sir/internal/web/shell"
)

func (p pages) downloadMembers(r *shell.Request) error {
	directory, err := p.members.Directory(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	types, err := p.approachTitles(r)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheetOf(directory.Members, types).Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write the members as CSV: %w", err)
	}
	return r.Download("members.csv", "text/csv; charset=utf-8", file.Bytes())
}

// sheetOf is a row a member. What no source says is an empty cell.
func sheetOf(members []network.MemberFacts, types map[string]string) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{
		"code", "name", "orientation", "named_approach", "type_of_approach", "staff_interviewed", "made_up", "source",
	}}
	for _, m := range members {
		row := []any{m.Code, m.Name, nil, nil, nil, nil, m.MadeUp, m.Source}
		if len(m.Orientations) > 0 {
			o := latest(m)
			row[2], row[3], row[4] = o.Word(), o.Approach, types[o.Category]
		}
		if m.People > 0 {
			row[5] = m.People
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}
