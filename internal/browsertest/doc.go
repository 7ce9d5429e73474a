// Package browsertest drives SIR's pages in headless Chromium and judges them.
//
// One browser serves a test binary; each [Session] is a window of its own with
// empty cookies. A session fails its test when an action cannot be done, when
// the browser complains (an uncaught error, console.error, a refusal by the
// content security policy, a resource that does not load, a request to another
// host), and, on demand, when axe-core finds a violation or a page scrolls
// sideways.
//
//	func TestMain(m *testing.M) { browsertest.Main(m) }
//
//	func TestMeasure(t *testing.T) {
//		s := browsertest.Open(t, server.URL)
//		s.Goto("/measure")
//		s.Judge()
//		s.Follow(browsertest.Link("Explain"))
//	}
//
// All but this file carries the build tag browser, so that tests without a
// browser neither need nor build it.
package browsertest
