package auth

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sir/internal/fault"
	"sir/internal/policy"
)

// Account is somebody who can sign in. Name is what pages show; SignInName is
// what is typed, kept in lower case.
type Account struct {
	ID         string
	SignInName string
	Name       string
	Epoch      int64
	CreatedAt  time.Time
	DisabledAt time.Time // zero while the account may be used
	Grants     []policy.Grant

	passwordHash string
}

// Disabled tells whether the account may no longer sign in.
func (a Account) Disabled() bool { return !a.DisabledAt.IsZero() }

// Actor is the account as policy sees it.
func (a Account) Actor() policy.Actor {
	return policy.Actor{ID: a.ID, Name: a.Name, Grants: a.Grants}
}

// NewAccount is the input for adding an account.
type NewAccount struct {
	SignInName string
	Name       string
	Password   string
	Grants     []policy.Grant
}

var signInNamePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{1,62}[a-z0-9]$`)

// NormaliseSignInName is how sign-in names are compared: without surrounding
// space and in lower case.
func NormaliseSignInName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// check answers an ErrInvalid that names every field that is wrong.
func (n NewAccount) check() error {
	var wrong fault.Fields
	if !signInNamePattern.MatchString(n.SignInName) {
		wrong.Add("sign-in-name", "The sign-in name must be 3 to 64 characters: letters a to z, digits, and . _ @ + - inside it.")
	}
	if message := displayNameFault(n.Name); message != "" {
		wrong.Add("name", "%s", message)
	}
	if message := passwordFault(n.SignInName, n.Password); message != "" {
		wrong.Add("password", "%s", message)
	}
	if len(n.Grants) == 0 {
		wrong.Add("role", "Give the account at least one role.")
	}
	for _, grant := range n.Grants {
		if !knownRole(grant.Role) {
			wrong.Add("role", "There is no role called %q.", grant.Role)
		}
	}
	return wrong.Err()
}

func displayNameFault(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "Enter a name."
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return "The name contains a character that cannot be used."
	case utf8.RuneCountInString(name) > 100:
		return "The name must be 100 characters or fewer."
	}
	return ""
}

func knownRole(role policy.Role) bool {
	for _, known := range policy.Roles {
		if role == known {
			return true
		}
	}
	return false
}
