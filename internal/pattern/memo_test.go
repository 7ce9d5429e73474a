package pattern

import (
	"errors"
	"fmt"
	"testing"
)

func TestMemoComputesOncePerContent(t *testing.T) {
	m := memo{held: map[[32]byte]Overview{}}
	computed := 0
	ask := func(label string) Overview {
		o, err := m.get(CaseTable{Cases: []Case{{Label: label}}}, func() (Overview, error) {
			computed++
			return Overview{Cases: computed}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	first := ask("1")
	if again := ask("1"); again.Cases != first.Cases || computed != 1 {
		t.Errorf("the same table was computed %d times", computed)
	}
	if other := ask("2"); other.Cases == first.Cases {
		t.Error("a changed table got the answer of another")
	}
	for i := range 3 * keptOverviews {
		ask(fmt.Sprint("more ", i))
	}
	if len(m.held) > keptOverviews {
		t.Errorf("%d overviews are kept, want %d at most", len(m.held), keptOverviews)
	}
}

func TestMemoKeepsNoFailure(t *testing.T) {
	m := memo{held: map[[32]byte]Overview{}}
	stop := errors.New("stopped")
	if _, err := m.get(CaseTable{}, func() (Overview, error) { return Overview{}, stop }); !errors.Is(err, stop) {
		t.Fatalf("error %v", err)
	}
	o, err := m.get(CaseTable{}, func() (Overview, error) { return Overview{Cases: 7}, nil })
	if err != nil || o.Cases != 7 {
		t.Errorf("after a failure: %+v, %v", o, err)
	}
}
