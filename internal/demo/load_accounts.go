package demo

import (
	"context"
	"strings"

	"sir/internal/policy"
)

// loadAccounts makes one account a role, held for the made-up programme, one
// of its members and one of its sites.
func (l *loader) loadAccounts(ctx context.Context) error {
	for _, role := range policy.Roles {
		grant := l.scope
		grant.Role = role
		name := "Demo " + strings.ToLower(string(role))
		if _, err := l.app.Auth.AddDemo(ctx, l.actor, name, grant); err != nil {
			return err
		}
	}
	return nil
}
