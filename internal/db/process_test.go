package db_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

// Some rules only show between processes. This test binary starts itself again
// with childVariable set, and then does one of the jobs below instead of
// running tests.
const childVariable = "SIR_DB_TEST_CHILD"

var jobs = map[string]func(address string) error{
	// hold takes the right to serve the file and keeps it until its standard
	// input ends.
	"hold": func(address string) error {
		d, err := db.Open(context.Background(), address)
		if err != nil {
			return err
		}
		if err := d.Hold(context.Background(), time.Minute); err != nil {
			return err
		}
		fmt.Println("held")
		_, err = io.Copy(io.Discard, os.Stdin)
		runtime.KeepAlive(d) // but no Close: the end of the process must free the file
		return err
	},
	"migrate": func(address string) error {
		d, err := db.Open(context.Background(), address)
		if err != nil {
			return err
		}
		defer d.Close()
		_, err = d.Migrate(context.Background())
		return err
	},
}

func TestMain(m *testing.M) {
	if job := jobs[os.Getenv(childVariable)]; job != nil {
		if err := job(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func child(t *testing.T, job, address string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], address)
	command.Env = append(os.Environ(), childVariable+"="+job)
	return command
}

// startHolder starts a process that holds the file, and answers how to end it.
func startHolder(t *testing.T, file string) (end func()) {
	t.Helper()
	holder := child(t, "hold", file)
	input, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(output).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process said %q (%v)", line, err)
	}
	return func() {
		if err := input.Close(); err != nil {
			t.Error(err)
		}
		if err := holder.Wait(); err != nil {
			t.Error(err)
		}
	}
}

func TestSecondProcessOnOneFileIsRefused(t *testing.T) {
	t.Parallel()
	file := dbtest.SQLite(t)
	end := startHolder(t, file)
	defer end()
	err := dbtest.Open(t, file).Hold(t.Context(), time.Millisecond)
	want := "another sir process is using " + file + ": stop it first, or use another file with --db"
	if err == nil || err.Error() != want {
		t.Errorf("Hold beside another process = %v, want %q", err, want)
	}
}

func TestSecondProcessOnOneFileWaits(t *testing.T) {
	t.Parallel()
	file := dbtest.SQLite(t)
	end := startHolder(t, file)
	waited := make(chan error, 1)
	go func() { waited <- dbtest.Open(t, file).Hold(context.Background(), time.Minute) }()
	select {
	case err := <-waited:
		t.Fatalf("Hold did not wait for the other process: %v", err)
	default:
	}
	end()
	if err := <-waited; err != nil {
		t.Errorf("Hold once the other process had ended = %v", err)
	}
}

// A file without a schema may not be migrated beside a process that holds it,
// yet it may be read.
func TestMigrateBesideAnotherProcess(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new.db")
	end := startHolder(t, file)
	beside := dbtest.Open(t, file)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := beside.Migrate(ctx); err == nil || !strings.Contains(err.Error(), "another sir process is using "+file) {
		t.Errorf("Migrate of a file that another process holds = %v", err)
	}
	if current, _, err := beside.SchemaVersion(t.Context()); err != nil || current != 0 {
		t.Errorf("a file that another process holds now has version %d (%v)", current, err)
	}
	end()
	if steps, err := dbtest.Open(t, file).Migrate(t.Context()); err != nil || steps == 0 {
		t.Errorf("Migrate once the other process had ended = %d, %v", steps, err)
	}
}

func TestProcessesMigrateOneNewFileTogether(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new.db")
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if output, err := child(t, "migrate", file).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, output)
			}
		})
	}
	all.Wait()
	checkMigratedOnce(t, dbtest.Open(t, file))
}

func TestInstancesMigrateOneNewPostgresTogether(t *testing.T) {
	t.Parallel()
	address := dbtest.EmptyPostgres(t)
	var all sync.WaitGroup
	for range 8 {
		d := dbtest.Open(t, address)
		all.Go(func() {
			if _, err := d.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	checkMigratedOnce(t, dbtest.Open(t, address))
}

func checkMigratedOnce(t *testing.T, d *db.DB) {
	t.Helper()
	current, target, err := d.SchemaVersion(t.Context())
	if err != nil || current != target || target == 0 {
		t.Fatalf("the schema has version %d of %d, %v", current, target, err)
	}
	var twice int
	err = d.Row(t.Context(), `SELECT count(*) - count(DISTINCT version_id) FROM schema_version`).Scan(&twice)
	if err != nil || twice != 0 {
		t.Errorf("%d migrations ran more than once (%v)", twice, err)
	}
	if steps, err := d.Migrate(t.Context()); err != nil || steps != 0 {
		t.Errorf("another Migrate = %d, %v, want nothing to do", steps, err)
	}
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, target, err := d.SchemaVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Exec(t.Context(), `INSERT INTO schema_version (version_id, is_applied) VALUES ($1, TRUE)`, target+1); err != nil {
			t.Fatal(err)
		}
		_, err = d.Migrate(t.Context())
		if err == nil || !strings.Contains(err.Error(), "newer version of SIR") {
			t.Errorf("Migrate = %v, want a refusal that names a newer version of SIR", err)
		}
	})
}
