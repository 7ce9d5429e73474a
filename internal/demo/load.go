// Package demo loads the report's facts and one made-up programme into an
// empty database, and makes an account for each role.
//
// The named members and the anonymous cases go into schemas of their own, with
// nothing in common by which one could be joined to the other.
package demo

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"sir/internal/app"
	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/demo/facts"
	"sir/internal/demo/madeup"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/reference"
)

// ErrNotEmpty means that the database holds something already.
var ErrNotEmpty = errors.New("the database holds data already")

// Load fills an empty database in one transaction: all of it, or nothing. A
// database that is not empty is left alone, with ErrNotEmpty.
func Load(ctx context.Context, a *app.App, actor policy.Actor) error {
	known, err := facts.Read()
	if err != nil {
		return fmt.Errorf("read the report's facts: %w", err)
	}
	return a.Desk.Write(ctx, actor, policy.LoadDemo, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		l := loader{app: a, db: a.Desk.DB, actor: actor}
		if err := l.refuseUnlessEmpty(ctx); err != nil {
			return audit.Note{}, err
		}
		note := audit.Note{Object: "database", Detail: map[string]string{"seed": strconv.FormatUint(madeup.DefaultSeed, 10)}}
		return note, l.load(ctx, known)
	})
}

// loader carries the ids that later parts refer to.
type loader struct {
	app   *app.App
	db    *db.DB
	actor policy.Actor

	members map[string]string // code to id
	scope   policy.Grant      // what the roles of the demonstration are held for
}

func (l *loader) refuseUnlessEmpty(ctx context.Context) error {
	var n int
	err := l.db.Row(ctx, `SELECT (SELECT count(*) FROM unit) + (SELECT count(*) FROM shelf) + (SELECT count(*) FROM account)`).Scan(&n)
	if err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if n > 0 {
		return ErrNotEmpty
	}
	return nil
}

func (l *loader) load(ctx context.Context, known facts.Facts) error {
	parts := []func() error{
		func() error { return l.loadShelves(ctx, known) },
		func() error { return l.loadMembers(ctx, known.Named) },
		func() error { return l.loadTCAM(ctx, known.Named) },
		func() error { return l.loadCases(ctx, known.Cases) },
		func() error { return l.loadMadeUp(ctx, madeup.Generate(madeup.DefaultSeed)) },
		func() error { return l.loadAccounts(ctx) },
		func() error { return l.markEdition(ctx) },
	}
	for _, part := range parts {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) loadShelves(ctx context.Context, known facts.Facts) error {
	for place, shelf := range known.Shelves {
		if err := insertShelf(ctx, l.db, place, shelf); err != nil {
			return err
		}
	}
	return insertOddities(ctx, l.db, len(known.Shelves), known.Oddities)
}

func insertShelf(ctx context.Context, d *db.DB, place int, shelf facts.Shelf) error {
	top := reference.Shelf{Code: shelf.Key, Title: shelf.Title, Introduction: shelf.Introduction}
	for _, f := range shelf.Facets {
		top.Facets = append(top.Facets, reference.Facet{Key: f.Key, Label: f.Label})
	}
	entries := make([]reference.Entry, len(shelf.Entries))
	for i, e := range shelf.Entries {
		entries[i] = reference.Entry{
			Code: e.Code, Parent: e.Parent, Title: e.Title, Text: e.Text, Facets: e.Facets, Source: e.Source,
		}
		for _, n := range e.Notes {
			entries[i].Notes = append(entries[i].Notes, reference.Note(n))
		}
		for _, s := range e.Steps {
			entries[i].Steps = append(entries[i].Steps, reference.Step(s))
		}
	}
	links := make([]reference.Link, len(shelf.Links))
	for i, link := range shelf.Links {
		links[i] = reference.Link(link)
	}
	return reference.Insert(ctx, d, place, top, entries, links)
}

func insertOddities(ctx context.Context, d *db.DB, place int, oddities []facts.Oddity) error {
	shelf := reference.Shelf{
		Code: reference.Oddities, Title: "Where the report disagrees with itself",
		Introduction: "Figures and statements of the report that do not agree with each other, or that leave a gap. They were found by computing everything again.",
		Facets:       []reference.Facet{{Key: "page", Label: "Shown on page"}},
	}
	entries := make([]reference.Entry, len(oddities))
	for i, o := range oddities {
		entries[i] = reference.Entry{
			Code: o.Code, Title: "Oddity " + o.Code, Text: o.Finding, Source: o.Source,
			Facets: map[string][]string{"page": {o.Page}},
		}
	}
	return reference.Insert(ctx, d, place, shelf, entries, nil)
}

func (l *loader) loadMembers(ctx context.Context, named facts.Named) error {
	l.members = map[string]string{}
	for _, m := range named.Members {
		id := db.NewID()
		l.members[m.Code] = id
		member := network.Member{ID: id, Code: m.Code, Name: m.Name, ShortName: m.ShortName, Source: m.Source}
		if err := network.InsertMember(ctx, l.db, member); err != nil {
			return err
		}
	}
	for _, t := range named.Tiles {
		if err := network.InsertTile(ctx, l.db, l.members[t.Member], network.Tile{Column: t.Column, Row: t.Row}); err != nil {
			return err
		}
	}
	for _, o := range named.Orientations {
		err := network.InsertOrientation(ctx, l.db, network.Orientation{
			MemberID: l.members[o.Member], Explicit: o.Explicit, Approach: o.Approach, Category: o.Category, Source: o.Source,
		})
		if err != nil {
			return err
		}
	}
	for _, s := range named.StaffByMember {
		if err := network.InsertMemberStaff(ctx, l.db, l.members[s.Member], s.Staff, s.Source); err != nil {
			return err
		}
	}
	for _, r := range named.StaffByRole {
		if err := network.InsertRoleStaff(ctx, l.db, network.RoleStaff{Role: r.Role, People: r.Staff, Source: r.Source}); err != nil {
			return err
		}
	}
	return nil
}
