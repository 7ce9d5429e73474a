package audit_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/policy"
)

var noon = time.Date(2026, 3, 29, 12, 0, 0, 123456789, time.FixedZone("BST", 3600))

// record is the n-th thing that happens in these tests.
func record(n int) audit.Record {
	r := audit.Record{
		At: noon.Add(time.Duration(n) * time.Minute), Actor: policy.Actor{ID: fmt.Sprintf("a%d", n%3), Name: "Somebody"},
		Action: "members.view", Outcome: audit.Done,
		Note: audit.Note{Object: fmt.Sprintf("member %d", n), Detail: map[string]string{"z": "last", "a": "first", "n": fmt.Sprint(n)}},
	}
	if n%2 == 0 {
		r.Outcome, r.Note.Detail = audit.Refused, nil
	}
	return r
}

// keep appends the first n records.
func keep(t testing.TB, d *db.DB, n int) {
	t.Helper()
	for i := 1; i <= n; i++ {
		if err := audit.Append(context.Background(), d, record(i)); err != nil {
			t.Fatal(err)
		}
	}
}

func entries(t testing.TB, d *db.DB) []audit.Entry {
	t.Helper()
	list, err := audit.List(context.Background(), d, audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEntriesSayWhatWasDone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 2)
		list := entries(t, d)
		if len(list) != 2 {
			t.Fatalf("%d entries, want 2", len(list))
		}
		second, first := list[0], list[1]
		want := audit.Entry{
			Seq: 1, At: time.Date(2026, 3, 29, 11, 1, 0, 123456000, time.UTC), ActorID: "a1", ActorName: "Somebody",
			Action: "members.view", Outcome: audit.Done, Object: "member 1", Detail: `{"a":"first","n":"1","z":"last"}`,
			Hash: first.Hash,
		}
		if first != want {
			t.Errorf("the first entry is\n%+v\nwant\n%+v", first, want)
		}
		if second.PreviousHash != first.Hash || second.Outcome != audit.Refused || second.Detail != "{}" {
			t.Errorf("the second entry does not follow: %+v", second)
		}
		head, err := audit.Verify(t.Context(), d)
		if err != nil || head != (audit.Head{Seq: 2, Hash: second.Hash}) {
			t.Errorf("Verify = %+v, %v", head, err)
		}
	})
}

func TestAnEmptyTrailIsWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if head, err := audit.Verify(t.Context(), d); err != nil || head != (audit.Head{}) {
			t.Errorf("Verify = %+v, %v", head, err)
		}
	})
}

// The chain is written down here once more, so that a change of it, which
// would break every trail in use, is noticed. The fields are separated as
// netstrings (D. J. Bernstein, 1997): length, colon, text, comma.
func TestTheChainIsTheSameOnBothEnginesAndInTheseWords(t *testing.T) {
	t.Parallel()
	netstrings := func(fields ...string) string {
		var text strings.Builder
		for _, f := range fields {
			fmt.Fprintf(&text, "%d:%s,", len(f), f)
		}
		return fmt.Sprintf("%x", sha256.Sum256([]byte(text.String())))
	}
	first := netstrings("", "1", "1774782060123456", "a1", "Somebody", "members.view", "done", "member 1", `{"a":"first","n":"1","z":"last"}`)
	second := netstrings(first, "2", "1774782120123456", "a2", "Somebody", "members.view", "refused", "member 2", "{}")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 2)
		list := entries(t, d)
		if list[1].Hash != first || list[0].Hash != second {
			t.Errorf("hashes %s, %s; want %s, %s", list[1].Hash, list[0].Hash, first, second)
		}
	})
}

func TestAnEntryGoesWithItsTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 1)
		stop := errors.New("stop")
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			if err := audit.Append(ctx, d, record(2)); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if list := entries(t, d); len(list) != 1 {
			t.Errorf("%d entries after a rollback, want 1", len(list))
		}
		keep(t, d, 1) // the head must have gone back too
		if head, err := audit.Verify(t.Context(), d); err != nil || head.Seq != 2 {
			t.Errorf("Verify = %+v, %v", head, err)
		}
	})
}

func TestEntriesCannotBeChangedOrRemoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 3)
		for _, statement := range []string{
			`UPDATE audit_entry SET detail = '{}' WHERE seq = 1`,
			`UPDATE audit_entry SET detail = detail`,
			`DELETE FROM audit_entry WHERE seq = 3`,
			`DELETE FROM audit_entry`,
		} {
			if _, err := d.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v, want a refusal", statement, err)
			}
		}
		if head, err := audit.Verify(t.Context(), d); err != nil || head.Seq != 3 {
			t.Errorf("Verify = %+v, %v", head, err)
		}
	})
}

// Writers of several instances meet at the head of the trail; none may fork it
// or leave a gap.
func TestConcurrentWritersMakeOneChain(t *testing.T) {
	t.Parallel()
	dbtest.EachAddress(t, func(t *testing.T, address string) {
		const instances, each = 4, 10
		var all sync.WaitGroup
		for range instances {
			d := dbtest.Open(t, address)
			for range 2 {
				all.Go(func() {
					for n := range each {
						if err := audit.Append(t.Context(), d, record(n)); err != nil {
							t.Error(err)
						}
					}
				})
			}
		}
		all.Wait()
		head, err := audit.Verify(t.Context(), dbtest.Open(t, address))
		if err != nil || head.Seq != 2*instances*each {
			t.Errorf("Verify = %+v, %v, want %d entries", head, err, 2*instances*each)
		}
	})
}

func TestHostileTextIsKeptOrRefused(t *testing.T) {
	t.Parallel()
	texts := []string{
		"<script>alert(1)</script>", "'; DROP TABLE audit_entry; --", "\u202eright to left", strings.Repeat("long ", 1<<18),
		"1:a,2:bc,", "\x1b[2J\r\n", "\ufffd", `"}{"`,
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, text := range texts {
			r := record(1)
			r.Actor.Name, r.Note.Object, r.Note.Detail = text, text, map[string]string{text: text}
			if err := audit.Append(t.Context(), d, r); err != nil {
				t.Errorf("%.30q: %v", text, err)
				continue
			}
			got := entries(t, d)[0]
			var detail map[string]string
			if err := json.Unmarshal([]byte(got.Detail), &detail); err != nil {
				t.Error(err)
			}
			if got.ActorName != text || got.Object != text || detail[text] != text {
				t.Errorf("%.30q came back as %.30q, %.30q, %.30q", text, got.ActorName, got.Object, got.Detail)
			}
		}
		for _, text := range []string{"nul \x00", "not UTF-8 \xff"} {
			r := record(1)
			r.Note.Object = text
			if err := audit.Append(t.Context(), d, r); err == nil {
				t.Errorf("%q was taken", text)
			}
			// In a detail such text is replaced: it must not stop the change it tells of.
			if err := audit.Append(t.Context(), d, audit.Record{
				At: noon, Action: "x", Outcome: audit.Done, Note: audit.Note{Detail: map[string]string{"k": text}},
			}); err != nil {
				t.Errorf("%q in a detail: %v", text, err)
			}
		}
		if _, err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}

func TestListNarrowsAndPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 9)
		for _, c := range []struct {
			name   string
			filter audit.Filter
			want   []int64
		}{
			{"all", audit.Filter{Limit: 20}, []int64{9, 8, 7, 6, 5, 4, 3, 2, 1}},
			{"a page", audit.Filter{Limit: 3}, []int64{9, 8, 7}},
			{"the next page", audit.Filter{Limit: 3, Before: 7}, []int64{6, 5, 4}},
			{"by actor", audit.Filter{Limit: 20, ActorID: "a1"}, []int64{7, 4, 1}},
			{"by outcome", audit.Filter{Limit: 20, Outcome: audit.Refused}, []int64{8, 6, 4, 2}},
			{"by both, paged", audit.Filter{Limit: 20, ActorID: "a2", Outcome: audit.Refused, Before: 8}, []int64{2}},
			{"by part of a name", audit.Filter{Limit: 3, Person: "MEbo"}, []int64{9, 8, 7}},
			{"by no pattern", audit.Filter{Limit: 20, Person: "s_mebody"}, nil},
			{"from a moment", audit.Filter{Limit: 20, From: noon.Add(8 * time.Minute)}, []int64{9, 8}},
			{"until a moment", audit.Filter{Limit: 20, Until: noon.Add(3 * time.Minute)}, []int64{2, 1}},
			{"between", audit.Filter{Limit: 20, From: noon.Add(3 * time.Minute), Until: noon.Add(5 * time.Minute)}, []int64{4, 3}},
			{"by action", audit.Filter{Limit: 20, Action: "account.add"}, nil},
		} {
			list, err := audit.List(t.Context(), d, c.filter)
			var got []int64
			for _, e := range list {
				got = append(got, e.Seq)
			}
			if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%s: %v, want %v (%v)", c.name, got, c.want, err)
			}
		}
	})
}

func TestContainsKnowsEveryHead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, 2)
		earlier, err := audit.Verify(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		keep(t, d, 2)
		if err := audit.Contains(t.Context(), d, earlier.Hash); err != nil {
			t.Errorf("the trail went on, and yet: %v", err)
		}
		other := strings.Repeat("0", len(earlier.Hash))
		if err := audit.Contains(t.Context(), d, other); err == nil || !strings.Contains(err.Error(), other) {
			t.Errorf("a head that never was: %v", err)
		}
	})
}
