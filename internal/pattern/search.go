package pattern

import (
	"context"
	"fmt"
	"strings"

	"sir/internal/db"
	"sir/internal/policy"
)

// FoundCondition is a condition, or the outcome, of a case table.
type FoundCondition struct {
	SetCode, SetTitle string
	Name, Label       string
	OneMeans          string
}

// SearchConditions answers the conditions whose name, label or "1 means" hold
// every one of the words, which are in lower case, by table and in its order.
// Who may not view cases finds none.
func (s *Service) SearchConditions(ctx context.Context, actor policy.Actor, words []string, limit int) ([]FoundCondition, error) {
	if len(words) == 0 || !policy.Can(actor, policy.ViewCases) {
		return nil, nil // a search over everything is no attempt to see cases
	}
	if err := s.desk.Read(ctx, actor, policy.ViewCases, policy.Object{}); err != nil {
		return nil, err
	}
	condition, args := holdingAll(words)
	found, err := db.List(ctx, s.desk.DB, func(row db.Scanner) (FoundCondition, error) {
		var f FoundCondition
		err := row.Scan(&f.SetCode, &f.SetTitle, &f.Name, &f.Label, &f.OneMeans)
		return f, err
	}, `SELECT s.code, s.title, c.name, c.label, c.one_means
		FROM case_condition c JOIN case_set s ON s.id = c.case_set_id
		WHERE `+condition+` ORDER BY s.title, s.code, c.place LIMIT $1`, append([]any{limit}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("search the conditions: %w", err)
	}
	return found, nil
}

// holdingAll builds a condition that every word must meet; the words themselves
// travel as arguments, from $2 on.
func holdingAll(words []string) (condition string, args []any) {
	literally := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	parts := make([]string, len(words))
	for i, word := range words {
		parts[i] = fmt.Sprintf(`lower(c.name || ' ' || c.label || ' ' || c.one_means) LIKE $%d ESCAPE '\'`, i+2)
		args = append(args, "%"+literally.Replace(word)+"%")
	}
	return strings.Join(parts, " AND "), args
}
