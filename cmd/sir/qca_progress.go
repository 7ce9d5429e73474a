package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"

	"sir/qca"
)

// qcaBudget is how long a search may take.
type qcaBudget struct {
	Budget time.Duration `default:"30s" placeholder:"30s" help:"Longest time to search; what is found by then is printed and marked as partial."`
}

func (b qcaBudget) context(env *environment) (context.Context, context.CancelFunc) {
	return context.WithTimeout(env.ctx, b.Budget)
}

// errInterrupted is what Ctrl-C leaves.
var errInterrupted = errors.New("interrupted: nothing is printed or written; with --budget 10s a search stops after ten seconds and gives what it found")

// run does long work within the budget, with a bar on a terminal. Ctrl-C stops
// it; a second one ends the program at once.
func (b qcaBudget) run(env *environment, work func(ctx context.Context, tell func(qca.Progress)) error) error {
	if b.Budget <= 0 {
		return inputError{fmt.Errorf("--budget %s: give a time above zero, such as 30s or 5m", b.Budget)}
	}
	defer context.AfterFunc(env.ctx, func() { signal.Reset(os.Interrupt, syscall.SIGTERM) })()
	ctx, cancel := b.context(env)
	defer cancel()
	var bar progress
	if terminal(env.err) {
		bar.to = env.err
	}
	err := work(ctx, bar.tell)
	bar.clear()
	if env.ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress is a bar for each stage of the work, and nothing without a terminal.
type progress struct {
	to io.Writer

	mutex sync.Mutex // several goroutines tell
	stage string
	next  time.Time // when to draw again
	bar   *progressbar.ProgressBar
}

// drawEvery so long the bar is drawn; work that is done sooner shows none.
const drawEvery = 200 * time.Millisecond

func (p *progress) tell(now qca.Progress) {
	if p.to == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.next.IsZero() {
		p.next = time.Now().Add(drawEvery)
	}
	if time.Now().Before(p.next) {
		return
	}
	p.draw(now)
	p.next = time.Now().Add(drawEvery)
}

func (p *progress) draw(now qca.Progress) {
	if p.bar == nil || p.stage != now.Stage {
		if p.bar != nil {
			_ = p.bar.Clear()
		}
		most := now.Total
		if most == 0 {
			most = -1 // nobody knows
		}
		p.stage = now.Stage
		p.bar = progressbar.NewOptions(most, progressbar.OptionSetWriter(p.to), progressbar.OptionSetDescription(now.Stage),
			progressbar.OptionShowCount(), progressbar.OptionSetElapsedTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSpinnerType(9))
	}
	_ = p.bar.Set(now.Done)
}

// clear takes the bar away, so that only the result stays.
func (p *progress) clear() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
