package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	packageName = regexp.MustCompile(`^[a-z0-9][-a-z0-9._]*$`)
	fieldName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
	licenceName = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`) // of the profile
)

// check refuses a description that no reader of the standard could follow.
func (p Package) check() error {
	if !packageName.MatchString(p.Name) {
		return errors.New("the name must be lower case letters, digits and - . _")
	}
	if p.Created.IsZero() {
		return errors.New("say when it was created")
	}
	for _, licence := range p.Licences {
		if !licenceName.MatchString(licence.Name) {
			return fmt.Errorf("%q is no identifier of a licence; write one such as OGL-UK-3.0", licence.Name)
		}
	}
	if len(p.Tables) == 0 {
		return errors.New("it has no table")
	}
	for i, table := range p.Tables {
		if !packageName.MatchString(table.Name) || slices.ContainsFunc(p.Tables[:i], func(t PackageTable) bool { return t.Name == table.Name }) {
			return fmt.Errorf("table %d: the name %q is taken, or has other than lower case letters, digits and - . _", i+1, table.Name)
		}
		if err := p.checkTable(table); err != nil {
			return fmt.Errorf("table %s: %w", table.Name, err)
		}
	}
	return nil
}

func (p Package) checkTable(table PackageTable) error {
	if len(table.Fields) == 0 || table.Rows == nil {
		return errors.New("it has no fields or no rows")
	}
	for i, field := range table.Fields {
		if !fieldName.MatchString(field.Name) || hasField(table.Fields[:i], field.Name) {
			return fmt.Errorf("field %d: the name %q is taken, or is not a letter followed by letters, digits and _", i+1, field.Name)
		}
		if csvwTypes[field.Type] == "" {
			return fmt.Errorf("field %s: no type is called %q", field.Name, field.Type)
		}
	}
	if missing := table.lacks(table.PrimaryKey); missing != "" {
		return fmt.Errorf("the primary key names %s, which is no field", missing)
	}
	for _, key := range table.ForeignKeys {
		if err := p.checkForeignKey(table, key); err != nil {
			return fmt.Errorf("foreign key %s: %w", strings.Join(key.Fields, ", "), err)
		}
	}
	return nil
}

func (p Package) checkForeignKey(table PackageTable, key ForeignKey) error {
	if missing := table.lacks(key.Fields); missing != "" {
		return fmt.Errorf("%s is no field", missing)
	}
	other := slices.IndexFunc(p.Tables, func(t PackageTable) bool { return t.Name == key.Reference.Resource })
	if other < 0 {
		return fmt.Errorf("there is no table %q", key.Reference.Resource)
	}
	if missing := p.Tables[other].lacks(key.Reference.Fields); missing != "" {
		return fmt.Errorf("%s is no field of %s", missing, key.Reference.Resource)
	}
	if len(key.Fields) != len(key.Reference.Fields) || len(key.Fields) == 0 {
		return errors.New("it must name as many fields as it refers to")
	}
	return nil
}

func hasField(fields []Field, name string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name })
}

// lacks returns the first name that is no field.
func (t PackageTable) lacks(names []string) string {
	for _, name := range names {
		if !hasField(t.Fields, name) {
			return name
		}
	}
	return ""
}
