package adoption_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/rollout"
)

// large is a world of one programme with so many sites of fifteen members, and
// so many counts.
func large(t testing.TB, d *db.DB, sites, measures int) *world {
	t.Helper()
	var names []string
	for n := range 15 {
		names = append(names, fmt.Sprintf("Member %02d", n+1))
	}
	w := newWorld(t, t.Context(), d, names, 0)
	w.service = serviceOf(d)
	w.must(d.InTx(w.ctx, func(ctx context.Context) error {
		in := *w
		in.ctx = ctx
		in.fill(sites, measures)
		return nil
	}))
	return w
}

func (w *world) fill(sites, measures int) {
	for n := range 15 {
		member := fmt.Sprint("m", n+1)
		w.must(rollout.Insert(w.ctx, w.db, rollout.Rollout{ID: "r" + member, ProgrammeID: "p1", MemberID: member, State: rollout.Active, PlannedStart: "2010-04-01"}))
	}
	for m := range measures {
		w.must(adoption.InsertMeasure(w.ctx, w.db, adoption.Measure{
			ID: fmt.Sprint("measure ", m), Key: int64(100 + m), ProgrammeID: "p1", CollectionKey: 10, Code: fmt.Sprintf("M%02d", m), Name: fmt.Sprint("Count ", m),
			Kind: adoption.CountMeasure, Purpose: adoption.ForActivity, Direction: adoption.Increase, Required: m == 0,
		}))
	}
	ids := make([]string, sites)
	for n := range sites {
		ids[n] = fmt.Sprint("s", n)
		member := fmt.Sprint("m", n*15/sites+1)
		w.must(network.InsertSite(w.ctx, w.db, network.Site{ID: ids[n], Key: int64(n + 1), Code: fmt.Sprintf("S%05d", n), Name: fmt.Sprint("Site ", n), MadeUp: true}))
		w.must(network.InsertMembership(w.ctx, w.db, network.Membership{SiteID: ids[n], UnitID: member, ValidFrom: "2010-04-01"}))
		w.must(rollout.InsertSite(w.ctx, w.db, rollout.Site{RolloutID: "r" + member, SiteID: ids[n], EligibleFrom: "2010-04-01"}))
	}
	w.must(network.Place(w.ctx, w.db, ids...))
}

// generated is a long table that is made as it is read: period after period,
// in each the sites, of each the measures.
type generated struct {
	first    period.Period
	sites    int
	measures int
	rows     int
	salt     int
	onRead   func()
	labels   map[int]string
}

// Every line has the same length, that of the header among them.
const (
	generatedHeader = "period,site,measure,value\n"
	generatedLine   = len(generatedHeader)
)

func (g generated) file() adoption.File {
	g.labels = map[int]string{}
	return adoption.File{Name: "generated.csv", Content: g, Size: int64(generatedLine) * int64(g.rows+1)}
}

func (g generated) line(buffer []byte, n int) []byte {
	if n == 0 {
		return append(buffer, generatedHeader...)
	}
	n--
	m, s, p := n%g.measures, n/g.measures%g.sites, n/g.measures/g.sites
	if g.labels[p] == "" {
		g.labels[p] = g.first.Add(p).Label()
	}
	buffer = padded(append(append(buffer, g.labels[p]...), ",S"...), s, 10_000)
	buffer = padded(append(buffer, ",M"...), m, 10)
	return append(padded(append(buffer, ','), (n+g.salt)%200, 100), '\n')
}

// padded writes a number from the digit of the given worth on.
func padded(buffer []byte, n, worth int) []byte {
	for ; worth > 0; worth /= 10 {
		buffer = append(buffer, byte('0'+n/worth%10))
	}
	return buffer
}

func (g generated) ReadAt(out []byte, from int64) (n int, err error) {
	if g.onRead != nil {
		g.onRead()
	}
	buffer := make([]byte, 0, 2*generatedLine)
	for n < len(out) {
		at := from + int64(n)
		number := int(at / int64(generatedLine))
		if number > g.rows {
			return n, io.EOF
		}
		buffer = g.line(buffer[:0], number)
		n += copy(out[n:], buffer[int(at)%generatedLine:])
	}
	return n, nil
}

func firstQuarter() period.Period { return quarters(1)[0] }

// A million rows are taken as one, in the memory of a few thousand.
func TestAMillionRowsInConstantMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const bound = 96 << 20
	w := large(t, dbtest.Open(t, dbtest.SQLite(t)), 2000, 20)
	var most uint64
	reads := 0
	g := generated{first: firstQuarter(), sites: 2000, measures: 20, rows: 1_000_000}
	g.onRead = func() {
		if reads++; reads%100 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	receipt, err := w.sendFile(system, g.file())
	w.must(err)
	if receipt.Tally.Added != 1_000_000 || receipt.Sites != 50_000 || len(receipt.Periods) != 25 {
		t.Errorf("the receipt is %+v", receipt)
	}
	if most == 0 || most > bound {
		t.Errorf("the heap grew to %d MB, want at most %d", most>>20, bound>>20)
	}
	w.recounted(ofP1)
}

// recounted holds the rollups against what Recount counts.
func (w *world) recounted(c adoption.Collection) {
	w.t.Helper()
	before := stored(w.t, w.ctx, w.db, c)
	periods := map[int64]bool{}
	each(w.t, w.ctx, w.db, `SELECT DISTINCT period FROM eligible_site`, func(n []int64) { periods[n[0]] = true }, 1)
	for key := range periods {
		p, err := period.FromKey(int(key))
		w.must(err)
		w.must(adoption.Recount(w.ctx, w.db, c, p))
	}
	if after := stored(w.t, w.ctx, w.db, c); !maps.Equal(before, after) || len(after) == 0 {
		w.t.Errorf("the rollups are not those of a fresh count")
	}
}

// What contradicts itself far apart is found, and so is a part that exceeds
// its whole; the same said twice is not.
func TestChunksAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := large(t, d, 700, 20)
		w.exec(`UPDATE measure SET part_of_key = 100 WHERE key = 119`)
		g := generated{first: firstQuarter(), sites: 700, measures: 20, rows: 56_000}
		// The generated part is 19 more than its whole where the count has not begun anew.
		const header, filler = generatedHeader, "Q1 2018/19,S00000,M01,001\n"
		_ = filler
		extra := "Q1 2018/19,S00000,M01,001\nQ1 2018/19,S00001,M01,000\n"
		file := adoption.File{Name: "a.csv", Content: &joined{g.file(), extra}, Size: g.file().Size + int64(len(extra))}
		for _, send := range []func() (adoption.FileReceipt, error){
			func() (adoption.FileReceipt, error) { return w.checkFile(file), nil },
			func() (adoption.FileReceipt, error) { return w.sendFile(system, file) },
		} {
			receipt, err := send()
			if err != nil && outcome(err) != "invalid" {
				t.Fatal(err)
			}
			parts, twice := 0, 0
			for _, c := range receipt.Conflicts {
				switch {
				case strings.Contains(c.Reason, "cannot be more than"):
					parts++
				case c.Row == 56_003 && strings.Contains(c.Reason, "earlier value says otherwise"):
					twice++
				default:
					t.Errorf("unexpected: %s", c.Error())
				}
			}
			if parts == 0 || twice != 1 || receipt.Wrong < 1000 {
				t.Errorf("%d of %d conflicts are of parts, %d of what was said twice", parts, receipt.Wrong, twice)
			}
		}
		if got := count(t, d, `SELECT count(*) FROM observation`); got != 0 {
			t.Errorf("%d values were taken", got)
		}
	})
}

// joined is a file with some text behind it.
type joined struct {
	adoption.File
	behind string
}

func (j *joined) ReadAt(out []byte, from int64) (int, error) {
	if from >= j.Size {
		return strings.NewReader(j.behind).ReadAt(out, from-j.Size)
	}
	return j.Content.ReadAt(out[:min(int64(len(out)), j.Size-from)], from)
}

// BenchmarkImport imports raw rows of many quarters into an empty database of
// 12,000 sites, all in one transaction, and tells rows a second.
func BenchmarkImport(b *testing.B) {
	const sites, measures, rows = 12_000, 20, 2_000_000
	for b.Loop() {
		b.StopTimer()
		w := large(b, dbtest.Open(b, dbtest.SQLite(b)), sites, measures)
		g := generated{first: firstQuarter(), sites: sites, measures: measures, rows: rows}
		b.StartTimer()
		start := time.Now()
		receipt, err := w.sendFile(system, g.file())
		w.must(err)
		if receipt.Tally.Added != rows {
			b.Fatalf("added %d", receipt.Tally.Added)
		}
		b.ReportMetric(rows/time.Since(start).Seconds(), "rows/s")
	}
}
