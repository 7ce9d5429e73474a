package innovation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/innovation"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/usecase"
)

// today is where the desk's clock stands.
const today = "2026-05-20"

// world has two innovations: "lamp", which Alder keeps and the programmes p
// and q spread, and "wick", which Birch keeps.
type world struct {
	t       *testing.T
	db      *db.DB
	service *innovation.Service
}

func role(r policy.Role, g policy.Grant) policy.Actor {
	g.Role = r
	return policy.Actor{ID: "a", Name: "A", Grants: []policy.Grant{g}}
}

var (
	manager   = role(policy.SpreadManager, policy.Grant{Member: "m-alder"})
	foreign   = role(policy.SpreadManager, policy.Grant{Member: "m-birch"})
	lead      = role(policy.ProgrammeLead, policy.Grant{Programme: "q"})
	otherLead = role(policy.ProgrammeLead, policy.Grant{Programme: "r"})
	innovator = role(policy.Innovator, policy.Grant{Innovation: "i-lamp"})
	stranger  = role(policy.Innovator, policy.Grant{Innovation: "i-wick"})
	senior    = role(policy.SeniorManager, policy.Grant{Member: "m-alder"})
	writer    = role(policy.Communications, policy.Grant{Member: "m-alder"})
	evaluator = role(policy.Evaluator, policy.Grant{Member: "m-alder", Programme: "p"})
	champion  = role(policy.SiteChampion, policy.Grant{Member: "m-alder", Programme: "p", Site: "s", Innovation: "i-lamp"})
)

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day, err := time.Parse(time.DateOnly, today)
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t, d, innovation.New(&usecase.Desk{DB: d, Now: func() time.Time { return day.Add(12 * time.Hour) }})}
		w.fill()
		test(w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) fill() {
	ctx := w.t.Context()
	for i, name := range []string{"Alder", "Birch"} {
		code := strings.ToLower(name)
		w.must(network.InsertMember(ctx, w.db, network.Member{ID: "m-" + code, Key: int64(i + 1), Code: code, Name: name, Source: "test"}))
	}
	for code, keeper := range map[string]string{"lamp": "m-alder", "wick": "m-birch"} {
		in := lamp()
		in.ID, in.Code, in.Name, in.KeeperID, in.Source = "i-"+code, code, strings.ToUpper(code), keeper, "test"
		w.must(innovation.Insert(ctx, w.db, in))
	}
	for programme, of := range map[string]string{"p": "i-lamp", "q": "i-lamp", "r": "i-wick"} {
		w.must(rollout.InsertProgramme(ctx, w.db, rollout.Programme{ID: programme, Code: programme, Name: programme, InnovationID: of, Source: "test"}))
	}
}

// lamp is a record that is right.
func lamp() innovation.Innovation {
	return innovation.Innovation{
		Name: "Lamp message", Summary: "Tells a pharmacy what changed.", Kind: "digital product", Setting: "hospital", Status: "spreading",
		PathwayChange: "small", PathwayNote: "A ward pharmacist sends one message.", Fit: innovation.Convergent, Supplier: "Lamp Works", ServiceID: "INN-2304-0005-6",
	}
}

func (w *world) look(code string) innovation.View {
	w.t.Helper()
	v, err := w.service.Look(w.t.Context(), evaluator, code)
	w.must(err)
	return v
}

func (w *world) newest() audit.Entry {
	w.t.Helper()
	entries, err := audit.List(w.t.Context(), w.db, audit.Filter{Limit: 1})
	if err != nil || len(entries) != 1 {
		w.t.Fatalf("no entry in the trail: %v", err)
	}
	return entries[0]
}

// checkFields fails unless the error is about exactly those fields.
func checkFields(t *testing.T, err error, fields ...string) {
	t.Helper()
	var wrong *fault.Error
	if !errors.As(err, &wrong) || !errors.Is(err, fault.ErrInvalid) || len(wrong.Fields) != len(fields) {
		t.Errorf("got %v, want errors at %q", err, fields)
		return
	}
	for i, f := range fields {
		if wrong.Fields[i].Name != f {
			t.Errorf("got an error at %s, want one at %s: %v", wrong.Fields[i].Name, f, err)
		}
	}
}

// only checks that of everybody those named may, and that everybody else is
// refused.
func only(t *testing.T, what string, may []string, try func(policy.Actor) error) {
	t.Helper()
	for name, actor := range map[string]policy.Actor{
		"manager": manager, "foreign": foreign, "lead": lead, "otherLead": otherLead, "innovator": innovator, "stranger": stranger,
		"senior": senior, "writer": writer, "evaluator": evaluator, "champion": champion,
	} {
		want := strings.Contains(" "+strings.Join(may, " ")+" ", " "+name+" ")
		if err := try(actor); (err == nil) != want || err != nil && !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s by %s: %v, want it allowed: %v", what, name, err, want)
		}
	}
}
