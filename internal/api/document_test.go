package api_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// document is what the structural checks look at.
type document struct {
	OpenAPI    string
	Info       struct{ Title, Version string }
	Security   []map[string][]string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas         map[string]json.RawMessage
		SecuritySchemes map[string]map[string]string
	}
}

type operation struct {
	OperationID, Summary string
	Parameters           []struct {
		Name, In    string
		Required    bool
		Schema      json.RawMessage
		Description string
	}
	RequestBody *struct {
		Content map[string]struct{ Schema json.RawMessage }
	}
	Responses map[string]struct {
		Description string
		Content     map[string]struct{ Schema json.RawMessage }
	}
}

// The document as it is served stands in testdata, so that a change of what
// programs rely on is seen in review as what it is.
func TestDocumentIsAsAgreed(t *testing.T) {
	t.Parallel()
	s := open(t)
	golden(t, "testdata/openapi.json", s.get(t, "/openapi.json", "").body+"\n")
}

var (
	wildcard  = regexp.MustCompile(`\{(\w+)\}`)
	reference = regexp.MustCompile(`"\$ref":\s*"([^"]*)"`)
)

// The rules of OpenAPI 3.1 that a document like ours can break: version 3.1.0
// of the specification, sections 4.8.2 to 4.8.24.
func TestDocumentHoldsTogether(t *testing.T) {
	t.Parallel()
	s := open(t)
	text := s.get(t, "/openapi.json", "").body
	var doc document
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Info.Title == "" || doc.Info.Version == "" || doc.Components.SecuritySchemes["key"]["scheme"] != "bearer" || doc.Security[0]["key"] == nil {
		t.Errorf("head %+v", doc)
	}
	for _, found := range reference.FindAllStringSubmatch(text, -1) {
		if name, ours := strings.CutPrefix(found[1], "#/components/schemas/"); !ours || doc.Components.Schemas[name] == nil {
			t.Errorf("%s leads nowhere", found[1])
		}
	}
	ids, n := map[string]bool{}, 0
	for path, operations := range doc.Paths {
		for method, op := range operations {
			n++
			if where := method + " " + path; ids[op.OperationID] || op.OperationID == "" || op.Summary == "" {
				t.Errorf("%s: its id %q is taken or missing, or it has no summary", where, op.OperationID)
			}
			ids[op.OperationID] = true
			checkOperation(t, method+" "+path, path, op)
		}
	}
	if n != len(s.api.Routes()) {
		t.Errorf("%d operations for %d routes", n, len(s.api.Routes()))
	}
}

func checkOperation(t *testing.T, where, path string, op operation) {
	t.Helper()
	var inPath []string
	seen := map[string]bool{}
	for _, p := range op.Parameters {
		if seen[p.In+p.Name] || p.Schema == nil || p.Description == "" {
			t.Errorf("%s: the parameter %s stands twice, or has no schema or description", where, p.Name)
		}
		seen[p.In+p.Name] = true
		if p.In == "path" {
			inPath = append(inPath, p.Name)
			if !p.Required {
				t.Errorf("%s: %s is not required", where, p.Name)
			}
		}
	}
	var wanted []string
	for _, found := range wildcard.FindAllStringSubmatch(path, -1) {
		wanted = append(wanted, found[1])
	}
	slices.Sort(inPath)
	slices.Sort(wanted)
	if !slices.Equal(inPath, wanted) {
		t.Errorf("%s: describes %v of %v", where, inPath, wanted)
	}
	if (op.RequestBody != nil) != strings.HasPrefix(where, "post") {
		t.Errorf("%s: body %v", where, op.RequestBody)
	}
	for status, response := range op.Responses {
		if response.Description == "" {
			t.Errorf("%s: %s has no description", where, status)
		}
		for kind, content := range response.Content {
			if problem := strings.Contains(string(content.Schema), "/Problem"); problem != (kind == "application/problem+json") || content.Schema == nil {
				t.Errorf("%s: %s is %s with %s", where, status, kind, content.Schema)
			}
		}
	}
	for _, status := range []int{200, 401, 403, 429, 500} {
		if _, there := op.Responses[fmt.Sprint(status)]; !there {
			t.Errorf("%s: says nothing of %d", where, status)
		}
	}
}
