package adoption_test

import (
	"context"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// adoptedLevel is the level from which a made-up site counts as having adopted.
const adoptedLevel = 3

var (
	system  = policy.System("test")
	manager = held(policy.SpreadManager, policy.Grant{Member: "m1"})
)

func held(role policy.Role, grant policy.Grant) policy.Actor {
	grant.Role = role
	return policy.Actor{ID: string(role), Name: string(role), Grants: []policy.Grant{grant}}
}

// world is a made-up programme p1 with members m1, m2 ..., and sites by key.
type world struct {
	t       rapid.TB
	ctx     context.Context
	db      *db.DB
	service *adoption.Service
}

// collection is what the programme of the key asks for, each quarter.
func collection(programmeID string, key int64) adoption.Collection {
	return adoption.Collection{
		Key: key, ID: programmeID + " quarterly", ProgrammeID: programmeID, Code: "quarterly", Name: "Quarterly return",
		PeriodKind: period.Quarter, DueDays: 30,
	}
}

var ofP1 = collection("p1", 10)

func (w *world) must(err error) {
	if err != nil {
		w.t.Helper()
		w.t.Fatal(err)
	}
}

// newWorld has the given members, by name, and so many sites.
func newWorld(t rapid.TB, ctx context.Context, d *db.DB, members []string, sites int) *world {
	t.Helper()
	w := &world{t: t, ctx: ctx, db: d, service: adoption.New(&usecase.Desk{DB: d, Now: time.Now})}
	for i, name := range members {
		w.must(network.InsertMember(ctx, d, network.Member{ID: fmt.Sprint("m", i+1), Code: fmt.Sprint("code-m", i+1), Name: name, MadeUp: true, Source: "test"}))
	}
	for i := 1; i <= sites; i++ {
		w.must(network.InsertSite(ctx, d, network.Site{ID: fmt.Sprint("s", i), Key: int64(i), Code: fmt.Sprint("site-", i), Name: fmt.Sprintf("Site %02d", i), MadeUp: true}))
	}
	for _, id := range []string{"i1", "i2"} {
		w.must(innovation.Insert(ctx, d, innovation.Innovation{ID: id, Code: id, Name: id, Source: "test"}))
	}
	w.programme("p1", "i1", 10)
	return w
}

// programme adds a programme with a level measure, and a count measure of the
// key after it.
func (w *world) programme(id, innovationID string, key int64) {
	w.t.Helper()
	w.must(rollout.InsertProgramme(w.ctx, w.db, rollout.Programme{ID: id, Code: "code-" + id, Name: "Programme " + id, InnovationID: innovationID, Source: "test"}))
	w.must(adoption.InsertCollection(w.ctx, w.db, collection(id, key)))
	w.must(adoption.InsertMeasure(w.ctx, w.db, adoption.Measure{
		ID: id + " level", Key: key, ProgrammeID: id, CollectionKey: key, Code: "level", Name: "Level", Kind: adoption.LevelMeasure,
		Purpose: adoption.ForAdoption, Direction: adoption.Increase, Required: true, AdoptedLevel: adoptedLevel, Levels: map[int]string{0: "none", 3: "in use"},
	}))
	w.must(adoption.InsertMeasure(w.ctx, w.db, adoption.Measure{
		ID: id + " count", Key: key + 1, ProgrammeID: id, CollectionKey: key, Code: "count", Name: "Referrals", Kind: adoption.CountMeasure,
		Purpose: adoption.ForActivity, Direction: adoption.Increase,
	}))
}

// blank is the level of a site that was asked and did not answer.
const blank = -1

// counts puts a site on the list of a period, under a member that it belonged
// to in that period, with what it reported.
func (w *world) counts(p period.Period, site int64, member string, level int) {
	w.t.Helper()
	w.eligible(ofP1, p, site, member)
	if level == blank {
		w.must(adoption.Recount(w.ctx, w.db, ofP1, p))
		return
	}
	due := ofP1.DueOn(p)
	w.must(adoption.InsertReturn(w.ctx, w.db, adoption.Return{Collection: ofP1, Period: p, SiteKey: site, SubmittedOn: due, CompleteOn: due}))
	w.observes(10, p, site, int64(level))
	w.must(adoption.Recount(w.ctx, w.db, ofP1, p))
}

func (w *world) eligible(c adoption.Collection, p period.Period, site int64, member string) {
	w.t.Helper()
	id := fmt.Sprint("s", site)
	w.must(network.InsertMembership(w.ctx, w.db, network.Membership{
		SiteID: id, UnitID: member, ValidFrom: p.Start().Format(time.DateOnly), ValidTo: p.Next().Start().Format(time.DateOnly),
	}))
	w.must(network.Place(w.ctx, w.db, id))
	ok, err := adoption.InsertEligible(w.ctx, w.db, c, p, site)
	w.must(err)
	if !ok {
		w.t.Fatalf("site %d has no place in %s", site, p.Label())
	}
}

// observes adds a value.
func (w *world) observes(measure int64, p period.Period, site, value int64) {
	w.t.Helper()
	w.must(adoption.InsertObservation(w.ctx, w.db, adoption.Observation{MeasureKey: measure, Period: p, SiteKey: site, Value: value}))
}

func (w *world) table(actor policy.Actor) adoption.Table {
	w.t.Helper()
	table, err := w.service.Rates(w.ctx, actor, "code-p1")
	w.must(err)
	return table
}

// show writes a table as text: "name: adopted/eligible (reported), ...".
func show(t adoption.Table) (lines []string) {
	for _, row := range append(t.Rows, t.Total) {
		line := row.Name + ":"
		for _, r := range row.Rates {
			switch {
			case !r.Known:
				line += " -"
			case r.Published:
				line += fmt.Sprintf(" %d%%", r.Rounded())
			default:
				line += fmt.Sprintf(" %d/%d(%d)", r.Adopted, r.Eligible, r.Reported)
			}
		}
		lines = append(lines, line)
	}
	return lines
}
