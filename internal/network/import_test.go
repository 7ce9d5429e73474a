package network_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sir/internal/db"
	"sir/internal/db/dbtest"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// today is the day on which these tests stand.
var today = time.Date(2025, time.June, 1, 9, 0, 0, 0, time.UTC)

func serviceOver(d *db.DB) *network.Service {
	return network.New(&usecase.Desk{DB: d, Now: func() time.Time { return today }})
}

func fileOf(content string, kind network.UnitKind) network.OrganisationFile {
	return network.OrganisationFile{Name: "test.csv", Content: strings.NewReader(content), Size: int64(len(content)), Kind: kind}
}

var tester = policy.System("test")

// take imports a file that must fit.
func take(t testing.TB, d *db.DB, content string, kind network.UnitKind) network.Outcome {
	t.Helper()
	outcome, err := serviceOver(d).ImportOrganisations(t.Context(), tester, fileOf(content, kind))
	if err != nil {
		t.Fatalf("%v: %v", err, outcome.Conflicts)
	}
	return outcome
}

// placed answers where a site stood over time, as "from to: codes".
func placed(t testing.TB, d *db.DB, code string) []string {
	t.Helper()
	var list []string
	last := int64(0)
	err := d.Each(t.Context(), func(row db.Scanner) error {
		var key int64
		var from, unit string
		var to db.Text
		err := row.Scan(&key, &from, &to, &unit)
		if key == last {
			list[len(list)-1] += " " + unit
		} else {
			list = append(list, from+" "+string(to)+": "+unit)
		}
		last = key
		return err
	}, `SELECT p.key, p.valid_from, p.valid_to, u.code FROM placement p JOIN site s ON s.key = p.site_key
		JOIN placement_unit pu ON pu.placement_key = p.key JOIN unit u ON u.key = pu.unit_key
		WHERE s.code = $1 AND p.current ORDER BY p.valid_from, p.key, u.code`, code)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func texts(t testing.TB, d *db.DB, query string) []string {
	t.Helper()
	list, err := db.List(t.Context(), d, func(row db.Scanner) (string, error) {
		var text db.Text
		err := row.Scan(&text)
		return string(text), err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// land is a made-up country, its children before their parents.
const land = `code,name,kind,opened,organisation,organisation from,member,member from,commissioner,commissioner from,region,region from,size band,deprivation fifth,attribute rurality
S1,Site one,site,2015-04-01,O1,2018-04-01,N1,2018-04-01,,,,,small,2,town
S2,Site two,site,2015-04-01,O1,2018-04-01,N1,2018-04-01,,,,,large,5,
O1,Trust one,organisation,2010-04-01,,,,,C1,2018-04-01,,,,,
O2,Trust two,organisation,2010-04-01,,,,,C2,2018-04-01,,,,,
C1,Area one,commissioner,,,,,,,,R1,2018-04-01,,,
C2,Area two,commissioner,,,,,,,,R2,2018-04-01,,,
R1,Region one,region,,,,,,,,,,,,
R2,Region two,region,,,,,,,,,,,,
N1,Network one,member,,,,,,,,,,,,
N2,Network two,member,,,,,,,,,,,,
`

func TestAFileMayNameParentsAfterChildren(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := take(t, d, land, "")
		if first.Rows != 10 || first.Count(network.Added) != 10 || len(first.Changes) != 10 || len(first.Moves) != 2 {
			t.Errorf("the first import: %+v", first)
		}
		for _, m := range first.Moves {
			if m.Since != "2018-04-01" {
				t.Errorf("site %d moved since %s", m.SiteKey, m.Since)
			}
		}
		if got, want := placed(t, d, "S1"), []string{"2018-04-01 : C1 N1 O1 R1"}; !slices.Equal(got, want) {
			t.Errorf("S1 stands in %q, want %q", got, want)
		}
		site, err := network.SiteByCode(t.Context(), d, "S1")
		if err != nil || site.SizeBand != "small" || site.DeprivationFifth != 2 || site.ValidFrom != "2015-04-01" || site.Scheme != "own" {
			t.Errorf("S1 is %+v (%v)", site, err)
		}
		if got := texts(t, d, `SELECT name || '=' || value FROM site_attribute`); !slices.Equal(got, []string{"rurality=town"}) {
			t.Errorf("attributes: %q", got)
		}
		again := take(t, d, land, "")
		if again.Unchanged != 10 || len(again.Changes) != 0 || len(again.Moves) != 0 {
			t.Errorf("importing again: %+v", again)
		}
	})
}

// What each file does after land, in words, and where the sites then stand.
func TestOrganisationsChangeOverTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file    string
		changes []string
		s1, s2  []string
	}{
		"a site moves": {
			"code,member,member from\nS1,N2,2024-04-01\n",
			[]string{"S1 changed: member N1 until 2024-04-01, then N2"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 : C1 N2 O1 R1"},
			[]string{"2018-04-01 : C1 N1 O1 R1"},
		},
		"without a date a move is of today": {
			"code,member\nS1,N2\nS2,N1\n",
			[]string{"S1 changed: member N1 until 2025-06-01, then N2"},
			[]string{"2018-04-01 2025-06-01: C1 N1 O1 R1", "2025-06-01 : C1 N2 O1 R1"},
			[]string{"2018-04-01 : C1 N1 O1 R1"},
		},
		"a boundary moves": {
			"code,region,region from\nC1,R2,2024-04-01\n",
			[]string{"C1 changed: region R1 until 2024-04-01, then R2"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 : C1 N1 O1 R2"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 : C1 N1 O1 R2"},
		},
		"organisations merge and hand on their sites": {
			"code,closed,successor,reason\nO1,2024-04-01,O2,One trust\n",
			[]string{"S1 changed: organisation O1 until 2024-04-01, then O2", "S2 changed: organisation O1 until 2024-04-01, then O2", "O1 ended: merged into O2 on 2024-04-01"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 : C2 N1 O2 R2"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 : C2 N1 O2 R2"},
		},
		"what was merged into is merged on, whatever the order of the rows": {
			"code,kind,name,closed,successor,commissioner\nO2,,,2024-07-01,O3,\nO1,,,2024-04-01,O2,\nO3,organisation,Three,,,C2\n",
			[]string{
				"O3 new: organisation", "S1 changed: organisation O1 until 2024-04-01, then O2", "S2 changed: organisation O1 until 2024-04-01, then O2",
				"O1 ended: merged into O2 on 2024-04-01", "S1 changed: organisation O2 until 2024-07-01, then O3",
				"S2 changed: organisation O2 until 2024-07-01, then O3", "O2 ended: merged into O3 on 2024-07-01",
			},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 2024-07-01: C2 N1 O2 R2", "2024-07-01 2025-06-01: N1 O3", "2025-06-01 : C2 N1 O3 R2"},
			[]string{"2018-04-01 2024-04-01: C1 N1 O1 R1", "2024-04-01 2024-07-01: C2 N1 O2 R2", "2024-07-01 2025-06-01: N1 O3", "2025-06-01 : C2 N1 O3 R2"},
		},
		"sites merge": {
			"code,kind,name,opened,closed,successor,organisation,member\nS1,,,,2024-10-01,S3,,\nS2,,,,2024-10-01,S3,,\nS3,site,Site three,2024-10-01,,,O1,N1\n",
			[]string{"S3 new: site opened 2024-10-01", "S1 ended: merged into S3 on 2024-10-01", "S2 ended: merged into S3 on 2024-10-01"},
			[]string{"2018-04-01 2024-10-01: C1 N1 O1 R1"},
			[]string{"2018-04-01 2024-10-01: C1 N1 O1 R1"},
		},
		"an organisation splits and goes on": {
			"code,kind,name,opened,succession,succession date,successor,commissioner\nO1,,,,split,2024-04-01,O3;O4,\nO3,organisation,Three,2024-04-01,,,,C1\nO4,organisation,Four,2024-04-01,,,,C2\n",
			[]string{"O3 new: organisation opened 2024-04-01", "O4 new: organisation opened 2024-04-01", "O1 ended: split into O3, O4 on 2024-04-01"},
			[]string{"2018-04-01 : C1 N1 O1 R1"}, []string{"2018-04-01 : C1 N1 O1 R1"},
		},
		"a site closes": {
			"code,closed,reason\nS1,2025-02-14,Moved into the community\n",
			[]string{"S1 ended: closed on 2025-02-14"},
			[]string{"2018-04-01 2025-02-14: C1 N1 O1 R1"}, []string{"2018-04-01 : C1 N1 O1 R1"},
		},
		"a membership ends": {
			"code,member,member to\nS1,N1,2025-02-14\n",
			[]string{"S1 ended: member N1 until 2025-02-14"},
			[]string{"2018-04-01 2025-02-14: C1 N1 O1 R1", "2025-02-14 : C1 O1 R1"}, []string{"2018-04-01 : C1 N1 O1 R1"},
		},
		"a name changes": {
			"code,name,setting\nS1,Saint One,acute\n",
			[]string{"S1 changed: name Saint One, was Site one; setting acute, was not given"},
			[]string{"2018-04-01 : C1 N1 O1 R1"}, []string{"2018-04-01 : C1 N1 O1 R1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				take(t, d, land, "")
				check, err := serviceOver(d).CheckOrganisations(t.Context(), tester, fileOf(c.file, ""))
				if err != nil || !slices.Equal(words(check), c.changes) {
					t.Errorf("the dry run says\n%q, want\n%q (%v %v)", words(check), c.changes, err, check.Conflicts)
				}
				if got := placed(t, d, "S1"); len(got) != 1 {
					t.Errorf("the dry run changed S1: %q", got)
				}
				take(t, d, c.file, "")
				for code, want := range map[string][]string{"S1": c.s1, "S2": c.s2} {
					if got := placed(t, d, code); !slices.Equal(got, want) {
						t.Errorf("%s stands in\n%q, want\n%q", code, got, want)
					}
				}
				if again := take(t, d, c.file, ""); len(again.Changes) != 0 || len(again.Moves) != 0 {
					t.Errorf("importing again changes %q", words(again))
				}
			})
		})
	}
}

func words(o network.Outcome) []string {
	var list []string
	for _, c := range o.Changes {
		list = append(list, fmt.Sprintf("%s %s: %s", c.Code, c.What, c.Text))
	}
	return list
}

func TestSuccessionsAndFormerNamesAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		take(t, d, land, "")
		take(t, d, "code,name,closed,successor,reason\nO1,Trust 1,2024-04-01,O2,One trust\nS1,Saint One,2025-01-01,,\n", "")
		for query, want := range map[string][]string{
			`SELECT f.name || ' ' || f.held_to FROM former_name f ORDER BY 1`:                                               {"Site one 2025-06-01", "Trust one 2025-06-01"},
			`SELECT s.kind || ' ' || s.happened_on || ' ' || s.reason FROM site_succession s`:                               {"closure 2025-01-01 No reason given"},
			`SELECT s.kind || ' ' || n.code || ' ' || s.reason FROM unit_succession s JOIN unit n ON n.id = s.successor_id`: {"merger O2 One trust"},
			`SELECT code || ' ' || valid_to FROM unit WHERE valid_to IS NOT NULL`:                                           {"O1 2024-04-01"},
			`SELECT code || ' ' || valid_to FROM site WHERE valid_to IS NOT NULL`:                                           {"S1 2025-01-01"},
			`SELECT c.code FROM unit_membership m JOIN unit c ON c.id = m.child_id WHERE m.valid_to = '2024-04-01'`:         {"O1"},
			`SELECT action FROM audit_entry WHERE outcome = 'done' ORDER BY seq DESC LIMIT 1`:                               {"organisations.import"},
		} {
			if got := texts(t, d, query); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
	})
}

// Every fault is named by row, column and reason, and nothing is imported.
func TestConflictsOfOrganisationFiles(t *testing.T) {
	t.Parallel()
	type conflicts map[string]string // file to the only conflict, or the first
	d := dbtest.Open(t, dbtest.SQLite(t))
	take(t, d, land, "")
	before := len(texts(t, d, `SELECT id FROM site_membership`))
	for file, want := range (conflicts{
		"code,member\nS1,N9\n":           `row 2, column member, "N9": nothing with this code is known`,
		"code,organisation\nS1,N1\n":     `row 2, column organisation, "N1": N1 (Network one) is a member, not an organisation`,
		"code,organisation\nC1,O1\n":     `row 2, column organisation, "O1": a commissioner cannot belong to an organisation`,
		"code,parent\nR1,R2\n":           `row 2, column parent, "R2": a region cannot belong to a region`,
		"code,parent\nO1,S1\n":           `row 2, column parent, "S1": this is a site`,
		"code,parent,member\nS1,N2,N1\n": `row 2, column member, "N1": the row names N2 too`,
		"code,member,member from,member to\nS1,N2,2017-01-01,2019-01-01\n":                            `row 2, column member, "N2": it belongs to N1 (Network one) from 2018-04-01; the two overlap`,
		"code,member,member from\nS1,N1,2019-01-01\n":                                                 `row 2, column member from, "2019-01-01": it belongs to N1 (Network one) since 2018-04-01 already`,
		"code,member,member from\nS1,N2,1/2/19\n":                                                     `row 2, column member from, "1/2/19": 1/2/19 can be read as 1 February 2019 or as 2 January 2019`,
		"code,member,member from,member to\nS1,N2,2024-01-01,2024-01-01\n":                            `row 2, column member to, "2024-01-01": the end is not after the start`,
		"code,member from\nS1,2024-01-01\n":                                                           `row 2, column member: there is a date beside it, but no code`,
		"code,opened,closed\nS1,2020-01-01,2019-01-01\n":                                              `row 2, column closed, "2019-01-01": it closes before or as it opens`,
		"code,closed\nS1,2014-01-01\n":                                                                `row 2, column closed, "2014-01-01": it opened on 2015-04-01 only`,
		"code\nS1\nS2\nS1\n":                                                                          `row 4, column code, "S1": the code stands in row 2 already`,
		"code,name\nX1,New\n":                                                                         `row 2, column kind: say what this is`,
		"code,kind\nX1,site\n":                                                                        `row 2, column name: the name is missing`,
		"code,kind\nS1,region\n":                                                                      `row 2, column kind, "region": S1 (Site one) is known as a site`,
		"code,kind\nS1,village\n":                                                                     `row 2, column kind, "village": write one of site, organisation`,
		"code,deprivation fifth\nS1,6\n":                                                              `row 2, column deprivation fifth, "6": a deprivation fifth is 1`,
		"code,deprivation fifth\nS1,1.5\n":                                                            `row 2, column deprivation fifth, "1.5": this number has a fraction`,
		"code,kind,size band\nO1,organisation,large\n":                                                `row 2, column size band, "large": only a site has this`,
		"code,closed,successor\nO1,2024-04-01,O1\n":                                                   `row 2, column successor, "O1": it cannot succeed itself`,
		"code,closed,successor\nO1,2024-04-01,S1\n":                                                   `row 2, column successor, "S1": S1 (Site one) is a site`,
		"code,closed,successor\nO1,2024-04-01,O9\n":                                                   `row 2, column successor, "O9": nothing with this code is known`,
		"code,successor\nO1,O2\n":                                                                     `row 2, column succession date: a merger needs a date`,
		"code,succession,closed\nO1,merger,2024-01-01\n":                                              `row 2, column successor: a merger needs a successor`,
		"code,succession,closed,successor\nO1,merger,2024-01-01,O2;O3\n":                              `row 2, column successor, "O2;O3": a merger has one successor`,
		"code,closed,successor\nS1,2024-04-01,S2\nS2,2024-05-01,S1\n":                                 `row 3, column successor, "S1": S1 (Site one) closed on 2024-04-01, before this happened`,
		"code,succession,succession date,successor\nS1,split,2024-04-01,S2\nS2,split,2024-05-01,S1\n": `row 2: its successors lead back to itself`,
		"code,opened\nO1,2019-01-01\n":                                                                `it would belong to C1 (Area one) from 2018-04-01, before it opened on 2019-01-01`,
		"code,commissioner,commissioner from\nS1,C2,2020-01-01\n":                                     `row 2: it belongs to two units of the kind commissioner`,
		"code,nmae\nS1,x\n":                                                                           `row 1, column nmae: no column has this name; did you mean name?`,
		"name\nS1\n":                                                                                  `row 1, column code: the column is missing`,
		"":                                                                                            `the table is empty`,
		"code\nimport\n":                                                                              `row 2, column code, "import": a code is one to 64`,
		"code,name\nS1,\"two\nlines\"\n":                                                              `row 2, column name, "two\nlines": the cell holds a line break`,
		"%PDF-1.4":                                                                                    `the file looks like a PDF document`,
	}) {
		outcome, err := serviceOver(d).ImportOrganisations(t.Context(), tester, fileOf(file, ""))
		if !errors.Is(err, fault.ErrInvalid) || outcome.Faults == 0 {
			t.Errorf("%q was taken: %v, %q", file, err, words(outcome))
			continue
		}
		ok := false
		for _, c := range outcome.Conflicts {
			ok = ok || strings.Contains(c.Error(), want)
		}
		if !ok {
			t.Errorf("%q: the conflicts are %v, want %s", file, outcome.Conflicts, want)
		}
	}
	if after := len(texts(t, d, `SELECT id FROM site_membership`)); after != before {
		t.Errorf("%d memberships became %d", before, after)
	}
}
