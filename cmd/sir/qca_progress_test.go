package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sir/qca"
)

func TestInterruptedWorkSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var errOut bytes.Buffer
	env := &environment{ctx: ctx, err: &errOut}
	err := qcaBudget{time.Hour}.run(env, func(ctx context.Context, tell func(qca.Progress)) error {
		tell(qca.Progress{Stage: "solutions", Done: 1, Total: 2})
		cancel()
		<-ctx.Done()
		return nil // a search that was stopped has a partial answer
	})
	if !errors.Is(err, errInterrupted) || exitCode(err) != 1 {
		t.Errorf("error %v, exit code %d", err, exitCode(err))
	}
	if errOut.Len() > 0 {
		t.Errorf("no terminal, but %q was written", &errOut)
	}
}

func TestBudgetHasToBeATime(t *testing.T) {
	err := qcaBudget{-time.Second}.run(&environment{ctx: t.Context()}, nil)
	if exitCode(err) != 2 || !strings.Contains(err.Error(), "--budget -1s") {
		t.Errorf("error %v", err)
	}
}

// The bar names the stage and how much is done, and goes when the work is.
func TestProgressBar(t *testing.T) {
	var terminal bytes.Buffer
	p := progress{to: &terminal}
	p.draw(qca.Progress{Stage: "condition sets", Done: 3, Total: 12})
	p.draw(qca.Progress{Stage: "steps", Done: 4096})
	if text := terminal.String(); !strings.Contains(text, "condition sets") || !strings.Contains(text, "3/12") || !strings.Contains(text, "steps") {
		t.Errorf("drawn: %q", text)
	}
	terminal.Reset()
	p.clear()
	if text := terminal.String(); strings.TrimRight(text, " \r\x1b[K2") != "" {
		t.Errorf("left on the line: %q", text)
	}
}
