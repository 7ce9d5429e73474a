package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sir/internal/exchange"
	"sir/qca"
)

// qcaOutput is how a result is printed.
type qcaOutput struct {
	Format  string `enum:"table,json,csv,latex" default:"table" help:"How to print: table, json, csv or latex."`
	Explain bool   `help:"Say the result and its limits in plain words, too."`
}

// qcaResult is a result in every form it can be printed in.
type qcaResult struct {
	data    any            // for JSON
	title   string         // before the table
	sheet   exchange.Sheet // for everything but JSON
	notes   []string       // after the table, a line each
	explain func() []string
}

// Validate refuses, before any file is written, flags that do not go together.
func (o qcaOutput) Validate() error {
	if o.Explain && o.Format != "table" {
		return errors.New("--explain goes with --format table")
	}
	return nil
}

// write prints the result all at once, or nothing of it.
func (o qcaOutput) write(env *environment, r qcaResult) error {
	var buffer bytes.Buffer
	var err error
	switch o.Format {
	case "json":
		encoder := json.NewEncoder(&buffer)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(r.data)
	case "latex":
		writeLaTeX(&buffer, r.sheet)
	case "csv":
		err = r.sheet.Write(&buffer, exchange.CSV)
	default:
		err = o.writeTable(&buffer, r)
	}
	if err != nil {
		return err
	}
	_, err = buffer.WriteTo(env.out)
	return err
}

func (o qcaOutput) writeTable(w io.Writer, r qcaResult) error {
	fmt.Fprintf(w, "%s\n\n", r.title)
	if err := r.sheet.Write(w, exchange.Table); err != nil {
		return err
	}
	if len(r.notes) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(r.notes, "\n"))
	}
	if o.Explain {
		for _, paragraph := range r.explain() {
			fmt.Fprintf(w, "\n%s\n", wrap(paragraph, 100))
		}
	}
	return nil
}

// figure is a figure as a cell: rounded for reading, whole for a spreadsheet.
func (o qcaOutput) figure(f qca.Figure) any {
	value, defined := f.Value()
	switch {
	case o.Format != "csv":
		return f.String()
	case !defined:
		return nil
	}
	return value
}

// writeLaTeX writes a tabular, its text escaped.
func writeLaTeX(w io.Writer, s exchange.Sheet) {
	fmt.Fprintf(w, "\\begin{tabular}{%s}\n\\hline\n", strings.Repeat("l", len(s.Columns)))
	line := func(cells []string) { fmt.Fprintf(w, "%s \\\\\n", strings.Join(cells, " & ")) }
	header := make([]string, len(s.Columns))
	for i, name := range s.Columns {
		header[i] = latexText(strings.ReplaceAll(name, "_", " "))
	}
	line(header)
	fmt.Fprintln(w, `\hline`)
	for _, row := range s.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			if cell != nil {
				cells[i] = latexText(fmt.Sprint(cell))
			}
		}
		line(cells)
	}
	fmt.Fprintln(w, "\\hline\n\\end{tabular}")
}

var latexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\ensuremath{\sim}`, `^`, `\textasciicircum{}`, `*`, `\ensuremath{\cdot}`, `[`, `{[}`, `]`, `{]}`,
)

func latexText(text string) string { return latexEscapes.Replace(text) }

// counted says how many: "1 row", "2 rows".
func counted[N int | uint64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// wrap breaks a paragraph at spaces into lines of at most width characters, if
// its words allow.
func wrap(text string, width int) string {
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > width:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}
