package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"sir/internal/fault"
)

var kinds = []error{fault.ErrNotFound, fault.ErrInvalid, fault.ErrStale, fault.ErrForbidden, fault.ErrSignedOut, fault.ErrTooMany}

func TestEachMakerMakesItsOwnKind(t *testing.T) {
	t.Parallel()
	for i, make := range []func(string, ...any) error{
		fault.NotFound, fault.Invalid, fault.Stale, fault.Forbidden, fault.SignedOut, fault.TooMany,
	} {
		err := fmt.Errorf("layer: %w", make("%d of %s", 3, "them"))
		for j, kind := range kinds {
			if errors.Is(err, kind) != (i == j) {
				t.Errorf("%v is %v: %v", err, kind, i != j)
			}
		}
		var shown *fault.Error
		if !errors.As(err, &shown) || shown.Message != "3 of them" {
			t.Errorf("what may be shown of %v is %+v", err, shown)
		}
	}
}

// A message is text, not a format: what somebody typed may hold a percent sign.
func TestMessagesKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	if err := fault.NotFound("There is no %q.", "100%s"); err.Error() != `There is no "100%s".` {
		t.Errorf("the message is %q", err)
	}
}

func TestFieldsSayEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	var wrong fault.Fields
	if err := wrong.Err(); err != nil {
		t.Errorf("nothing wrong is %v", err)
	}
	wrong.Add("name", "Enter a %s.", "name")
	wrong.Add("role", "Choose a role.")
	err := wrong.Err()
	var shown *fault.Error
	if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &shown) || len(shown.Fields) != 2 || shown.Fields[1].Name != "role" {
		t.Fatalf("two things wrong are %+v", err)
	}
	if err.Error() != "Enter a name.; Choose a role." {
		t.Errorf("in words: %q", err)
	}
	shown.Message = "Not kept"
	if err.Error() != "Not kept; Enter a name.; Choose a role." {
		t.Errorf("with a message: %q", err)
	}
}
