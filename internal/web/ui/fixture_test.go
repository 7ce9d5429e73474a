package ui

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// nhsuk-frontend publishes for each component the options of many examples and
// the HTML that its own templates make of them (MIT licence). Where our structs
// can say the same, they must render the same.

// fixture is one such example.
type fixture struct {
	Name    string          `json:"name"`
	Context json.RawMessage `json:"context"`
	HTML    string          `json:"html"`
}

// frontend is where npm puts nhsuk-frontend, from this package's folder.
var frontend = filepath.Join("..", "..", "..", "node_modules", "nhsuk-frontend", "dist", "nhsuk", "components")

func fixtures(t *testing.T, component string) []fixture {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(frontend, component, "fixtures.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("nhsuk-frontend is not installed: run npm ci")
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Fixtures []fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	return file.Fixtures
}

// strict decodes options into a struct that names each option we can express,
// and fails on any other.
func strict(options json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(options))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func TestComponentsMatchTheDesignSystem(t *testing.T) {
	for _, test := range oracles {
		t.Run(test.component, func(t *testing.T) {
			matched := 0
			all := fixtures(t, test.component)
			for _, f := range all {
				component, err := test.build(f.Context)
				if err != nil || !test.applies(f) {
					continue
				}
				matched++
				compare(t, f, render(t, component), test.adapt)
			}
			if matched != test.examples {
				t.Errorf("%d of %d examples could be expressed, want %d", matched, len(all), test.examples)
			}
		})
	}
}

// applies leaves out examples whose content is not among their options.
func (o oracle) applies(f fixture) bool {
	if len(o.only) > 0 {
		return slices.Contains(o.only, f.Name)
	}
	return !strings.Contains(f.Name, "via call block")
}

func compare(t *testing.T, f fixture, got string, adapt func(string) string) {
	t.Helper()
	if adapt == nil {
		adapt = func(markup string) string { return markup }
	}
	gotLines, wantLines := outline(t, adapt(got)), outline(t, adapt(f.HTML))
	if slices.Equal(gotLines, wantLines) {
		return
	}
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := line(gotLines, i), line(wantLines, i)
		if g != w {
			t.Errorf("%s: line %d is %s\nwant %s", f.Name, i+1, g, w)
			return
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// oracle turns one component's options into our struct.
type oracle struct {
	component string
	// examples is how many of the published ones our struct can express, so
	// that a change that loses some is seen.
	examples int
	// only limits the examples to some names.
	only  []string
	build func(options json.RawMessage) (templ.Component, error)
	// adapt removes from both sides what we do differently on purpose.
	adapt func(markup string) string
}

// words is an option given as text, alone or as {"text": ...}.
type words string

func (w *words) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, (*string)(w)) == nil {
		return nil
	}
	var object struct{ Text string }
	if err := strict(b, &object); err != nil {
		return err
	}
	*w = words(object.Text)
	return nil
}

// title is a label, legend or heading with its size.
type title struct {
	Text    string
	Size    Size
	Level   int
	heading bool
}

func (l *title) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &l.Text) == nil {
		return nil
	}
	var object struct {
		Text, Heading string
		Size          Size
		Level         int
	}
	if err := strict(b, &object); err != nil {
		return err
	}
	*l = title{Text: or(object.Heading, object.Text), Size: object.Size, Level: object.Level, heading: object.Heading != ""}
	return nil
}
