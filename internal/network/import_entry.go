package network

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"sir/internal/exchange"
)

// entry is one row of an organisation file. What the row leaves blank is empty
// here, and stays as it is in the database.
type entry struct {
	row            int
	faulty         bool // something in it could not be read
	form           *form
	code, name     string
	kind           UnitKind
	scheme         string
	opened, closed string // closed: the first day on which it was
	successors     []string
	fate           SuccessionKind
	fateOn, reason string
	sizeBand       string
	fifth          int
	setting        string
	madeUp, known  bool // known: whether it was said that it is made up
	parents        []parentEntry
	attributes     map[string]string
}

// parentEntry says what a row belongs to, from when, up to which first day on
// which it no longer does.
type parentEntry struct {
	field    int
	kind     UnitKind // empty where the code tells
	code     string
	from, to string
}

// form is how a file is laid out.
type form struct {
	columns []exchange.Column
	ods     bool
	kind    UnitKind // of rows that do not say
}

// longest texts of a row, in bytes: no code, no name is longer.
const (
	longestName = 200
	mostParts   = 50 // successors of one split
)

// codeForm is what stands in an address without being escaped.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// reservedCodes are parts of the addresses of our own pages.
var reservedCodes = []string{"import", "organisations.csv"}

const badCode = "a code is one to 64 letters, digits, hyphens, underscores and full stops, and begins with a letter or digit"

func validCode(code string) bool {
	return codeForm.MatchString(code) && !slices.Contains(reservedCodes, code)
}

// read reads one row; what is wrong with it goes to the conflicts of the table.
func (f *form) read(r *exchange.Row) entry {
	e := entry{row: r.Number(), form: f, code: r.Text(fCode), name: f.text(r, fName), scheme: f.oneOf(r, fScheme, schemes)}
	if e.code == "" {
		r.Refuse(fCode, "the code is missing")
	} else if !validCode(e.code) {
		r.Refuse(fCode, badCode)
	}
	e.kind = cmp.Or(UnitKind(f.oneOf(r, fKind, namesOf(OrganisationKinds))), f.kind)
	e.opened, e.closed = date(r, fOpened), f.end(r, fClosed)
	if e.opened != "" && e.closed != "" && e.closed <= e.opened {
		r.Refuse(fClosed, "it closes before or as it opens; check both dates")
	}
	f.readFate(r, &e)
	f.readSite(r, &e)
	f.readParents(r, &e)
	e.faulty = !r.OK()
	return e
}

func (f *form) readFate(r *exchange.Row, e *entry) {
	e.fate = SuccessionKind(f.oneOf(r, fSuccession, fates))
	e.fateOn, e.reason = date(r, fSuccessionDate), f.text(r, fReason)
	for _, code := range strings.FieldsFunc(r.Text(fSuccessor), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		if code == e.code {
			r.Refuse(fSuccessor, "it cannot succeed itself")
		}
		if slices.Contains(e.successors, code) {
			r.Refuse(fSuccessor, fmt.Sprintf("%s stands here twice", code))
		}
		e.successors = append(e.successors, code)
	}
	switch {
	case len(e.successors) > mostParts:
		r.Refuse(fSuccessor, fmt.Sprintf("there are more than %d successors; check the cell", mostParts))
	case e.fate == Closure && len(e.successors) > 0:
		r.Refuse(fSuccession, "a closure has no successor; write merger or split, or clear the successor")
	case (e.fate == Merger || e.fate == Split) && len(e.successors) == 0:
		r.Refuse(fSuccessor, fmt.Sprintf("a %s needs a successor", e.fate))
	case e.fate == Merger && len(e.successors) > 1:
		r.Refuse(fSuccessor, "a merger has one successor; write split if it became several")
	case e.fate == "" && len(e.successors) > 1:
		e.fate = Split
	case e.fate == "" && len(e.successors) == 1:
		e.fate = Merger
	case e.fate == "" && (e.closed != "" || e.fateOn != ""):
		e.fate = Closure
	}
	if e.fate == "" {
		return
	}
	e.fateOn = cmp.Or(e.fateOn, e.closed)
	if e.fate != Split {
		e.closed = cmp.Or(e.closed, e.fateOn)
	}
	switch {
	case e.fateOn == "":
		r.Refuse(fSuccessionDate, fmt.Sprintf("a %s needs a date, here or as closed", e.fate))
	case e.fate != Split && e.closed != e.fateOn:
		r.Refuse(fSuccessionDate, "this is not the date on which it closed; write one of them")
	}
}

// readSite reads what only sites have.
func (f *form) readSite(r *exchange.Row, e *entry) {
	e.sizeBand, e.setting = f.text(r, fSizeBand), f.text(r, fSetting)
	if n, ok := r.Whole(fFifth); ok {
		if n < 1 || n > 5 {
			r.Refuse(fFifth, "a deprivation fifth is 1 (most deprived) to 5")
		}
		e.fifth = int(n)
	}
	e.madeUp, e.known = r.Bool(fMadeUp)
	e.attributes = map[string]string{}
	for field := fAttributes; field < len(f.columns); field++ {
		if value := f.text(r, field); value != "" && (!f.ods || e.kind == SiteKind) {
			e.attributes[f.attribute(field)] = value
		}
	}
	if e.kind == SiteKind || e.kind == "" {
		return
	}
	for _, field := range []int{fSizeBand, fFifth, fSetting} {
		if !r.Blank(field) {
			r.Refuse(field, "only a site has this; clear the cell")
		}
	}
	if len(e.attributes) > 0 {
		r.RefuseRow("only a site has attributes; clear these cells")
	}
}

func (f *form) attribute(field int) string {
	if f.ods {
		return strings.ToLower(f.columns[field].Name)
	}
	return attributeOf(f.columns[field].Name)
}

// readParents reads what the row belongs to. Of an ODS download the narrowest
// parent counts alone: what is above it, is above it.
func (f *form) readParents(r *exchange.Row, e *entry) {
	for _, place := range narrowestFirst {
		p := parentEntry{field: parentField(place), code: r.Text(parentField(place))}
		if place < anyKind && !f.ods {
			p.kind = UnitKinds[place]
		}
		p.from, p.to = date(r, p.field+toFrom), f.end(r, p.field+toTo)
		switch {
		case p.from != "" && p.to != "" && p.to <= p.from:
			r.Refuse(p.field+toTo, "the end is not after the start; check both dates")
		case p.code == "" && (p.from != "" || p.to != "") && !f.ods:
			r.Refuse(p.field, "there is a date beside it, but no code")
		case p.code != "" && (!f.ods || len(e.parents) == 0):
			e.parents = append(e.parents, p)
		}
	}
}

// narrowestFirst are the places of the parents of a row: the one whose kind is
// not said, then the kinds from the narrowest up.
var narrowestFirst = []int{anyKind, 0, 1, 2, 3, 4}

// text is a cell that may be kept.
func (f *form) text(r *exchange.Row, field int) string {
	text := r.Text(field)
	switch {
	case strings.ContainsFunc(text, unicode.IsControl):
		r.Refuse(field, "the cell holds a line break or another control character; remove it")
	case len(text) > longestName:
		r.Refuse(field, fmt.Sprintf("the text is longer than %d characters; shorten it", longestName))
	default:
		return text
	}
	return ""
}

var (
	schemes = []string{"ods", "ons", "own"}
	fates   = []string{string(Merger), string(Split), string(Closure)}
)

// oneOf is a cell that holds one of a few words, in any letter case.
func (f *form) oneOf(r *exchange.Row, field int, words []string) string {
	text := strings.ToLower(r.Text(field))
	if text == "" || slices.Contains(words, text) {
		return text
	}
	r.Refuse(field, "write one of "+strings.Join(words, ", "))
	return ""
}

func date(r *exchange.Row, field int) string {
	day, ok := r.Date(field)
	if !ok {
		return ""
	}
	return day.Format(time.DateOnly)
}

// end is the first day on which something no longer held. ODS downloads give
// the last day on which it did.
func (f *form) end(r *exchange.Row, field int) string {
	day, ok := r.Date(field)
	if !ok {
		return ""
	}
	if f.ods {
		day = day.AddDate(0, 0, 1)
	}
	return day.Format(time.DateOnly)
}
