package innovation

import (
	"context"
	"slices"
	"strings"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
)

// Panel is what a decision panel said about an innovation. It stays as it is;
// the newest one counts.
type Panel struct {
	ID           string
	InnovationID string
	DecidedOn    string // ISO date
	Sat          string // who sat, as roles
	Credible     string // of Judgements: is it credible?
	CredibleWhy  string
	Feasible     string // of Judgements: is it feasible to spread?
	FeasibleWhy  string
	Decision     string // of PanelDecisions
	Reasons      string
	RecordedAt   time.Time
	RecordedBy   string // roles
}

// The words that a panel chooses from.
var (
	Judgements     = []string{"yes", "in part", "no", "not known yet"}
	PanelDecisions = []string{"approve", "hold", "decline"}
)

// described is the record with its texts trimmed.
func (p Panel) described() Panel {
	p.Sat, p.Reasons = freetext.OneLine(p.Sat), strings.TrimSpace(p.Reasons)
	p.CredibleWhy, p.FeasibleWhy = strings.TrimSpace(p.CredibleWhy), strings.TrimSpace(p.FeasibleWhy)
	return p
}

// faults lists what is wrong with what people wrote, by field of the form.
func (p Panel) faults(today string) (wrong fault.Fields) {
	switch {
	case !isDate(p.DecidedOn):
		wrong.Add("decided-on", "Enter the day of the decision, such as 31 3 2026.")
	case p.DecidedOn > today:
		wrong.Add("decided-on", "The day of the decision cannot be after today.")
	}
	freetext.Required(&wrong, "sat", "Say who sat, as roles, such as a medical director and a pharmacist.", p.Sat, longestLine)
	chosen(&wrong, "credible", "Choose whether the panel found it credible.", p.Credible, Judgements)
	freetext.Required(&wrong, "credible-why", "Say why it is or is not credible.", p.CredibleWhy, longestText)
	chosen(&wrong, "feasible", "Choose whether the panel found it feasible to spread.", p.Feasible, Judgements)
	freetext.Required(&wrong, "feasible-why", "Say why it is or is not feasible to spread.", p.FeasibleWhy, longestText)
	chosen(&wrong, "decision", "Choose what was decided.", p.Decision, PanelDecisions)
	freetext.Required(&wrong, "reasons", "Say why it was decided so.", p.Reasons, longestText)
	return wrong
}

// Cautions are what those who read the decision should know. They keep nobody
// from deciding.
func (p Panel) Cautions(items []Evidence) (list []string) {
	if p.Decision != PanelDecisions[0] {
		return nil
	}
	if p.Credible != Judgements[0] || p.Feasible != Judgements[0] {
		list = append(list, "It was approved although the panel was not sure that it is both credible and feasible to spread.")
	}
	if gaps := EvidenceGaps(items); len(gaps) > 0 {
		list = append(list, "There is no evidence yet of these types: "+strings.Join(gaps, ", ")+".")
	}
	return list
}

// InsertPanel adds what a panel decided. Without an id it gets one.
func InsertPanel(ctx context.Context, d *db.DB, p Panel) error {
	if p.ID == "" {
		p.ID = db.NewID()
	}
	_, err := d.Exec(ctx, `
		INSERT INTO panel_decision (id, innovation_id, decided_on, sat, credible, credible_why, feasible, feasible_why, decision, reasons,
			recorded_at, recorded_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		p.ID, p.InnovationID, p.DecidedOn, p.Sat, p.Credible, p.CredibleWhy, p.Feasible, p.FeasibleWhy, p.Decision, p.Reasons,
		db.At(p.RecordedAt), p.RecordedBy)
	return wrap("insert panel decision", err)
}

// listPanels answers what panels decided on an innovation, the newest first.
func listPanels(ctx context.Context, d *db.DB, innovationID string) ([]Panel, error) {
	all, err := db.List(ctx, d, func(row db.Scanner) (p Panel, err error) {
		return p, row.Scan(&p.ID, &p.InnovationID, &p.DecidedOn, &p.Sat, &p.Credible, &p.CredibleWhy, &p.Feasible, &p.FeasibleWhy, &p.Decision,
			&p.Reasons, (*db.Time)(&p.RecordedAt), &p.RecordedBy)
	}, `SELECT id, innovation_id, decided_on, sat, credible, credible_why, feasible, feasible_why, decision, reasons, recorded_at, recorded_by
		FROM panel_decision WHERE innovation_id = $1 ORDER BY decided_on, recorded_at, id`, innovationID)
	slices.Reverse(all)
	return all, wrap("list panel decisions", err)
}

// PanelsView is what panels decided on an innovation, the newest first.
type PanelsView struct {
	EvidenceView
	Panels    []Panel
	Gaps      Gaps // as at today, whatever was decided
	MayRecord bool
}

// Panels answers what panels decided to those who may see it, which an
// innovator may not.
func (s *Service) Panels(ctx context.Context, actor policy.Actor, code string) (PanelsView, error) {
	i, err := s.find(ctx, actor, policy.ViewJudgement, code)
	if err != nil {
		return PanelsView{}, err
	}
	v := PanelsView{MayRecord: policy.Allow(actor, policy.RecordPanel, i.object(actor)) == nil}
	if v.EvidenceView, err = s.Evidence(ctx, actor, code); err != nil {
		return PanelsView{}, err
	}
	answers, err := listAnswers(ctx, s.desk.DB, i.ID)
	if err != nil {
		return PanelsView{}, err
	}
	v.Gaps = GapsOf(v.Items, asked(answers), v.Today)
	v.Panels, err = listPanels(ctx, s.desk.DB, i.ID)
	return v, err
}

// Judging answers an innovation to those who may record a panel's decision.
func (s *Service) Judging(ctx context.Context, actor policy.Actor, code string) (PanelsView, error) {
	if _, err := s.find(ctx, actor, policy.RecordPanel, code); err != nil {
		return PanelsView{}, err
	}
	return s.Panels(ctx, actor, code)
}

// RecordPanel adds what a panel decided.
func (s *Service) RecordPanel(ctx context.Context, actor policy.Actor, code string, in Panel) error {
	return s.change(ctx, actor, policy.RecordPanel, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		p := in.described()
		if err := p.faults(s.today()).Err(); err != nil {
			return audit.Note{}, err
		}
		p.ID, p.InnovationID, p.RecordedAt, p.RecordedBy = "", i.ID, s.desk.Now(), rolesOf(actor)
		return i.note("panel decided to "+p.Decision, p.Reasons), InsertPanel(ctx, s.desk.DB, p)
	})
}
