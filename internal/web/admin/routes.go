// Package admin has the pages of those who look after the service: the audit
// trail, the accounts and the settings.
package admin

import (
	"sir/internal/app"
	"sir/internal/policy"
	"sir/internal/web/shell"
)

type pages struct{ app *app.App }

// Routes answers the routes of this package.
func Routes(a *app.App) []shell.Route {
	p := pages{a}
	return []shell.Route{
		{Method: "GET", Pattern: "/admin/audit", Action: policy.ViewAudit, Serve: p.showAudit},
		{Method: "GET", Pattern: "/admin/audit.csv", Action: policy.ViewAudit, Serve: p.downloadAudit},
		{Method: "GET", Pattern: "/admin/accounts", Action: policy.ViewAccounts, Serve: p.showAccounts},
		{Method: "GET", Pattern: "/admin/accounts/add", Action: policy.AddAccount, Serve: p.showAddAccount},
		{Method: "POST", Pattern: "/admin/accounts/add", Action: policy.AddAccount, Serve: p.addAccount},
		{Method: "GET", Pattern: "/admin/accounts/{account}/disable", Action: policy.DisableAccount, Serve: p.askToDisable},
		{Method: "POST", Pattern: "/admin/accounts/disable", Action: policy.DisableAccount, Serve: p.disableAccount},
		{Method: "POST", Pattern: "/admin/accounts/enable", Action: policy.EnableAccount, Serve: p.enableAccount},
		{Method: "GET", Pattern: "/admin/settings", Action: policy.ViewSettings, Serve: p.showSettings},
		{Method: "POST", Pattern: "/admin/settings", Action: policy.ChangeSettings, Serve: p.chooseTerms},
		{Method: "POST", Pattern: "/admin/settings/chart-rules", Action: policy.ChangeSettings, Serve: p.chooseRules},
	}
}
