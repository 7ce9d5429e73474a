package adoption

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// Approval says that a member's figures of a period were approved: its part of
// the eligible list is frozen, and a value changes only by a restatement with
// a reason. Opening again takes that back, and keeps both.
type Approval struct {
	Period       period.Period
	MemberID     string
	ApprovedAt   time.Time
	ApprovedBy   string
	Note         string
	ReopenedAt   time.Time // zero while it stands
	ReopenedBy   string
	ReopenReason string
}

// Stands tells whether the approval holds.
func (a Approval) Stands() bool { return a.ReopenedAt.IsZero() }

// Part names one member's figures of one period of a collection, by codes.
type Part struct {
	Programme  string
	Collection string
	Member     string
	Period     period.Period
}

// part is a Part as found in the database.
type part struct {
	programme rollout.Programme
	c         Collection
	member    network.Member
	period    period.Period
}

func (p part) object() policy.Object { return memberObject(p.programme, p.member.ID) }

func (p part) note(detail map[string]string) audit.Note {
	detail["programme"], detail["collection"] = p.programme.Code, p.c.Code
	detail["member"], detail["period"] = p.member.Code, p.period.Slug()
	return audit.Note{Object: p.object().String(), Detail: detail}
}

// Approve approves a member's figures of a period and freezes its part of the
// eligible list. Where returns are missing it asks for a note that says why
// the figures are approved without them.
func (s *Service) Approve(ctx context.Context, actor policy.Actor, name Part, note string) error {
	at, err := s.findPart(ctx, actor, policy.ApproveReturns, name)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.ApproveReturns, at.object(), func(ctx context.Context) (audit.Note, error) {
		if _, err := turn(ctx, s.desk.DB, at.c.Key); err != nil {
			return audit.Note{}, err
		}
		if !Ended(at.period, s.desk.Now()) {
			return audit.Note{}, fault.Invalid("%s has not ended yet.", at.period.Label())
		}
		if _, standing, err := s.standing(ctx, at); err != nil || standing {
			return audit.Note{}, errors.Join(err, already(standing, at))
		}
		if err := ListEligible(ctx, s.desk.DB, at.c, at.period); err != nil {
			return audit.Note{}, err
		}
		count, err := readReturnCount(ctx, s.desk.DB, at.c, at.member.Key, at.period)
		if err != nil {
			return audit.Note{}, err
		}
		if err := count.approvable(at, note); err != nil {
			return audit.Note{}, err
		}
		err = InsertApproval(ctx, s.desk.DB, at.c, Approval{
			Period: at.period, MemberID: at.member.ID, ApprovedAt: s.desk.Now(), ApprovedBy: actor.Name, Note: note,
		}, accountOf(actor))
		return at.note(map[string]string{"complete": fmt.Sprint(count.Complete), "expected": fmt.Sprint(count.Expected)}), err
	})
}

func already(standing bool, at part) error {
	if !standing {
		return nil
	}
	return fault.Invalid("The figures of %s for %s are approved already.", at.member.Name, at.period.Label())
}

func (n ReturnCount) approvable(at part, note string) error {
	switch {
	case n.Expected == 0:
		return fault.Invalid("%s has no eligible site in %s, so there is nothing to approve.", at.member.Name, at.period.Label())
	case n.Complete < n.Expected && strings.TrimSpace(note) == "":
		are, them := "are", "them"
		if n.Expected-n.Complete == 1 {
			are, them = "is", "it"
		}
		var wrong fault.Fields
		wrong.Add("note", "%d of %s %s not complete. Say why the figures are approved without %s.",
			n.Expected-n.Complete, countOf(n.Expected, "return", "returns"), are, them)
		return wrong.Err()
	}
	return nil
}

// Reopen takes an approval back, so that sites can send values again. The
// eligible list follows the rollouts again until the next approval.
func (s *Service) Reopen(ctx context.Context, actor policy.Actor, name Part, reason string) error {
	at, err := s.findPart(ctx, actor, policy.ReopenReturns, name)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, policy.ReopenReturns, at.object(), func(ctx context.Context) (audit.Note, error) {
		if strings.TrimSpace(reason) == "" {
			var wrong fault.Fields
			wrong.Add("reason", "Say why the figures are opened again.")
			return audit.Note{}, wrong.Err()
		}
		if _, err := turn(ctx, s.desk.DB, at.c.Key); err != nil {
			return audit.Note{}, err
		}
		id, standing, err := s.standing(ctx, at)
		if err != nil {
			return audit.Note{}, err
		}
		if !standing {
			return audit.Note{}, fault.Invalid("The figures of %s for %s are not approved.", at.member.Name, at.period.Label())
		}
		_, err = s.desk.DB.Exec(ctx, `UPDATE approval SET reopened_at = $2, reopened_by = $3, reopen_reason = $4 WHERE id = $1`,
			id, db.At(s.desk.Now()), actor.Name, reason)
		if err != nil {
			return audit.Note{}, wrap("reopen", err)
		}
		return at.note(map[string]string{"reason": reason}), ListEligible(ctx, s.desk.DB, at.c, at.period)
	})
}

// findPart turns codes into what they name. The codes are those of a page that
// the actor may open, so that a wrong one is ErrNotFound.
func (s *Service) findPart(ctx context.Context, actor policy.Actor, action policy.Action, name Part) (at part, err error) {
	if at.programme, at.c, err = s.openTo(ctx, actor, action, name.Programme, name.Collection); err != nil {
		return at, err
	}
	at.period = name.Period
	if !at.c.Asks(name.Period) {
		return at, fault.NotFound("%s does not ask for %s.", at.c.Name, name.Period.Label())
	}
	at.member, err = network.MemberByCode(ctx, s.desk.DB, name.Member)
	return at, err
}

// standing answers the id of the approval that holds.
func (s *Service) standing(ctx context.Context, at part) (id string, found bool, err error) {
	err = s.desk.DB.Row(ctx, `
		SELECT id FROM approval WHERE collection_key = $1 AND period = $2 AND member_id = $3 AND reopened_at IS NULL`,
		at.c.Key, at.period.Key(), at.member.ID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return id, err == nil, wrap("look for an approval", err)
}
