package network

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sir/internal/db"
	"sir/internal/fault"
)

const memberColumns = `id, key, code, name, short_name, made_up, valid_from, valid_to, source`

func scanMember(row db.Scanner) (Member, error) {
	var m Member
	err := row.Scan(&m.ID, &m.Key, &m.Code, &m.Name, (*db.Text)(&m.ShortName), &m.MadeUp,
		(*db.Text)(&m.ValidFrom), (*db.Text)(&m.ValidTo), &m.Source)
	return m, err
}

// InsertMember adds a member.
func InsertMember(ctx context.Context, d *db.DB, m Member) error {
	return InsertUnit(ctx, d, Unit{
		ID: m.ID, Key: m.Key, Kind: MemberUnit, Code: m.Code, Name: m.Name, ShortName: m.ShortName, MadeUp: m.MadeUp,
		ValidFrom: m.ValidFrom, ValidTo: m.ValidTo, Source: m.Source,
	})
}

// ListMembers answers all members, alphabetically by name.
func ListMembers(ctx context.Context, d *db.DB) ([]Member, error) {
	members, err := db.List(ctx, d, scanMember, `SELECT `+memberColumns+` FROM unit WHERE kind = 'member' ORDER BY name, code`)
	return members, wrap("list members", err)
}

// MemberByCode answers a member, or ErrNotFound.
func MemberByCode(ctx context.Context, d *db.DB, code string) (Member, error) {
	m, err := scanMember(d.Row(ctx, `SELECT `+memberColumns+` FROM unit WHERE kind = 'member' AND code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return m, fault.NotFound("There is no member with that code.")
	}
	return m, wrap("read member", err)
}

// InsertOrientation adds what a source says about a member's orientation.
func InsertOrientation(ctx context.Context, d *db.DB, o Orientation) error {
	_, err := d.Exec(ctx, `
		INSERT INTO orientation_record (id, member_id, orientation, approach, category, source) VALUES ($1, $2, $3, $4, $5, $6)`,
		db.NewID(), o.MemberID, o.Word(), db.NullText(o.Approach), db.NullText(o.Category), o.Source)
	return wrap("insert orientation", err)
}

func listOrientations(ctx context.Context, d *db.DB) ([]Orientation, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (Orientation, error) {
		var o Orientation
		var word string
		err := row.Scan(&o.MemberID, &word, (*db.Text)(&o.Approach), (*db.Text)(&o.Category), &o.Source)
		o.Explicit = word == "explicit"
		return o, err
	}, `SELECT member_id, orientation, approach, category, source FROM orientation_record ORDER BY member_id, id`)
	return list, wrap("list orientations", err)
}

// InsertMemberStaff adds the number of people that a source gives for a member.
func InsertMemberStaff(ctx context.Context, d *db.DB, memberID string, people int, source string) error {
	_, err := d.Exec(ctx, `INSERT INTO member_staff (member_id, people, source) VALUES ($1, $2, $3)`, memberID, people, source)
	return wrap("insert staff of member", err)
}

// InsertRoleStaff adds the number of people that a source gives for a role.
func InsertRoleStaff(ctx context.Context, d *db.DB, r RoleStaff) error {
	_, err := d.Exec(ctx, `INSERT INTO role_staff (role, people, source) VALUES ($1, $2, $3)`, r.Role, r.People, r.Source)
	return wrap("insert staff of role", err)
}

func listMemberStaff(ctx context.Context, d *db.DB) (map[string]int, error) {
	staff := map[string]int{}
	err := d.Each(ctx, func(row db.Scanner) error {
		var id string
		var people int
		err := row.Scan(&id, &people)
		staff[id] = people
		return err
	}, `SELECT member_id, people FROM member_staff`)
	return staff, wrap("list staff by member", err)
}

func listRoleStaff(ctx context.Context, d *db.DB) ([]RoleStaff, error) {
	list, err := db.List(ctx, d, func(row db.Scanner) (RoleStaff, error) {
		var r RoleStaff
		err := row.Scan(&r.Role, &r.People, &r.Source)
		return r, err
	}, `SELECT role, people, source FROM role_staff ORDER BY role`)
	return list, wrap("list staff by role", err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
