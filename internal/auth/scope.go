package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

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

// Resolve turns codes into a grant without a role. ErrInvalid names each code
// that names nothing; and a site that is not the member's today, as if it were
// not there.
func (s *Service) Resolve(ctx context.Context, scope Scope) (policy.Grant, error) {
	var grant policy.Grant
	var wrong fault.Fields
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
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return policy.Grant{}, fmt.Errorf("look up %s: %w", part.kind, err)
		}
		if err == nil && part.kind == "site" && scope.Member != "" {
			member, err := s.memberOf(ctx, grant.Site)
			if err != nil {
				return policy.Grant{}, err
			}
			if member != grant.Member {
				*part.id = ""
			}
		}
		if *part.id == "" {
			wrong.Add(part.kind, "There is no %s with the code %q%s.", part.kind, part.code, ofMember(part.kind, scope))
		}
	}
	if err := wrong.Err(); err != nil {
		return policy.Grant{}, err
	}
	return grant, nil
}

func ofMember(kind string, scope Scope) string {
	if kind == "site" && scope.Member != "" {
		return " of this member"
	}
	return ""
}

// memberOf answers the id of the member that a site belongs to today, through
// whatever lies between; "" where it belongs to none.
func (s *Service) memberOf(ctx context.Context, siteID string) (string, error) {
	var member string
	err := s.desk.DB.Row(ctx, `
		SELECT min(u.id) FROM site s
		JOIN placement p ON p.site_key = s.key AND p.current AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > $2)
		JOIN placement_unit pu ON pu.placement_key = p.key
		JOIN unit u ON u.key = pu.unit_key AND u.kind = 'member'
		WHERE s.id = $1 HAVING count(*) = 1`, siteID, s.desk.Now().UTC().Format(time.DateOnly)).Scan(&member)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up the member of a site: %w", err)
	}
	return member, nil
}
