//go:build browser

package stories

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sir/internal/browsertest"
	"sir/stories/demoserver"
)

// told is every story there is, by the name that make story takes.
var told = map[string]story{
	"first-look": firstLook,
	"return":     aReturn,
}

// A story is what one person does, step after step. Each step stands on the
// page where the one before it ended.
type story []step

// A step is one thing a person does, named in words.
type step struct {
	name string
	do   func(t *testing.T, s *browsertest.Session)
}

var (
	chosen   = flag.String("story", "", "tell only the story of this name, and print its steps")
	database = flag.String("db", "", "tell it only on sqlite or postgres")
)

func TestMain(m *testing.M) { browsertest.Main(m) }

func TestStories(t *testing.T) {
	if _, known := told[*chosen]; *chosen != "" && !known {
		t.Fatalf("there is no story %q; there are: %s", *chosen, strings.Join(names(told), ", "))
	}
	engines := engines(t)
	for _, name := range names(told) {
		if *chosen != "" && name != *chosen {
			continue
		}
		t.Run(name, func(t *testing.T) {
			pictures := folder{pictureFolder(t, name), *chosen != ""}
			for _, engine := range engines {
				t.Run(engine.name, func(t *testing.T) { tell(t, told[name], engine, pictures) })
			}
		})
	}
}

// folder is where the pictures of a story go.
type folder struct {
	path string
	all  bool // a picture of each step, not of a failed one only
}

// tell runs a story on a fresh server for each width, so that what one window
// changes the other does not find changed. Both are told at a time.
func tell(t *testing.T, steps story, engine engine, pictures folder) {
	for _, width := range []int{browsertest.Wide, browsertest.Narrow} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			server := serve(t, engine)
			window := browsertest.Open(t, server.URL)
			window.SetWidth(width)
			walk(t, window, steps, pictures, suffix(width))
		})
	}
}

// walk does the steps one after the other, each a subtest with a picture at
// its end where all are wanted or the step failed, and stops at the first that
// fails: those after it stand on it.
func walk(t *testing.T, s *browsertest.Session, steps story, pictures folder, suffix string) {
	for i, step := range steps {
		title := fmt.Sprintf("%02d-%s", i+1, strings.ReplaceAll(step.name, " ", "-"))
		start := time.Now()
		ok := t.Run(title, func(t *testing.T) {
			s.Report(t)
			defer func() {
				if pictures.all || t.Failed() {
					s.Screenshot(filepath.Join(pictures.path, title+suffix+".png"))
				}
			}()
			step.do(t, s)
			s.JudgeAsIs()
		})
		s.Report(t)
		if !ok {
			fmt.Printf("  FAILED    %s %02d %s\n", t.Name(), i+1, step.name)
			return
		}
		fmt.Printf("  %6.2f s  %s %02d %s\n", time.Since(start).Seconds(), t.Name(), i+1, step.name)
	}
}

// serve starts the built program on a new database and stops it, cleanly, when
// t ends.
func serve(t *testing.T, engine engine) *demoserver.Server {
	t.Helper()
	root, err := browsertest.Root()
	if err != nil {
		t.Fatal(err)
	}
	server, err := demoserver.Start(filepath.Join(root, "bin", "sir"), engine.copy(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("the server printed:\n%s", server.Log())
		}
	})
	return server
}

// pictureFolder empties the folder of a story's pictures, so that none is left
// from an earlier telling, and returns it.
func pictureFolder(t *testing.T, name string) string {
	t.Helper()
	root, err := browsertest.Root()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, "build", "stories", name)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

// suffix is what the picture of a narrow window has in its name.
func suffix(width int) string {
	if width == browsertest.Wide {
		return ""
	}
	return fmt.Sprintf("-%d", width)
}
