package innovation

import (
	"slices"
	"strings"

	"sir/internal/fault"
	"sir/internal/freetext"
	"sir/internal/policy"
)

// Innovation is an idea, service or product that is new to a place. What is
// not known is empty.
type Innovation struct {
	ID            string
	Code          string
	Name          string
	Summary       string
	Kind          string // of Kinds
	Setting       string // of Settings
	Supplier      string
	ServiceID     string // in the NHS Innovation Service, which holds the innovator's side
	Status        string // of Statuses
	Successor     string // what took its place
	PathwayChange string // of PathwayChanges
	PathwayNote   string // what changes, and for whom
	Fit           string // with how people work already, of Fits
	KeeperID      string // unit of the member that keeps the record
	Keeper        string // its name; only when read
	MadeUp        bool
	Source        string
	Version       int64
	Programmes    []Programme // that spread it, by name; only when read
}

// Programme is one that spreads an innovation.
type Programme struct{ ID, Code, Name string }

// Superseded is the status of what something else took the place of.
const Superseded = "superseded"

// The words that a record chooses from.
var (
	Kinds          = []string{"device", "digital product", "medicine", "diagnostic test", "service", "pathway", "training", "way of working"}
	Settings       = []string{"hospital", "general practice", "community services", "community pharmacy", "mental health services", "ambulance service", "care home", "home", "across settings"}
	Statuses       = []string{"being considered", "spreading", "in routine use", Superseded, "withdrawn"}
	PathwayChanges = []string{"none", "small", "large"}
	Fits           = []string{Convergent, Divergent}
)

// Convergent is close to how people work already; divergent departs from it
// (Review of spread and adoption approaches across the AHSN Network, 2021, section 5).
const (
	Convergent = "convergent"
	Divergent  = "divergent"
)

// object is the innovation as policy sees it. Of several programmes it names
// one that the actor holds a role for.
func (i Innovation) object(actor policy.Actor) policy.Object {
	object := policy.Object{Member: i.KeeperID, Innovation: i.ID}
	for _, p := range i.Programmes {
		held := slices.ContainsFunc(actor.Grants, func(g policy.Grant) bool { return g.Programme == p.ID })
		if object.Programme == "" || held {
			object.Programme = p.ID
		}
	}
	return object
}

// described is the innovation with what people write taken from another.
func (i Innovation) described(by Innovation) Innovation {
	by.ID, by.Code, by.MadeUp, by.Source, by.Version = i.ID, i.Code, i.MadeUp, i.Source, i.Version
	by.KeeperID, by.Keeper, by.Programmes = i.KeeperID, i.Keeper, i.Programmes
	by.Name, by.Supplier, by.Successor = freetext.OneLine(by.Name), freetext.OneLine(by.Supplier), freetext.OneLine(by.Successor)
	by.Summary, by.PathwayNote = strings.TrimSpace(by.Summary), strings.TrimSpace(by.PathwayNote)
	by.ServiceID = strings.ToUpper(freetext.OneLine(by.ServiceID))
	return by
}

// The most characters of a name, of a line, and of a text of several lines.
const (
	longestName = 120
	longestLine = 200
	longestText = 2000
)

// faults lists what is wrong with what people wrote, by field of the form.
func (i Innovation) faults() (wrong fault.Fields) {
	freetext.Required(&wrong, "name", "Enter the name of the innovation.", i.Name, longestName)
	freetext.Required(&wrong, "summary", "Say in a sentence or two what it is and what it does.", i.Summary, longestText)
	chosen(&wrong, "kind", "Choose what kind of innovation it is.", i.Kind, Kinds)
	chosen(&wrong, "setting", "Choose where it is used.", i.Setting, Settings)
	chosen(&wrong, "status", "Choose where it stands.", i.Status, Statuses)
	switch {
	case i.Status == Superseded:
		freetext.Required(&wrong, "successor", "Say what took its place.", i.Successor, longestLine)
	case i.Successor != "":
		wrong.Add("successor", "Leave this empty, or choose superseded as its status.")
	}
	chosenOrEmpty(&wrong, "pathway-change", "Choose how far it changes the pathway.", i.PathwayChange, PathwayChanges)
	freetext.Optional(&wrong, "pathway-note", i.PathwayNote, longestText)
	if slices.Contains(PathwayChanges[1:], i.PathwayChange) && i.PathwayNote == "" {
		wrong.Add("pathway-note", "Say what changes in the pathway, and for which roles.")
	}
	chosenOrEmpty(&wrong, "fit", "Choose how it fits with how people work already.", i.Fit, Fits)
	freetext.Optional(&wrong, "supplier", i.Supplier, longestLine)
	if !isServiceID(i.ServiceID) {
		wrong.Add("service-id", "Enter the id as the NHS Innovation Service shows it, such as INN-2304-0005-6.")
	}
	return wrong
}

// isServiceID takes letters, digits and hyphens, and no id at all: the other
// service may change the rest of its form.
func isServiceID(id string) bool {
	odd := func(c rune) bool { return c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') }
	return len(id) <= 40 && !strings.ContainsFunc(id, odd)
}

func chosen(wrong *fault.Fields, name, message, value string, from []string) {
	if !slices.Contains(from, value) {
		wrong.Add(name, "%s", message)
	}
}

func chosenOrEmpty(wrong *fault.Fields, name, message, value string, from []string) {
	if value != "" {
		chosen(wrong, name, message, value, from)
	}
}

// codeOf makes a code for addresses of a name: its letters and digits in
// lower case, words joined by hyphens.
func codeOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	code := strings.Join(words, "-")
	if len(code) > longestCode {
		code = strings.TrimRight(code[:longestCode], "-")
	}
	if code == "" || code == "add" { // the address of the form
		code = "innovation"
	}
	return code
}

// longestCode leaves room for a number behind it in an address.
const longestCode = 50
