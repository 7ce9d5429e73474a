package network

// Unit is an organisation or an area above the sites: what sites belong to,
// and what figures are added up to. A member is a unit too.
type Unit struct {
	ID        string
	Key       int64 // integer key in the rollups; given by InsertUnit where it is 0
	Kind      UnitKind
	Scheme    string // whose code it is: "ods", "ons" or "own"
	Code      string
	Name      string
	ShortName string
	MadeUp    bool
	ValidFrom string // ISO dates; empty when not known, or while it exists
	ValidTo   string
	Source    string
}

// UnitKind is what a unit is. The words that a country has for it are in its
// term pack.
type UnitKind string

// The kinds.
const (
	OrganisationUnit UnitKind = "organisation" // runs sites: a trust, a practice
	GroupUnit        UnitKind = "group"        // of organisations that work together
	CommissionerUnit UnitKind = "commissioner" // an area with one commissioner
	RegionUnit       UnitKind = "region"       // of commissioners
	MemberUnit       UnitKind = "member"       // a network that spreads innovations
)

// UnitKinds lists the kinds, from the narrowest up; the member stands apart
// from commissioners and regions, in a hierarchy of its own.
var UnitKinds = []UnitKind{OrganisationUnit, GroupUnit, CommissionerUnit, RegionUnit, MemberUnit}

// rank orders the kinds: a unit belongs only to units of a higher rank, so
// that no unit can come to lie inside itself.
var rank = map[UnitKind]int{OrganisationUnit: 1, GroupUnit: 2, CommissionerUnit: 3, MemberUnit: 3, RegionUnit: 4}

// MayBelongTo tells whether a unit of this kind can belong to one of the other.
func (k UnitKind) MayBelongTo(parent UnitKind) bool {
	return rank[k] > 0 && rank[parent] > rank[k]
}

// Known tells whether k is one of the kinds.
func (k UnitKind) Known() bool { return rank[k] > 0 }

// UnitMembership says that a unit belonged to another over a stretch of time;
// ValidTo is the first day on which it no longer did, empty while it does.
type UnitMembership struct {
	ChildID, ParentID  string
	ValidFrom, ValidTo string
}

// Succession says what became of a site or a unit. A split has one for each
// part.
type Succession struct {
	ID          string         // of what ended, or lost a part
	SuccessorID string         // empty for a closure
	Kind        SuccessionKind //
	HappenedOn  string         // the first day on which it held
	Reason      string
	Other       UnitRef // the other of the two, where one of them was asked for; empty for a closure
}

// SuccessionKind is what became of a site or a unit.
type SuccessionKind string

// The kinds of succession.
const (
	Merger  SuccessionKind = "merger"
	Split   SuccessionKind = "split"
	Closure SuccessionKind = "closure"
)
