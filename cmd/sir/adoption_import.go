package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/period"
)

// returnFlags name a return that a programme collects.
type returnFlags struct {
	Programme  string `required:"" help:"Code of the programme, such as MU-EXAMPLE."`
	Collection string `required:"" help:"Code of the return, such as quarterly."`
}

type adoptionImportCommand struct {
	File string `arg:"" type:"path" help:"The file: CSV, Excel workbook (.xlsx), or DHIS2 data value set (JSON or CSV)."`
	returnFlags
	Period     string `help:"Period of every value, for a file without a column period, such as q3_2018_19."`
	DryRun     bool   `name:"dry-run" help:"Say what the file would do, with hints at what looks unlikely, and store nothing."`
	Reason     string `help:"Why figures that were approved are restated."`
	ReceivedOn string `name:"received-on" placeholder:"DATE" help:"Date on which the values came, as 2018-07-14. Default: today."`
	output
}

func (adoptionImportCommand) Help() string {
	return `Examples:
  sir adoption import returns.csv --programme MU-EXAMPLE --collection quarterly --dry-run
  sir adoption import q3.xlsx --programme MU-EXAMPLE --collection quarterly --period q3_2025_26
  sir adoption import dhis2.json --programme MU-EXAMPLE --collection quarterly --format json

A long table has the columns period, site, measure and value; a wide one has site, a column for each
measure, and period or --period. Levels go by number or by label. An empty cell says nothing; the word clear
takes a value back. All of the file is taken or none: with any conflict the exit code is 2 and each is listed
by row and column. The same file again changes nothing.`
}

func (c adoptionImportCommand) Run(env *environment) error {
	how := adoption.Sending{Reason: c.Reason, ReceivedOn: c.ReceivedOn}
	if c.ReceivedOn != "" {
		if _, err := time.Parse(time.DateOnly, c.ReceivedOn); err != nil {
			return inputError{fmt.Errorf("--received-on %q: not a date; write it as 2018-07-14", c.ReceivedOn)}
		}
	}
	whole, err := periodFlag("--period", c.Period)
	if err != nil {
		return err
	}
	content, err := os.Open(c.File)
	if err != nil {
		return inputError{fmt.Errorf("cannot open %s: %w", c.File, cause(err))}
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return inputError{fmt.Errorf("%s is a folder; name a file", c.File)}
	}
	file := adoption.File{Name: info.Name(), Size: info.Size(), Period: whole}
	shown := watch(content, info.Size(), env.err)
	file.Content = shown
	return env.with(func(a *app.App) error {
		take := a.Adoption.SubmitFile
		if c.DryRun {
			take = a.Adoption.CheckFile
		}
		receipt, err := take(env.ctx, system(), c.Programme, c.Collection, file, how)
		shown.clear()
		return c.tell(env, receipt, err)
	})
}

// cause is what the system said, without the path that the caller names.
func cause(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func periodFlag(name, text string) (period.Period, error) {
	if text == "" {
		return period.Period{}, nil
	}
	p, err := period.Parse(text)
	if err != nil {
		return p, inputError{fmt.Errorf("%s: %w", name, err)}
	}
	return p, nil
}

// tell prints what became of a file.
func (c adoptionImportCommand) tell(env *environment, receipt adoption.FileReceipt, err error) error {
	switch {
	case env.ctx.Err() != nil:
		return errors.New("interrupted: nothing was stored")
	case err != nil && receipt.Wrong == 0:
		return refusedInput(err)
	case receipt.Amiss != "":
		err = inputError{fmt.Errorf("%s: nothing was stored: the file %s", c.File, receipt.Amiss)}
	case receipt.Wrong > 0:
		err = inputError{fmt.Errorf("%s: nothing was stored: %d of its values cannot be taken", c.File, receipt.Wrong)}
	}
	return errors.Join(c.print(env, receipt), err)
}

// refusedInput makes a refusal that whoever typed the command can mend exit
// with 2.
func refusedInput(err error) error {
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		return inputError{err}
	}
	return err
}

func (c adoptionImportCommand) print(env *environment, r adoption.FileReceipt) error {
	switch c.Format {
	case exchange.JSON:
		out := json.NewEncoder(env.out)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(c.summary(r))
	case exchange.Table:
		if err := c.printSummary(env.out, r); err != nil || len(r.Conflicts)+len(r.Hints) == 0 {
			return err
		}
	}
	return c.write(env, findings(r))
}

func (c adoptionImportCommand) printSummary(w io.Writer, r adoption.FileReceipt) error {
	if r.ReadAs != "" {
		fmt.Fprintf(w, "Read as: %s.\n", r.ReadAs)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(w, note)
	}
	if r.Wrong == 0 {
		done := fmt.Sprintf("Stored as submission %d", r.Number)
		if c.DryRun {
			done = "A dry run: nothing is stored"
		}
		fmt.Fprintf(w, "%s. %d added, %d changed, %d cleared, %d unchanged, in %d returns.\n",
			done, r.Tally.Added, r.Tally.Changed, r.Tally.Cleared, r.Tally.Unchanged, r.Sites)
	}
	if n := r.Wrong - len(r.Conflicts); n > 0 {
		fmt.Fprintf(w, "The first %d conflicts of %d:\n", len(r.Conflicts), r.Wrong)
	}
	if r.MoreHints > 0 {
		fmt.Fprintf(w, "The first %d hints of %d:\n", len(r.Hints), len(r.Hints)+r.MoreHints)
	}
	return nil
}

// findings lists what is wrong and what looks unlikely.
func findings(r adoption.FileReceipt) exchange.Sheet {
	sheet := exchange.Sheet{Columns: []string{"kind", "row", "column", "value", "reason"}}
	for _, x := range r.Conflicts {
		sheet.Rows = append(sheet.Rows, []any{"conflict", known(x.Row > 0, x.Row), x.Column, x.Value, x.Reason})
	}
	for _, h := range r.Hints {
		sheet.Rows = append(sheet.Rows, []any{"hint", known(h.Row > 0, h.Row), h.Column, h.Site, h.Period.Label() + ": " + h.Text})
	}
	return sheet
}

type importSummary struct {
	ReadAs     string          `json:"read_as"`
	Notes      []string        `json:"notes"`
	DryRun     bool            `json:"dry_run"`
	Submission int64           `json:"submission"` // 0 where nothing was stored
	Added      int64           `json:"added"`
	Changed    int64           `json:"changed"`
	Cleared    int64           `json:"cleared"`
	Unchanged  int64           `json:"unchanged"`
	Returns    int             `json:"returns"`
	Periods    []period.Period `json:"periods"`
	Wrong      int             `json:"wrong"`
	Conflicts  []importFinding `json:"conflicts"`
	Hints      []importFinding `json:"hints"`
}

type importFinding struct {
	Row    int    `json:"row"` // 0 for the file as a whole
	Column string `json:"column"`
	Period string `json:"period,omitempty"`
	Site   string `json:"site,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
}

func (c adoptionImportCommand) summary(r adoption.FileReceipt) importSummary {
	out := importSummary{
		ReadAs: r.ReadAs, Notes: append([]string{}, r.Notes...), DryRun: c.DryRun, Submission: r.Number, Returns: r.Sites, Periods: r.Periods, Wrong: r.Wrong,
		Added: r.Tally.Added, Changed: r.Tally.Changed, Cleared: r.Tally.Cleared, Unchanged: r.Tally.Unchanged,
		Conflicts: []importFinding{}, Hints: []importFinding{},
	}
	for _, x := range r.Conflicts {
		out.Conflicts = append(out.Conflicts, importFinding{Row: x.Row, Column: x.Column, Value: x.Value, Reason: x.Reason})
	}
	for _, h := range r.Hints {
		out.Hints = append(out.Hints, importFinding{Row: h.Row, Column: h.Column, Period: h.Period.Slug(), Site: h.Site, Reason: h.Text})
	}
	return out
}

// watched is a file with a bar on a terminal that shows how far it was read.
type watched struct {
	io.ReaderAt
	read atomic.Int64
	bar  *progressbar.ProgressBar
}

// barFrom so many bytes on a file takes long enough for a bar.
const barFrom = 4 << 20

// watch has the bar go twice through the file: it is hashed, then read.
func watch(file io.ReaderAt, size int64, to io.Writer) *watched {
	w := &watched{ReaderAt: file}
	if size >= barFrom && terminal(to) {
		w.bar = progressbar.NewOptions64(2*size, progressbar.OptionSetWriter(to), progressbar.OptionSetDescription("Importing"),
			progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(drawEvery))
	}
	return w
}

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, at)
	if w.bar != nil {
		_ = w.bar.Set64(min(w.read.Add(int64(n)), w.bar.GetMax64()-1))
	}
	return n, err
}

func (w *watched) clear() {
	if w.bar != nil {
		_ = w.bar.Clear()
	}
}
