package term_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Words that a term pack has a place for: in code they would stay what they
// are when the country or the year changes.
var packWords = regexp.MustCompile(`(?i)\b(ahsns?|academic health science|health innovation networks?|ccgs?|icbs?|clinical commissioning|integrated care|ods codes?)\b`)

// Pages and commands take words that differ by country or year from a term
// pack. The report's own facts and the packs may name them.
func TestNoPackWordsInCode(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, folder := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() {
				if name := entry.Name(); name == "term" || name == "demo" || name == "testdata" {
					return fs.SkipDir
				}
				return nil
			}
			source := strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go")
			if source || strings.HasSuffix(path, ".templ") {
				checkFile(t, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func checkFile(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		line = strings.ReplaceAll(line, "across the AHSN Network", "") // the report's title is a name
		if word := packWords.FindString(line); word != "" {
			t.Errorf("%s:%d: %q belongs in a term pack", path, number, word)
		}
	}
}
