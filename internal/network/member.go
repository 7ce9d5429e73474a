package network

// Member is one network of the family that this instance serves.
type Member struct {
	ID        string
	Key       int64  // of its unit
	Code      string // stable and readable, used in addresses
	Name      string
	ShortName string
	MadeUp    bool
	ValidFrom string // ISO date; empty when not known
	ValidTo   string // ISO date; empty while it exists
	Source    string
}

// Orientation says how far a member's approach to spread is written down, and
// of which type it is. It is dated by its source.
type Orientation struct {
	MemberID string
	Explicit bool
	Approach string
	Category string // code of an entry of the approaches shelf; may be empty
	Source   string
}

// Word is "explicit" or "implicit".
func (o Orientation) Word() string {
	if o.Explicit {
		return "explicit"
	}
	return "implicit"
}

// RoleStaff counts the people in one broad role, over all members.
type RoleStaff struct {
	Role   string
	People int
	Source string
}
