// Package policy decides who may do what to what: one table (table.go), one
// function. Every use case asks it; nothing else decides.
//
// A person holds grants. A grant is a role, and what the role is held for: a
// member, a programme, a site or an innovation. The table says for each
// action how far each role reaches.
package policy

import (
	"slices"
	"strings"

	"sir/internal/fault"
)

// Role is what a person does in the network (INVENTORY 6.4 names them).
type Role string

// The roles.
const (
	SpreadManager   Role = "spread manager"
	ProgrammeLead   Role = "programme lead"
	Evaluator       Role = "evaluator"
	SeniorManager   Role = "senior manager"
	SiteChampion    Role = "site champion"
	Innovator       Role = "innovator"
	Communications  Role = "communications"
	Analyst         Role = "analyst"
	InsightReviewer Role = "insight reviewer"
	MemberAdmin     Role = "member administrator"
	InstanceAdmin   Role = "instance administrator"
)

// Roles lists every role, in the order in which pages show them.
var Roles = []Role{
	SpreadManager, ProgrammeLead, Evaluator, SeniorManager, SiteChampion, Innovator,
	Communications, Analyst, InsightReviewer, MemberAdmin, InstanceAdmin,
}

// Reach is how far a role reaches for an action: a set of the things it may be
// held for, or Everything.
type Reach uint8

// The reaches. OwnAccount is what every signed-in person has over themselves.
const (
	OwnAccount Reach = 1 << iota
	OwnSite
	OwnInnovation
	OwnProgramme
	OwnMember
	Everything

	Nothing Reach = 0
)

var reachNames = []struct {
	reach Reach
	name  string
}{
	{OwnAccount, "own account"},
	{OwnSite, "own site"},
	{OwnInnovation, "own innovation"},
	{OwnProgramme, "own programme"},
	{OwnMember, "own member"},
	{Everything, "everything"},
}

func (r Reach) String() string {
	var names []string
	for _, n := range reachNames {
		if r&n.reach != 0 {
			names = append(names, n.name)
		}
	}
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, " or ")
}

// Has tells whether r takes in all of the other reach.
func (r Reach) Has(other Reach) bool { return r&other == other }

// Grant is one role of one person. The ids say what it is held for; empty
// where it does not apply.
type Grant struct {
	Role       Role
	Member     string
	Programme  string
	Site       string
	Innovation string
}

// Actor is who asks: a signed-in person, or the system itself.
type Actor struct {
	ID     string
	Name   string
	Grants []Grant
	system bool
}

// Nobody is a visitor who has not signed in.
var Nobody = Actor{Name: "not signed in"}

// System is SIR itself, run from the command line by whoever may read the
// database file. It may do everything, and the audit trail says so.
func System(name string) Actor { return Actor{ID: "system", Name: name, system: true} }

// SignedIn tells whether there is a person (or the system) behind the actor.
func (a Actor) SignedIn() bool { return a.ID != "" }

// IsSystem tells whether the actor is SIR itself.
func (a Actor) IsSystem() bool { return a.system }

// Roles lists the actor's roles, each once, in the order of Roles.
func (a Actor) Roles() []Role {
	var held []Role
	for _, role := range Roles {
		if slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role }) {
			held = append(held, role)
		}
	}
	return held
}

// Object is what an action is done to. Only the ids that the caller knows
// need be given; an empty id matches no narrower reach than Everything.
type Object struct {
	Account    string
	Member     string
	Programme  string
	Site       string
	Innovation string
}

// Allow answers nil when the actor may do the action to the object, else an
// ErrSignedOut or ErrForbidden that may be shown.
func Allow(actor Actor, action Action, object Object) error {
	if actor.system || isPublic(action) {
		return nil
	}
	if !actor.SignedIn() {
		return fault.SignedOut("Sign in to see this page.")
	}
	if table[action].everyone.covers(actor, Grant{}, object) {
		return nil
	}
	for _, grant := range actor.Grants {
		if reach(action, grant.Role).covers(actor, grant, object) {
			return nil
		}
	}
	return fault.Forbidden("Your role does not let you %s. Ask an administrator if you need this.", table[action].words)
}

// ReachOf answers all the reaches that the actor has for the action, over
// anything at all: Nothing when the action is closed to them. Lists use it to
// decide between showing all and showing what the grants name.
func ReachOf(actor Actor, action Action) Reach {
	if actor.system || isPublic(action) {
		return Everything
	}
	if !actor.SignedIn() {
		return Nothing
	}
	all := table[action].everyone
	for _, grant := range actor.Grants {
		all |= reach(action, grant.Role)
	}
	return all
}

// Can tells whether the actor could do the action to anything; menus use it.
func Can(actor Actor, action Action) bool { return ReachOf(actor, action) != Nothing }

func reach(action Action, role Role) Reach { return table[action].roles[role] }

func isPublic(action Action) bool { return table[action].public }

// covers tells whether a reach, held through a grant, takes in the object.
func (r Reach) covers(actor Actor, grant Grant, object Object) bool {
	owns := func(reach Reach, held, wanted string) bool {
		return r.Has(reach) && held != "" && held == wanted
	}
	return r.Has(Everything) ||
		owns(OwnMember, grant.Member, object.Member) ||
		owns(OwnProgramme, grant.Programme, object.Programme) ||
		owns(OwnInnovation, grant.Innovation, object.Innovation) ||
		owns(OwnSite, grant.Site, object.Site) ||
		owns(OwnAccount, actor.ID, object.Account)
}

// String names the object for the audit trail, as kind and id.
func (o Object) String() string {
	switch {
	case o.Account != "":
		return "account " + o.Account
	case o.Site != "":
		return "site " + o.Site
	case o.Member != "":
		return "member " + o.Member
	case o.Programme != "":
		return "programme " + o.Programme
	case o.Innovation != "":
		return "innovation " + o.Innovation
	default:
		return ""
	}
}
