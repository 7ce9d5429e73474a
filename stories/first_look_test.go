//go:build browser

package stories

import (
	"testing"

	"sir/internal/browsertest"
)

// firstLook is a newcomer's first five minutes.
var firstLook = story{
	{"open the front page", func(t *testing.T, s *browsertest.Session) { s.Goto("/sign-in") }},
}
