package innovation_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/policy"
)

// draft is a draft that is right where there is evidence E1 and E2.
func draft() innovation.Draft {
	return innovation.Draft{
		Kind: "value proposition", Audience: "Ward managers", Ask: "Ten minutes a week.",
		Lines: []innovation.DraftLine{{Body: "Fewer calls.", Evidence: "e2 E1,E1"}, {}, {Body: "A calmer ward."}},
	}
}

func (w *world) narratives(code string) innovation.NarrativesView {
	w.t.Helper()
	v, err := w.service.Narratives(w.t.Context(), evaluator, code)
	w.must(err)
	return v
}

func (w *world) known(n int) {
	w.t.Helper()
	for range n {
		w.must(w.service.AddEvidence(w.t.Context(), manager, "lamp", trial()))
	}
}

func TestNarrativesKeepTheirVersions(t *testing.T) {
	each(t, func(w *world) {
		w.known(2)
		ctx := w.t.Context()
		w.must(w.service.Write(ctx, writer, "lamp", "", 0, draft()))
		v := w.narratives("lamp")
		n := v.Narratives[0]
		first := n.Now()
		want := []innovation.Line{{Body: "Fewer calls.", Evidence: []int{1, 2}}, {Body: "A calmer ward."}}
		if len(v.Narratives) != 1 || !reflect.DeepEqual(first.Lines, want) || first.WrittenBy != "communications" || first.Number != 1 {
			w.t.Fatalf("it is kept as %+v", v.Narratives)
		}
		if first.Unsupported(v.Items) != 1 {
			w.t.Errorf("%d lines have no evidence, want 1", first.Unsupported(v.Items))
		}
		next := draft()
		next.Audience, next.Lines = "Ward sisters", []innovation.DraftLine{{Body: "One line.", Evidence: "2"}}
		w.must(w.service.Write(ctx, manager, "lamp", n.ID, 1, next))
		if err := w.service.Write(ctx, writer, "lamp", n.ID, 1, draft()); !errors.Is(err, fault.ErrStale) {
			w.t.Errorf("a version upon one that is not the newest: %v", err)
		}
		got := w.narratives("lamp").Narratives[0]
		if len(got.Versions) != 2 || !reflect.DeepEqual(got.Versions[0], first) || got.Now().Audience != "Ward sisters" || len(got.Now().Lines) != 1 {
			w.t.Errorf("the versions are %+v", got.Versions)
		}
		if err := w.service.Write(ctx, foreign, "wick", n.ID, 2, innovation.Draft{
			Kind: "narrative", Audience: "A", Ask: "B", Lines: []innovation.DraftLine{{Body: "C"}},
		}); !errors.Is(err, fault.ErrNotFound) {
			w.t.Errorf("changed through another innovation: %v", err)
		}
		w.must(w.service.RemoveEvidence(ctx, manager, "lamp", v.Items[1].ID, 1))
		after := w.narratives("lamp")
		if now := after.Narratives[0].Now(); !slices.Equal(now.Lines[0].Evidence, []int{2}) || now.Unsupported(after.Items) != 1 {
			w.t.Errorf("after its evidence was taken out a line says %+v", now.Lines)
		}
	})
}

func TestWhoWritesNarratives(t *testing.T) {
	each(t, func(w *world) {
		w.known(2)
		only(w.t, "writing", []string{"manager", "lead", "innovator", "writer"}, func(a policy.Actor) error {
			return w.service.Write(w.t.Context(), a, "lamp", "", 0, draft())
		})
		only(w.t, "opening the form", []string{"manager", "lead", "innovator", "writer"}, func(a policy.Actor) error {
			_, err := w.service.Narrating(w.t.Context(), a, "lamp")
			return err
		})
	})
}

// Invariants 17 and 5 of INVENTORY 6.3: free text warns of what identifies
// people; a line without evidence is shown as such, and not refused.
func TestDraftsThatAreWrong(t *testing.T) {
	each(t, func(w *world) {
		w.known(2)
		w.must(w.service.RemoveEvidence(w.t.Context(), manager, "lamp", w.evidence("lamp").Items[1].ID, 1))
		good := draft()
		good.Lines = []innovation.DraftLine{{Body: "No evidence."}}
		w.must(w.service.Write(w.t.Context(), manager, "lamp", "", 0, good))
		for at, change := range map[string]func(*innovation.Draft){
			"kind":       func(d *innovation.Draft) { d.Kind = "poem" },
			"audience":   func(d *innovation.Draft) { d.Audience = "" },
			"ask":        func(d *innovation.Draft) { d.Ask = "Write to a@example.org" },
			"line-1":     func(d *innovation.Draft) { d.Lines = nil },
			"line-2":     func(d *innovation.Draft) { d.Lines = append(d.Lines, innovation.DraftLine{Evidence: "E1"}) },
			"evidence-1": func(d *innovation.Draft) { d.Lines[0].Evidence = "E2" }, // taken out
			"evidence-2": func(d *innovation.Draft) {
				d.Lines = append(d.Lines, innovation.DraftLine{Body: "X", Evidence: "the audit"})
			},
		} {
			in := draft()
			in.Lines = []innovation.DraftLine{{Body: "A line.", Evidence: "E1"}}
			change(&in)
			checkFields(w.t, w.service.Write(w.t.Context(), manager, "lamp", "", 0, in), at)
		}
		in := draft()
		in.Lines = slices.Repeat([]innovation.DraftLine{{Body: "X"}}, innovation.MaxLines+1)
		checkFields(w.t, w.service.Write(w.t.Context(), manager, "lamp", "", 0, in), "line-1")
	})
}

func FuzzParseNumbers(f *testing.F) {
	for _, text := range []string{"", "E1, e3", "1 1;2", "E", "EE1", "0", "-1", "65536", "E1E2", "٣"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		numbers, ok := innovation.ParseNumbers(text)
		if !ok {
			return
		}
		if !slices.IsSorted(numbers) || slices.Contains(numbers, 0) || len(slices.Compact(slices.Clone(numbers))) != len(numbers) {
			t.Errorf("%q gives %v", text, numbers)
		}
		if again, ok := innovation.ParseNumbers(innovation.Numbers(numbers)); !ok || !slices.Equal(again, numbers) {
			t.Errorf("%v is written %q and read %v", numbers, innovation.Numbers(numbers), again)
		}
	})
}

func TestParseNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", " , ": "", "E3, e1;1 2": "E1, E2, E3", "E": "bad", "EE1": "bad", "0": "bad", "-1": "bad", "65536": "bad", "E1E2": "bad", "x": "bad",
	} {
		numbers, ok := innovation.ParseNumbers(text)
		got := innovation.Numbers(numbers)
		if !ok {
			got = "bad"
		}
		if got != want || strings.Contains(got, "E0") {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
