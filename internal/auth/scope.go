package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/fault"
	"sir/internal/policy"
)

// Scope names what a role is held for by the codes that people use; empty
// where it does not apply.
type Scope struct {
	Member     string
	Programme  string
	Site       string
	Innovation string
}

// Resolve turns codes into a grant without a role. A code that names nothing
// is ErrInvalid.
func (s *Service) Resolve(ctx context.Context, scope Scope) (policy.Grant, error) {
	var grant policy.Grant
	for _, part := range []struct {
		kind, code, query string
		id                *string
	}{
		{"member", scope.Member, `SELECT id FROM unit WHERE kind = 'member' AND code = $1`, &grant.Member},
		{"programme", scope.Programme, `SELECT id FROM programme WHERE code = $1`, &grant.Programme},
		{"site", scope.Site, `SELECT id FROM site WHERE code = $1`, &grant.Site},
		{"innovation", scope.Innovation, `SELECT id FROM innovation WHERE code = $1`, &grant.Innovation},
	} {
		if part.code == "" {
			continue
		}
		err := s.desk.DB.Row(ctx, part.query, part.code).Scan(part.id)
		if errors.Is(err, sql.ErrNoRows) {
			return policy.Grant{}, fault.Invalid("There is no %s with the code %q.", part.kind, part.code)
		}
		if err != nil {
			return policy.Grant{}, fmt.Errorf("look up %s: %w", part.kind, err)
		}
	}
	return grant, nil
}
