package rollout

import (
	"bytes"
	"fmt"

	"sir/internal/exchange"
	"sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

const filePath = ui.DoPath + "/rollouts.csv"

// downloadRollouts answers the rollouts that the reader may see.
func (p pages) downloadRollouts(r *shell.Request) error {
	programmes, err := p.rollouts.Overview(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheetOf(programmes).Write(&file, exchange.CSV); err != nil {
		return fmt.Errorf("write the rollouts as CSV: %w", err)
	}
	return r.Download("rollouts.csv", "text/csv; charset=utf-8", file.Bytes())
}

// sheetOf is a row a rollout. Dates are ISO text; a rollout that has not
// started is not late by any number of days.
func sheetOf(programmes []rollout.ProgrammeRollouts) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{
		"programme", "programme_name", "made_up", "member", "state", "state_since", "planned_start", "actual_start", "days_late",
		"start_reason", "sites_ever_eligible", "reason", "lesson",
	}}
	for _, one := range programmes {
		for _, r := range one.Rollouts {
			var late any
			if days, ok := r.DaysLate(); ok {
				late = days
			}
			sheet.Rows = append(sheet.Rows, []any{
				one.Programme.Code, one.Programme.Name, one.Programme.MadeUp, r.MemberName, string(r.State), r.StateSince, r.PlannedStart,
				r.ActualStart, late, r.StartReason, r.Sites, r.Reason, r.Lesson,
			})
		}
	}
	return sheet
}
