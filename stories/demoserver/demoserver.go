// Package demoserver runs the built program as a person would, for stories
// and benchmarks: it starts `sir demo` on a free loopback port with a database
// of its own, and stops it the way Ctrl-C does.
package demoserver

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Limits of patience. A healthy server needs a fraction of either.
const (
	startLimit = 60 * time.Second
	stopLimit  = 15 * time.Second
)

// printedAddress is how the program says where it serves.
var printedAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// A Server is one running demonstration.
type Server struct {
	// URL is its address without a path, for example http://127.0.0.1:38211.
	URL string

	process *exec.Cmd
	printed *lines
	exited  chan struct{}
	failure error // of the process; valid once exited is closed
}

// Start starts `binary demo` on database, a file path or a postgres://
// address, and returns once the program has printed its address. The error
// holds what the program said when it ended without one.
func Start(binary, database string) (*Server, error) {
	command := exec.Command(binary, "demo", "--addr", "127.0.0.1:0", "--db", database) //nolint:noctx // Stop ends it with an interrupt, which a context cannot send
	output, writer := io.Pipe()
	command.Stdout, command.Stderr = writer, writer
	s := &Server{process: command, printed: &lines{}, exited: make(chan struct{})}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s (built by make build): %w", binary, err)
	}
	address, read := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(read)
		s.printed.read(output, address)
	}()
	go func() {
		s.failure = command.Wait()
		_ = writer.Close()
		<-read // so that whoever waits for the end finds the last words too
		close(s.exited)
	}()
	if err := s.await(address); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) await(address <-chan string) error {
	select {
	case s.URL = <-address:
		return nil
	case <-s.exited:
		return fmt.Errorf("sir demo ended before it served (%s); it said:\n%s", s.process.ProcessState, s.Log())
	case <-time.After(startLimit):
		_ = s.process.Process.Kill()
		<-s.exited
		return fmt.Errorf("sir demo printed no address within %s; it said:\n%s", startLimit, s.Log())
	}
}

// PID returns the process id of the server.
func (s *Server) PID() int { return s.process.Process.Pid }

// Log returns what the program has printed so far, both streams.
func (s *Server) Log() string { return s.printed.text() }

// Stop ends the server as Ctrl-C does. It is an error when the program had
// ended before, does not end in time, or ends with a failure.
func (s *Server) Stop() error {
	select {
	case <-s.exited:
		return fmt.Errorf("sir demo had ended by itself (%s); it said:\n%s", s.process.ProcessState, s.Log())
	default:
	}
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("interrupt sir demo: %w", err)
	}
	select {
	case <-s.exited:
	case <-time.After(stopLimit):
		_ = s.process.Process.Kill()
		<-s.exited
		return fmt.Errorf("sir demo was still running %s after an interrupt; it said:\n%s", stopLimit, s.Log())
	}
	if s.failure != nil {
		return fmt.Errorf("sir demo did not stop cleanly (%w); it said:\n%s", s.failure, s.Log())
	}
	return nil
}

// lines keeps what a process prints.
type lines struct {
	mu   sync.Mutex
	list []string
}

// read keeps lines until r ends, and sends the first address among them.
func (l *lines) read(r io.Reader, address chan<- string) {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	told := false
	for scanner.Scan() {
		line := scanner.Text()
		l.mu.Lock()
		l.list = append(l.list, line)
		l.mu.Unlock()
		if found := printedAddress.FindString(line); found != "" && !told {
			told = true
			address <- found
		}
	}
	// A line beyond the limit must not block the process that prints it.
	_, _ = io.Copy(io.Discard, r)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.list, "\n")
}
