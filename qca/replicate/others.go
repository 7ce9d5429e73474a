package replicate

import (
	"fmt"
	"slices"
	"strings"

	"sir/qca"
)

// forTosmana writes the table that TOSMANA imports: crisp and multi-value data,
// the outcome as 0 and 1.
func (b *bundle) forTosmana() error {
	if b.data.free() {
		return nil
	}
	names := make([]string, len(b.names))
	for i, n := range b.names {
		names[i] = n.tosmana
	}
	return b.addCSV("tosmana.csv", b.data.records("CASE", names, b.binaryOutcome()))
}

// forFuzzySets writes the table that fs/QCA opens: crisp and fuzzy data.
func (b *bundle) forFuzzySets() error {
	if b.data.free() || b.data.has(qca.MultiValue) {
		return nil
	}
	names := make([]string, len(b.names))
	for i, n := range b.names {
		names[i] = n.fuzzySets
	}
	return b.addCSV("fsqca.csv", b.data.records("CASE", names, b.binaryOutcome()))
}

// readme says what each file is, and what the other programs have to be told.
func (b *bundle) readme() error {
	var s strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&s, format+"\n", a...) }
	line("A Qualitative Comparative Analysis, to be repeated")
	line("")
	line("Made by sir %s with this command:", b.Version)
	line("  %s", strings.Map(oneLine, quoted(b.Command)))
	line("")
	line("settings.json   every choice: outcome, conditions, cuts, expectations, excluded rows")
	line("data.csv        the columns used, as sir qca reads them")
	line("result.json     what SIR found")
	line("names.csv       what each column is called in the files below")
	line("replicate.R     the same analysis with the R package QCA: Rscript replicate.R")
	line("r-data.csv      the data that it reads")
	if b.Solution != nil {
		line("r-models.csv    the formulas that it compares its own with")
	}
	b.describe(line, "tosmana.csv", "the data for TOSMANA 1.3 or newer: import it as CSV, CASE as the case descriptor")
	b.describe(line, "fsqca.csv", "the data for fs/QCA 3.0 or newer: open it, CASE holds the case ids")
	line("")
	b.hints(line)
	b.add("README.txt", []byte(s.String()))
	return nil
}

func (b *bundle) has(file string) bool {
	return slices.ContainsFunc(b.files, func(f File) bool { return f.Name == file })
}

func (b *bundle) describe(line func(string, ...any), file, text string) {
	switch {
	case b.has(file):
		line("%-15s %s", file, text)
	case b.data.free():
		line("%-15s is not here: the data have values that do not matter (-), which the program does not take", file)
	default:
		line("%-15s is not here: a condition has more than two values, which the program does not take", file)
	}
}

// hints say what differs between the programs.
func (b *bundle) hints(line func(string, ...any)) {
	goal := b.names[len(b.names)-1]
	if b.has("tosmana.csv") || b.has("fsqca.csv") {
		line("In TOSMANA and fs/QCA set by hand what settings.json says: the outcome, the conditions, the cuts of the truth")
		line("table and the solution. These programs may show one of several tied formulas; SIR lists all.")
		if b.outcome.Values != nil {
			line("There the outcome %s is 1 where %s, and 0 elsewhere.", goal.tosmana, qca.Literal{Condition: b.outcome.Condition, Values: b.outcome.Values})
		}
		if b.outcome.Negated {
			line("What is explained is the absence of the outcome: choose its value 0.")
		}
	}
	if b.has("tosmana.csv") && (b.data.has(qca.Fuzzy) || b.data.kinds[len(b.data.kinds)-1] == qca.Fuzzy) {
		line("Some memberships lie between 0 and 1: older releases of TOSMANA take crisp and multi-value sets only.")
	}
	if len(b.TruthTable.LeftOut) > 0 {
		line("Left out of all files, with a membership of exactly 0.5: %s.", strings.Join(b.TruthTable.LeftOut, ", "))
	}
	for _, program := range []struct {
		title string
		name  func(name) string
	}{{"R and TOSMANA", func(n name) string { return n.r }}, {"fs/QCA", func(n name) string { return n.fuzzySets }}} {
		if list := b.changed(program.name); len(list) > 0 {
			line("Names that %s might not take are others there: %s.", program.title, strings.Join(list, "; "))
		}
	}
	if b.Solution != nil {
		b.solutionHints(line)
	}
	line("The files were not tried in TOSMANA and fs/QCA, which are closed programs for Windows.")
}

func (b *bundle) solutionHints(line func(string, ...any)) {
	if n := len(b.settings.Conditions); b.Options.Solution != qca.Conservative && n > maxExhaustive {
		line("With %d conditions replicate.R uses the default algorithm of the R package, which can miss tied formulas and", n)
		line("may need hours or more memory than there is.")
	}
	if !b.Solution.Complete {
		line("SIR's own list of formulas is not complete: see \"complete\" in result.json.")
	}
	if b.Options.Solution == qca.Intermediate && b.Options.Contradictions == qca.ContradictionsAsRemainders {
		line("The R package lets conservative models cover contradictory rows too; its intermediate formulas may differ.")
	}
}
