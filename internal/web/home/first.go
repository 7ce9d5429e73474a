package home

import (
	"slices"

	"sir/internal/policy"
	"sir/internal/web/ui"
)

// first is where somebody in a role begins. Action is what the page they are
// led to asks for.
type first struct {
	action policy.Action
	link   ui.ActionLink
}

// firsts say for each role what to do first.
var firsts = map[policy.Role][]first{
	policy.SpreadManager: {
		{policy.ViewRollouts, ui.ActionLink{Text: "See how the rollouts go", Href: ui.DoPath}},
		{policy.ViewShelves, ui.ActionLink{Text: "Choose an approach", Href: "/shelves/approaches"}},
	},
	policy.ProgrammeLead:   {{policy.ViewTotalRate, ui.ActionLink{Text: "See adoption in your programme", Href: ui.MeasurePath}}},
	policy.Evaluator:       {{policy.ViewCases, ui.ActionLink{Text: "Compare cases", Href: ui.ExplainPath}}},
	policy.SeniorManager:   {{policy.ViewRollouts, ui.ActionLink{Text: "See how your rollouts go", Href: ui.DoPath}}},
	policy.SiteChampion:    {{policy.ViewTotalRate, ui.ActionLink{Text: "See how your programme does", Href: ui.MeasurePath}}},
	policy.Innovator:       {{policy.ViewTotalRate, ui.ActionLink{Text: "See how your innovation spreads", Href: ui.MeasurePath}}},
	policy.Communications:  {{policy.ViewShelves, ui.ActionLink{Text: "Read what was learnt", Href: ui.SharePath}}},
	policy.Analyst:         {{policy.ViewMemberRates, ui.ActionLink{Text: "Check the adoption rates", Href: ui.MeasurePath}}},
	policy.InsightReviewer: {{policy.ViewCases, ui.ActionLink{Text: "Check the analyses", Href: ui.ExplainPath}}},
	policy.MemberAdmin:     {{policy.ViewAccounts, ui.ActionLink{Text: "Look after accounts", Href: "/admin/accounts"}}},
	policy.InstanceAdmin: {
		{policy.ViewAudit, ui.ActionLink{Text: "Read the audit trail", Href: "/admin/audit"}},
		{policy.ViewSettings, ui.ActionLink{Text: "Look at the settings", Href: "/admin/settings"}},
	},
}

// firstFor answers what the actor can do first, for all of their roles.
func firstFor(actor policy.Actor) []ui.ActionLink {
	var links []ui.ActionLink
	for _, role := range actor.Roles() {
		for _, f := range firsts[role] {
			led := slices.ContainsFunc(links, func(l ui.ActionLink) bool { return l.Href == f.link.Href })
			if !led && policy.Can(actor, f.action) {
				links = append(links, f.link)
			}
		}
	}
	if len(links) == 0 {
		links = append(links, ui.ActionLink{Text: "Browse the reference shelves", Href: "/shelves"})
	}
	return links
}
