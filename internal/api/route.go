package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sir/internal/fault"
	"sir/internal/policy"
)

// serve answers one operation to an actor.
type serve[I, O any] func(ctx context.Context, actor policy.Actor, in *I) (*O, error)

// The most that a body may hold, in bytes.
const (
	mostJSON  = 4 << 20
	mostDHIS2 = 16 << 20
)

// add declares an operation. id names it in the document.
func add[I, O any](a *API, to huma.API, op huma.Operation, action policy.Action, answer serve[I, O]) {
	op.Path = Prefix + op.Path
	op.Errors = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests}
	if op.BodyReadTimeout == 0 {
		op.BodyReadTimeout = 20 * time.Second
	}
	a.routes = append(a.routes, Route{op.Method, op.Path, op.Summary, action})
	huma.Register(to, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := guarded(ctx, action, in, answer)
		if err != nil {
			return nil, problem(ctx, veil(ctx, op.Path, action, err))
		}
		return out, nil
	})
}

// guarded refuses who could not do the action to anything before the use case
// is asked about the very object.
func guarded[I, O any](ctx context.Context, action policy.Action, in *I, answer serve[I, O]) (*O, error) {
	actor := policy.Nobody
	if asked := askedIn(ctx); asked != nil {
		actor = asked.actor
	}
	if !policy.Can(actor, action) {
		return nil, policy.Allow(actor, action, policy.Object{})
	}
	return answer(ctx, actor, in)
}

// veil gives one answer to what is not there and to what is closed, where the
// action reaches only some things for the actor: guessed codes teach nothing.
func veil(ctx context.Context, path string, action policy.Action, err error) error {
	hidden := errors.Is(err, fault.ErrForbidden) || errors.Is(err, fault.ErrNotFound)
	if !hidden || !strings.Contains(path, "{") || policy.ReachOf(askedIn(ctx).actor, action).Has(policy.Everything) {
		return err
	}
	return errors.Join(fault.Forbidden("There is nothing at this address that your roles let you see. Check the codes, or ask an administrator if you need it for your work."), err)
}

// get is an operation that reads.
func get(path, id, tag, summary, description string) huma.Operation {
	return huma.Operation{Method: http.MethodGet, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary, Description: description}
}

// register declares every operation of the API.
func (a *API) register(to huma.API) {
	a.serveDocument()
	add(a, to, get("/programmes", "listProgrammes", "Programmes", "List programmes",
		"Those whose adoption you may see at least as a total."), policy.ViewPublishedRates, a.programmes)
	add(a, to, get("/programmes/{programme}", "getProgramme", "Programmes", "Read a programme",
		"With its measures, their levels, and its collections."), policy.ViewPublishedRates, a.programme)
	add(a, to, get("/programmes/{programme}/measures", "listMeasures", "Programmes", "List measures",
		"What sites report, with the levels of each measure that has levels."), policy.ViewPublishedRates, a.measures)
	add(a, to, get("/programmes/{programme}/rates", "listRates", "Rates", "List rates",
		"Rates with their parts, by period and unit: the whole programme (unit *), and the units that you may see."), policy.ViewPublishedRates, a.rates)
	add(a, to, get("/programmes/{programme}/targets", "listTargets", "Rates", "List targets",
		"Targets and trajectories of every measure: the national ones, and those of the members that you may see. Also those withdrawn."),
		policy.ViewTotalRate, a.targets)
	add(a, to, get("/programmes/{programme}/collections", "listCollections", "Returns", "List collections",
		"A collection is what a programme asks its sites for at one rhythm."), policy.ViewPublishedRates, a.collections)
	add(a, to, get("/programmes/{programme}/collections/{collection}", "getCollection", "Returns", "Read a collection",
		"With the periods that have ended. Its ETag can be sent as If-Match with a sending."), policy.ViewPublishedRates, a.collection)
	add(a, to, get("/programmes/{programme}/collections/{collection}/returns", "getReturnStatus", "Returns", "Read how returns came",
		"Counts for the programme and each member that you may see, and what is missing or late of the sites that you may see."), policy.ViewTotalRate, a.returns)
	add(a, to, get("/programmes/{programme}/collections/{collection}/observations", "listObservations", "Returns", "List observations",
		"Values of the sites that you may see, by period, measure and site. A page holds while others send."), policy.ViewSiteLevels, a.observations)
	add(a, to, post("/programmes/{programme}/collections/{collection}/returns", "sendReturns", "Returns", "Send returns",
		"Takes all values or none. Sending the same again changes nothing, so that it is safe to repeat a sending whose answer was lost.", mostJSON),
		policy.SubmitReturns, a.sendReturns)
	add(a, to, asDHIS2(post("/programmes/{programme}/collections/{collection}/dataValueSets", "sendDataValueSet", "Returns", "Send a DHIS2 data value set",
		"Data elements go by the codes of measures, organisation units by those of sites. All values are taken or none.", mostDHIS2)),
		policy.SubmitReturns, a.sendDataValueSet)
	describeDHIS2(to)
	add(a, to, get("/organisations", "listOrganisations", "Organisations", "List organisations, areas and sites as at a day",
		"By code, with what each belonged to on that day."), policy.ViewOrganisations, a.organisations)
}

// post is an operation that sends a body of at most so many bytes.
func post(path, id, tag, summary, description string, most int64) huma.Operation {
	op := get(path, id, tag, summary, description)
	op.Method, op.MaxBodyBytes, op.DefaultStatus = http.MethodPost, most, http.StatusOK
	return op
}
