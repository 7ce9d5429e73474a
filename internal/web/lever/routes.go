// Package lever has the pages of levers: the register with its versions, what
// levers do to a programme, decisions after a change, and endorsements.
package lever

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"sir/internal/fault"
	area "sir/internal/lever"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct{ levers *area.Service }

// The addresses, and the patterns that begin with them.
const (
	registerPath   = ui.PlanPath + "/levers"
	decisionsPath  = registerPath + "/decisions"
	leverPath      = registerPath + "/register/"
	programmesPath = registerPath + "/programmes/"

	onePattern       = leverPath + "{lever}"
	programmePattern = programmesPath + "{programme}"
	decisionPattern  = decisionsPath + "/{decision}"
	askedPattern     = programmePattern + "/endorsements/{request}"
)

// Routes answers the routes of this package.
func Routes(levers *area.Service) []shell.Route {
	p := pages{levers}
	return []shell.Route{
		{Method: "GET", Pattern: registerPath, Action: policy.ViewLevers, Serve: p.showRegister},
		{Method: "GET", Pattern: registerPath + "/add", Action: policy.ChangeLevers, Serve: p.showAdd},
		{Method: "POST", Pattern: registerPath + "/add", Action: policy.ChangeLevers, Serve: p.add},
		{Method: "GET", Pattern: onePattern, Action: policy.ViewLevers, Serve: p.showLever},
		{Method: "GET", Pattern: onePattern + "/change", Action: policy.ChangeLevers, Serve: p.showChange},
		{Method: "POST", Pattern: onePattern + "/change", Action: policy.ChangeLevers, Serve: p.change},
		{Method: "GET", Pattern: programmePattern, Action: policy.ViewLeverEffects, Serve: p.showProgramme},
		{Method: "GET", Pattern: programmePattern + "/time-line.svg", Action: policy.ViewLeverEffects, Serve: p.downloadDrawing},
		{Method: "GET", Pattern: programmePattern + "/time-line.csv", Action: policy.ViewLeverEffects, Serve: p.downloadTable},
		{Method: "GET", Pattern: programmePattern + "/check", Action: policy.AssessLevers, Serve: p.showCheck},
		{Method: "POST", Pattern: programmePattern + "/check", Action: policy.AssessLevers, Serve: p.check},
		{Method: "GET", Pattern: programmePattern + "/endorsements/add", Action: policy.RequestEndorsement, Serve: p.showRequest},
		{Method: "POST", Pattern: programmePattern + "/endorsements/add", Action: policy.RequestEndorsement, Serve: p.request},
		{Method: "GET", Pattern: askedPattern, Action: policy.RequestEndorsement, Serve: p.showAnswer},
		{Method: "POST", Pattern: askedPattern, Action: policy.RequestEndorsement, Serve: p.answer},
		{Method: "GET", Pattern: decisionsPath, Action: policy.ViewLeverEffects, Serve: p.showDecisions},
		{Method: "GET", Pattern: decisionPattern, Action: policy.ViewLeverEffects, Serve: p.showDecision},
		{Method: "POST", Pattern: decisionPattern, Action: policy.DecideOnLevers, Serve: p.decide},
	}
}

var (
	atPlan     = []ui.Link{{Text: "Start", Href: "/"}, {Text: "Plan", Href: ui.PlanPath}}
	atRegister = append(atPlan[:2:2], ui.Link{Text: "Levers", Href: registerPath})
)

// below are the breadcrumbs of a page below the register.
func below(links ...ui.Link) []ui.Link { return append(atRegister[:3:3], links...) }

func programmeLink(p rollout.Programme) ui.Link {
	return ui.Link{Text: p.Name, Href: programmesPath + p.Code}
}

// form asks for something and sends it to Action.
type form struct {
	Action, Button string
	Hidden         map[string]string
	Parts          []templ.Component
}

// names are those of the hidden fields, in one order.
func (f form) names() []string { return slices.Sorted(maps.Keys(f.Hidden)) }

// answered tells a form that must be mended from other errors: wrong is what
// to show at its fields.
func answered(err error) (wrong ui.FieldErrors, mend bool) {
	var refused *fault.Error
	if errors.As(err, &refused) && len(refused.Fields) > 0 {
		return shell.FieldErrors(refused), true
	}
	return nil, false
}

// conflicting is what to show where somebody else was faster.
func conflicting(err error) ui.FieldErrors { return ui.FieldErrors{{Message: err.Error()}} }

// statusOf is that of a form with these errors.
func statusOf(wrong ui.FieldErrors) int {
	if wrong == nil {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}
