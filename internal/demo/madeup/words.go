package madeup

import "time"

// madeUp ends every name.
const madeUp = " (made-up)"

// The names are trees for networks, and a mineral and a feature of the land for sites: 15 by 8 is 120.
var (
	trees = [...]string{
		"Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Elm", "Hawthorn",
		"Hazel", "Holly", "Juniper", "Larch", "Maple", "Rowan", "Willow",
	}
	minerals = [...]string{
		"Amber", "Basalt", "Chalk", "Cobalt", "Copper", "Coral", "Flint", "Granite",
		"Jade", "Marble", "Opal", "Pearl", "Quartz", "Slate", "Topaz",
	}
	features = [...]string{"Bridge", "Field", "Gate", "Hill", "Lane", "Mill", "Park", "Wharf"}

	// Birds name organisations, tools commissioners, lights in the sky regions.
	birds = [...]string{
		"Avocet", "Bittern", "Curlew", "Dipper", "Egret", "Fulmar", "Gannet", "Heron", "Ibis", "Jackdaw",
		"Kestrel", "Lapwing", "Magpie", "Nuthatch", "Osprey", "Plover", "Quail", "Redstart", "Siskin", "Teal",
	}
	tools  = [...]string{"Anvil", "Bellows", "Chisel", "Drill", "File", "Gimlet", "Hammer", "Lathe", "Mallet", "Plane"}
	lights = [...]string{"Aurora", "Comet", "Meteor", "Nebula"}
)

var levels = []Level{
	{0, "Not started", false},
	{1, "Agreed to take part", false},
	{2, "Trying it in one team", false},
	{3, "In daily use in some teams", true},
	{4, "In daily use everywhere planned", true},
}

// steps are those that a site takes before patients gain by the message.
var steps = []Level{
	{0, "Nothing signed yet", false},
	{1, "Contract signed", false},
	{2, "IT link live", false},
	{3, "First message sent", true},
}

// remarks are what people said about the monthly figures.
var remarks = []struct {
	on                      time.Time
	field, kind, text, role string
}{
	{outageMonth, FieldQueries, Exclude, "A records system was down for two weeks, and pharmacies rang about most patients", "programme analyst"},
	{newMessage, FieldQueries, Rebase, "The message now says which medicines were stopped, and why", "programme lead"},
	{newMessage, FieldAnswered, Note, "The message now says which medicines were stopped, and why", "programme lead"},
	{cover, FieldAnswered, Note, "Pharmacy technicians were lent to another programme until the end of January", "programme lead"},
}

var innovation = Innovation{
	Code:     "MU-LANTERN",
	Name:     "Lantern medicines message" + madeUp,
	Supplier: "Lantern Row Software" + madeUp,
	Summary:  "Tells a patient's community pharmacy which medicines changed in hospital, on the day the patient goes home.",
	Kind:     "digital product", Setting: "hospital", Status: "spreading", PathwayChange: "small", Fit: "convergent", ServiceID: "INN-MADE-UP-1",
	PathwayNote: "Ward pharmacist: sends one message for each patient who goes home with changed medicines.\n" +
		"Pharmacy technician: checks the list of messages not yet answered, once a day.\n" +
		"Ward clerk: prints the patient's leaflet, which names their pharmacy.\n" +
		"Community pharmacist: reads the message before the next prescription, and replies.",
}

var (
	earlyReasons = []string{
		"Two sites had asked to begin and were ready",
		"Training was finished before the planned date",
	}
	lateReasons = []string{
		"The project manager post was filled late",
		"Information governance approval took longer than planned",
		"The network looked for a senior pharmacist before it began",
		"Sites asked to wait until a records system had been replaced",
	}
	championRoles = []string{
		"Lead pharmacist", "Medicines safety nurse", "Ward manager", "Consultant physician", "Pharmacy technician lead",
	}
	leavingReasons = []string{
		"Moved to another post", "Went on long-term leave", "Retired", "Time for the role was not funded again", "Took on other duties",
	}
	missingReasons = []string{
		"No reason given", "The person who sends the return was on leave",
		"Figures could not be drawn from the records system", "The team was moving wards",
	}
)

// restatementKinds go round in this order, so that each kind occurs.
var restatementKinds = []struct{ field, reason, role string }{
	{FieldReferrals, "Referrals sent twice had been counted twice", "Network analyst"},
	{FieldCompleted, "Late replies from pharmacies were added", "Site lead for the return"},
	{FieldLevel, "The level had been read from the label of another step", "Network project manager"},
}
