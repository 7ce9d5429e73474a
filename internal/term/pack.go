package term

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// ErrInvalid is wrapped by every error of Parse. It lists all that is wrong with the pack, a line each.
var ErrInvalid = errors.New("term pack refused")

// ErrUnknown is wrapped by ByID when there is no such pack.
var ErrUnknown = errors.New("no such term pack")

// Limits of a pack file.
const (
	MaxBytes      = 256 << 10
	maxWords      = 80  // characters of a form or name
	maxNote       = 300 // characters of a note
	maxComplaints = 20  // lines of an error
)

// Pack is a complete set of labels. It is never changed after Parse and may be shared.
type Pack struct {
	ID       string // england-2026
	Name     string // England 2026
	Country  string // ISO 3166: GB-ENG, NL
	Language string // BCP 47: en-GB
	From     time.Time
	To       time.Time // last day the pack describes; zero for a pack in force
	labels   [count]Label
}

// Label returns the words for a term. Every term has them. It panics on a number that is not a Term of this package.
func (p Pack) Label(t Term) Label { return p.labels[t] }

//go:embed packs/*.json
var files embed.FS

// shipped reads the embedded packs once. They are part of the program: one that does not parse is a fault in the build.
var shipped = sync.OnceValue(func() []Pack {
	names, err := fs.Glob(files, "packs/*.json")
	if err != nil {
		panic(err)
	}
	var packs []Pack
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		pack, err := Parse(data)
		if err != nil {
			panic(fmt.Errorf("embedded %s: %w", name, err))
		}
		packs = append(packs, pack)
	}
	slices.SortFunc(packs, func(a, b Pack) int { return a.From.Compare(b.From) })
	return packs
})

// Packs returns the packs that ship, oldest first.
func Packs() []Pack { return slices.Clone(shipped()) }

// ByID returns a shipped pack. It wraps ErrUnknown and lists the ids there are.
func ByID(id string) (Pack, error) {
	var ids []string
	for _, p := range shipped() {
		if p.ID == id {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	return Pack{}, fmt.Errorf("%w: %.60q; choose from %s", ErrUnknown, id, strings.Join(ids, ", "))
}

// packFile is the JSON of a pack. Terms are a list, because of two equal keys in a JSON object the second wins silently.
type packFile struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Country  string      `json:"country"`
	Language string      `json:"language"`
	From     string      `json:"from"`
	To       string      `json:"to"`
	Terms    []labelFile `json:"terms"`
}

type labelFile struct {
	Term         string `json:"term"`
	Full         Form   `json:"full"`
	Short        Form   `json:"short"`
	Abbreviation Form   `json:"abbreviation"`
	From         string `json:"from"`
	Note         string `json:"note"`
}

// Read reads a pack as Parse does, and no more of r than MaxBytes allows.
func Read(r io.Reader) (Pack, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Pack{}, fmt.Errorf("reading a term pack: %w", err)
	}
	return Parse(data)
}

// Parse reads a pack: JSON of at most MaxBytes in the form of the files in packs. It wraps ErrInvalid.
func Parse(data []byte) (Pack, error) {
	if len(data) > MaxBytes {
		return Pack{}, fmt.Errorf("%w: more than %d bytes; a pack is a few kilobytes", ErrInvalid, MaxBytes)
	}
	if !utf8.Valid(data) {
		return Pack{}, fmt.Errorf("%w: the file is not UTF-8 text; save it as UTF-8", ErrInvalid)
	}
	var file packFile
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return Pack{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Pack{}, fmt.Errorf("%w: more text after the closing brace", ErrInvalid)
	}
	var c complaints
	pack := c.pack(file)
	if err := c.err(file.ID); err != nil {
		return Pack{}, err
	}
	return pack, nil
}

// complaints collects what is wrong, so that a person mends a file once.
type complaints []string

func (c *complaints) add(format string, args ...any) { *c = append(*c, fmt.Sprintf(format, args...)) }

func (c complaints) err(id string) error {
	if len(c) == 0 {
		return nil
	}
	lines := c
	if len(lines) > maxComplaints {
		lines = append(slices.Clone(lines[:maxComplaints]), fmt.Sprintf("and %d more", len(c)-maxComplaints))
	}
	return fmt.Errorf("%w: pack %.60q:\n%s", ErrInvalid, id, strings.Join(lines, "\n"))
}

var (
	idForm       = regexp.MustCompile(`^[a-z][a-z0-9-]{1,59}$`)
	countryForm  = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`)
	fromForm     = regexp.MustCompile(`^([12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

func (c *complaints) pack(file packFile) Pack {
	if !idForm.MatchString(file.ID) {
		c.add("id: %.60q; use 2 to 60 lower-case letters, digits and hyphens", file.ID)
	}
	if !countryForm.MatchString(file.Country) {
		c.add("country: %.60q; use an ISO 3166 code such as GB-ENG", file.Country)
	}
	if !languageForm.MatchString(file.Language) {
		c.add("language: %.60q; use a language tag such as en-GB", file.Language)
	}
	c.words("name", file.Name, true)
	pack := Pack{ID: file.ID, Name: file.Name, Country: file.Country, Language: file.Language, From: c.date("from", file.From)}
	if file.To != "" {
		pack.To = c.date("to", file.To)
		if pack.To.Before(pack.From) {
			c.add("to: %s is before from (%s)", file.To, file.From)
		}
	}
	c.terms(&pack, file.Terms)
	return pack
}

func (c *complaints) terms(pack *Pack, terms []labelFile) {
	var seen [count]bool
	hint := "; the terms are " + strings.Join(keys[:], ", ") // said once
	for i, entry := range terms {
		t, ok := byKey(entry.Term)
		switch {
		case !ok:
			c.add("terms, entry %d: unknown term %.60q%s", i+1, entry.Term, hint)
			hint = ""
		case seen[t]:
			c.add("terms, entry %d: %s is there twice", i+1, t)
		default:
			seen[t] = true
			pack.labels[t] = c.label(t.String(), entry)
		}
	}
	for t, ok := range seen {
		if !ok {
			c.add("term %s is missing", Term(t))
		}
	}
}

// label checks one entry and fills a short form that was left out.
func (c *complaints) label(key string, entry labelFile) Label {
	c.form(key+", full", entry.Full, true)
	c.form(key+", short", entry.Short, false)
	c.form(key+", abbreviation", entry.Abbreviation, false)
	if !fromForm.MatchString(entry.From) {
		c.add("%s, from: %.60q; use a year, month or day such as 2023, 2023-10 or 2023-10-01, or leave it out", key, entry.From)
	}
	if utf8.RuneCountInString(entry.Note) > maxNote || unprintable(entry.Note) {
		c.add("%s, note: at most %d characters of plain text", key, maxNote)
	}
	label := Label{Full: entry.Full, Short: entry.Short, Abbreviation: entry.Abbreviation, From: entry.From, Note: entry.Note}
	if label.Short == (Form{}) {
		label.Short = label.Abbreviation
	}
	if label.Short == (Form{}) {
		label.Short = label.Full
	}
	return label
}

// form checks that both numbers are there, or that neither is where that is allowed.
func (c *complaints) form(where string, f Form, required bool) {
	required = required || f != (Form{})
	c.words(where+", singular", f.Singular, required)
	c.words(where+", plural", f.Plural, required)
}

func (c *complaints) words(where, words string, required bool) {
	switch {
	case words == "" && required:
		c.add("%s is missing", where)
	case words != strings.TrimSpace(words):
		c.add("%s: %.60q has spaces at an end", where, words)
	case utf8.RuneCountInString(words) > maxWords:
		c.add("%s: %.60q... is longer than %d characters", where, words, maxWords)
	case unprintable(words):
		c.add("%s: %.60q has characters that cannot be shown", where, words)
	}
}

// joiners are invisible characters that some languages spell with: no-break space, zero-width non-joiner and joiner.
const joiners = "\u00a0\u200c\u200d"

// unprintable finds control characters and those that turn the direction of text round.
func unprintable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && !strings.ContainsRune(joiners, r) })
}

func (c *complaints) date(where, text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		c.add("%s: %.60q; use a date such as 2026-04-01", where, text)
	}
	return t
}
