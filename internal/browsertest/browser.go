//go:build browser

package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromiumNames are the names under which distributions install the browser.
var chromiumNames = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
}

// browser is the one Chromium of the test binary. It starts with the first
// session and is stopped by Main.
var browser struct {
	start sync.Once
	ctx   context.Context
	stop  func()
	err   error
	ruled bool // Main runs the tests, so the browser will be stopped
}

// Main runs the tests of m, stops the browser they started and exits. Call it
// from TestMain: without it Chromium's profile folder would stay behind.
func Main(m *testing.M) {
	browser.ruled = true
	code := m.Run()
	if browser.stop != nil {
		browser.stop()
	}
	os.Exit(code)
}

// chromium returns the context of the running browser, starting it if needed.
func chromium() (context.Context, error) {
	if !browser.ruled {
		return nil, errors.New("browsertest: call browsertest.Main from TestMain, so that the browser is stopped at the end")
	}
	browser.start.Do(func() { browser.ctx, browser.stop, browser.err = startChromium() })
	return browser.ctx, browser.err
}

// startChromium starts a browser that talks to nobody but the pages under
// test. As root chromedp adds --no-sandbox, which Chromium then insists on.
func startChromium() (context.Context, func(), error) {
	path, err := findChromium()
	if err != nil {
		return nil, nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocator)
	stop := func() {
		// Asked to close, Chromium also removes what it keeps outside its profile.
		_ = chromedp.Cancel(ctx)
		stopBrowser()
		stopAllocator()
	}
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("browsertest: %s does not start: %w", path, err)
	}
	return ctx, stop, nil
}

// findChromium returns the path of the browser: SIR_CHROMIUM when it is set,
// else the first usual name that exists.
func findChromium() (string, error) {
	if path := os.Getenv("SIR_CHROMIUM"); path != "" {
		return path, nil
	}
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("browsertest: no Chromium found: install it (Debian, Ubuntu: apt-get install chromium) or set SIR_CHROMIUM to its path")
}
