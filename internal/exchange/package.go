package exchange

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"
)

// Package is a Frictionless data package, version 2 of the Data Package standard (datapackage.org): tables as CSV with a
// datapackage.json that says what each column means, and beside each table its CSVW metadata (W3C Recommendation
// "Metadata Vocabulary for Tabular Data").
type Package struct {
	Name        string // lower case letters, digits and - . _
	Title       string
	Description string
	Version     string
	Created     time.Time
	Licences    []Licence
	Sources     []Source
	Tables      []PackageTable
}

// Licence is a licence of the Open Definition, by its identifier there, such as OGL-UK-3.0.
type Licence struct {
	Name  string `json:"name"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

// Source is where the data of a package came from.
type Source struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

// PackageTable is one table of a package. Its rows are written as WriteCSV does: blank cells are missing values, and
// text that a spreadsheet would run as a formula has an apostrophe before it.
type PackageTable struct {
	Name        string // as of a package; the file is data/Name.csv
	Title       string
	Description string
	Fields      []Field
	PrimaryKey  []string
	ForeignKeys []ForeignKey
	Rows        Rows
}

// FieldType is a type of Table Schema.
type FieldType string

// The types of fields that SIR publishes.
const (
	StringField   FieldType = "string"
	IntegerField  FieldType = "integer"
	NumberField   FieldType = "number"
	BooleanField  FieldType = "boolean"
	DateField     FieldType = "date"
	DateTimeField FieldType = "datetime"
)

// Field is one column of a table.
type Field struct {
	Name        string      `json:"name"` // a letter, then letters, digits and _
	Type        FieldType   `json:"type"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	Constraints Constraints `json:"constraints,omitzero"`
}

// Constraints are what every value of a field keeps to.
type Constraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Minimum  any      `json:"minimum,omitempty"`
	Maximum  any      `json:"maximum,omitempty"`
	Enum     []string `json:"enum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
}

// ForeignKey says that fields hold the key of another table of the package.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference is the other end of a foreign key.
type Reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// WritePackage writes the package as one ZIP file, as its rows come: the tables first, then their CSVW metadata, and
// last datapackage.json, which holds the size and the SHA-256 of each table. It refuses a package whose description does
// not hold together before it writes anything.
func WritePackage(w io.Writer, p Package) error {
	if err := p.check(); err != nil {
		return fmt.Errorf("data package %s: %w", p.Name, err)
	}
	archive := zip.NewWriter(w)
	descriptor := p.descriptor()
	for i, table := range p.Tables {
		written, err := p.writeTable(archive, table)
		if err != nil {
			return fmt.Errorf("data package %s, table %s: %w", p.Name, table.Name, err)
		}
		resource := &descriptor.Resources[i]
		resource.Bytes, resource.Hash = written.bytes, "sha256:"+hex.EncodeToString(written.digest.Sum(nil))
	}
	for _, table := range p.Tables {
		if err := p.writeJSON(archive, table.path()+"-metadata.json", table.csvw()); err != nil {
			return err
		}
	}
	if err := p.writeJSON(archive, "datapackage.json", descriptor); err != nil {
		return err
	}
	return archive.Close()
}

func (t PackageTable) path() string { return "data/" + t.Name + ".csv" }

// measured counts and digests what goes through it.
type measured struct {
	io.Writer
	digest hash.Hash
	bytes  int64
}

func (m *measured) Write(p []byte) (int, error) {
	n, err := m.Writer.Write(p)
	m.bytes += int64(n)
	m.digest.Write(p[:n])
	return n, err
}

func (p Package) writeTable(archive *zip.Writer, table PackageTable) (*measured, error) {
	entry, err := p.entry(archive, table.path())
	if err != nil {
		return nil, err
	}
	names := make([]string, len(table.Fields))
	for i, field := range table.Fields {
		names[i] = field.Name
	}
	out := &measured{Writer: entry, digest: sha256.New()}
	return out, WriteCSV(out, names, table.Rows)
}

func (p Package) writeJSON(archive *zip.Writer, name string, value any) error {
	entry, err := p.entry(archive, name)
	if err != nil {
		return err
	}
	out := json.NewEncoder(entry)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(value)
}

// entry begins a file of the archive; all are of the package's own time, so that the same data make the same bytes.
func (p Package) entry(archive *zip.Writer, name string) (io.Writer, error) {
	return archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.Created.UTC()})
}
