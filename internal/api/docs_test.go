package api_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sir/internal/api"
	"sir/internal/policy"
	"sir/internal/web/pagetest"
)

// step is a block of commands in docs/api.md, with the answer that stands
// below it, if there is one.
var step = regexp.MustCompile("(?s)```sh\n(.*?)```\n(?:```json\n(.*?)```\n)?")

// TestDocsWork runs every command of docs/api.md, one after the other, and
// holds the answers against those that the page shows. -update writes them.
func TestDocsWork(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not there: the commands of docs/api.md need it", program)
		}
	}
	s := open(t)
	server := httptest.NewServer(s.api)
	defer server.Close()
	folder := t.TempDir()
	key := `header = "Authorization: Bearer ` + s.key(t, policy.SpreadManager) + `"` + "\n"
	if err := os.WriteFile(filepath.Join(folder, "sir.curl"), []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	const page = "../../docs/api.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	shown := step.ReplaceAllStringFunc(string(text), func(block string) string {
		n++
		parts := step.FindStringSubmatch(block)
		got := runStep(t, folder, server.URL, parts[1])
		if parts[2] == "" || same(t, got, parts[2]) {
			return block
		}
		if !*update {
			t.Errorf("after\n%sthe page shows\n%swhat comes is\n%s", parts[1], parts[2], got)
		}
		return strings.Replace(block, parts[2], got, 1)
	})
	if n < 8 {
		t.Errorf("only %d blocks of commands were found", n)
	}
	if *update {
		if err := os.WriteFile(page, []byte(shown), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func runStep(t *testing.T, folder, address, commands string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", commands)
	command.Dir, command.Env = folder, append(os.Environ(), "SIR="+address, "http_proxy=", "no_proxy=*")
	var out, errOut bytes.Buffer
	command.Stdout, command.Stderr = &out, &errOut
	if err := command.Run(); err != nil {
		t.Fatalf("%s%v\n%s%s", commands, err, out.String(), errOut.String())
	}
	return out.String()
}

// same compares JSON, but for incidents, which never come twice, and numbers
// of submissions, which depend on what else the demonstration holds.
func same(t *testing.T, got, want string) bool {
	t.Helper()
	var values [2]map[string]any
	for i, text := range []string{got, want} {
		if err := json.Unmarshal([]byte(text), &values[i]); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		delete(values[i], "incident")
		delete(values[i], "submission")
		if receipt, ok := values[i]["receipt"].(map[string]any); ok {
			delete(receipt, "submission")
		}
	}
	return reflect.DeepEqual(values[0], values[1])
}

// The page says of every operation what it takes and answers, without a script.
func TestDocsPage(t *testing.T) {
	t.Parallel()
	s := open(t)
	page := pagetest.Serve(t, s.app, api.Pages(s.app)).Stranger(t).Page(api.DocsPath)
	page.Check()
	main := page.Main()
	for _, route := range s.api.Routes() {
		if !strings.Contains(main, route.Method+" "+route.Pattern) {
			t.Errorf("the page says nothing of %s %s", route.Method, route.Pattern)
		}
	}
	for _, want := range []string{"dataValues[].dataElement", "items[].percent", "values[].clear", "If-Match", "One of: provisional, approved, published."} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
