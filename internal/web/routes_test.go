package web_test

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/demo/madeup"
	"sir/internal/policy"
	"sir/internal/web"
	"sir/internal/web/shell"
)

// modes are the two ways in which the service is run; each has a route that the
// other has not.
var modes = map[string]web.Options{"demonstration": {Demo: true}, "in earnest": {Secure: true}}

// Every route names an action that stands in the policy, and no two routes
// are the same.
func TestRoutesHaveAction(t *testing.T) {
	s := open(t, web.Options{})
	for mode, options := range modes {
		seen := map[string]bool{}
		for _, route := range web.Routes(s.app, options.Demo) {
			name := route.Method + " " + route.Pattern
			if !policy.Known(route.Action) {
				t.Errorf("%s: %s names the action %q, which has no row in the policy's table", mode, name, route.Action)
			}
			if route.Method != http.MethodGet && route.Method != http.MethodPost {
				t.Errorf("%s: %s: pages are read with GET and sent with POST", mode, name)
			}
			if seen[name] {
				t.Errorf("%s: %s is there twice", mode, name)
			}
			seen[name] = true
		}
	}
}

// example is one request that the matrix makes of a route.
type example struct {
	address string
	form    url.Values // for a POST
}

func (e example) String() string {
	if len(e.form) == 0 {
		return e.address
	}
	return e.address + " " + e.form.Encode()
}

// wildcards are what stands for each wildcard of a pattern: what the
// demonstration's roles hold, what others hold, and what is not there.
func wildcards(t *testing.T, s *site) map[string][]string {
	t.Helper()
	own := s.sitesOf(t, ownMember)
	return map[string][]string{
		"programme": {"tcam", madeUp, "no-such"},
		"member":    {ownMember, otherMember, "oxford", "no-such"},
		"unit":      {ownMember, otherMember, "oxford", "no-such"},
		"site":      {ownSite, own[len(own)-1].Code, s.foreignSite(t), "no-such"},
		"set":       {"tcam", "no-such"},
		"shelf":     {"factors", "no-such"},
		"code":      {"S1", "MU-R1", "no-such"},
		"account":   {"own-analyst", "other-analyst", "no-such"},
		"driver":    {madeup.Diagram()[3].ID, "no-such"},
		"cycle":     {madeup.Cycles("")[3].ID, "no-such"},

		// Of returns, the member, the site and the programme are what decides.
		"collection": {"quarterly"}, "period": {s.lastPeriod(t)}, "upload": {"no-such"}, "target": {"no-such"}, "measure": {"step"},

		// Of levers, rollouts and innovations, the programme and the innovation are; what has a new id at every load is guessed.
		"lever": {madeup.Levers()[0].ID, "no-such"}, "decision": {"no-such"}, "request": {"no-such"}, "rollout": {"no-such"},
		"innovation": {"MU-LANTERN", "tcam", "no-such"}, "evidence": {"no-such"}, "narrative": {"no-such"}, "question": {"need-1", "no-such"},
	}
}

// lastPeriod is the one of the made-up programme's returns that is not
// approved yet.
func (s *site) lastPeriod(t *testing.T) string {
	t.Helper()
	status, err := s.app.Adoption.ReturnStatus(t.Context(), system, madeUp, adoption.StatusChoice{})
	if err != nil {
		t.Fatal(err)
	}
	return status.Collections[0].Period.Slug()
}

// forms are what is sent to each POST route.
var forms = map[string][]url.Values{
	"/sign-in":                     {{"name": {"own-analyst"}, "password": {password}}, {"name": {"\x00"}, "password": {password}}},
	"/sign-in/demo":                {{"role": {"analyst"}}, {"role": {"no such role"}}},
	"/sign-out":                    {{}},
	"/account/password":            {{"current-password": {"wrong"}, "new-password": {"four more random words"}}},
	"/account/sign-out-everywhere": {{}},
	"/account/keys":                {{"key-name": {"feed"}, "key-days": {"30"}}, {"key-name": {""}, "key-days": {"400"}}},
	"/account/keys/revoke":         {{"key": {"no-such"}}},
	"/admin/accounts/add": {
		newAccount("new-analyst", "analyst", ownMember, ""), newAccount("new-champion", "site champion", ownMember, ownSite),
		newAccount("new-foreigner", "analyst", otherMember, ""), newAccount("new-admin", "instance administrator", ownMember, ""),
		newAccount("new-lost", "site champion", ownMember, "no-such"),
	},
	"/admin/accounts/disable": {{"sign-in-name": {"own-analyst"}}, {"sign-in-name": {"other-analyst"}}, {"sign-in-name": {"no-such"}}},
	"/admin/accounts/enable":  {{"sign-in-name": {"own-analyst"}}, {"sign-in-name": {"other-analyst"}}, {"sign-in-name": {"no-such"}}},
	"/measure/{programme}/returns/{collection}/{period}/members/{member}":         {{"reason": {""}}},
	"/measure/{programme}/returns/{collection}/{period}/members/{member}/approve": {{"note": {"none came"}}},
	"/measure/{programme}/returns/{collection}/{period}/members/{member}/reopen":  {{"reason": {"swapped"}}},
	"/measure/{programme}/returns/{collection}/{period}/sites/{site}":             {{"reason": {""}}},
	"/measure/{programme}/uploads/{collection}":                                   {{"file": {"no file"}}},
	"/measure/{programme}/uploads/{collection}/{upload}":                          {{"seen": {"1-0-0-0"}}},
	"/measure/{programme}/targets":                                                {newTarget("the whole programme"), newTarget(ownMember), newTarget(otherMember)},
	"/measure/{programme}/targets/{target}":                                       {{"member": {""}}, {"member": {ownMember}}},
	"/measure/{programme}/improvement/drivers/add":                                {{"step": {"save"}, "what": {"It is used"}}},
	"/measure/{programme}/improvement/drivers/{driver}":                           {{"step": {"down"}}},
	"/measure/{programme}/members/{unit}/improvement/copy":                        {{}},
	"/measure/{programme}/members/{unit}/improvement/cycles/add":                  {{"step": {"plan"}, "title": {"A test"}}},
	"/measure/{programme}/members/{unit}/improvement/cycles/{cycle}":              {{"step": {"do"}, "version": {"1"}}},
	"/measure/{programme}/members/{unit}/improvement/drivers/add":                 {{"step": {"save"}, "what": {"It is used"}}},
	"/measure/{programme}/members/{unit}/improvement/drivers/{driver}":            {{"step": {"down"}}},
	"/measure/{programme}/measures/{measure}/marks":                               {{"kind": {"note"}}},
	"/measure/{programme}/measures/{measure}/marks/withdraw":                      {{"mark": {"no-such"}}},
	"/measure/{programme}/members/{unit}/measures/{measure}/marks":                {{"kind": {"note"}}},
	"/measure/{programme}/members/{unit}/measures/{measure}/marks/withdraw":       {{"mark": {"no-such"}}},
	"/measure/{programme}/units/{unit}/measures/{measure}/marks":                  {{"kind": {"note"}}},
	"/measure/{programme}/units/{unit}/measures/{measure}/marks/withdraw":         {{"mark": {"no-such"}}},
	"/organisations/import":                                                       {{"kind": {"site"}}},
	"/organisations/import/confirm":                                               {{"name": {"areas.csv"}, "content": {"Y29kZQo"}, "seal": {"another"}}},
	"/do/rollouts/{rollout}/edit":                                                 {{"aim": {"every ward"}, "version": {"1"}}},
	"/do/rollouts/{rollout}/state":                                                {{"state": {"paused"}, "reason": {"storm"}, "version": {"1"}}},
	"/plan/programmes/{programme}/edit":                                           {{"name": {"Lamps (made-up)"}, "version": {"1"}}},
	"/plan/programmes/{programme}/rollout":                                        {{"aim": {"every ward"}}},
	"/plan/levers/add":                                                            {{"name": {"Tariff (made-up)"}, "kind": {"contract"}}},
	"/plan/levers/register/{lever}/change":                                        {{"name": {"Tariff (made-up)"}, "why": {"renewed"}, "version": {"1"}}},
	"/plan/levers/programmes/{programme}/check":                                   {{"kind": {"contract"}, "finding": {"helps"}, "reason": {"it pays"}}},
	"/plan/levers/programmes/{programme}/endorsements/add":                        {{"asked-of": {"A board (made-up)"}, "request": {"all of it"}}},
	"/plan/levers/programmes/{programme}/endorsements/{request}":                  {{"outcome": {"given"}, "answer": {"yes"}}},
	"/plan/levers/decisions/{decision}":                                           {{"decision": {"go on"}, "reason": {"it still pays"}, "version": {"1"}}},
	"/plan/innovations/add":                                                       {{"step": {"save"}, "name": {"A lamp (made-up)"}}},
	"/plan/innovations/{innovation}/edit":                                         {{"step": {"save"}, "name": {"A lamp (made-up)"}, "version": {"1"}}},
	"/plan/innovations/{innovation}/evidence/add":                                 {{"step": {"save"}, "title": {"A trial"}}},
	"/plan/innovations/{innovation}/evidence/{evidence}":                          {{"step": {"save"}, "title": {"A trial"}, "version": {"1"}}},
	"/plan/innovations/{innovation}/narratives/add":                               {{"step": {"save"}, "audience": {"boards"}}},
	"/plan/innovations/{innovation}/narratives/{narrative}/edit":                  {{"step": {"save"}, "audience": {"boards"}, "version": {"1"}}},
	"/plan/innovations/{innovation}/panel/add":                                    {{"step": {"save"}, "decision": {"hold"}, "reasons": {"too soon"}}},
	"/plan/innovations/{innovation}/readiness/{question}":                         {{"answer": {"in part"}, "note": {"Two boards have said so"}, "version": {"0"}}},
	"/admin/settings/chart-rules":                                                 {{"trend": {"6"}, "shift": {"8"}, "two-of-three": {"no"}, "disagree": {"yes"}, "screen": {"yes"}, "limits-from": {"20"}, "version": {"0"}}},
	"/admin/settings":                                                             {{"term-pack": {"england-2026"}, "version": {"0"}}, {"term-pack": {"no-such"}, "version": {"0"}}},
}

func newTarget(who string) url.Values {
	return url.Values{
		"for": {who}, "value": {"65"}, "agreed-by": {"Board"}, "starts-on-day": {"1"}, "starts-on-month": {"4"}, "starts-on-year": {"2027"},
		"agreed-on-day": {"2"}, "agreed-on-month": {"3"}, "agreed-on-year": {"2026"},
	}
}

func newAccount(name, role, member, site string) url.Values {
	return url.Values{
		"name": {"New"}, "sign-in-name": {name}, "password": {password}, "role": {role}, "member": {member}, "site": {site}, "programme": {""},
	}
}

// examples are the requests to make of a route: a line of the matrix each.
func examples(t *testing.T, route shell.Route, wildcards map[string][]string) []example {
	t.Helper()
	addresses := []string{strings.TrimSuffix(route.Pattern, "{$}")}
	for {
		_, rest, found := strings.Cut(addresses[0], "{")
		if !found {
			break
		}
		name, _, _ := strings.Cut(rest, "}")
		if len(wildcards[name]) == 0 {
			t.Fatalf("%s: give {%s} values in wildcards, right ones and guessed ones", route.Pattern, name)
		}
		var filled []string
		for _, address := range addresses {
			for _, value := range wildcards[name] {
				filled = append(filled, strings.Replace(address, "{"+name+"}", value, 1))
			}
		}
		addresses = filled
	}
	var all []example
	for _, address := range addresses {
		if route.Method == http.MethodGet {
			all = append(all, example{address: address})
			continue
		}
		if len(forms[route.Pattern]) == 0 {
			t.Fatalf("POST %s: say in forms what is sent to it", route.Pattern)
		}
		for _, form := range forms[route.Pattern] {
			all = append(all, example{address, form})
		}
	}
	return all
}

// columns are who asks, in the order of the matrix; the empty role is a
// visitor who has not signed in.
var columns = []struct {
	heading string
	role    policy.Role
}{
	{"out", ""},
	{"spread", policy.SpreadManager}, {"lead", policy.ProgrammeLead}, {"evalu", policy.Evaluator}, {"senior", policy.SeniorManager},
	{"champ", policy.SiteChampion}, {"innov", policy.Innovator}, {"comms", policy.Communications}, {"analys", policy.Analyst},
	{"review", policy.InsightReviewer}, {"member", policy.MemberAdmin}, {"instan", policy.InstanceAdmin},
}

const matrixHead = `# What each route answers to whom: "in" leads to the sign-in page, a status stands for itself.
# Columns: not signed in, then the roles in the order of policy.Roles. Each role is held for the made-up programme,
# its member MU-N01 and that member's first site.
# Written by go test ./internal/web -run TestMatrix -update. Read what a change does to it before you commit it.
`

// TestMatrix asks every route as every role, with what they hold, what others
// hold and what is not there, and compares with what was agreed on.
func TestMatrix(t *testing.T) {
	t.Parallel()
	if len(columns) != len(policy.Roles)+1 {
		t.Fatalf("%d columns for %d roles", len(columns), len(policy.Roles))
	}
	each(t, web.Options{Demo: true}, func(t *testing.T, s *site) {
		golden(t, "matrix.txt", matrixHead+matrix(t, s))
	})
}

func matrix(t *testing.T, s *site) string {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "\n%-74s", "")
	for _, column := range columns {
		fmt.Fprintf(&text, " %-6s", column.heading)
	}
	routes := web.Routes(s.app, s.options.Demo)
	slices.SortFunc(routes, func(a, b shell.Route) int {
		return cmp.Or(strings.Compare(a.Pattern, b.Pattern), strings.Compare(a.Method, b.Method))
	})
	readers, values := s.everybody(t), wildcards(t, s)
	for _, route := range routes {
		fmt.Fprintf(&text, "\n%s %s (%s)\n", route.Method, route.Pattern, route.Action)
		for _, e := range examples(t, route, values) {
			askers := readers
			if e.form != nil { // it changes the database
				askers = open(t, s.options).everybody(t)
			}
			line := fmt.Sprintf("  %-72s", e)
			for _, v := range askers {
				line += fmt.Sprintf(" %-6s", outcome(v, e))
			}
			text.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return text.String()
}

// everybody is a visitor a column.
func (s *site) everybody(t *testing.T) []*visitor {
	t.Helper()
	var all []*visitor
	for _, column := range columns {
		all = append(all, s.as(t, column.role))
	}
	return all
}

// outcome is one cell.
func outcome(v *visitor, e example) string {
	v.t.Helper()
	ask := v.get
	if e.form != nil {
		ask = func(address string) answer { return v.post(address, e.form) }
	}
	a := ask(e.address)
	if a.sentToSignIn() {
		return "in"
	}
	return strconv.Itoa(a.status)
}
