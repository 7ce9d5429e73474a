package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/policy"
)

// Value is one value that is sent.
type Value struct {
	Site    string  `json:"site" minLength:"1" maxLength:"64" pattern:"^[^\\x00-\\x1f\\x7f]+$" doc:"Code of the site."`
	Period  string  `json:"period" minLength:"1" maxLength:"40" pattern:"^[^\\x00-\\x1f\\x7f]+$" doc:"ISO 8601 start date and duration, or a label." example:"2018-10-01/P3M"`
	Measure string  `json:"measure" minLength:"1" maxLength:"64" pattern:"^[^\\x00-\\x1f\\x7f]+$" doc:"Code of the measure."`
	Value   *Number `json:"value,omitempty" doc:"A whole number; the number of the level where the measure has levels."`
	Clear   bool    `json:"clear,omitempty" doc:"Take back what was reported: in the place of a value."`
}

// Sending is what is sent.
type Sending struct {
	Reason string  `json:"reason,omitempty" maxLength:"1000" pattern:"^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$" doc:"Why figures that are approved are restated."`
	Values []Value `json:"values" minItems:"1" maxItems:"20000" nullable:"false"`
}

// Condition lets a sending through only where nothing changed since.
type Condition struct {
	IfMatch string `header:"If-Match" maxLength:"100" doc:"The ETag of the collection as you read it: 412 where its figures have changed since, and nothing is taken."`
}

// DryRun asks what a sending would do.
type DryRun struct {
	DryRun bool `query:"dryRun" doc:"Only say what would happen."`
}

type sendInput struct {
	InCollection
	Condition
	DryRun
	Body Sending
}

// Conflict is a value that cannot be taken.
type Conflict struct {
	Location string `json:"location,omitempty" doc:"Where it is." example:"body.values[3].site"`
	Value    string `json:"value,omitempty" doc:"What stands there."`
	Reason   string `json:"reason" doc:"What is wrong and what to do."`
}

// Receipt says what a sending did, or would do.
type Receipt struct {
	DryRun     bool       `json:"dryRun" doc:"Nothing was taken: this is what would happen."`
	Submission int64      `json:"submission,omitempty" doc:"Number of the sending within its collection."`
	Added      int64      `json:"added" doc:"Values where there was none."`
	Changed    int64      `json:"changed" doc:"Values that said something else."`
	Cleared    int64      `json:"cleared" doc:"Values taken back."`
	Unchanged  int64      `json:"unchanged" doc:"Values that were known already."`
	Sites      int        `json:"sites" doc:"Returns that it touches."`
	Periods    []string   `json:"periods" nullable:"false"`
	Conflicts  []Conflict `json:"conflicts" nullable:"false" doc:"Of a dry run: values that cannot be taken, the first of them."`
	Wrong      int        `json:"wrong" doc:"How many conflicts there are in all."`
	Hints      []Hint     `json:"hints" nullable:"false" doc:"Of a dry run: what looks unlikely, and would be taken."`
}

// Hint says what looks unlikely.
type Hint struct {
	Location string `json:"location,omitempty"`
	Site     string `json:"site"`
	Period   string `json:"period"`
	Text     string `json:"text"`
}

// sendReturns hands the values on as the table that people could have sent, so
// that there is one reader for both.
func (a *API) sendReturns(ctx context.Context, actor policy.Actor, in *sendInput) (*Body[Receipt], error) {
	if err := checkValues(ctx, in.Body.Values); err != nil {
		return nil, err
	}
	table, err := tableOf(in.Body.Values)
	if err != nil {
		return nil, err
	}
	file := adoption.File{Content: bytes.NewReader(table), Size: int64(len(table))}
	how := adoption.Sending{Source: "api", Reason: in.Body.Reason, Place: func(row int) string { return inBody(row, "") }}
	receipt, err := a.take(ctx, actor, in.InCollection, in.Condition, in.DryRun.DryRun, file, how)
	asSent(receipt.Conflicts, in.Body.Values)
	if err != nil {
		return nil, refusedSending(ctx, err, receipt, inBody)
	}
	return &Body[Receipt]{Body: receiptOf(receipt, in.DryRun.DryRun, inBody)}, nil
}

func checkValues(ctx context.Context, values []Value) error {
	p := newProblem(ctx, http.StatusUnprocessableEntity, "Give each value either a number or \"clear\": true.")
	for i, v := range values {
		if (v.Value != nil) == v.Clear && len(p.Errors) < 100 {
			p.Errors = append(p.Errors, Mistake{fmt.Sprintf("body.values[%d]", i), "it has neither a value nor clear, or both"})
		}
	}
	if len(p.Errors) == 0 {
		return nil
	}
	return p
}

// tableOf writes the values as a long table: the i-th stands in row i + 2.
func tableOf(values []Value) ([]byte, error) {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	_ = out.Write([]string{"period", "site", "measure", "value"}) // to memory
	for _, v := range values {
		value := "clear"
		if v.Value != nil {
			value = v.Value.cell()
		}
		if err := out.Write([]string{v.Period, v.Site, v.Measure, value}); err != nil {
			return nil, fmt.Errorf("write the values as a table: %w", err)
		}
	}
	out.Flush()
	return text.Bytes(), out.Error()
}

// inBody turns a place in that table into one in the body.
func inBody(row int, column string) string {
	if row < 2 {
		return "body.values"
	}
	place := fmt.Sprintf("body.values[%d]", row-2)
	if column != "" {
		place += "." + column
	}
	return place
}

// take checks or submits. A condition holds of a dry run as of a sending.
func (a *API) take(ctx context.Context, actor policy.Actor, to InCollection, only Condition, dry bool, file adoption.File, how adoption.Sending) (adoption.FileReceipt, error) {
	service := a.app.Adoption
	if only.IfMatch == "" || only.IfMatch == "*" {
		send := service.SubmitFile
		if dry {
			send = service.CheckFile
		}
		return send(ctx, actor, to.Programme, to.Collection, file, how)
	}
	revision, ok := taggedRevision(only.IfMatch)
	if !ok {
		return adoption.FileReceipt{}, fault.Stale("This If-Match is no ETag of the collection: read the collection, and send its ETag.")
	}
	send := service.SubmitFileAt
	if dry {
		send = service.CheckFileAt
	}
	return send(ctx, actor, to.Programme, to.Collection, revision, file, how)
}

// refusedSending answers 412 to a condition that does not hold, and lists what
// cannot be taken.
func refusedSending(ctx context.Context, err error, receipt adoption.FileReceipt, at func(int, string) string) error {
	if errors.Is(err, fault.ErrStale) {
		_ = problem(ctx, err) // keeps it for the log
		return newProblem(ctx, http.StatusPreconditionFailed, err.Error())
	}
	if receipt.Wrong == 0 {
		return err
	}
	return refused(ctx, err, receipt.Receipt, at)
}

func conflictsOf(receipt adoption.Receipt, at func(row int, column string) string) []Conflict {
	list := []Conflict{}
	for _, c := range receipt.Conflicts {
		list = append(list, Conflict{at(c.Row, c.Column), c.Value, c.Reason})
	}
	return list
}

func receiptOf(r adoption.FileReceipt, dry bool, at func(int, string) string) Receipt {
	out := Receipt{
		DryRun: dry, Submission: r.Number, Added: r.Tally.Added, Changed: r.Tally.Changed, Cleared: r.Tally.Cleared, Unchanged: r.Tally.Unchanged,
		Sites: r.Sites, Periods: []string{}, Conflicts: conflictsOf(r.Receipt, at), Wrong: r.Wrong, Hints: []Hint{},
	}
	for _, p := range r.Periods {
		out.Periods = append(out.Periods, p.ISO())
	}
	for _, h := range r.Hints {
		hint := Hint{Site: h.Site, Period: h.Period.ISO(), Text: h.Text}
		if h.Row > 0 {
			hint.Location = at(h.Row, h.Column)
		}
		out.Hints = append(out.Hints, hint)
	}
	return out
}

// revisionTag begins the entity tag of a collection.
func revisionTag(revision int64) string { return fmt.Sprintf("r%d-", revision) }

var revisionPattern = regexp.MustCompile(`^"r([0-9]{1,18})-[0-9a-f]{24}"$`)

func taggedRevision(tag string) (int64, bool) {
	parts := revisionPattern.FindStringSubmatch(tag)
	if parts == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	return n, err == nil
}
