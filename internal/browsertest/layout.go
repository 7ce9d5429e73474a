//go:build browser

package browsertest

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// windowHeight is a laptop's; pages scroll downwards, so it rarely matters.
const windowHeight = 800

// SetWidth makes the window so many CSS pixels wide, at once.
func (s *Session) SetWidth(pixels int) {
	s.t.Helper()
	s.do("set the window's width", chromedp.EmulateViewport(int64(pixels), windowHeight))
	s.settle()
}

// settle waits until the page has been drawn twice: scripts that follow the
// window's size act in the first frame, and their effect is there in the next.
// With scripts off nothing acts, and no frame would ever be reported.
func (s *Session) settle() {
	s.t.Helper()
	if s.scriptless {
		return
	}
	Eval[bool](s, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}

func (s *Session) width() int {
	s.t.Helper()
	return Eval[int](s, "window.innerWidth")
}

// overflowing lists what reaches beyond the right edge of the window and is
// not inside an element that scrolls or clips by itself.
const overflowing = `(() => {
	const root = document.documentElement, edge = root.clientWidth;
	if (root.scrollWidth <= edge) return [];
	const contained = e => {
		for (let p = e.parentElement; p && p !== root && p !== document.body; p = p.parentElement)
			if (getComputedStyle(p).overflowX !== "visible") return true;
		return false;
	};
	const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > edge + 0.5 && !contained(e));
	return ["the page is " + root.scrollWidth + " pixels wide in a window of " + edge,
		...wide.slice(0, 5).map(e => e.cloneNode(false).outerHTML)];
})()`

// NoSidewaysScroll fails the test when the page is wider than its window, and
// names the elements that stick out.
func (s *Session) NoSidewaysScroll() {
	s.t.Helper()
	if found := Eval[[]string](s, overflowing); len(found) > 0 {
		s.t.Errorf("browsertest: %s scrolls sideways:\n  %s", s.Path(), strings.Join(found, "\n  "))
	}
}

// Judge holds the current page against all that every page must hold, in a
// narrow and in a wide window. The window stays wide.
func (s *Session) Judge() {
	s.t.Helper()
	for _, pixels := range []int{Narrow, Wide} {
		s.SetWidth(pixels)
		s.JudgeAsIs()
	}
}

// JudgeAsIs holds the current page against all that every page must hold, in
// the window as it is: axe-core, no sideways scroll, no complaint of the
// browser.
func (s *Session) JudgeAsIs() {
	s.t.Helper()
	s.NoSidewaysScroll()
	s.Axe()
	s.NoComplaints()
}

// Screenshot writes a PNG picture of the whole page, what is below the window
// included, to path. It makes the folder if needed.
func (s *Session) Screenshot(path string) {
	s.t.Helper()
	picture := get(s, "take a picture", chromedp.FullScreenshot(100))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		s.t.Fatalf("browsertest: screenshot: %v", err)
	}
	if err := os.WriteFile(path, picture, 0o640); err != nil {
		s.t.Fatalf("browsertest: screenshot: %v", err)
	}
}
