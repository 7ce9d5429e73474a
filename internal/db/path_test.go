package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// awkward are file names that mean something to an address, to SQLite or to a
// shell, and here are only names.
var awkward = []string{
	"with space.db", "50%.db", "%41.db", "what?.db", "a?mode=memory&b.db", "no#1.db", "a;b&c=d.db", "naïve ✓ 名.db",
	"quote'\".db", "back\\slash.db", ":memory:", "file:name.db", "file::memory:", "-dash.db", "name\nline.db",
}

func TestAwkwardFileNamesOpenThatFile(t *testing.T) {
	if underRace {
		t.Skip("opening files one after another holds no race")
	}
	for _, name := range awkward {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for form, path := range map[string]string{"absolute": filepath.Join(folder, name), "relative": name} {
				t.Chdir(folder)
				checkOwnFile(t, form, path)
			}
			if wrong := otherFiles(t, folder, name); len(wrong) > 0 {
				t.Errorf("opening %q left %q", name, wrong)
			}
		})
	}
}

// checkOwnFile writes through the path and reads the same through a second
// handle, which could not be if either had opened a file of its own.
func checkOwnFile(t *testing.T, form, path string) {
	t.Helper()
	first := dbtest.Open(t, path)
	if _, err := first.Migrate(t.Context()); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	if err := put(t.Context(), first, form, "kept"); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	if err := first.Close(); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	second := dbtest.Open(t, path)
	if got := setting(t, t.Context(), second, form); got != "kept" {
		t.Errorf("%s path: a second handle reads %q", form, got)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

// otherFiles lists what stands in the folder beside the database and what
// belongs to it.
func otherFiles(t *testing.T, folder, name string) (others []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != name && entry.Name() != name+".lock" {
			others = append(others, entry.Name())
		}
	}
	return others
}

func TestAwkwardFileNamesBackUpAndRestore(t *testing.T) {
	if underRace {
		t.Skip("opening files one after another holds no race")
	}
	source := dbtest.Open(t, dbtest.SQLite(t))
	if err := put(t.Context(), source, "a", "kept"); err != nil {
		t.Fatal(err)
	}
	for _, name := range awkward {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := source.Backup(t.Context(), name); err != nil {
				t.Fatal(err)
			}
			if err := db.Restore(t.Context(), name, "restored "+name, false); err != nil {
				t.Fatal(err)
			}
			if got := setting(t, t.Context(), dbtest.Open(t, "restored "+name), "a"); got != "kept" {
				t.Errorf("the restored file reads %q", got)
			}
		})
	}
}

func TestOpenSaysInOneLineWhatIsWrongWithThePath(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "letter.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, want string }{
		{"empty", "", "no database was named"},
		{"missing folder", filepath.Join(folder, "no", "sir.db"), "does not exist: make it"},
		{"a folder", folder, "is a folder, not a database file"},
		{"folder is a file", filepath.Join(file, "sir.db"), "not a folder"},
		{"not a database", file, "is not a SIR database"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := db.Open(t.Context(), c.path)
			if err == nil {
				_, err = d.Migrate(t.Context())
				_ = d.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("opening %q = %v, want one line with %q", c.path, err, c.want)
			}
		})
	}
}
