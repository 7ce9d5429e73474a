package exchange_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sir/internal/exchange"
)

// samplePackage is made up: two tables, one of which refers to the other.
func samplePackage() exchange.Package {
	day := func(d int) time.Time { return time.Date(2018, 10, d, 0, 0, 0, 0, time.UTC) }
	return exchange.Package{
		Name: "example-programme", Title: "An example", Description: "Made-up figures", Version: "1.0.0", Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Licences: []exchange.Licence{{Name: "OGL-UK-3.0", Title: "Open Government Licence v3.0"}}, Sources: []exchange.Source{{Title: "Made-up returns"}},
		Tables: []exchange.PackageTable{
			{
				Name: "sites", Fields: []exchange.Field{
					{Name: "code", Type: exchange.StringField, Constraints: exchange.Constraints{Required: true, Unique: true, Pattern: "[A-Z0-9]+"}},
					{Name: "name", Type: exchange.StringField, Description: "as its owner writes it"}, {Name: "opened", Type: exchange.DateField},
				},
				PrimaryKey: []string{"code"}, Rows: exchange.RowsOf([][]any{{"RXX01", "=Alder, \"east\"", day(1)}, {"RXX02", "Brück", nil}}),
			},
			{
				Name: "observations", Fields: []exchange.Field{
					{Name: "site", Type: exchange.StringField, Constraints: exchange.Constraints{Required: true}},
					{Name: "start", Type: exchange.DateField}, {Name: "level", Type: exchange.IntegerField, Constraints: exchange.Constraints{Minimum: 0, Maximum: 4}},
					{Name: "rate", Type: exchange.NumberField}, {Name: "adopted", Type: exchange.BooleanField}, {Name: "sent_at", Type: exchange.DateTimeField},
				},
				PrimaryKey:  []string{"site", "start"},
				ForeignKeys: []exchange.ForeignKey{{Fields: []string{"site"}, Reference: exchange.Reference{Resource: "sites", Fields: []string{"code"}}}},
				Rows:        exchange.RowsOf([][]any{{"RXX01", day(1), 3, 33.5, true, time.Date(2019, 1, 1, 9, 30, 0, 0, time.UTC)}, {"RXX02", day(1), nil, nil, false, nil}}),
			},
		},
	}
}

func unpack(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[entry.Name], err = io.ReadAll(file); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// tableDescriptor is what a reader needs of a resource; the names are those of the standard, written here anew.
type tableDescriptor struct {
	Name, Path, Hash, Type, MediaType string
	Bytes                             int
	Schema                            struct {
		Fields []struct {
			Name, Type  string
			Constraints struct {
				Required, Unique bool
				Minimum, Maximum *float64
				Pattern          string
			}
		}
		MissingValues, PrimaryKey []string
		ForeignKeys               []struct {
			Fields    []string
			Reference struct {
				Resource string
				Fields   []string
			}
		}
	}
}

// typeForms is how Table Schema writes values of a type in text.
var typeForms = map[string]*regexp.Regexp{
	"string": regexp.MustCompile(`(?s)^.*$`), "integer": regexp.MustCompile(`^[+-]?\d+$`), "number": regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$`),
	"boolean": regexp.MustCompile(`^(true|True|TRUE|1|false|False|FALSE|0)$`), "date": regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
	"datetime": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
}

// readResource reads a table by the rules of the Data Package standard, version 2: size and hash, header, types,
// missing values, constraints and primary key.
func readResource(t *testing.T, files map[string][]byte, d tableDescriptor) map[string]map[string]bool {
	t.Helper()
	content, ok := files[d.Path]
	if !ok || len(content) != d.Bytes || fmt.Sprintf("sha256:%x", sha256.Sum256(content)) != d.Hash {
		t.Fatalf("%s: %d bytes of %d, hash %s", d.Path, len(content), d.Bytes, d.Hash)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	values, keys := map[string]map[string]bool{}, map[string]bool{}
	for number, row := range rows {
		key := ""
		for i, f := range d.Schema.Fields {
			cell, c := row[i], f.Constraints
			if values[f.Name] == nil {
				values[f.Name] = map[string]bool{}
			}
			missing := slices.Contains(d.Schema.MissingValues, cell)
			x, _ := strconv.ParseFloat(cell, 64)
			switch {
			case number == 0 && cell != f.Name, number > 0 && missing && c.Required, number > 0 && !missing && !typeForms[f.Type].MatchString(cell),
				number > 0 && c.Unique && values[f.Name][cell], number > 0 && c.Pattern != "" && !regexp.MustCompile("^"+c.Pattern+"$").MatchString(cell),
				number > 0 && !missing && (c.Minimum != nil && x < *c.Minimum || c.Maximum != nil && x > *c.Maximum):
				t.Errorf("%s, row %d, field %s: %q", d.Path, number, f.Name, cell)
			}
			if values[f.Name][cell] = number > 0; slices.Contains(d.Schema.PrimaryKey, f.Name) {
				key += cell + "\x00"
			}
		}
		if keys[key] {
			t.Errorf("%s, row %d: the key %q stands twice", d.Path, number, key)
		}
		keys[key] = true
	}
	return values
}

func TestPackageFollowsTheStandard(t *testing.T) {
	t.Parallel()
	var out, again bytes.Buffer
	if err := errors.Join(exchange.WritePackage(&out, samplePackage()), exchange.WritePackage(&again, samplePackage())); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same data make other bytes")
	}
	files := unpack(t, out.Bytes())
	var d struct {
		Schema        string `json:"$schema"`
		Name, Created string
		Licenses      []struct{ Name string }
		Resources     []tableDescriptor
	}
	if err := json.Unmarshal(files["datapackage.json"], &d); err != nil {
		t.Fatal(err)
	}
	// The patterns are those of the profile datapackage.org/profiles/2.0/datapackage.json.
	if _, err := time.Parse(time.RFC3339, d.Created); err != nil || d.Name == "" || !strings.HasSuffix(d.Schema, "/2.0/datapackage.json") ||
		!regexp.MustCompile(`^([-a-zA-Z0-9._])+$`).MatchString(d.Licenses[0].Name) || len(d.Resources) != 2 {
		t.Errorf("the descriptor is %s, %v", files["datapackage.json"], err)
	}
	hashForm := regexp.MustCompile(`^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$`)
	tables := map[string]map[string]map[string]bool{}
	for _, r := range d.Resources {
		if !hashForm.MatchString(r.Hash) || strings.HasPrefix(r.Path, "/") || strings.Contains(r.Path, "..") || r.Type != "table" || r.MediaType != "text/csv" {
			t.Errorf("resource %+v", r)
		}
		tables[r.Name] = readResource(t, files, r)
	}
	for _, r := range d.Resources {
		for _, key := range r.Schema.ForeignKeys {
			for value, isData := range tables[r.Name][key.Fields[0]] {
				if isData && !tables[key.Reference.Resource][key.Reference.Fields[0]][value] {
					t.Errorf("%s refers to %q, which is not in %s", r.Name, value, key.Reference.Resource)
				}
			}
		}
	}
	if want := "code,name,opened\nRXX01,\"'=Alder, \"\"east\"\"\",2018-10-01\nRXX02,Brück,\n"; string(files["data/sites.csv"]) != want {
		t.Errorf("the sites are %q, want %q", files["data/sites.csv"], want)
	}
}

// The metadata of CSVW name the file beside them and every column in order.
func TestPackageHasCSVWMetadata(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := exchange.WritePackage(&out, samplePackage()); err != nil {
		t.Fatal(err)
	}
	files := unpack(t, out.Bytes())
	var d struct {
		Context     string `json:"@context"`
		URL         string
		TableSchema struct {
			PrimaryKey []string
			Columns    []struct{ Name, Titles, DataType string }
		}
	}
	if err := json.Unmarshal(files["data/observations.csv-metadata.json"], &d); err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(files["data/"+d.URL]), "\n")
	var names, types []string
	for _, c := range d.TableSchema.Columns {
		names, types = append(names, c.Titles), append(types, c.DataType)
	}
	if d.Context != "http://www.w3.org/ns/csvw" || strings.Join(names, ",") != header || !slices.Equal(d.TableSchema.PrimaryKey, []string{"site", "start"}) ||
		strings.Join(types, " ") != "string date integer number boolean dateTime" {
		t.Errorf("the metadata are %s", files["data/observations.csv-metadata.json"])
	}
}

func TestPackageSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*exchange.Package){
		"the name must be":               func(p *exchange.Package) { p.Name = "An example" },
		"say when it was created":        func(p *exchange.Package) { p.Created = time.Time{} },
		"no identifier of a licence":     func(p *exchange.Package) { p.Licences[0].Name = "Open Government" },
		"it has no table":                func(p *exchange.Package) { p.Tables = nil },
		"table 2: the name":              func(p *exchange.Package) { p.Tables[1].Name = "sites" },
		"table sites: it has no fields":  func(p *exchange.Package) { p.Tables[0].Fields = nil },
		"field 2: the name":              func(p *exchange.Package) { p.Tables[0].Fields[1].Name = "code" },
		`no type is called "text"`:       func(p *exchange.Package) { p.Tables[0].Fields[1].Type = "text" },
		"the primary key names x":        func(p *exchange.Package) { p.Tables[0].PrimaryKey = []string{"x"} },
		`there is no table "y"`:          func(p *exchange.Package) { p.Tables[1].ForeignKeys[0].Reference.Resource = "y" },
		"site is no field of sites":      func(p *exchange.Package) { p.Tables[1].ForeignKeys[0].Reference.Fields[0] = "site" },
		"foreign key z: z is no field":   func(p *exchange.Package) { p.Tables[1].ForeignKeys[0].Fields[0] = "z" },
		"as many fields as it refers to": func(p *exchange.Package) { p.Tables[1].ForeignKeys[0].Fields = []string{"site", "start"} },
		"table sites: row 1 has 1 cells": func(p *exchange.Package) { p.Tables[0].Rows = exchange.RowsOf([][]any{{1}}) },
		"table sites: no space left":     func(p *exchange.Package) { p.Tables[0].Rows = sequence([][]any{}, errFull) },
	} {
		p := samplePackage()
		spoil(&p)
		if err := exchange.WritePackage(&bytes.Buffer{}, p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error that says %q", err, want)
		}
	}
	if err := exchange.WritePackage(full{}, samplePackage()); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}
