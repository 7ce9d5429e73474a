package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sir/internal/exchange"
	"sir/spc"
)

// writeSPC prints a chart all at once, or nothing of it.
func writeSPC(env *environment, format exchange.Format, a *spc.Analysis) error {
	var buffer bytes.Buffer
	var err error
	switch format {
	case exchange.JSON:
		encoder := json.NewEncoder(&buffer)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(a)
	case exchange.CSV:
		err = spcSheet(a, spcFields).Write(&buffer, format)
	default:
		err = writeSPCTable(&buffer, a)
	}
	if err != nil {
		return err
	}
	_, err = buffer.WriteTo(env.out)
	return err
}

// spcField is a column of what is printed.
type spcField struct {
	name string
	cell func(spc.PointResult) any
}

// spcFields are the columns of a CSV file: the same for every chart.
var spcFields = []spcField{
	{"date", func(p spc.PointResult) any { return p.Date.String() }},
	{"part", func(p spc.PointResult) any { return p.Part }},
	{"value", func(p spc.PointResult) any { return number(p.Value) }},
	{"numerator", func(p spc.PointResult) any { return number(p.Numerator) }},
	{"denominator", func(p spc.PointResult) any { return number(p.Denominator) }},
	{"mean", func(p spc.PointResult) any { return number(p.Mean) }},
	{"median", func(p spc.PointResult) any { return number(p.Median) }},
	{"lower_limit", func(p spc.PointResult) any { return number(p.Lower) }},
	{"upper_limit", func(p spc.PointResult) any { return number(p.Upper) }},
	{"near_lower_limit", func(p spc.PointResult) any { return number(p.NearLower) }},
	{"near_upper_limit", func(p spc.PointResult) any { return number(p.NearUpper) }},
	{"target", func(p spc.PointResult) any { return number(p.Target) }},
	{"trajectory", func(p spc.PointResult) any { return number(p.Trajectory) }},
	{"baseline", func(p spc.PointResult) any { return p.Baseline }},
	{"excluded", func(p spc.PointResult) any { return p.Excluded }},
	{"reason", func(p spc.PointResult) any { return p.Reason }},
	{"flags", func(p spc.PointResult) any { return flagNames(p.Flags) }},
	{"rule", func(p spc.PointResult) any { return string(p.Rule) }},
	{"side", func(p spc.PointResult) any { return string(p.Side) }},
	{"class", func(p spc.PointResult) any { return string(p.Class) }},
}

// number is a figure as a cell with all its digits.
func number(f spc.Figure) any {
	if v, ok := f.Value(); ok {
		return v
	}
	return nil
}

func flagNames(flags spc.Flags) string {
	var names []string
	for _, rule := range flags.List() {
		names = append(names, string(rule))
	}
	return strings.Join(names, " ")
}

func spcSheet(a *spc.Analysis, fields []spcField) exchange.Sheet {
	var sheet exchange.Sheet
	for _, f := range fields {
		sheet.Columns = append(sheet.Columns, f.name)
	}
	for _, p := range a.Points {
		row := make([]any, len(fields))
		for i, f := range fields {
			row[i] = f.cell(p)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// spcTableFields are the columns to read on a screen, rounded.
func spcTableFields(a *spc.Analysis) []spcField {
	rounded := func(name string, figure func(spc.PointResult) spc.Figure) spcField {
		return spcField{name, func(p spc.PointResult) any { return figure(p).String() }}
	}
	fields := []spcField{
		spcFields[0],
		rounded("value", func(p spc.PointResult) spc.Figure { return p.Value }),
	}
	if a.Settings.Chart == spc.RunChart {
		fields = append(fields, rounded("median", func(p spc.PointResult) spc.Figure { return p.Median }))
	} else {
		fields = append(fields,
			rounded("mean", func(p spc.PointResult) spc.Figure { return p.Mean }),
			rounded("lower", func(p spc.PointResult) spc.Figure { return p.Lower }),
			rounded("upper", func(p spc.PointResult) spc.Figure { return p.Upper }))
	}
	return append(fields, rounded("target", func(p spc.PointResult) spc.Figure { return p.Target }), spcField{"remark", spcRemark})
}

// spcRemark says what is to be said about a point.
func spcRemark(p spc.PointResult) any {
	_, known := p.Value.Value()
	switch {
	case p.Excluded:
		return strings.TrimSuffix("excluded: "+p.Reason, ": ")
	case !known:
		return "missing"
	case p.Rule == "":
		return ""
	}
	return p.Class.Text() + ": " + p.Rule.Text()
}

func writeSPCTable(w io.Writer, a *spc.Analysis) error {
	fmt.Fprintf(w, "%s, %s to %s\n\n", a.Name, a.Points[0].Date, a.Points[len(a.Points)-1].Date)
	if err := spcSheet(a, spcTableFields(a)).Write(w, exchange.Table); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, part := range a.Parts {
		writeSPCPart(w, a, part)
	}
	for _, warning := range a.Warnings {
		fmt.Fprintln(w, wrap("Warning: "+warning.Text, 100))
	}
	fmt.Fprintf(w, "\n%s\n", wrap(a.Rules, 100))
	return nil
}

func writeSPCPart(w io.Writer, a *spc.Analysis, part spc.Part) {
	if len(a.Parts) > 1 {
		fmt.Fprintf(w, "Part %d, %s to %s", part.Number, part.From, part.To)
		if part.Reason != "" {
			fmt.Fprintf(w, " (%s)", part.Reason)
		}
		fmt.Fprintln(w)
	}
	if a.Settings.Chart != spc.RunChart {
		fmt.Fprintf(w, "Variation: %s.\nAssurance: %s.\n", part.Variation.Text(), part.Assurance.Text())
	}
	r := part.Runs
	verdict := "no signal"
	if r.Signal {
		verdict = "a signal of change"
	}
	fmt.Fprintf(w, "Runs: longest %d (at most %d expected), crossings %d (at least %d), useful points %d: %s.\n",
		r.Longest, r.LongestMax, r.Crossings, r.CrossingsMin, r.Useful, verdict)
}
