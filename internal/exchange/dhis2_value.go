package exchange

import "encoding/json"

var dhis2Header = []string{
	"dataElement", "period", "orgUnit", "categoryOptionCombo", "attributeOptionCombo", "value", "storedBy", "lastUpdated", "comment", "deleted", "dataSet",
}

type jsonDataValue struct {
	DataElement          scalar `json:"dataElement"`
	Period               scalar `json:"period"`
	OrgUnit              scalar `json:"orgUnit"`
	CategoryOptionCombo  scalar `json:"categoryOptionCombo"`
	AttributeOptionCombo scalar `json:"attributeOptionCombo"`
	Value                scalar `json:"value"`
	StoredBy             scalar `json:"storedBy"`
	LastUpdated          scalar `json:"lastUpdated"`
	Comment              scalar `json:"comment"`
	Deleted              scalar `json:"deleted"`
	DataSet              scalar `json:"dataSet"`
}

func (v *jsonDataValue) cells() []scalar {
	return []scalar{v.DataElement, v.Period, v.OrgUnit, v.CategoryOptionCombo, v.AttributeOptionCombo, v.Value, v.StoredBy, v.LastUpdated, v.Comment, v.Deleted, v.DataSet}
}

// scalar is a JSON string, number or boolean as text; null is empty.
type scalar struct {
	text   string
	nested bool // an object or a list stands where one value should
}

// UnmarshalJSON never fails, so that the row can be refused by name.
func (s *scalar) UnmarshalJSON(data []byte) error {
	*s = scalar{}
	switch data[0] {
	case '"':
		return json.Unmarshal(data, &s.text)
	case '{', '[':
		s.nested = true
	case 'n':
	default:
		s.text = string(data)
	}
	return nil
}
