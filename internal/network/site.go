package network

// Site is a place where an innovation is used: a trust, a practice, a
// pharmacy. Key is its integer key in the observations.
type Site struct {
	ID               string
	Key              int64
	Scheme           string // whose code it is: "ods" or "own"
	Code             string
	Name             string
	MadeUp           bool
	SizeBand         string
	DeprivationFifth int // 1 is the most deprived; 0 when not known
	Setting          string
	ValidFrom        string
	ValidTo          string
}

// Membership says that a site belonged to a unit from a date up to another,
// which is the first day on which it no longer did; empty while it does.
type Membership struct {
	SiteID, UnitID     string
	ValidFrom, ValidTo string
}
