// Package facts holds what the report "Review of spread and adoption approaches
// across the AHSN Network" (May 2021) states, as data files in our own words with
// a source reference each, and reads them into typed values.
//
// Two sets are kept apart on purpose and must stay so:
//
//   - Named: the 15 members by name (tables 3.1, 4.1, 8.1), alphabetical by name in
//     every file.
//   - Cases: the 15 anonymous cases (tables 8.2 to 8.5) under the report's own
//     numbers 1 to 15, which identify nothing outside that set.
//
// No id, code, order or file is common to both, so neither can be joined to the
// other here. Whoever stores them keeps it that way.
//
// The package has no database and does no I/O but reading its embedded files.
package facts

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed named cases shelves oddities.csv
var files embed.FS

// Facts is everything the report states that SIR shows or loads.
type Facts struct {
	Named    Named
	Cases    CaseSet
	Shelves  []Shelf // in the order of the pages: stages first, conclusions last
	Oddities []Oddity
}

// Oddity is a place where the report disagrees with itself or leaves a gap.
type Oddity struct {
	Code    string // X1 to X28
	Page    string // the page that shows it: "measure", "explain" or "shelves"
	Place   string // where in the report it stands
	Finding string
	Source  string
}

// Read returns the embedded facts. A fault in a data file (an unknown or missing
// field, an empty source, a duplicate code, a reference to nothing, a number out of
// range) is an error that names the file and the line or entry.
func Read() (Facts, error) {
	return read(files)
}

func read(fsys fs.FS) (Facts, error) {
	var f Facts
	var err error
	if f.Shelves, err = readShelves(fsys); err != nil {
		return Facts{}, fmt.Errorf("reading the report's facts: %w", err)
	}
	approaches, _ := f.Shelf("approaches")
	if f.Named, err = readNamed(fsys, approaches.codes()); err != nil {
		return Facts{}, fmt.Errorf("reading the report's facts: %w", err)
	}
	if f.Cases, err = readCases(fsys); err != nil {
		return Facts{}, fmt.Errorf("reading the report's facts: %w", err)
	}
	if f.Oddities, err = readOddities(fsys); err != nil {
		return Facts{}, fmt.Errorf("reading the report's facts: %w", err)
	}
	return f, nil
}

// Shelf returns the shelf with the given key, such as "factors".
func (f Facts) Shelf(key string) (Shelf, bool) {
	for _, s := range f.Shelves {
		if s.Key == key {
			return s, true
		}
	}
	return Shelf{}, false
}

// OdditiesOn returns the oddities that belong to a page: "measure", "explain" or
// "shelves".
func (f Facts) OdditiesOn(page string) []Oddity {
	var on []Oddity
	for _, o := range f.Oddities {
		if o.Page == page {
			on = append(on, o)
		}
	}
	return on
}

func readOddities(fsys fs.FS) ([]Oddity, error) {
	t := table{file: "oddities.csv", columns: []string{"code", "page", "place", "finding", "source"}, key: []string{"code"}}
	return load(fsys, t, func(r *row) Oddity {
		return Oddity{
			Code:    r.text("code"),
			Page:    r.oneOf("page", "measure", "explain", "shelves"),
			Place:   r.text("place"),
			Finding: r.text("finding"),
			Source:  r.source(),
		}
	})
}
