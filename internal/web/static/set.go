package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// Prefix is where a Set expects to be mounted.
const Prefix = "/static/"

// ErrNotBuilt says that the binary was compiled before its assets were built.
var ErrNotBuilt = errors.New("the style sheet is not built into this program: run \"make assets\", then build it again")

//go:embed dist
var dist embed.FS

// required names the files without which no page looks right.
var required = []string{"app.css", "app.js", "favicon.svg"}

// Set is one build of the assets. It is immutable and safe for concurrent use.
type Set struct {
	version string
	files   map[string]file
}

// file is one asset in both encodings. gzip is nil where compressing it does
// not pay.
type file struct {
	plain, gzip []byte
	kind        string
	etag        string
}

// Embedded returns the build inside the binary, or ErrNotBuilt.
func Embedded() (*Set, error) {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("open the embedded assets: %w", err)
	}
	return Load(built)
}

// Load reads a build from fsys: each file NAME, beside it perhaps NAME.gz. It
// returns ErrNotBuilt when a file that every page needs is missing.
func Load(fsys fs.FS) (*Set, error) {
	contents, err := readAll(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the built assets: %w", err)
	}
	set := &Set{files: map[string]file{}}
	whole := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		kind, served := kinds[path.Ext(name)]
		if !served {
			continue
		}
		plain := contents[name]
		fmt.Fprintf(whole, "%s %d\n", name, len(plain))
		whole.Write(plain)
		set.files[name] = file{plain: plain, gzip: contents[name+".gz"], kind: kind, etag: digest(plain)}
	}
	set.version = hex.EncodeToString(whole.Sum(nil))[:12]
	return set, set.check()
}

func readAll(fsys fs.FS) (map[string][]byte, error) {
	contents := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contents[name], err = fs.ReadFile(fsys, name)
		return err
	})
	return contents, err
}

// kinds maps the endings that are served to their media types. Anything else
// in the build, such as its README, is not served.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".png": "image/png",
	".svg": "image/svg+xml",
}

func (s *Set) check() error {
	for _, name := range required {
		if len(s.files[name].plain) == 0 {
			return fmt.Errorf("%s is missing: %w", name, ErrNotBuilt)
		}
	}
	return nil
}

// Path returns the address of a file of the build, for example
// "/static/1f2e3d4c5b6a/app.css" for "app.css". It panics when the build has no
// such file, because only a programming mistake can ask for one.
func (s *Set) Path(name string) string {
	if _, ok := s.files[name]; !ok {
		panic("static: no asset " + name)
	}
	return Prefix + s.version + "/" + name
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
