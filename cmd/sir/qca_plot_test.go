package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updatePictures = flag.Bool("update-pictures", false, "rewrite the plots of docs/images; look at every one before committing")

// The plots of the tutorial are what the commands printed beside them draw, at
// both widths.
func TestPicturesOfTheTutorial(t *testing.T) {
	raw := filepath.Join(shared(t), "report", "tables", "table-8-3-qca-raw-data.csv")
	if _, err := os.Stat(raw); err != nil {
		t.Skip("the reference folder ../shared is absent")
	}
	docs := filepath.Join("..", "..", "docs")
	tutorial, err := os.ReadFile(filepath.Join(docs, "qca.md"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for line := range strings.Lines(string(tutorial)) {
		command, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "    sir ")
		if !ok || !strings.HasPrefix(command, "qca plot ") {
			continue
		}
		drawn++
		args := strings.Fields(strings.NewReplacer("'", "", "raw.csv", raw).Replace(command))
		name := args[len(args)-1]
		for suffix, width := range map[string]string{"": "640", "-narrow": "288"} {
			picture := filepath.Join(docs, "images", strings.TrimSuffix(name, ".svg")+suffix+".svg")
			got := picturedBy(t, append(args[:len(args)-1:len(args)-1], filepath.Join(t.TempDir(), name), "--width", width))
			if *updatePictures {
				if err := os.WriteFile(picture, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(picture); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what its command draws (%v); run go test ./cmd/sir -run Pictures -update-pictures", picture, err)
			}
			if !strings.Contains(string(tutorial), "images/"+filepath.Base(picture)) {
				t.Errorf("the tutorial does not show %s", picture)
			}
		}
	}
	if drawn == 0 {
		t.Error("the tutorial has no plot")
	}
}

// picturedBy runs a command line that ends in FILE --width N, and reads the file.
func picturedBy(t *testing.T, args []string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != 0 {
		t.Fatalf("%q exits with %d: %s", args, code, errOut.String())
	}
	picture, err := os.ReadFile(args[len(args)-3])
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
