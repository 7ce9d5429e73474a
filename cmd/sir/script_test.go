package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sir/internal/db/dbtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sir": main})
}

// TestScripts runs every script of testdata/script with the real main. A
// script finds in $SHARED the folder of the reference material, where there
// is one (condition [shared]), and in $POSTGRES an empty database, where
// there is a server (condition [postgres]).
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SHARED", shared(t))
			if os.Getenv(dbtest.PostgresVariable) != "" {
				env.Setenv("POSTGRES", dbtest.EmptyPostgres(t))
			}
			return nil
		},
		Condition: func(condition string) (bool, error) {
			switch condition {
			case "shared":
				_, err := os.Stat(shared(t))
				return err == nil, nil
			case "postgres":
				return os.Getenv(dbtest.PostgresVariable) != "", nil
			}
			return false, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same-rows": sameRows,
			"take-port": takePort,
			"flip":      flip,
		},
	})
}

// shared is the folder beside the repository that holds the report's tables.
func shared(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// sameRows checks that two files hold the same lines, in any order.
func sameRows(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: same-rows FILE FILE")
	}
	count := map[string]int{}
	for i, name := range args {
		for line := range strings.Lines(ts.ReadFile(name)) {
			count[strings.TrimRight(line, "\r\n")] += 1 - 2*i
		}
	}
	for line, n := range count {
		if n != 0 {
			ts.Fatalf("only in %s: %s", args[map[bool]int{true: 0, false: 1}[n > 0]], line)
		}
	}
}

// takePort listens on a free port until the script ends, and names it in $PORT.
func takePort(ts *testscript.TestScript, _ bool, _ []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	ts.Check(err)
	ts.Setenv("PORT", port)
}

// flip changes a word of a file, as damage would, wherever it stands: the
// first place may be left over on a page and mean nothing.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: flip FILE OLD NEW, of equal length")
	}
	path := ts.MkAbs(args[0])
	content, err := os.ReadFile(path)
	ts.Check(err)
	if !bytes.Contains(content, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(content, []byte(args[1]), []byte(args[2])), 0o600))
}
