package network

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"sir/internal/exchange"
)

// ODSColumns are the 27 columns of the CSV downloads of the Organisation Data
// Service, such as etr.csv (trusts), ets.csv (trust sites) and epraccur.csv
// (practices). The published files have no header row; the names are those of
// the service's file specifications. Blank columns are reserved there.
//
// Of these SIR reads: the code and name; the open and close dates, of which
// the second is the last day; the parent with the dates of joining and
// leaving, the second again the last day; where there is no parent, the high
// level health geography or else the national grouping, since wider areas are
// those of the parent; and, as attributes of sites, the sub-type and the
// prescribing setting. Addresses, telephone numbers and the rest are not kept.
var ODSColumns = [...]string{
	"Organisation Code", "Name", "National Grouping", "High Level Health Geography",
	"Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4", "Address Line 5", "Postcode",
	"Open Date", "Close Date", "Status Code", "Organisation Sub-Type Code",
	"Parent Organisation Code", "Join Parent Date", "Left Parent Date", "Contact Telephone Number",
	"", "", "", "Amended Record Indicator", "", "Current Care Organisation", "", "Prescribing Setting", "",
}

// odsAttributes are the ODS columns that become attributes of sites.
var odsAttributes = []string{"Organisation Sub-Type Code", "Prescribing Setting"}

// odsColumns are the columns that SIR reads of an ODS download, by field.
func odsColumns() []exchange.Column {
	columns := make([]exchange.Column, fAttributes)
	parent, area, region := parentField(anyKind), parentField(slices.Index(UnitKinds, CommissionerUnit)), parentField(slices.Index(UnitKinds, RegionUnit))
	for field, c := range map[int]exchange.Column{
		fCode: {Name: "Organisation Code", Required: true}, fName: {Name: "Name"},
		fOpened: {Name: "Open Date"}, fClosed: {Name: "Close Date"},
		parent:          {Name: "Parent Organisation Code", Aliases: []string{"Commissioner"}},
		parent + toFrom: {Name: "Join Parent Date", Aliases: []string{"Join Provider/Purchaser Date"}},
		parent + toTo:   {Name: "Left Parent Date", Aliases: []string{"Left Provider/Purchaser Date"}},
		area:            {Name: "High Level Health Geography"}, region: {Name: "National Grouping"},
	} {
		columns[field] = c
	}
	for _, name := range odsAttributes {
		columns = append(columns, exchange.Column{Name: name})
	}
	return columns
}

// isODSHeader tells whether a header is one of an ODS download.
func isODSHeader(header []string) bool {
	return slices.ContainsFunc(header, func(name string) bool { return strings.EqualFold(name, ODSColumns[0]) })
}

// withoutHeader tells whether a text is an ODS download as it is published: 27
// values in its first row, of which the first is no name of a column.
func withoutHeader(file OrganisationFile) (bool, error) {
	head := make([]byte, 16<<10)
	n, err := file.Content.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	head = bytes.TrimPrefix(head[:n], []byte("\ufeff"))
	reader := csv.NewReader(bytes.NewReader(head))
	reader.FieldsPerRecord = -1
	first, err := reader.Read()
	if err != nil || len(first) != len(ODSColumns) {
		return false, nil //nolint:nilerr // what is wrong with a text is found where it is read
	}
	known := func(name string) bool {
		return strings.EqualFold(strings.TrimSpace(first[0]), name)
	}
	return !known(ODSColumns[0]) && !known("code"), nil
}

// headed puts the header before an ODS download that has none.
func headed(file OrganisationFile) io.Reader {
	content := io.Reader(io.NewSectionReader(file.Content, 0, file.Size))
	mark := make([]byte, 3)
	if n, _ := file.Content.ReadAt(mark, 0); n == len(mark) && string(mark) == "\ufeff" {
		content = io.NewSectionReader(file.Content, int64(len(mark)), file.Size-int64(len(mark)))
	}
	return io.MultiReader(strings.NewReader(strings.Join(ODSColumns[:], ",")+"\n"), content)
}
