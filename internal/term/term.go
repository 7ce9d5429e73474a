package term

import (
	"fmt"
	"strings"
)

// Term is a thing whose name depends on country or year.
type Term uint8

// The terms, in the order in which packs are listed and checked.
const (
	Network             Term = iota // a member of the family: the organisation that spreads innovations in its patch
	NetworkFamily                   // all networks together, and what they call themselves
	NationalBody                    // who commissions the networks and runs the health service nationally
	DigitalBody                     // who runs national digital services
	Commissioner                    // who plans and buys care locally
	System                          // the local partnership of health and care organisations
	Region                          // the level between system and nation
	Provider                        // the organisation that sites belong to
	Site                            // where an innovation is rolled out and adopted
	GeneralPractice                 // a family doctor's practice
	PrimaryCareNetwork              // practices that work together
	CommunityPharmacy               // a pharmacy on the high street
	PharmacyBody                    // who represents community pharmacies locally
	MedicalBody                     // who represents general practitioners locally
	SafetyCollaborative             // the network's patient safety arm
	LocalAuthority                  // local government with care duties
	OrganisationCode                // the official code of an organisation

	count // how many terms there are
)

var keys = [count]string{
	"network", "network_family", "national_body", "digital_body", "commissioner", "system", "region", "provider", "site",
	"general_practice", "primary_care_network", "community_pharmacy", "pharmacy_body", "medical_body", "safety_collaborative",
	"local_authority", "organisation_code",
}

// All lists every term.
func All() []Term {
	all := make([]Term, count)
	for i := range all {
		all[i] = Term(i)
	}
	return all
}

// String returns the term's key in pack files: network_family.
func (t Term) String() string {
	if t < count {
		return keys[t]
	}
	return fmt.Sprintf("term %d", uint8(t))
}

// byKey finds a term by its key.
func byKey(key string) (Term, bool) {
	for t, k := range keys {
		if k == key {
			return Term(t), true
		}
	}
	return 0, false
}

// Form is one wording in singular and plural, as it stands inside a sentence.
type Form struct {
	Singular string `json:"singular"`
	Plural   string `json:"plural"`
}

// Of chooses by number: "1 network", "0 networks".
func (f Form) Of(n int) string {
	if n == 1 {
		return f.Singular
	}
	return f.Plural
}

// Label is how one term is worded in one pack.
type Label struct {
	Full  Form // "integrated care board", "integrated care boards"
	Short Form // for table headings and tight places; the abbreviation where there is one, else Full
	// Abbreviation is "ICB", "ICBs"; empty where there is none or where it would be taken for something else.
	Abbreviation Form
	From         string // year, month or day in ISO form from which the words were right; empty when they always were
	Note         string // what a reader of the pack should know
}

// Count gives a number with the right form: "1 integrated care board", "12 integrated care boards".
func (l Label) Count(n int) string { return fmt.Sprintf("%d %s", n, l.Full.Of(n)) }

// Introduced gives the words for their first use on a page: "integrated care boards (ICBs)", or without brackets where
// there is no abbreviation.
func (l Label) Introduced(n int) string {
	if l.Abbreviation == (Form{}) {
		return l.Full.Of(n)
	}
	return l.Full.Of(n) + " (" + l.Abbreviation.Of(n) + ")"
}

// Sentence gives words a capital to begin with, as headings and buttons in sentence case need.
func Sentence(words string) string {
	for i, r := range words {
		return strings.ToUpper(string(r)) + words[i+len(string(r)):]
	}
	return words
}
