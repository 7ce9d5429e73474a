package policy_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
)

var update = flag.Bool("update", false, "write testdata/policy.txt anew")

// somebody holds a role for one of each kind.
func somebody(roles ...policy.Role) policy.Actor {
	actor := policy.Actor{ID: "a1", Name: "Somebody"}
	for _, role := range roles {
		actor.Grants = append(actor.Grants, policy.Grant{
			Role: role, Member: "m1", Programme: "p1", Site: "s1", Innovation: "i1",
		})
	}
	return actor
}

// describe writes the whole policy as text: each action with what visitors,
// anybody signed in and each role reach.
func describe() string {
	var text strings.Builder
	for _, action := range policy.Actions() {
		fmt.Fprintf(&text, "%s\n", action)
		line := func(who string, reach policy.Reach) { fmt.Fprintf(&text, "    %-24s %s\n", who, reach) }
		line("visitor", policy.ReachOf(policy.Nobody, action))
		line("anybody signed in", policy.ReachOf(somebody(), action))
		for _, role := range policy.Roles {
			line(string(role), policy.ReachOf(somebody(role), action))
		}
	}
	return text.String()
}

// Every action and role stands in testdata/policy.txt, so that a change of the
// policy is seen in review as what it is.
func TestPolicyIsAsAgreed(t *testing.T) {
	t.Parallel()
	const file = "testdata/policy.txt"
	got := describe()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	action := ""
	for i := range max(len(gotLines), len(wantLines)) {
		was, is := at(wantLines, i), at(gotLines, i)
		if !strings.HasPrefix(was, " ") {
			action = was
		}
		if was != is {
			t.Fatalf("%s, line %d of %s:\nwas %q\nis  %q\nIf that is meant: go test ./internal/policy -update", action, i+1, file, was, is)
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// constants answers the values of all constants of a type in the package's
// source, by name.
func constants(t *testing.T, typeName string) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == typeName {
				for i, value := range spec.Values {
					if literal, ok := value.(*ast.BasicLit); ok {
						found[spec.Names[i].Name], _ = strconv.Unquote(literal.Value)
					}
				}
			}
			return true
		})
	}
	if len(found) < 10 {
		t.Fatalf("found only %d constants of type %s", len(found), typeName)
	}
	return found
}

func TestEveryActionHasARowAndNoOther(t *testing.T) {
	t.Parallel()
	inTable := map[string]bool{}
	for _, action := range policy.Actions() {
		inTable[string(action)] = true
	}
	byValue := map[string]string{}
	for name, value := range constants(t, "Action") {
		if !inTable[value] || !policy.Known(policy.Action(value)) {
			t.Errorf("%s (%s) has no row in the table: nobody could do it", name, value)
		}
		if other, twice := byValue[value]; twice {
			t.Errorf("%s and %s are the same action %q", name, other, value)
		}
		byValue[value] = name
		delete(inTable, value)
	}
	for value := range inTable {
		t.Errorf("the table has a row for %q, which is no constant", value)
	}
	if policy.Known("no.such-action") {
		t.Error("an action without a row is known")
	}
}

func TestEveryRoleIsListed(t *testing.T) {
	t.Parallel()
	listed := map[policy.Role]int{}
	for _, role := range policy.Roles {
		listed[role]++
	}
	for name, value := range constants(t, "Role") {
		if listed[policy.Role(value)] != 1 {
			t.Errorf("%s stands %d times in Roles, want once", name, listed[policy.Role(value)])
		}
		delete(listed, policy.Role(value))
	}
	for role := range listed {
		t.Errorf("Roles lists %q, which is no constant", role)
	}
}

// Whoever looks after a member's accounts may name a champion for one of its
// sites and the programme they champion (see auth), because a programme opens
// no more to a champion than its total. An action that opens more must change
// that rule first.
func TestAChampionsProgrammeOpensTotalsOnly(t *testing.T) {
	t.Parallel()
	for _, action := range policy.Actions() {
		reach := policy.ReachOf(somebody(policy.SiteChampion), action)
		if reach.Has(policy.OwnProgramme) && !reach.Has(policy.Everything) && action != policy.ViewTotalRate {
			t.Errorf("%s is open to a site champion over the whole programme", action)
		}
	}
}

// A refusal says in words what is refused: "Your role does not let you ...".
func TestEveryRefusalReads(t *testing.T) {
	t.Parallel()
	for _, action := range policy.Actions() {
		err := policy.Allow(somebody(), action, policy.Object{Account: "another"})
		if err == nil {
			continue
		}
		words, found := strings.CutPrefix(err.Error(), "Your role does not let you ")
		words, end := strings.CutSuffix(words, ". Ask an administrator if you need this.")
		if !found || !end || words == "" || strings.ContainsFunc(words[:1], func(r rune) bool { return r < 'a' || r > 'z' }) {
			t.Errorf("%s is refused with %q", action, err)
		}
	}
}

func TestRolesAreListedOnceInOrder(t *testing.T) {
	t.Parallel()
	actor := somebody(policy.InstanceAdmin, policy.Analyst, policy.SpreadManager, policy.Analyst)
	want := []policy.Role{policy.SpreadManager, policy.Analyst, policy.InstanceAdmin}
	if got := actor.Roles(); !slices.Equal(got, want) {
		t.Errorf("Roles = %q, want %q", got, want)
	}
}

func TestObjectsAreNamedForTheTrail(t *testing.T) {
	t.Parallel()
	for want, object := range map[string]policy.Object{
		"":             {},
		"account a":    {Account: "a", Member: "m"},
		"site s":       {Site: "s", Member: "m", Programme: "p"},
		"member m":     {Member: "m", Programme: "p", Innovation: "i"},
		"programme p":  {Programme: "p", Innovation: "i"},
		"innovation i": {Innovation: "i"},
	} {
		if got := object.String(); got != want {
			t.Errorf("%#v is named %q, want %q", object, got, want)
		}
	}
}
