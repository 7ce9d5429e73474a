package admin

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"sir/internal/exchange"
	"sir/internal/policy"
	"sir/internal/usecase"
	"sir/internal/web/shell"
)

// auditBatch is how many entries are read at a time: the trail may be longer
// than memory, and no connection to the database waits for a slow reader.
const auditBatch = 1000

// auditColumns keep the codes beside the words, so that a file can be read by
// people and compared by programs.
var auditColumns = []string{
	"number", "at", "person_id", "person", "action", "action_in_words", "outcome", "object", "object_in_words", "detail", "previous_hash", "hash",
}

// downloadAudit answers every entry that the filters let through as CSV.
func (p pages) downloadAudit(r *shell.Request) error {
	filter, _, err := auditFilter(r)
	if err != nil {
		return err
	}
	filter.Limit = auditBatch
	return r.Stream("audit-trail.csv", "text/csv; charset=utf-8", func(w io.Writer) error {
		out := csv.NewWriter(w)
		for head := true; ; head = false {
			lines, err := p.app.Trail.List(r.Context(), r.Actor, filter)
			if err != nil {
				return err
			}
			if head {
				err = out.Write(auditColumns)
			}
			for _, line := range lines {
				if err == nil {
					err = out.Write(auditRecord(line))
				}
				filter.Before = line.Seq
			}
			out.Flush()
			if err = cmp.Or(err, out.Error()); err != nil || len(lines) < auditBatch {
				return err
			}
		}
	})
}

func auditRecord(line usecase.Line) []string {
	record := []string{
		strconv.FormatInt(line.Seq, 10), line.At.Format(time.RFC3339Nano), line.ActorID, line.ActorName, line.Action,
		policy.Words(policy.Action(line.Action)), string(line.Outcome), line.Object, line.Subject, line.Detail, line.PreviousHash, line.Hash,
	}
	for i, cell := range record {
		record[i] = exchange.SafeCell(cell)
	}
	return record
}
