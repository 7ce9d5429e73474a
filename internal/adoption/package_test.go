package adoption_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
)

// packaged is a data package as it was read back: cells by table, the header
// first, and what datapackage.json says.
type packaged struct {
	tables map[string][][]string
	about  struct {
		Description string
		Licenses    []struct{ Name string }
		Resources   []struct {
			Name   string
			Schema struct {
				PrimaryKey  []string
				ForeignKeys []struct {
					Fields    []string
					Reference struct {
						Resource string
						Fields   []string
					}
				}
			}
		}
	}
}

func (w *world) packaged(actor policy.Actor) packaged {
	w.t.Helper()
	var out bytes.Buffer
	w.must(w.service.Package(w.ctx, actor, "code-p1", adoption.PackageChoice{}, &out))
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	w.must(err)
	read := packaged{tables: map[string][][]string{}}
	for _, file := range archive.File {
		r, err := file.Open()
		w.must(err)
		text, err := io.ReadAll(r)
		w.must(err)
		if name, isTable := strings.CutSuffix(strings.TrimPrefix(file.Name, "data/"), ".csv"); isTable {
			read.tables[name], err = csv.NewReader(bytes.NewReader(text)).ReadAll()
			w.must(err)
		}
		if file.Name == "datapackage.json" {
			w.must(json.Unmarshal(text, &read.about))
		}
	}
	return read
}

// example is two members with three sites, and a restatement.
func example(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := newWorld(t, t.Context(), d, []string{"A", "B"}, 3)
	p, err := period.Parse("Q1 2019/20")
	w.must(err)
	w.counts(p, 1, "m1", 3)
	w.counts(p, 2, "m1", blank)
	w.counts(p, 3, "m2", 0)
	for _, n := range []int64{5, 7} {
		_, err = w.service.Submit(w.ctx, system, "code-p1", "quarterly", adoption.Sending{Source: "page", Reason: "counted again"},
			adoption.List([]adoption.Entry{{Period: p, SiteKey: 1, MeasureKey: 11, Value: n}}))
		w.must(err)
	}
	return w
}

func TestPackageHoldsRatesWithTheirParts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := example(t, d)
		p := w.packaged(system)
		want := [][]string{
			{"unit", "period", "percent", "adopted", "expected", "reported", "received", "complete", "on_time", "target_percent", "status"},
			{"*", "2019-04-01/P3M", "33.333333333333336", "1", "3", "2", "2", "2", "2", "", "provisional"},
			{"code-m1", "2019-04-01/P3M", "50", "1", "2", "1", "1", "1", "1", "", "provisional"},
			{"code-m2", "2019-04-01/P3M", "0", "0", "1", "1", "1", "1", "1", "", "provisional"},
		}
		if got := p.tables["rates"]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("rates\n%v\nwant\n%v", got, want)
		}
		if got := fmt.Sprint(p.tables["observations"][1:]); got != "[[level 2019-04-01/P3M site-1 code-m1 3 provisional] [level 2019-04-01/P3M site-3 code-m2 0 provisional] [count 2019-04-01/P3M site-1 code-m1 7 provisional]]" {
			t.Errorf("observations %s", got)
		}
		if got := p.tables["restatements"]; len(got) != 2 || got[1][5] != "5" || got[1][6] != "7" || got[1][8] != "counted again" || strings.Contains(fmt.Sprint(got), system.Name) {
			t.Errorf("restatements %v: want one from 5 to 7, without a name", got)
		}
		if len(p.about.Licenses) != 0 {
			t.Errorf("a licence that nobody stated: %v", p.about.Licenses)
		}
	})
}

// Every key is unique, and every foreign key leads to a row.
func TestKeysOfPackagesHold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := example(t, d).packaged(system)
		values := func(table string, fields []string) (list []string) {
			for _, row := range p.tables[table][1:] {
				var cells []string
				for _, f := range fields {
					cells = append(cells, row[slices.Index(p.tables[table][0], f)])
				}
				list = append(list, strings.Join(cells, "\x00"))
			}
			return list
		}
		for _, r := range p.about.Resources {
			seen := map[string]bool{}
			for _, key := range values(r.Name, r.Schema.PrimaryKey) {
				if seen[key] && len(r.Schema.PrimaryKey) > 0 {
					t.Errorf("%s: the key %q stands twice", r.Name, key)
				}
				seen[key] = true
			}
			for _, f := range r.Schema.ForeignKeys {
				there := values(f.Reference.Resource, f.Reference.Fields)
				for _, key := range values(r.Name, f.Fields) {
					if !slices.Contains(there, key) {
						t.Errorf("%s: %q is not in %s", r.Name, key, f.Reference.Resource)
					}
				}
			}
		}
	})
}

// A package holds what its reader may see, and no more.
func TestPackagesAreAsTheReaderMaySee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := example(t, d)
		for name, who := range map[string]struct {
			actor        policy.Actor
			rates, sites int // rows; -1 for no table
		}{
			"a manager of the member A":  {manager, 3, 2},
			"an analyst of the member B": {held(policy.Analyst, policy.Grant{Member: "m2"}), 2, 1},
			"an evaluator":               {held(policy.Evaluator, policy.Grant{}), 3, -1},
			"a champion of site 1":       {held(policy.SiteChampion, policy.Grant{Programme: "p1", Site: "s1"}), 1, 2},
			"an innovator":               {held(policy.Innovator, policy.Grant{Innovation: "i1"}), 1, -1},
		} {
			p := w.packaged(who.actor)
			if rates, sites := len(p.tables["rates"])-1, len(p.tables["observations"])-1; rates != who.rates || sites != who.sites {
				t.Errorf("%s gets %d rates and %d observations, want %d and %d", name, rates, sites, who.rates, who.sites)
			}
		}
		for _, actor := range []policy.Actor{held(policy.InstanceAdmin, policy.Grant{}), held(policy.Innovator, policy.Grant{Innovation: "i2"})} {
			closed := w.service.Package(w.ctx, actor, "code-p1", adoption.PackageChoice{}, io.Discard)
			missing := w.service.Package(w.ctx, actor, "no-such", adoption.PackageChoice{}, io.Discard)
			if !errors.Is(closed, fault.ErrForbidden) || !errors.Is(missing, fault.ErrForbidden) {
				t.Errorf("%s: %v, and one that is not there %v", actor.Name, closed, missing)
			}
		}
	})
}

// A rate is approved once the figures of every member that it counts are.
func TestRatesAreApprovedWithAllTheirMembers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := example(t, d)
		p, err := period.Parse("Q1 2019/20")
		w.must(err)
		approved := func() (codes string) {
			list, err := w.service.RateList(w.ctx, system, "code-p1")
			w.must(err)
			for _, r := range list.Points {
				if r.Status() == "approved" {
					codes += "[" + r.Unit.Code + "]"
				}
			}
			return codes
		}
		for _, step := range []struct{ approve, want string }{{"", ""}, {"m1", "[code-m1]"}, {"m2", "[][code-m1][code-m2]"}} {
			if step.approve != "" {
				w.must(adoption.InsertApproval(w.ctx, d, ofP1, adoption.Approval{Period: p, MemberID: step.approve, ApprovedAt: time.Now(), ApprovedBy: "test"}, nil))
			}
			if got := approved(); got != step.want {
				t.Errorf("after %q: approved are %s, want %s", step.approve, got, step.want)
			}
		}
	})
}

// A sending at a revision that others have left behind takes nothing.
func TestSendingAtARevision(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := example(t, d)
		revision := func() int64 {
			c, err := w.service.Calendar(w.ctx, system, "code-p1")
			w.must(err)
			return c.Collections[0].Revision
		}
		send := func(at int64, n int) error {
			text := fmt.Sprintf("period,site,measure,value\nQ1 2019/20,site-1,count,%d\n", n)
			file := adoption.File{Content: strings.NewReader(text), Size: int64(len(text))}
			_, err := w.service.SubmitFileAt(w.ctx, system, "code-p1", "quarterly", at, file, adoption.Sending{Reason: "again"})
			return err
		}
		at := revision()
		w.must(send(at, 8))
		if revision() == at {
			t.Error("a sending leaves the revision as it was")
		}
		if err := send(at, 9); !errors.Is(err, fault.ErrStale) {
			t.Errorf("at an old revision: %v", err)
		}
		w.must(send(revision(), 9))
	})
}

// A package says of what each target is; those of the adoption rate name its
// measure, too.
func TestPackagesSayWhatTargetsAreOf(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := example(t, d)
		w.must(adoption.InsertTarget(w.ctx, d, "p1", adoption.Target{StartsOn: "2019-04-01", Value: 50, Inclusive: true, AgreedBy: "Board", Source: "test"}))
		each := adoption.Target{UnitID: "m1", Basis: adoption.EachBasis, OnPath: true, StartsOn: "2019-07-01", Value: 12.5, Inclusive: true, AgreedBy: "Board", Source: "test"}
		w.must(adoption.InsertTargetOf(w.ctx, d, adoption.Measure{ID: "p1 count", ProgrammeID: "p1"}, each))
		want := "[[* level rate target 2019-04-01 50 >= Board  test] [code-m1 count each trajectory 2019-07-01 12.5 >= Board  test]]"
		if got := fmt.Sprint(w.packaged(system).tables["targets"][1:]); got != want {
			t.Errorf("targets are\n%s\nwant\n%s", got, want)
		}
		if got := fmt.Sprint(w.packaged(held(policy.Innovator, policy.Grant{Innovation: "i1"})).tables["targets"][1:]); strings.Contains(got, "code-m1") {
			t.Errorf("an innovator gets the targets of a member: %s", got)
		}
	})
}
