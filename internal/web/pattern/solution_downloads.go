package pattern

import (
	"strings"

	"sir/internal/exchange"
	"sir/internal/web/shell"
)

// sideRows are the rows of a file that a side contributes.
type sideRows func(s sidePart) [][]any

// downloadSides solves what the address asks for and sends the rows of both
// sides, each with the side's name before it.
func (p pages) downloadSides(r *shell.Request, name string, columns []string, rows sideRows) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	view := solutionsPage{Table: t}
	choice, err := view.choice(r.URL.Query())
	if err != nil {
		return err
	}
	solved, err := t.Solve(r.Context(), choice)
	if err != nil {
		return err
	}
	view.Solved = &solved
	sheet := exchange.Sheet{Columns: append([]string{"outcome"}, columns...)}
	for _, side := range view.sides() {
		for _, row := range rows(side) {
			sheet.Rows = append(sheet.Rows, append([]any{side.Name}, row...))
		}
	}
	return send(r, t, name, sheet)
}

func (p pages) downloadSolutions(r *shell.Request) error {
	columns := []string{
		"formula", "term", "raw_coverage", "unique_coverage", "term_consistency", "solution_coverage", "solution_consistency",
		"assumptions", "published", "cases",
	}
	return p.downloadSides(r, "solutions", columns, func(s sidePart) (rows [][]any) {
		if s.Solution == nil {
			return nil
		}
		for i, m := range s.Solution.Models {
			for _, term := range m.Terms {
				rows = append(rows, []any{
					i + 1, term.Expression.String(), number(term.RawCoverage), number(term.UniqueCoverage), number(term.Inclusion),
					number(m.Coverage), number(m.Inclusion), len(m.SimplifyingAssumptions), s.IsPublished[i], strings.Join(term.Cases, " "),
				})
			}
		}
		return rows
	})
}

func (p pages) downloadAssumptions(r *shell.Request) error {
	return p.downloadSides(r, "assumptions", []string{"formula", "row", "configuration"}, func(s sidePart) (rows [][]any) {
		if s.Solution == nil {
			return nil
		}
		for i, m := range s.Solution.Models {
			terms, _ := s.Assumptions(m, len(m.SimplifyingAssumptions))
			for j, term := range terms {
				rows = append(rows, []any{i + 1, m.SimplifyingAssumptions[j], term.String()})
			}
		}
		return rows
	})
}

func (p pages) downloadPrimeImplicants(r *shell.Request) error {
	return p.downloadSides(r, "prime-implicants", []string{"prime_implicant", "use"}, func(s sidePart) (rows [][]any) {
		if s.Solution == nil {
			return nil
		}
		for _, term := range s.Solution.PrimeImplicants {
			rows = append(rows, []any{term.String(), s.use(term)})
		}
		return rows
	})
}

func (p pages) downloadNecessity(r *shell.Request) error {
	return p.downloadSides(r, "necessity", []string{"condition", "consistency", "coverage", "relevance"}, func(s sidePart) (rows [][]any) {
		for _, n := range s.Necessity {
			rows = append(rows, []any{n.Expression.String(), number(n.Inclusion), number(n.Coverage), number(n.Relevance)})
		}
		return rows
	})
}
