//go:build browser

package browsertest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axeRules are the rule sets a page must satisfy: WCAG 2.2 level AA, which
// includes its predecessors, and axe's own good practice.
const axeRules = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`

// A violation is one rule of axe-core that a page breaks.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		Target []any  `json:"target"` // selectors, one a frame or shadow root
		HTML   string `json:"html"`
		Fault  string `json:"failureSummary"`
	} `json:"nodes"`
}

// axePreload is what axe-core may fetch for its rules: sound and video. Left to
// itself it reads every style sheet anew in each run, for a rule on how a page
// turns with the device that is not among axeRules.
const axePreload = `{assets: ["media"]}`

// Axe fails the test for each accessibility violation that axe-core finds on
// the current page, in its current width and state.
func (s *Session) Axe() {
	s.t.Helper()
	s.loadAxe()
	type verdict struct {
		Violations []violation `json:"violations"`
		Passed     int         `json:"passed"`
	}
	v := Eval[verdict](s, `axe.run(document, {runOnly: `+axeRules+`, preload: `+axePreload+`, resultTypes: ["violations"]})
		.then(r => ({violations: r.violations, passed: r.passes.length}))`)
	if v.Passed == 0 {
		s.t.Error("browsertest: axe-core found no rule to pass; is the page empty?")
	}
	if len(v.Violations) > 0 {
		s.t.Errorf("browsertest: accessibility violations at %s, %d pixels wide:\n%s", s.Path(), s.width(), describe(v.Violations))
	}
}

// loadAxe loads axe-core into the current page, once for each page.
func (s *Session) loadAxe() {
	s.t.Helper()
	if Eval[bool](s, `"axe" in window`) {
		return
	}
	script, err := axeScript()
	if err != nil {
		s.t.Fatal(err)
	}
	// A script that arrives over the devtools protocol is not the page's, so
	// the page's content security policy does not apply to it.
	s.do("load axe-core", chromedp.Evaluate[chromedp.Void](script))
}

func describe(violations []violation) string {
	var b strings.Builder
	for _, v := range violations {
		fmt.Fprintf(&b, "  %s (%s): %s\n", v.ID, v.Impact, v.Help)
		for _, n := range v.Nodes {
			fmt.Fprintf(&b, "    at %v: %s\n", n.Target, n.HTML)
			fmt.Fprintf(&b, "      %s\n", strings.ReplaceAll(n.Fault, "\n", "\n      "))
		}
	}
	return b.String()
}

// axeScript returns axe-core as npm installed it.
var axeScript = sync.OnceValues(func() (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	script, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("browsertest: axe-core is not installed, run npm ci: %w", err)
	}
	return string(script), nil
})

// Root returns the folder of go.mod, the root of the repository.
func Root() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("browsertest: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("browsertest: no go.mod in this folder or above")
		}
		folder = parent
	}
}
