// Package setting keeps what an administrator chooses for the whole instance.
package setting

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/term"
	"sir/internal/usecase"
)

// Service holds the use cases of the settings.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

const termPackName = "term-pack"

// defaultTermPack is used until somebody chooses: the one of the report.
const defaultTermPack = "england-2018-2020"

// TermPack answers the pack of terms that pages use. Everybody sees its words,
// so it asks no permission. version is 0 while nobody has chosen one.
func (s *Service) TermPack(ctx context.Context) (pack term.Pack, version int64, err error) {
	id, version, err := read(ctx, s.desk.DB, termPackName)
	if err != nil {
		return pack, 0, err
	}
	if version == 0 {
		id = defaultTermPack
	}
	if pack, err = term.ByID(id); err != nil {
		// A pack that is no longer shipped must not take every page down, that
		// of choosing another among them.
		pack, err = term.ByID(defaultTermPack)
	}
	return pack, version, err
}

// View is all that an administrator has chosen, each with its version.
type View struct {
	Terms        term.Pack
	TermsVersion int64
	Rules        ChartRules
	RulesVersion int64
}

// View answers the settings for an administrator.
func (s *Service) View(ctx context.Context, actor policy.Actor) (v View, err error) {
	if err := s.desk.Read(ctx, actor, policy.ViewSettings, policy.Object{}); err != nil {
		return v, err
	}
	if v.Terms, v.TermsVersion, err = s.TermPack(ctx); err != nil {
		return v, err
	}
	v.Rules, v.RulesVersion, err = ChartRulesOf(ctx, s.desk.DB)
	return v, err
}

// ChooseTermPack sets the pack of terms. version is the one the chooser saw;
// another one by now is ErrStale.
func (s *Service) ChooseTermPack(ctx context.Context, actor policy.Actor, id string, version int64) error {
	if _, err := term.ByID(id); err != nil {
		return &fault.Error{Kind: fault.ErrInvalid, Fields: []fault.Field{{Name: "term-pack", Message: "Choose one of the term packs."}}}
	}
	return s.desk.Write(ctx, actor, policy.ChangeSettings, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		note := audit.Note{Object: "setting " + termPackName, Detail: map[string]string{"to": id}}
		return note, s.put(ctx, termPackName, id, version)
	})
}

// read answers the value of a setting; version is 0 where nobody has chosen.
func read(ctx context.Context, d *db.DB, name string) (value string, version int64, err error) {
	err = d.Row(ctx, `SELECT value, version FROM setting WHERE name = $1`, name).Scan(&value, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, version, nil
}

func (s *Service) put(ctx context.Context, name, value string, version int64) error {
	var err error
	if version == 0 {
		_, err = s.desk.DB.Exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2)`, name, value)
	} else {
		err = s.desk.DB.ExecOne(ctx, `UPDATE setting SET value = $1, version = version + 1 WHERE name = $2 AND version = $3`, value, name, version)
	}
	if db.IsDuplicate(err) || errors.Is(err, db.ErrNoChange) {
		return fault.Stale("Somebody else changed this setting while you looked at it. See what it is now, and choose again.")
	}
	if err != nil {
		return fmt.Errorf("keep setting %s: %w", name, err)
	}
	return nil
}
