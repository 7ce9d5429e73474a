package network

// Columns names what Cells holds: the same for a download and for the command
// line.
func (l OrganisationList) Columns() []string {
	columns := []string{"code", "name", "kind", "scheme", "opened", "closed", "made up", "as at"}
	return append(columns, namesOf(UnitKinds)...)
}

// Cells answers a row for each organisation; nil is not known.
func (l OrganisationList) Cells() [][]any {
	rows := make([][]any, len(l.Rows))
	for i, r := range l.Rows {
		rows[i] = []any{r.Code, r.Name, string(r.Kind), r.Scheme, known(r.ValidFrom), known(r.ValidTo), r.MadeUp, l.Filter.On}
		for _, kind := range UnitKinds {
			above, _ := r.In(kind)
			rows[i] = append(rows[i], known(above.Code))
		}
	}
	return rows
}

func known(text string) any {
	if text == "" {
		return nil
	}
	return text
}
