package replicate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sir/qca"
)

// maxExhaustive conditions are minimised by R's exhaustive algorithm, which
// finds every tied model but needs memory for 3 to the power of them.
const maxExhaustive = 11

// maxInR is how many conditions R's truthTable takes.
const maxInR = 25

func (b *bundle) forR() error {
	names := make([]string, len(b.names))
	for i, n := range b.names {
		names[i] = n.r
	}
	if err := b.addCSV("r-data.csv", b.data.records("CASE", names, nil)); err != nil {
		return err
	}
	if b.Solution != nil {
		if err := b.addCSV("r-models.csv", b.modelRecords()); err != nil {
			return err
		}
	}
	b.add("replicate.R", []byte(b.script()))
	return nil
}

// modelRecords are the models that R is compared with, in R's names.
func (b *bundle) modelRecords() [][]string {
	records := [][]string{{"model"}}
	for _, m := range b.Solution.Models {
		records = append(records, []string{b.renamed(m.Expression).String()})
	}
	return records
}

// script redoes the analysis with the R package QCA.
func (b *bundle) script() string {
	var s strings.Builder
	fmt.Fprintf(&s, "# Redoes with the R package QCA what this command did:\n#   %s\n# Run it in this folder: Rscript replicate.R\n", strings.Map(oneLine, quoted(b.Command)))
	s.WriteString("# It needs the package QCA, 3.8 or newer: install.packages(\"QCA\")\n")
	if n := len(b.settings.Conditions); n > maxInR {
		fmt.Fprintf(&s, "# The package stops at %d conditions; these are %d.\n", maxInR, n)
	}
	s.WriteString(`
suppressPackageStartupMessages(library(QCA))
cases <- read.csv("r-data.csv", row.names = 1, check.names = FALSE)
`)
	fmt.Fprintf(&s, "rows <- truthTable(cases, outcome = %s, conditions = %s,\n", rText(b.rOutcome()), rText(b.rConditions()))
	fmt.Fprintf(&s, "    incl.cut = %s, n.cut = %d, pri.cut = %s%s, show.cases = TRUE, dcc = TRUE)\n", b.rCuts(), b.settings.NCut, number(b.settings.PRICut), b.rExclude())
	s.WriteString("print(rows)\n")
	if b.Solution != nil {
		b.minimizeInR(&s)
	}
	if b.Necessity != nil {
		b.necessityInR(&s)
	}
	return s.String()
}

func oneLine(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

func (b *bundle) rOutcome() string {
	return b.renamed(qca.Expression{{b.outcome}}).String()
}

func (b *bundle) rConditions() string {
	var names []string
	for _, n := range b.names[:len(b.names)-1] {
		names = append(names, n.r)
	}
	return strings.Join(names, ", ")
}

func (b *bundle) rCuts() string {
	if b.settings.ContradictionCut > 0 {
		return fmt.Sprintf("c(%s, %s)", number(b.settings.Inclusion), number(b.settings.ContradictionCut))
	}
	return number(b.settings.Inclusion)
}

// rExclude gives truthTable the rows that no formula may cover.
func (b *bundle) rExclude() string {
	if b.Solution == nil || len(b.Options.Exclude) == 0 {
		return ""
	}
	rows := slices.Clone(b.Options.Exclude)
	slices.Sort(rows)
	texts := make([]string, 0, len(rows))
	for _, r := range slices.Compact(rows) {
		texts = append(texts, strconv.FormatUint(r, 10))
	}
	var lines []string
	for part := range slices.Chunk(texts, 15) {
		lines = append(lines, strings.Join(part, ", "))
	}
	return ",\n    exclude = c(" + strings.Join(lines, ",\n        ") + ")"
}

// minimizeInR minimises, judges each model, and compares the models with ours.
func (b *bundle) minimizeInR(s *strings.Builder) {
	fmt.Fprintf(s, "solution <- minimize(rows%s, details = TRUE)\nprint(solution)\n", b.minimizeArguments())
	if b.kindInR() == qca.Intermediate {
		s.WriteString("models <- unlist(lapply(solution$i.sol, function(pair) {\n    if (is.list(pair$solution)) pair$solution else list(pair$solution)\n}), recursive = FALSE)\n")
	} else {
		s.WriteString("models <- solution$solution\n")
	}
	s.WriteString(`models <- unique(vapply(models, paste, "", collapse = " + "))
for (model in models) {
`)
	fmt.Fprintf(s, "    print(pof(model, outcome = %s, data = cases, relation = \"sufficiency\"))\n}\n", rText(b.rOutcome()))
	complete := "FALSE"
	if b.Solution.Complete {
		complete = "TRUE"
	}
	fmt.Fprintf(s, `
# Two spellings of a model are the same when their literals are.
literal <- function(text) {
    text <- chartr("{}", "[]", trimws(text))
    absent <- startsWith(text, "~")
    text <- sub("^~", "", text)
    if (grepl("[", text, fixed = TRUE)) text else paste0(text, if (absent) "[0]" else "[1]")
}
term <- function(text) {
    paste(sort(vapply(strsplit(text, "*", fixed = TRUE)[[1]], literal, "")), collapse = "*")
}
spelling <- function(text) {
    paste(sort(vapply(strsplit(text, "+", fixed = TRUE)[[1]], term, "")), collapse = " + ")
}
ours <- vapply(read.csv("r-models.csv", colClasses = "character")$model, spelling, "", USE.NAMES = FALSE)
theirs <- vapply(models, spelling, "", USE.NAMES = FALSE)
all_listed <- %s # whether SIR lists every model
missing <- setdiff(theirs, ours)
if (length(setdiff(ours, theirs)) == 0 && (length(missing) == 0 || !all_listed)) {
    cat("The models agree:", length(ours), "of SIR,", length(theirs), "of R.\n")
} else {
    cat("The models differ.\n")
    cat(paste0("  only SIR: ", setdiff(ours, theirs), "\n", recycle0 = TRUE), sep = "")
    cat(paste0("  only R:   ", missing, "\n", recycle0 = TRUE), sep = "")
}
`, complete)
}

// kindInR is the kind of solution: R has no intermediate one without any
// expectation, which is the conservative one.
func (b *bundle) kindInR() qca.SolutionKind {
	if b.Options.Solution == qca.Intermediate && len(b.Options.Expect) == 0 {
		return qca.Conservative
	}
	return b.Options.Solution
}

func (b *bundle) minimizeArguments() string {
	o, kind := b.Options, b.kindInR()
	explain, include := "1", []string{}
	if o.Contradictions == qca.ContradictionsAsPositive {
		explain = "1, C"
	}
	if kind != qca.Conservative {
		include = append(include, "?")
		if o.Contradictions == qca.ContradictionsAsRemainders {
			include = append(include, "C")
		}
	}
	arguments := fmt.Sprintf(", explain = %s", rText(explain))
	if len(include) > 0 {
		arguments += fmt.Sprintf(", include = %s", rText(strings.Join(include, ", ")))
	}
	if len(o.Expect) > 0 {
		list := make([]string, len(o.Expect))
		for i, t := range o.Expect {
			list[i] = rText(b.renamed(qca.Expression{t}).String())
		}
		arguments += ",\n    dir.exp = c(" + strings.Join(list, ", ") + ")"
	}
	if kind != qca.Conservative && len(b.settings.Conditions) <= maxExhaustive {
		arguments += ", method = \"eQMC\""
	}
	if o.RowDominance {
		arguments += ", row.dom = TRUE"
	}
	if o.AllModels {
		arguments += ", all.sol = TRUE"
	}
	return arguments
}

func (b *bundle) necessityInR(s *strings.Builder) {
	n := b.Necessity
	fmt.Fprintf(s, "for (condition in trimws(strsplit(%s, \",\")[[1]])) {\n", rText(b.rConditions()))
	fmt.Fprintf(s, "    print(pof(condition, outcome = %s, data = cases, relation = \"necessity\"))\n}\n", rText(b.rOutcome()))
	fmt.Fprintf(s, "print(superSubset(cases, outcome = %s, conditions = %s,\n    relation = \"necessity\", incl.cut = %s, ron.cut = %s",
		rText(b.rOutcome()), rText(b.rConditions()), number(n.Inclusion), number(n.Relevance))
	if n.MaxLiterals > 0 {
		fmt.Fprintf(s, ", depth = %d", n.MaxLiterals)
	}
	s.WriteString("))\n")
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// rText is a string constant of R. What it is given is names and operators.
func rText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
