//go:build browser

package browsertest

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys for Press that are no characters.
const (
	Tab    = kb.Tab
	Enter  = kb.Enter
	Escape = kb.Escape
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
	Left   = kb.ArrowLeft
	Right  = kb.ArrowRight
)

// Click clicks what f finds and does not wait for a page; see Follow.
func (s *Session) Click(f Find) {
	s.t.Helper()
	s.do("click "+f.what, chromedp.Click(chromedp.JSPath(f.expression)))
}

// Fill types text into the field that f finds, in place of what it holds. An
// empty text empties the field.
func (s *Session) Fill(f Find, text string) {
	s.t.Helper()
	s.do("focus "+f.what, chromedp.Focus(chromedp.JSPath(f.expression)))
	Eval[any](s, fmt.Sprintf("(%s).select()", f.expression))
	if text == "" {
		text = kb.Delete
	}
	s.do("fill "+f.what, chromedp.KeyEvent(text))
}

// Choose picks the option that says text in the list (select) that f finds.
func (s *Session) Choose(f Find, text string) {
	s.t.Helper()
	s.WaitFor(f)
	chosen := Eval[bool](s, fmt.Sprintf(`((list, text) => {
		const option = [...list.options].find(o => o.text.trim() === text);
		if (!option) return false;
		option.selected = true;
		for (const name of ["input", "change"]) list.dispatchEvent(new Event(name, {bubbles: true}));
		return true;
	})(%s, %q)`, f.expression, text))
	if !chosen {
		s.t.Fatalf("browsertest: %s has no option %q", f.what, text)
	}
}

// Attach picks a file with the name and content in the field (input of type
// file) that f finds. The file lives as long as the running test, so the form
// must be sent before that ends.
func (s *Session) Attach(f Find, name, content string) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.t.Fatalf("browsertest: attach %s: %v", name, err)
	}
	s.do("attach "+name+" to "+f.what, chromedp.SetUploadFiles(chromedp.JSPath(f.expression), []string{path}))
}

// Press presses keys one after the other on whatever has the focus.
func (s *Session) Press(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		s.do(fmt.Sprintf("press %q", key), chromedp.KeyEvent(key))
	}
}

// WaitFor waits until f finds a visible element.
func (s *Session) WaitFor(f Find) {
	s.t.Helper()
	s.do("see "+f.what, chromedp.WaitVisible(chromedp.JSPath(f.expression)))
}

// Has reports whether f finds a visible element now.
func (s *Session) Has(f Find) bool {
	s.t.Helper()
	return Eval[bool](s, "!!("+f.expression+")")
}

// Text returns the visible text of what f finds, as laid out on the page.
func (s *Session) Text(f Find) string {
	s.t.Helper()
	return get(s, "read "+f.what, chromedp.Text(chromedp.JSPath(f.expression)))
}

// Texts returns the text of every element that selector matches, in page order.
func (s *Session) Texts(selector string) []string {
	s.t.Helper()
	return Eval[[]string](s, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText.trim())`, selector))
}

// Value returns the value of the field that f finds.
func (s *Session) Value(f Find) string {
	s.t.Helper()
	return get(s, "read the value of "+f.what, chromedp.Value(chromedp.JSPath(f.expression)))
}

// Focused describes the element with the focus: its tag, its id when it has
// one, and its text or name, for example `a "Skip to main content"`.
func (s *Session) Focused() string {
	s.t.Helper()
	return Eval[string](s, `(e => e.tagName.toLowerCase() + (e.id && "#" + e.id) +
		" " + JSON.stringify((e.ariaLabel || e.textContent || e.name || "").replace(/\s+/g, " ").trim()))(document.activeElement)`)
}

// Eval returns the value of a JavaScript expression, promises awaited.
func Eval[T any](s *Session, expression string) T {
	s.t.Helper()
	return get(s, "evaluate "+expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}
