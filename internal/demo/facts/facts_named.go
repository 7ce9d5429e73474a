package facts

import (
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// Named is what the report says about its 15 members by name. Every list of
// members is alphabetical by name and holds each member once.
type Named struct {
	Members       []Member
	Tiles         []Tile
	Orientations  []Orientation
	StaffByMember []MemberStaff
	StaffByRole   []RoleStaff // alphabetical by role
	Periods       [3]Period
	Target        Target
	Rates         []PublishedRate
	Total         PublishedTotal // kept apart: it is not a member, nor the mean of the rates
}

// Member is one network, under the name it had in 2021.
type Member struct {
	Code      string // such as "east-midlands"; made from the name, never a number
	Name      string
	ShortName string // empty where the report uses none
	Source    string
}

// Tile is where a member stands on a map of equal squares, counted from the
// upper left. The layout is ours: roughly where in England the member is.
type Tile struct {
	Member      string
	Column, Row int
}

// Orientation says how far a member's approach to spread was written down
// (table 4.1) and of which type it is (table 4.4).
type Orientation struct {
	Member   string
	Explicit bool
	Approach string // the name the member gave it; empty when implicit
	Category string // code of an entry of the approaches shelf; empty when implicit
	Source   string
}

// MemberStaff counts a member's staff interviewed (table 3.1).
type MemberStaff struct {
	Member string
	Staff  int
	Source string
}

// RoleStaff counts the staff interviewed in one broad role (table 3.2).
type RoleStaff struct {
	Role   string
	Staff  int
	Source string
}

func readNamed(fsys fs.FS, approaches map[string]bool) (Named, error) {
	var n Named
	var err error
	if n.Members, err = readMembers(fsys); err != nil {
		return Named{}, err
	}
	if n.Tiles, err = readTiles(fsys); err != nil {
		return Named{}, err
	}
	if n.Orientations, err = readOrientations(fsys, approaches); err != nil {
		return Named{}, err
	}
	if n.StaffByMember, err = readMemberStaff(fsys); err != nil {
		return Named{}, err
	}
	if n.StaffByRole, err = readRoleStaff(fsys); err != nil {
		return Named{}, err
	}
	if err = n.readRates(fsys); err != nil {
		return Named{}, err
	}
	return n, n.check()
}

func readMembers(fsys fs.FS) ([]Member, error) {
	t := table{file: "named/members.csv", columns: []string{"code", "name", "short_name", "source"}, key: []string{"code"}}
	return load(fsys, t, func(r *row) Member {
		return Member{Code: r.text("code"), Name: r.text("name"), ShortName: r.optional("short_name"), Source: r.source()}
	})
}

func readTiles(fsys fs.FS) ([]Tile, error) {
	t := table{file: "named/tiles.csv", columns: []string{"member", "across", "down"}, key: []string{"across", "down"}}
	return load(fsys, t, func(r *row) Tile {
		return Tile{Member: r.text("member"), Column: r.number("across", 0, 9), Row: r.number("down", 0, 9)}
	})
}

func readOrientations(fsys fs.FS, approaches map[string]bool) ([]Orientation, error) {
	t := table{file: "named/orientations.csv", columns: []string{"member", "orientation", "approach", "category", "source"}, key: []string{"member"}}
	return load(fsys, t, func(r *row) Orientation {
		o := Orientation{
			Member:   r.text("member"),
			Explicit: r.oneOf("orientation", "explicit", "implicit") == "explicit",
			Approach: r.optional("approach"),
			Category: r.optional("category"),
			Source:   r.source(),
		}
		if o.Explicit != (o.Approach != "") {
			r.fail("approach", "is %q, want a name if explicit and nothing if implicit", o.Approach)
		}
		if o.Explicit != approaches[o.Category] {
			r.fail("category", "is %q, want a code of the approaches shelf if explicit and nothing if implicit", o.Category)
		}
		return o
	})
}

func readMemberStaff(fsys fs.FS) ([]MemberStaff, error) {
	t := table{file: "named/staff-by-member.csv", columns: []string{"member", "staff", "source"}, key: []string{"member"}}
	return load(fsys, t, func(r *row) MemberStaff {
		return MemberStaff{Member: r.text("member"), Staff: r.number("staff", 1, 1000), Source: r.source()}
	})
}

func readRoleStaff(fsys fs.FS) ([]RoleStaff, error) {
	t := table{file: "named/staff-by-role.csv", columns: []string{"role", "staff", "source"}, key: []string{"role"}}
	return load(fsys, t, func(r *row) RoleStaff {
		return RoleStaff{Role: r.text("role"), Staff: r.number("staff", 1, 1000), Source: r.source()}
	})
}

// check holds every list of members against the first one, and the periods against
// the columns of the rates.
func (n Named) check() error {
	for i, p := range n.Periods {
		if p.Code != periodColumns[i] || !p.Starts.Before(p.Ends) {
			return fmt.Errorf("named/tcam-periods.csv: period %d is %s from %s to %s, want %s and an end after its start",
				i+1, p.Code, p.Starts.Format(time.DateOnly), p.Ends.Format(time.DateOnly), periodColumns[i])
		}
	}
	for i, m := range n.Members[1:] {
		if before := n.Members[i].Name; strings.ToLower(before) >= strings.ToLower(m.Name) {
			return fmt.Errorf("named/members.csv: %q comes after %q, want alphabetical order by name", m.Name, before)
		}
	}
	if err := n.sameMembers("named/tiles.csv", len(n.Tiles), func(i int) string { return n.Tiles[i].Member }); err != nil {
		return err
	}
	if err := n.sameMembers("named/orientations.csv", len(n.Orientations), func(i int) string { return n.Orientations[i].Member }); err != nil {
		return err
	}
	if err := n.sameMembers("named/staff-by-member.csv", len(n.StaffByMember), func(i int) string { return n.StaffByMember[i].Member }); err != nil {
		return err
	}
	return n.sameMembers("named/tcam-published-rates.csv", len(n.Rates), func(i int) string { return n.Rates[i].Member })
}

// sameMembers refuses a file that does not list every member once, in the order of
// members.csv.
func (n Named) sameMembers(file string, rows int, member func(int) string) error {
	if rows != len(n.Members) {
		return fmt.Errorf("%s: has %d members, want %d", file, rows, len(n.Members))
	}
	for i, m := range n.Members {
		if got := member(i); got != m.Code {
			return fmt.Errorf("%s: row %d is %q, want %q as in members.csv", file, i+1, got, m.Code)
		}
	}
	return nil
}
