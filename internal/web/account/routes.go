// Package account has the pages for signing in and out and for one's own
// account.
package account

import (
	"sir/internal/auth"
	"sir/internal/policy"
	"sir/internal/web/shell"
)

// pages holds what the handlers need.
type pages struct {
	auth *auth.Service
	demo bool
}

// Routes answers the routes of this package. demo offers a sign-in button for
// each role, whose accounts have no password to change.
func Routes(service *auth.Service, demo bool) []shell.Route {
	p := pages{service, demo}
	routes := []shell.Route{
		{Method: "GET", Pattern: "/sign-in", Action: policy.SignIn, Serve: p.showSignIn},
		{Method: "POST", Pattern: "/sign-in", Action: policy.SignIn, Serve: p.signIn},
		{Method: "POST", Pattern: "/sign-out", Action: policy.SignOut, Serve: p.signOut},
		{Method: "GET", Pattern: "/account", Action: policy.ChangeOwnPassword, Serve: p.show},
		{Method: "POST", Pattern: "/account/sign-out-everywhere", Action: policy.SignOutEverywhere, Serve: p.signOutEverywhere},
		{Method: "POST", Pattern: keysPath, Action: policy.ManageTokens, Serve: p.makeKey},
		{Method: "POST", Pattern: keysPath + "/revoke", Action: policy.ManageTokens, Serve: p.revokeKey},
		{Method: "GET", Pattern: keysPath, Action: policy.ViewAccounts, Serve: p.showAllKeys},
	}
	if demo {
		return append(routes, shell.Route{Method: "POST", Pattern: "/sign-in/demo", Action: policy.SignIn, Serve: p.signInDemo})
	}
	return append(routes, shell.Route{Method: "POST", Pattern: "/account/password", Action: policy.ChangeOwnPassword, Serve: p.changePassword})
}
