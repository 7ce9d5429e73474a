package usecase_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sir/internal/policy"
)

// open are the exported methods of services that take no actor, with the
// reason why nobody need be asked.
var open = map[string]string{
	"auth.Service.SignIn":      "it finds out who somebody is",
	"auth.Service.SignInDemo":  "it finds out who somebody is",
	"auth.Service.Resume":      "it finds out who somebody is",
	"auth.Service.TokenActor":  "it finds out who somebody is",
	"auth.Service.Resolve":     "it turns codes into ids for the command line, and changes nothing",
	"setting.Service.TermPack": "every page needs its words, that of signing in too",
}

// A use case is one policy check, one transaction, one audit entry. This finds
// the exported functions and methods of every area that take an actor and
// never bring it to a desk, or bring it there with an action that has no row,
// and the methods of services that take no actor at all.
func TestEveryUseCaseAsksForPermission(t *testing.T) {
	t.Parallel()
	unused := map[string]bool{}
	for name := range open {
		unused[name] = true
	}
	total := 0
	for _, folder := range packageFolders(t, "..") {
		area := readArea(t, folder)
		faults, n := area.check(actionsByName(t))
		for _, f := range faults {
			if open[f.where] == "" || f.what != takesNoActor {
				t.Errorf("%s %s", f.where, f.what)
			}
			delete(unused, f.where)
		}
		total += n
	}
	for name := range unused {
		t.Errorf("%s stands in the list of open methods and needs no place there", name)
	}
	if total < 20 {
		t.Errorf("found only %d use cases: the check looks at too little", total)
	}
}

func TestCheckOfUseCasesFindsMistakes(t *testing.T) {
	t.Parallel()
	faults, n := readArea(t, "testdata/careless").check(actionsByName(t))
	var got []string
	for _, f := range faults {
		got = append(got, f.where+" "+f.what)
	}
	slices.Sort(got)
	want := []string{
		"careless.Forgetful " + neverAsks,
		"careless.Service.Anonymous " + takesNoActor,
		"careless.Service.Elsewhere " + neverAsks,
		"careless.Service.Forgotten " + neverAsks,
		"careless.Service.SpelledOut " + namesNoAction,
		"careless.Service.Unlisted asks for policy.EraseEverything, which has no row in the table",
		"careless.Service.Vague " + namesNoAction,
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n != len(want) {
		t.Errorf("looked at %d use cases, want %d", n, len(want))
	}
	if faults, n := readArea(t, "testdata/careful").check(actionsByName(t)); len(faults) > 0 || n != 3 {
		t.Errorf("%d careful use cases, of which wrong: %v", n, faults)
	}
}

const (
	takesNoActor  = "takes no policy.Actor, so that it cannot ask whether somebody may do this"
	neverAsks     = "takes a policy.Actor and never brings it to Desk.Read or Desk.Write"
	namesNoAction = "asks the desk without naming an action of package policy"
)

type mistake struct{ where, what string }

// area is the functions of one package, methods as Type.Name, and the types
// that have a desk.
type area struct {
	name      string
	functions map[string]*ast.FuncDecl
	services  map[string]bool
}

// packageFolders lists the folders with Go files under root, but test data,
// package policy, which is asked, and the pages, whose routes name an action
// each and are tested there.
func packageFolders(t *testing.T, root string) (folders []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if slices.Contains([]string{"testdata", "policy", "web"}, entry.Name()) {
			return filepath.SkipDir
		}
		if files, _ := filepath.Glob(filepath.Join(path, "*.go")); len(files) > 0 {
			folders = append(folders, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

func readArea(t *testing.T, folder string) area {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	a := area{functions: map[string]*ast.FuncDecl{}, services: map[string]bool{}}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		a.name = file.Name.Name
		for _, declaration := range file.Decls {
			a.add(declaration)
		}
	}
	return a
}

func (a *area) add(declaration ast.Decl) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		a.functions[nameOf(d)] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			kind, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			if structure, ok := kind.Type.(*ast.StructType); ok && hasDesk(structure) {
				a.services[kind.Name.Name] = true
			}
		}
	}
}

// nameOf is Name, or Type.Name for a method.
func nameOf(d *ast.FuncDecl) string {
	if kind := receiver(d); kind != "" {
		return kind + "." + d.Name.Name
	}
	return d.Name.Name
}

func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	return typeName(d.Recv.List[0].Type)
}

// typeName is the name of T, *T, pkg.T and *pkg.T, with the package.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}

// hasDesk finds the desk that an area keeps to itself.
func hasDesk(structure *ast.StructType) bool {
	return slices.ContainsFunc(structure.Fields.List, func(f *ast.Field) bool {
		kind := typeName(f.Type)
		return kind == "usecase.Desk" || kind == "Desk"
	})
}

func takesActor(d *ast.FuncDecl) bool {
	return slices.ContainsFunc(d.Type.Params.List, func(f *ast.Field) bool { return typeName(f.Type) == "policy.Actor" })
}

// check answers what is wrong with the use cases of the area, and how many
// there are. The methods of Desk itself are what the others must reach.
func (a area) check(actions map[string]policy.Action) (faults []mistake, n int) {
	for name, d := range a.functions {
		if !d.Name.IsExported() || receiver(d) == "Desk" {
			continue
		}
		where := a.name + "." + name
		switch {
		case takesActor(d):
			n++
			for _, what := range a.faultsOf(name, actions) {
				faults = append(faults, mistake{where, what})
			}
		case a.services[receiver(d)]:
			n++
			faults = append(faults, mistake{where, takesNoActor})
		}
	}
	return faults, n
}

// faultsOf follows a use case through the functions of its package.
func (a area) faultsOf(name string, actions map[string]policy.Action) (faults []string) {
	asks, named := false, false
	for _, d := range a.reached(name) {
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isAsking(call) {
				asks = true
				constant, isConstant := strings.CutPrefix(typeName(call.Args[2]), "policy.")
				if isConstant && !policy.Known(actions[constant]) {
					faults = append(faults, fmt.Sprintf("asks for policy.%s, which has no row in the table", constant))
				}
				named = named || isConstant
			}
			// An action that is picked first and asked for by the name of a variable.
			if selector, ok := n.(*ast.SelectorExpr); ok && typeName(selector.X) == "policy" {
				named = named || policy.Known(actions[selector.Sel.Name])
			}
			return true
		})
	}
	switch {
	case !asks:
		return []string{neverAsks}
	case !named:
		return []string{namesNoAction}
	}
	return faults
}

// reached answers the function and those of its package that it calls, by
// name or on its receiver, and those that they call.
func (a area) reached(name string) (found []*ast.FuncDecl) {
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		d := a.functions[name]
		if d == nil || seen[name] {
			return
		}
		seen[name] = true
		found = append(found, d)
		ast.Inspect(d.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch f := call.Fun.(type) {
			case *ast.Ident:
				visit(f.Name)
			case *ast.SelectorExpr:
				visit(receiver(d) + "." + f.Sel.Name)
			}
			return true
		})
	}
	visit(name)
	return found
}

// isAsking tells whether the call is Read or Write of a desk.
func isAsking(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 4 || method.Sel.Name != "Read" && method.Sel.Name != "Write" {
		return false
	}
	desk, ok := method.X.(*ast.SelectorExpr)
	return ok && strings.EqualFold(desk.Sel.Name, "desk")
}

// actionsByName reads the constants of type Action out of package policy.
func actionsByName(t *testing.T) map[string]policy.Action {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../policy/table.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	actions := map[string]policy.Action{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || typeName(spec.Type) != "Action" {
			return true
		}
		for i, value := range spec.Values {
			if literal, ok := value.(*ast.BasicLit); ok {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				actions[spec.Names[i].Name] = policy.Action(text)
			}
		}
		return true
	})
	if len(actions) < len(policy.Actions()) {
		t.Fatalf("found %d constants for %d actions", len(actions), len(policy.Actions()))
	}
	return actions
}
