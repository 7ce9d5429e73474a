package adoption

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"sir/internal/db"
	"sir/internal/exchange"
	"sir/internal/network"
	"sir/internal/period"
)

// wholeCode stands for the whole programme where a unit's code stands
// otherwise: a key cannot be blank.
const wholeCode = "*"

func textColumn(name, description string) exchange.Field {
	return exchange.Field{Name: name, Type: exchange.StringField, Description: description}
}

func wholeColumn(name, description string) exchange.Field {
	return exchange.Field{Name: name, Type: exchange.IntegerField, Description: description}
}

func numberColumn(name, description string) exchange.Field {
	return exchange.Field{Name: name, Type: exchange.NumberField, Description: description}
}

func yesColumn(name, description string) exchange.Field {
	return exchange.Field{Name: name, Type: exchange.BooleanField, Description: description}
}

func dateColumn(name, description string) exchange.Field {
	return exchange.Field{Name: name, Type: exchange.DateField, Description: description}
}

func required(f exchange.Field) exchange.Field {
	f.Constraints.Required = true
	return f
}

func among(f exchange.Field, values ...string) exchange.Field {
	f.Constraints.Enum = values
	return f
}

func countColumn(name, description string) exchange.Field {
	f := wholeColumn(name, description)
	f.Constraints.Minimum = 0
	return f
}

func refersTo(resource, key string, field string) exchange.ForeignKey {
	return exchange.ForeignKey{Fields: []string{field}, Reference: exchange.Reference{Resource: resource, Fields: []string{key}}}
}

// orBlank is a text as a cell, blank where it is empty.
func orBlank(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (p *packageSource) periodTable() exchange.PackageTable {
	known := map[period.Period]bool{}
	for _, c := range p.dates.Collections {
		for _, at := range c.Periods {
			known[at] = true
		}
	}
	for _, r := range p.rates.Points {
		known[r.Period] = true
	}
	table := exchange.PackageTable{
		Name: "periods", Title: "Periods", PrimaryKey: []string{"period"},
		Fields: []exchange.Field{
			required(textColumn("period", "ISO 8601 start date and duration")), required(textColumn("label", "What people call it; financial years begin in April")),
			required(dateColumn("starts_on", "First day")), required(dateColumn("ends_on", "Last day")),
			required(textColumn("dhis2", "Identifier in DHIS2")), required(textColumn("sdmx", "Reporting period in SDMX, with REPORTING_YEAR_START_DAY --04-01")),
		},
	}
	var rows [][]any
	for _, at := range slices.SortedFunc(maps.Keys(known), period.Compare) {
		rows = append(rows, []any{at.ISO(), at.Label(), at.Start(), at.End(), at.DHIS2(), at.SDMX()})
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

func (p *packageSource) organisationTable() exchange.PackageTable {
	table := exchange.PackageTable{
		Name: "organisations", Title: "Organisations and areas", PrimaryKey: []string{"unit"},
		Description: "Those that have a rate, and * for the whole programme.",
		Fields: []exchange.Field{
			required(textColumn("unit", "Code")), required(textColumn("name", "Name")), required(textColumn("kind", "What it is")),
		},
	}
	rows := [][]any{{wholeCode, p.dates.Programme.Name, "programme"}}
	known := map[string]network.Unit{}
	for _, r := range p.rates.Points {
		if r.Unit.ID != "" {
			known[r.Unit.Code] = r.Unit
		}
	}
	for _, code := range slices.Sorted(maps.Keys(known)) {
		rows = append(rows, []any{code, known[code].Name, string(known[code].Kind)})
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

func (p *packageSource) measureTable() exchange.PackageTable {
	table := exchange.PackageTable{
		Name: "measures", Title: "Measures", PrimaryKey: []string{"measure"},
		Fields: []exchange.Field{
			required(textColumn("measure", "Code")), required(textColumn("name", "Name")), textColumn("meaning", "What exactly is reported"),
			required(textColumn("collection", "Return that asks for it")), required(among(textColumn("kind", "What a value is"), LevelMeasure, CountMeasure)),
			required(textColumn("purpose", "What it is for")), required(textColumn("direction", "Which way is better")),
			required(yesColumn("required", "Whether a return is complete only with it")),
			wholeColumn("adopted_level", "This and higher levels count as adopted"), textColumn("part_of", "Measure that it cannot exceed"),
		},
	}
	codes, collections := map[int64]string{}, map[int64]string{}
	for _, m := range p.dates.Measures {
		codes[m.Key] = m.Code
	}
	for _, c := range p.dates.Collections {
		collections[c.Collection.Key] = c.Collection.Code
	}
	var rows [][]any
	for _, m := range p.dates.Measures {
		var adopted any
		if m.Kind == LevelMeasure {
			adopted = m.AdoptedLevel
		}
		rows = append(rows, []any{
			m.Code, m.Name, orBlank(m.Meaning), collections[m.CollectionKey], m.Kind, string(m.Purpose), string(m.Direction), m.Required, adopted, orBlank(codes[m.PartOf]),
		})
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

func (p *packageSource) levelTable() exchange.PackageTable {
	table := exchange.PackageTable{
		Name: "levels", Title: "Levels of measures", PrimaryKey: []string{"measure", "level"},
		ForeignKeys: []exchange.ForeignKey{refersTo("measures", "measure", "measure")},
		Fields: []exchange.Field{
			required(textColumn("measure", "Code")), required(wholeColumn("level", "Value that is reported")),
			required(textColumn("label", "What the level is called")), required(yesColumn("adopted", "Whether it counts as adopted")),
		},
	}
	var rows [][]any
	for _, m := range p.dates.Measures {
		for _, level := range slices.Sorted(maps.Keys(m.Levels)) {
			rows = append(rows, []any{m.Code, level, m.Levels[level], m.Adopted(int64(level))})
		}
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

// targetTable has the national targets and those of units that have a rate.
func (p *packageSource) targetTable() exchange.PackageTable {
	table := exchange.PackageTable{
		Name: "targets", Title: "Targets", ForeignKeys: []exchange.ForeignKey{refersTo("organisations", "unit", "unit"), refersTo("measures", "measure", "measure")},
		Fields: []exchange.Field{
			required(textColumn("unit", "Whose target it is; * for the national one")),
			textColumn("measure", "Measure that it is of; blank for a published rate"),
			required(among(textColumn("basis", "What the value is of: each is the average of the sites that reported"),
				string(RateBasis), string(ShareBasis), string(TotalBasis), string(EachBasis))),
			required(among(textColumn("kind", "A target holds from its date until the next; a trajectory has a value on its date"), targetKind, pathKind)),
			required(dateColumn("starts_on", "From when it holds, or when it is to be reached")),
			required(numberColumn("value", "To be reached; of rates and proportions in percent")),
			required(among(textColumn("sign", "How a value that reaches it stands to it"), ">=", ">", "<=", "<")),
			textColumn("agreed_by", "Who agreed it"), dateColumn("agreed_on", "When"), textColumn("source", "Where it is written"),
		},
	}
	codes := map[string]string{"": wholeCode}
	for _, r := range p.rates.Points {
		if r.Unit.ID != "" {
			codes[r.Unit.ID] = r.Unit.Code
		}
	}
	adoption, _ := adoptionMeasure(p.dates.Measures)
	var rows [][]any
	for _, t := range p.targets {
		if code, open := codes[t.UnitID]; open {
			rows = append(rows, []any{
				code, orBlank(cmp.Or(t.Measure, adoption.Code)), string(t.Basis), t.Kind(), dateCell(t.StartsOn), t.Value, t.Sign(),
				orBlank(t.AgreedBy), dateCell(t.AgreedOn), orBlank(t.Source),
			})
		}
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

// dateCell is an ISO date as a cell, blank where there is none.
func dateCell(iso string) any {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return nil
	}
	return day
}

func (p *packageSource) rateTable() exchange.PackageTable {
	table := exchange.PackageTable{
		Name: "rates", Title: "Rates of adoption", PrimaryKey: []string{"unit", "period"},
		ForeignKeys: []exchange.ForeignKey{refersTo("organisations", "unit", "unit"), refersTo("periods", "period", "period")},
		Fields: []exchange.Field{
			required(textColumn("unit", "Code; * for the whole programme")), required(textColumn("period", "ISO 8601 start date and duration")),
			numberColumn("percent", "Rate: 100 times adopted over expected; blank where nobody is eligible"),
			countColumn("adopted", "Numerator: eligible sites known to have adopted"), countColumn("expected", "Denominator: eligible sites"),
			countColumn("reported", "Eligible sites that reported the measure"),
			countColumn("received", "Returns with any value"), countColumn("complete", "Returns with all that is required"),
			countColumn("on_time", "Returns that were complete by the day they were due"),
			numberColumn("target_percent", "Target in force at the end of the period: the unit's own, or the national one"),
			required(among(textColumn("status", "published: somebody else's figure, without its parts"), statusApproved, statusProvision, statusPublished)),
		},
	}
	var rows [][]any
	for _, r := range p.rates.Points {
		rows = append(rows, r.cells())
	}
	table.Rows = exchange.RowsOf(rows)
	return table
}

// statusPublished is a rate that others published, whose parts are not known.
const statusPublished = "published"

// Status is "approved", "provisional" or "published".
func (r RatePoint) Status() string {
	switch {
	case r.Rate.Published:
		return statusPublished
	case r.Approved:
		return statusApproved
	}
	return statusProvision
}

func (r RatePoint) cells() []any {
	code := r.Unit.Code
	if r.Unit.ID == "" {
		code = wholeCode
	}
	var percent, target any
	if r.Rate.Known {
		percent = r.Rate.Percent()
	}
	if r.Target != nil {
		target = r.Target.Value
	}
	row := []any{code, r.Period.ISO(), percent}
	if r.Rate.Published {
		row = append(row, nil, nil, nil, nil, nil, nil)
	} else {
		row = append(row, r.Rate.Adopted, r.Rate.Eligible, r.Rate.Reported, r.Returns.Received, r.Returns.Complete, r.Returns.OnTime)
	}
	return append(row, target, r.Status())
}

func (p *packageSource) observationTable(ctx context.Context) exchange.PackageTable {
	return exchange.PackageTable{
		Name: "observations", Title: "Observations of sites", PrimaryKey: []string{"measure", "period", "site"},
		ForeignKeys: []exchange.ForeignKey{refersTo("measures", "measure", "measure"), refersTo("periods", "period", "period")},
		Fields: []exchange.Field{
			required(textColumn("measure", "Code")), required(textColumn("period", "ISO 8601 start date and duration")), required(textColumn("site", "Code")),
			textColumn("member", "Member that the site counted under"), required(countColumn("value", "What was reported")),
			required(among(textColumn("status", "Whether the member's figures of the period are approved"), statusApproved, statusProvision)),
		},
		Rows: func(yield func([]any, error) bool) {
			for _, x := range p.exports {
				for row, err := range x.rows(ctx) {
					if !yield([]any{row.Measure, row.ISO, row.Site, orBlank(row.Member), row.Value, row.Status}, err) || err != nil {
						return
					}
				}
			}
		},
	}
}

// restatementTable says what was changed, and why, but not by whom.
func (p *packageSource) restatementTable(ctx context.Context) exchange.PackageTable {
	return exchange.PackageTable{
		Name: "restatements", Title: "Restatements of observations", PrimaryKey: []string{"measure", "period", "site", "submission"},
		ForeignKeys: []exchange.ForeignKey{refersTo("measures", "measure", "measure"), refersTo("periods", "period", "period")},
		Fields: []exchange.Field{
			required(textColumn("measure", "Code")), required(textColumn("period", "ISO 8601 start date and duration")), required(textColumn("site", "Code")),
			required(wholeColumn("submission", "Which sending of the return changed it")), required(dateColumn("restated_on", "When")),
			wholeColumn("old_value", "What stood before; blank for a blank"), wholeColumn("new_value", "What stands since; blank for a blank"),
			required(yesColumn("after_approval", "Whether the figures were approved")), textColumn("reason", "Why"),
		},
		Rows: func(yield func([]any, error) bool) {
			for _, x := range p.exports {
				err := x.eachRestatement(ctx, func(row []any) bool { return yield(row, nil) })
				if errors.Is(err, errEnough) {
					return
				}
				if err != nil {
					yield(nil, wrap("read restatements", err))
					return
				}
			}
		},
	}
}

func (x *exportOf) eachRestatement(ctx context.Context, take func([]any) bool) error {
	return x.db.Each(ctx, func(r db.Scanner) error {
		var measure, site, siteID, memberID, reason string
		var at period.Period
		var submission int64
		var made db.Time
		var was, is *int64
		var approved bool
		err := r.Scan(&measure, periodKey{&at}, &siteID, &site, (*db.Text)(&memberID), &submission, &made, &was, &is, &approved, (*db.Text)(&reason))
		if err != nil || !x.mayShow(memberID, siteID) {
			return err
		}
		day := time.Time(made).UTC().Truncate(24 * time.Hour)
		if !take([]any{measure, at.ISO(), site, submission, day, orNone(was), orNone(is), approved, orBlank(reason)}) {
			return errEnough
		}
		return nil
	}, `SELECT m.code, r.period, s.id, s.code, u.id, r.submission, b.made_at, r.old_value, r.new_value, r.after_approval, b.reason
		FROM measure m JOIN restatement r ON r.measure_key = m.key JOIN site s ON s.key = r.site_key
		JOIN submission b ON b.collection_key = m.collection_key AND b.number = r.submission
		LEFT JOIN eligible_site e ON e.collection_key = m.collection_key AND e.period = r.period AND e.site_key = r.site_key
		LEFT JOIN unit u ON u.kind = 'member' AND u.key IN (SELECT unit_key FROM placement_unit WHERE placement_key = e.placement_key)
		WHERE m.collection_key = $1 ORDER BY m.key, r.period, r.site_key, r.submission`, x.c.Key)
}

func orNone(value *int64) any {
	if value == nil {
		return nil
	}
	return *value
}
