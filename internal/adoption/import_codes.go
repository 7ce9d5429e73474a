package adoption

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sir/internal/db"
	"sir/internal/exchange"
)

// measureCode is a measure as a file names it and its values.
type measureCode struct {
	Measure
	labels map[string]int64 // levels by label, in lower case
}

// clearWord takes a value back.
const clearWord = "clear"

// measureCodes finds measures by code or, in any letter case, by code or name.
type measureCodes struct {
	all    []*measureCode
	byCode map[string]*measureCode
	byName map[string]*measureCode
}

func readableMeasures(ctx context.Context, d *db.DB, c Collection) (codes measureCodes, err error) {
	measures, err := measuresIn(ctx, d, c)
	codes = measureCodes{byCode: map[string]*measureCode{}, byName: map[string]*measureCode{}}
	for _, m := range measures {
		known := &measureCode{m, map[string]int64{}}
		for level, label := range m.Levels {
			known.labels[strings.ToLower(label)] = int64(level)
		}
		codes.all = append(codes.all, known)
		codes.byName[strings.ToLower(m.Name)] = known
	}
	for _, m := range codes.all {
		codes.byCode[m.Code], codes.byName[strings.ToLower(m.Code)] = m, m
	}
	return codes, err
}

// find answers the measure that a row names; nil where it was refused.
func (c *measureCodes) find(row *exchange.Row, column int) *measureCode {
	if m := c.byCode[string(row.Bytes(column))]; m != nil {
		return m
	}
	m := c.named(row.Text(column))
	if m == nil && row.Blank(column) {
		row.Refuse(column, "the row does not say which measure its value is of")
	} else if m == nil {
		row.Refuse(column, c.unknown())
	}
	return m
}

func (c *measureCodes) named(text string) *measureCode {
	if m := c.byCode[text]; m != nil {
		return m
	}
	return c.byName[strings.ToLower(text)]
}

func (c *measureCodes) unknown() string {
	return "no measure of this return has this code; the measures are " + c.list()
}

func (c *measureCodes) list() string {
	const most = 25
	var names []string
	for _, m := range c.all[:min(most, len(c.all))] {
		names = append(names, m.Code)
	}
	if len(c.all) > most {
		names = append(names, fmt.Sprintf("and %d more", len(c.all)-most))
	}
	return strings.Join(names, ", ")
}

// read fills in the value of an entry; false where the cell was refused.
func (m *measureCode) read(e *Entry, row *exchange.Row, column int) bool {
	value, err := strconv.ParseInt(string(row.Bytes(column)), 10, 64)
	if err == nil {
		e.Value, e.Clear = value, false
		return true
	}
	text := row.Text(column)
	if text == "" {
		return false // an error of a spreadsheet, which was refused
	}
	var reason string
	if e.Value, e.Clear, reason = m.parse(text); reason != "" {
		row.Refuse(column, reason)
	}
	return reason == ""
}

// parse reads a value: a whole number, the label of a level, or the word that
// takes a value back. A reason says why it is none of these.
func (m *measureCode) parse(text string) (value int64, clears bool, reason string) {
	folded := strings.ToLower(text)
	if folded == clearWord {
		return 0, true, ""
	}
	if level, known := m.labels[folded]; known {
		return level, false, ""
	}
	value, err := exchange.ParseWhole(text)
	switch {
	case err != nil && m.Kind == LevelMeasure:
		return 0, false, "this is no level of " + m.Name + "; write one of " + m.labelList()
	case err != nil:
		return 0, false, err.Error()
	}
	return value, false, ""
}

// labelList names the levels with their labels.
func (m *measureCode) labelList() string {
	levels := make([]int, 0, len(m.Levels))
	for level := range m.Levels {
		levels = append(levels, level)
	}
	slices.Sort(levels)
	var parts []string
	for _, level := range levels {
		parts = append(parts, fmt.Sprintf("%d (%s)", level, m.Levels[level]))
	}
	return strings.Join(parts, ", ")
}

// siteCode is a site's key with its code, which entries share.
type siteCode struct {
	key  int64
	code string
}

// siteCodes finds sites by code. While it is gathering, it only remembers which
// codes are asked for.
type siteCodes struct {
	known     map[string]siteCode
	gathering map[string]bool
}

// fill says in an entry which site a row names; a code that names none has the
// key 0, and is refused with those that the sender may not send for.
func (c *siteCodes) fill(e *Entry, row *exchange.Row, column int) {
	if site, known := c.known[string(row.Bytes(column))]; known {
		e.SiteKey, e.Site = site.key, site.code
		return
	}
	e.Site = row.Text(column)
	if e.Site == "" {
		row.Refuse(column, "the row does not say which site it is of; write the code of the site")
	}
	e.SiteKey = c.key(e.Site)
}

func (c *siteCodes) key(code string) int64 {
	if c.gathering != nil {
		c.gathering[code] = true
	}
	return c.known[code].key
}

// smallFile is the size up to which a file is read once more to look up only
// the sites that it names.
const smallFile = 256 << 10

// loadSites reads the keys of the sites that the file names.
func (r *reading) loadSites(ctx context.Context, d *db.DB) error {
	if len(r.refused) > 0 {
		return nil
	}
	add := func(row db.Scanner) error {
		var s siteCode
		err := row.Scan(&s.key, &s.code)
		r.sites.known[s.code] = s
		return err
	}
	if r.file.Size > smallFile {
		return wrap("read site codes", d.Each(ctx, add, `SELECT key, code FROM site`))
	}
	r.sites.gathering = map[string]bool{}
	if err := r.entries(func(exchange.Conflict) {}, func(Entry) error { return nil }); err != nil {
		return err
	}
	codes := make([]any, 0, len(r.sites.gathering))
	for code := range r.sites.gathering {
		codes = append(codes, code)
	}
	r.sites.gathering = nil
	const at = 400 // parameters in a statement
	for part := range slices.Chunk(codes, at) {
		places := make([]string, len(part))
		for i := range part {
			places[i] = fmt.Sprintf("$%d", i+1)
		}
		err := d.Each(ctx, add, `SELECT key, code FROM site WHERE code IN (`+strings.Join(places, ", ")+`)`, part...)
		if err != nil {
			return wrap("read site codes", err)
		}
	}
	return nil
}
