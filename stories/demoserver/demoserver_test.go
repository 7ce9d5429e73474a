package demoserver

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test binary stand in for the program: Start runs it with
// the arguments of `sir demo`, and SIR_STAND_IN says how it is to behave.
func TestMain(m *testing.M) {
	if behaviour := os.Getenv("SIR_STAND_IN"); behaviour != "" {
		os.Exit(standIn(behaviour, os.Args))
	}
	os.Exit(m.Run())
}

// standIn is called as: BINARY demo --addr ADDRESS --db DATABASE.
func standIn(behaviour string, args []string) int {
	if behaviour == "refuse" {
		fmt.Fprintln(os.Stderr, "the folder is not writable: choose another with --db")
		return 1
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	listener, err := net.Listen("tcp", args[3])
	if err != nil || args[3] != "127.0.0.1:0" {
		return 2
	}
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, args[5]) }))
	}()
	fmt.Println("SIR demonstration")
	fmt.Println("Open http://" + listener.Addr().String() + " in a browser")
	<-interrupted
	if behaviour == "stop badly" {
		fmt.Println("could not close the database")
		return 3
	}
	return 0
}

func start(t *testing.T, behaviour string) (*Server, error) {
	t.Helper()
	t.Setenv("SIR_STAND_IN", behaviour)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Start(self, "the database")
}

func TestStartServeStop(t *testing.T) {
	s, err := start(t, "serve")
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); string(body) != "the database" {
		t.Errorf("served %q, want the name of its database", body)
	}
	if !strings.HasPrefix(s.Log(), "SIR demonstration\n") {
		t.Errorf("log is %q", s.Log())
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if err := s.Stop(); err == nil || !strings.Contains(err.Error(), "ended by itself") {
		t.Errorf("stopping twice: %v", err)
	}
}

func TestWhatWentWrongIsSaid(t *testing.T) {
	if _, err := start(t, "refuse"); err == nil || !strings.Contains(err.Error(), "choose another with --db") {
		t.Errorf("program that refuses: %v", err)
	}
	s, err := start(t, "stop badly")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Stop()
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "could not close the database") {
		t.Errorf("program that stops badly: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "sir")
	if _, err := Start(missing, "any"); err == nil || !strings.Contains(err.Error(), "make build") {
		t.Errorf("missing program: %v", err)
	}
}
