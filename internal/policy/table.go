package policy

import (
	"maps"
	"slices"
)

// Action names what a use case or a page does.
type Action string

// The actions.
const (
	SignIn              Action = "session.sign-in"
	SignOut             Action = "session.sign-out"
	ViewHealth          Action = "health.view"
	ViewHome            Action = "home.view"
	ChangeOwnPassword   Action = "account.change-own-password"
	SignOutEverywhere   Action = "account.sign-out-everywhere"
	ViewShelves         Action = "shelves.view"
	Search              Action = "search.use"
	ViewMembers         Action = "members.view"
	ViewPublishedRates  Action = "adoption.view-published"
	ViewTotalRate       Action = "adoption.view-total"
	ViewMemberRates     Action = "adoption.view-members"
	ViewSiteLevels      Action = "adoption.view-sites"
	SubmitReturns       Action = "returns.submit"
	ApproveReturns      Action = "returns.approve"
	ReopenReturns       Action = "returns.reopen"
	RestateReturns      Action = "returns.restate"
	ChangeMeasures      Action = "measures.change"
	SetNationalTarget   Action = "target.set-national"
	SetLocalTarget      Action = "target.set-local"
	ViewImprovement     Action = "improvement.view"
	WorkOnImprovement   Action = "improvement.work"
	ViewOrganisations   Action = "organisations.view"
	ImportOrganisations Action = "organisations.import"
	ManageTokens        Action = "tokens.manage"
	ViewRollouts        Action = "rollout.view"
	ChangeRollout       Action = "rollout.change"
	ChangeRolloutState  Action = "rollout.change-state"
	ViewProgrammes      Action = "programme.view"
	ChangeProgramme     Action = "programme.change"
	ViewInnovations     Action = "innovation.view"
	AddInnovation       Action = "innovation.add"
	ChangeInnovation    Action = "innovation.change"
	WriteNarratives     Action = "innovation.narrate"
	ViewJudgement       Action = "innovation.view-judgement"
	ChangeAlternatives  Action = "innovation.change-alternatives"
	RecordPanel         Action = "innovation.record-panel"
	ViewLevers          Action = "lever.view"
	ChangeLevers        Action = "lever.change"
	ViewLeverEffects    Action = "lever.view-effects"
	AssessLevers        Action = "lever.assess"
	DecideOnLevers      Action = "lever.decide"
	RequestEndorsement  Action = "lever.request-endorsement"
	ViewCases           Action = "cases.view"
	ViewAccounts        Action = "account.view"
	AddAccount          Action = "account.add"
	DisableAccount      Action = "account.disable"
	EnableAccount       Action = "account.enable"
	ViewAudit           Action = "audit.view"
	ViewSettings        Action = "settings.view"
	ChangeSettings      Action = "settings.change"
	LoadDemo            Action = "database.load-demo"
)

// rule says who may do an action. words finish the sentence "Your role does
// not let you ...". public is open to visitors; everyone is what each
// signed-in person has, whatever their roles.
type rule struct {
	words    string
	public   bool
	everyone Reach
	roles    map[Role]Reach
}

// networkStaff are the roles that work across the members and may see what
// is open within the network.
func networkStaff() map[Role]Reach {
	return map[Role]Reach{
		SpreadManager: Everything, ProgrammeLead: Everything, Evaluator: Everything, SeniorManager: Everything,
		Communications: Everything, Analyst: Everything, InsightReviewer: Everything,
	}
}

// with answers roles with some of them set otherwise.
func with(roles, others map[Role]Reach) map[Role]Reach {
	for role, reach := range others {
		roles[role] = reach
	}
	return roles
}

// table is the whole policy. An action that stands in no row is closed to
// everybody but the system. Administrators see no content by default.
var table = map[Action]rule{
	SignIn:     {words: "sign in", public: true},
	ViewHealth: {words: "see whether the service is up", public: true},

	SignOut:           {words: "sign out", everyone: Everything},
	ViewHome:          {words: "see the home page", everyone: Everything},
	ChangeOwnPassword: {words: "change this password", everyone: OwnAccount},
	SignOutEverywhere: {words: "sign this account out", everyone: OwnAccount},

	ViewShelves:        {words: "see the reference shelves", everyone: Everything},
	Search:             {words: "search", everyone: Everything},
	ViewMembers:        {words: "see the members", everyone: Everything},
	ViewPublishedRates: {words: "see published adoption figures", everyone: Everything},

	// A site champion sees how the programme does as a whole; an innovator
	// sees the totals of their own innovation and no member's.
	ViewTotalRate: {
		words: "see this programme's adoption",
		roles: with(networkStaff(), map[Role]Reach{SiteChampion: OwnProgramme, Innovator: OwnInnovation}),
	},
	// An analyst measures for their own member or programme, and sees no other.
	ViewMemberRates: {
		words: "see adoption by member",
		roles: with(networkStaff(), map[Role]Reach{Analyst: OwnMember | OwnProgramme}),
	},
	ViewSiteLevels: {
		words: "see adoption by site",
		roles: map[Role]Reach{
			SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnProgramme,
			Analyst: OwnMember | OwnProgramme, SiteChampion: OwnSite,
		},
	},
	SubmitReturns: {
		words: "send returns",
		roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme, SiteChampion: OwnSite},
	},
	ApproveReturns: {
		words: "approve returns",
		roles: map[Role]Reach{SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme},
	},
	ReopenReturns: {
		words: "open approved returns again",
		roles: map[Role]Reach{SeniorManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme},
	},
	RestateReturns: {
		words: "restate approved figures",
		roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme},
	},
	ChangeMeasures:    {words: "change what a programme measures", roles: map[Role]Reach{ProgrammeLead: OwnProgramme, Analyst: OwnProgramme}},
	SetNationalTarget: {words: "set a national target", roles: map[Role]Reach{ProgrammeLead: OwnProgramme}},
	SetLocalTarget: {
		words: "set a target for this member",
		roles: map[Role]Reach{SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnProgramme},
	},

	// Tests of changes are notes of those who make them: others see the
	// adoption that came of it.
	ViewImprovement: {
		words: "see improvement work",
		roles: map[Role]Reach{
			SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme, SiteChampion: OwnSite,
		},
	},
	WorkOnImprovement: {
		words: "change improvement work",
		roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnProgramme, Analyst: OwnMember | OwnProgramme},
	},

	ViewOrganisations:   {words: "see organisations and areas", everyone: Everything},
	ImportOrganisations: {words: "import organisations", roles: map[Role]Reach{InstanceAdmin: Everything}},
	ManageTokens:        {words: "manage the keys of this account", everyone: OwnAccount},
	ViewRollouts: {
		words: "see rollouts",
		roles: map[Role]Reach{
			SpreadManager: Everything, Communications: Everything, ProgrammeLead: OwnProgramme,
			SeniorManager: OwnMember, Analyst: OwnMember | OwnProgramme,
		},
	},
	// Who leads a programme sees its rollouts; each network runs its own.
	ChangeRollout: {words: "change this rollout", roles: map[Role]Reach{SpreadManager: OwnMember}},
	ChangeRolloutState: {
		words: "change the state of this rollout", roles: map[Role]Reach{SpreadManager: OwnMember, SeniorManager: OwnMember},
	},
	ViewProgrammes:  {words: "see programmes", roles: networkStaff()},
	ChangeProgramme: {words: "change this programme", roles: map[Role]Reach{ProgrammeLead: OwnProgramme}},
	// The register is about public facts and serves all programmes; what a lever
	// does to one is a note of those who run it.
	ViewLevers:   {words: "see levers", roles: networkStaff()},
	ChangeLevers: {words: "change levers", roles: map[Role]Reach{ProgrammeLead: Everything}},
	ViewLeverEffects: {
		words: "see what levers do to this programme",
		roles: map[Role]Reach{
			SpreadManager: Everything, ProgrammeLead: OwnProgramme, SeniorManager: OwnMember, Analyst: OwnMember | OwnProgramme,
		},
	},
	AssessLevers: {words: "check levers for this programme", roles: map[Role]Reach{ProgrammeLead: OwnProgramme}},
	DecideOnLevers: {
		words: "decide what a changed lever means for this rollout",
		roles: map[Role]Reach{SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnProgramme},
	},
	RequestEndorsement: {words: "ask for endorsements of this programme", roles: map[Role]Reach{ProgrammeLead: OwnProgramme}},

	// An innovator sees and changes their own innovation, but neither what
	// others supply in its stead nor what a panel said among itself.
	ViewInnovations: {words: "see innovations", roles: with(networkStaff(), map[Role]Reach{Innovator: OwnInnovation})},
	AddInnovation:   {words: "add an innovation", roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnMember}},
	ChangeInnovation: {
		words: "change this innovation",
		roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnMember | OwnProgramme, Innovator: OwnInnovation},
	},
	WriteNarratives: {
		words: "write what is said about this innovation",
		roles: map[Role]Reach{
			SpreadManager: OwnMember, ProgrammeLead: OwnMember | OwnProgramme, Innovator: OwnInnovation, Communications: OwnMember | OwnProgramme,
		},
	},
	ViewJudgement: {words: "see alternatives to innovations and what panels decided", roles: networkStaff()},
	ChangeAlternatives: {
		words: "change the alternatives to this innovation", roles: map[Role]Reach{SpreadManager: OwnMember, ProgrammeLead: OwnMember | OwnProgramme},
	},
	RecordPanel: {
		words: "record what a panel decided",
		roles: map[Role]Reach{SpreadManager: OwnMember, SeniorManager: OwnMember, ProgrammeLead: OwnMember | OwnProgramme},
	},
	ViewCases: {words: "see case tables and their analyses", roles: networkStaff()},

	ViewAccounts:   {words: "see accounts", roles: map[Role]Reach{MemberAdmin: OwnMember, InstanceAdmin: Everything}},
	AddAccount:     {words: "add an account", roles: map[Role]Reach{MemberAdmin: OwnMember, InstanceAdmin: Everything}},
	DisableAccount: {words: "disable an account", roles: map[Role]Reach{MemberAdmin: OwnMember, InstanceAdmin: Everything}},
	EnableAccount:  {words: "enable an account", roles: map[Role]Reach{MemberAdmin: OwnMember, InstanceAdmin: Everything}},
	ViewAudit:      {words: "see the audit trail", roles: map[Role]Reach{InstanceAdmin: Everything}},
	ViewSettings:   {words: "see the settings", roles: map[Role]Reach{InstanceAdmin: Everything}},
	ChangeSettings: {words: "change the settings", roles: map[Role]Reach{InstanceAdmin: Everything}},

	// Only from the command line.
	LoadDemo: {words: "load the demonstration data"},
}

// Known tells whether the action has a row in the table.
func Known(action Action) bool {
	_, ok := table[action]
	return ok
}

// Actions lists every action, by name.
func Actions() []Action {
	return slices.Sorted(maps.Keys(table))
}
