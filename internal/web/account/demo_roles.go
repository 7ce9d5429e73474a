package account

import (
	"strings"

	"sir/internal/policy"
	"sir/internal/web/ui"
)

// abouts says in one sentence what each role does here.
var abouts = map[policy.Role]string{
	policy.SpreadManager:   "Plans and runs rollouts for one network.",
	policy.ProgrammeLead:   "Leads one programme across all networks.",
	policy.Evaluator:       "Explains across cases why spread worked.",
	policy.SeniorManager:   "Oversees the work of one network.",
	policy.SiteChampion:    "Speaks for the innovation at one site.",
	policy.Innovator:       "Supplies the innovation, and sees its totals.",
	policy.Communications:  "Tells the story to each audience.",
	policy.Analyst:         "Looks after measures and returns.",
	policy.InsightReviewer: "Approves what is published as an insight.",
	policy.MemberAdmin:     "Looks after the accounts of one network.",
	policy.InstanceAdmin:   "Looks after this service, without seeing content.",
}

func demoRoles() []ui.DemoRole {
	roles := make([]ui.DemoRole, len(policy.Roles))
	for i, role := range policy.Roles {
		roles[i] = ui.DemoRole{Value: string(role), Label: capitalise(string(role)), About: abouts[role]}
	}
	return roles
}

func capitalise(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
