package usecase

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"sir/internal/audit"
	"sir/internal/policy"
)

// Trail is the use case of reading the audit trail. It stands here because
// audit lies below policy checks: the trail records their refusals.
type Trail struct{ desk *Desk }

// NewTrail makes the use case.
func NewTrail(desk *Desk) *Trail { return &Trail{desk} }

// Line is an entry of the trail with its object in words.
type Line struct {
	audit.Entry
	Subject string // such as "Account: Ada (a.analyst)"; "" where the entry has no object
}

// List answers entries, newest first.
func (t *Trail) List(ctx context.Context, actor policy.Actor, filter audit.Filter) ([]Line, error) {
	if err := t.desk.Read(ctx, actor, policy.ViewAudit, policy.Object{}); err != nil {
		return nil, err
	}
	entries, err := audit.List(ctx, t.desk.DB, filter)
	if err != nil {
		return nil, fmt.Errorf("list the audit trail: %w", err)
	}
	known := map[string]string{}
	lines := make([]Line, len(entries))
	for i, e := range entries {
		if _, ok := known[e.Object]; !ok {
			if known[e.Object], err = t.subject(ctx, e.Object); err != nil {
				return nil, err
			}
		}
		lines[i] = Line{e, known[e.Object]}
	}
	return lines, nil
}

// names says for each kind of object how its name is read.
var names = map[string]string{
	"account":    `SELECT name || ' (' || sign_in_name || ')' FROM account WHERE id = $1`,
	"member":     `SELECT name FROM unit WHERE id = $1`,
	"site":       `SELECT name || ' (' || code || ')' FROM site WHERE id = $1`,
	"programme":  `SELECT name FROM programme WHERE id = $1`,
	"innovation": `SELECT name FROM innovation WHERE id = $1`,
	"lever":      `SELECT name FROM lever_version WHERE lever_id = $1 ORDER BY number DESC LIMIT 1`,
}

// anID is an id that stands for nobody who reads it.
var anID = regexp.MustCompile(` ?\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)

// subject puts an object, which the trail keeps as kind and id, into words.
// What is no longer there, or has no name, is its kind.
func (t *Trail) subject(ctx context.Context, object string) (string, error) {
	kind, id, _ := strings.Cut(object, " ")
	query, named := names[kind]
	if named && id != "" {
		var name string
		err := t.desk.DB.Row(ctx, query, id).Scan(&name)
		if err == nil {
			return capital(kind) + ": " + name, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return "", fmt.Errorf("name the %s of an entry of the audit trail: %w", kind, err)
		}
	}
	if kind == "name" && id != "" {
		return "Name that was typed: " + id, nil
	}
	if kind == "setting" && id != "" {
		return "Setting: " + strings.ReplaceAll(id, "-", " "), nil
	}
	return capital(strings.TrimSpace(anID.ReplaceAllString(object, ""))), nil
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Verify checks the whole trail; see audit.Verify.
func (t *Trail) Verify(ctx context.Context, actor policy.Actor) (audit.Head, error) {
	if err := t.desk.Read(ctx, actor, policy.ViewAudit, policy.Object{}); err != nil {
		return audit.Head{}, err
	}
	return audit.Verify(ctx, t.desk.DB)
}
