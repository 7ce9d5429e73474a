package exchange

import "time"

// The profiles that the descriptors follow.
const (
	packageProfile  = "https://datapackage.org/profiles/2.0/datapackage.json"
	resourceProfile = "https://datapackage.org/profiles/2.0/dataresource.json"
	schemaProfile   = "https://datapackage.org/profiles/2.0/tableschema.json"
)

// packageDescriptor is datapackage.json.
type packageDescriptor struct {
	Schema      string               `json:"$schema"`
	Name        string               `json:"name"`
	Title       string               `json:"title,omitempty"`
	Description string               `json:"description,omitempty"`
	Version     string               `json:"version,omitempty"`
	Created     string               `json:"created"`
	Licences    []Licence            `json:"licenses,omitempty"`
	Sources     []Source             `json:"sources,omitempty"`
	Resources   []resourceDescriptor `json:"resources"`
}

type resourceDescriptor struct {
	Schema      string      `json:"$schema"`
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Path        string      `json:"path"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	Format      string      `json:"format"`
	MediaType   string      `json:"mediatype"`
	Encoding    string      `json:"encoding"`
	Bytes       int64       `json:"bytes"`
	Hash        string      `json:"hash"`
	Dialect     dialect     `json:"dialect"`
	Table       tableSchema `json:"schema"`
}

// dialect names the line end, because that of the standard is CRLF.
type dialect struct {
	LineTerminator string `json:"lineTerminator"`
}

type tableSchema struct {
	Schema        string       `json:"$schema"`
	Fields        []Field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey,omitempty"`
	ForeignKeys   []ForeignKey `json:"foreignKeys,omitempty"`
}

func (p Package) descriptor() packageDescriptor {
	d := packageDescriptor{
		Schema: packageProfile, Name: p.Name, Title: p.Title, Description: p.Description, Version: p.Version,
		Created: p.Created.UTC().Format(time.RFC3339), Licences: p.Licences, Sources: p.Sources,
	}
	for _, t := range p.Tables {
		d.Resources = append(d.Resources, resourceDescriptor{
			Schema: resourceProfile, Name: t.Name, Type: "table", Path: t.path(), Title: t.Title, Description: t.Description,
			Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Dialect: dialect{"\n"},
			Table: tableSchema{schemaProfile, t.Fields, []string{""}, t.PrimaryKey, t.ForeignKeys},
		})
	}
	return d
}

// csvwTable is the metadata of one table in the vocabulary of CSV on the Web.
type csvwTable struct {
	Context string     `json:"@context"`
	URL     string     `json:"url"`
	Title   string     `json:"dc:title,omitempty"`
	Schema  csvwSchema `json:"tableSchema"`
}

type csvwSchema struct {
	Columns    []csvwColumn `json:"columns"`
	PrimaryKey []string     `json:"primaryKey,omitempty"`
}

type csvwColumn struct {
	Name        string `json:"name"`
	Titles      string `json:"titles"`
	Description string `json:"dc:description,omitempty"`
	DataType    string `json:"datatype"`
	Required    bool   `json:"required,omitempty"`
	Null        string `json:"null"`
}

// csvwTypes are the names of the types there; only dates and times differ in name.
var csvwTypes = map[FieldType]string{
	StringField: "string", IntegerField: "integer", NumberField: "number", BooleanField: "boolean", DateField: "date", DateTimeField: "dateTime",
}

// csvw describes the table with an address relative to the metadata, which lie beside it.
func (t PackageTable) csvw() csvwTable {
	table := csvwTable{Context: "http://www.w3.org/ns/csvw", URL: t.Name + ".csv", Title: t.Title, Schema: csvwSchema{PrimaryKey: t.PrimaryKey}}
	for _, f := range t.Fields {
		table.Schema.Columns = append(table.Schema.Columns, csvwColumn{
			Name: f.Name, Titles: f.Name, Description: f.Description, DataType: csvwTypes[f.Type], Required: f.Constraints.Required,
		})
	}
	return table
}
