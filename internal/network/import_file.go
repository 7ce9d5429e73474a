package network

import (
	"io"
	"strings"

	"sir/internal/exchange"
)

// SiteKind stands beside the kinds of units where a file or a list holds both.
const SiteKind UnitKind = "site"

// OrganisationKinds lists what an organisation file may hold: sites, and units.
var OrganisationKinds = append([]UnitKind{SiteKind}, UnitKinds...)

// OrganisationFile is a file of organisations as it came in: our own columns,
// or a download of the Organisation Data Service (ODS), see ODSColumns.
type OrganisationFile struct {
	Name    string // of the file, for the audit trail
	Content io.ReaderAt
	Size    int64
	// Kind is that of rows that do not name theirs: of all rows of an ODS
	// download. Empty where the file has a column for it.
	Kind UnitKind
	// On is the ISO date from which what has no date of its own holds; today
	// where it is empty.
	On string
}

// The fields of a row. Both forms of file number their columns like this; a
// column that a form has not reads as blank.
const (
	fCode = iota
	fName
	fKind
	fScheme
	fOpened
	fClosed
	fSuccessor
	fSuccession
	fSuccessionDate
	fReason
	fSizeBand
	fFifth
	fSetting
	fMadeUp
	// fParents begins three columns for each of UnitKinds, and for a parent
	// whose kind its code tells: code, from, to.
	fParents
)

const (
	toFrom = 1 // from the column of a parent to that of when it began
	toTo   = 2
)

// anyKind is the place of the parent whose kind is not said, behind UnitKinds.
var anyKind = len(UnitKinds)

func parentField(place int) int { return fParents + 3*place }

// fAttributes is where the columns begin that are about whatever else is known.
var fAttributes = parentField(anyKind + 1)

// attributePrefix marks columns of whatever else is known of sites. Without it
// a misspelt column would become an attribute.
const attributePrefix = "attribute "

// ownColumns are the columns of SIR's own form, by field.
func ownColumns(header []string) []exchange.Column {
	columns := make([]exchange.Column, fAttributes)
	for field, c := range map[int]exchange.Column{
		fCode: {Name: "code", Required: true}, fName: {Name: "name"}, fKind: {Name: "kind"}, fScheme: {Name: "scheme"},
		fOpened: {Name: "opened"}, fClosed: {Name: "closed"}, fSuccessor: {Name: "successor", Aliases: []string{"successors"}},
		fSuccession: {Name: "succession"}, fSuccessionDate: {Name: "succession date"}, fReason: {Name: "reason"},
		fSizeBand: {Name: "size band"}, fFifth: {Name: "deprivation fifth"}, fSetting: {Name: "setting"}, fMadeUp: {Name: "made up"},
	} {
		columns[field] = c
	}
	for place, name := range append(namesOf(UnitKinds), "parent") {
		at := parentField(place)
		columns[at].Name, columns[at+toFrom].Name, columns[at+toTo].Name = name, name+" from", name+" to"
	}
	for _, name := range header {
		if attributeOf(name) != "" {
			columns = append(columns, exchange.Column{Name: name})
		}
	}
	return columns
}

func namesOf(kinds []UnitKind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return names
}

// attributeOf is the attribute that a column of the own form holds; empty for
// other columns.
func attributeOf(column string) string {
	name := strings.ToLower(column)
	if !strings.HasPrefix(name, attributePrefix) {
		return ""
	}
	return strings.TrimSpace(name[len(attributePrefix):])
}
