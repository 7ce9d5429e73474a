package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/demo/facts"
	"sir/internal/innovation"
	"sir/internal/pattern"
	"sir/internal/period"
	"sir/internal/rollout"
)

// TCAM is the code of the report's programme and of its case set.
const TCAM = "tcam"

func (l *loader) loadTCAM(ctx context.Context, named facts.Named) error {
	item := innovation.Innovation{
		ID: db.NewID(), Code: TCAM, Name: "Transfers of Care Around Medicines",
		Summary: "Hospitals refer patients who go home with changed medicines to their community pharmacy.",
		Source:  "§8.1",
	}
	if err := innovation.Insert(ctx, l.db, item); err != nil {
		return err
	}
	programme := rollout.Programme{
		ID: db.NewID(), Code: TCAM, Name: "Transfers of Care Around Medicines (TCAM)", InnovationID: item.ID,
		Summary: "A national programme of 2018 to 2020. Each network was to have half of its acute trusts adopt.",
		Source:  "§8.1; T8.1",
	}
	if err := rollout.InsertProgramme(ctx, l.db, programme); err != nil {
		return err
	}
	err := adoption.InsertTarget(ctx, l.db, programme.ID, adoption.Target{
		StartsOn: named.Periods[0].Starts.Format(time.DateOnly), Value: float64(named.Target.Percent),
		Inclusive: named.Target.Comparison == ">=", AgreedBy: "the national programme", Source: named.Target.Source,
	})
	if err != nil {
		return err
	}
	return l.loadPublished(ctx, programme.ID, named)
}

func (l *loader) loadPublished(ctx context.Context, programmeID string, named facts.Named) error {
	for i, known := range named.Periods {
		p, err := period.Parse(known.Code)
		if err != nil {
			return fmt.Errorf("period %s: %w", known.Code, err)
		}
		for _, r := range named.Rates {
			if err := adoption.InsertPublished(ctx, l.db, programmeID, l.members[r.Member], p, r.Percent[i], r.Note, r.Source); err != nil {
				return err
			}
		}
		if err := adoption.InsertPublished(ctx, l.db, programmeID, "", p, named.Total.Percent[i], named.Total.Note, named.Total.Source); err != nil {
			return err
		}
	}
	return nil
}

// loadCases stores the anonymous cases. It is given nothing of the named set.
func (l *loader) loadCases(ctx context.Context, set facts.CaseSet) error {
	table := pattern.CaseTable{Set: pattern.CaseSet{
		ID: db.NewID(), Code: TCAM, Title: "Reaching the TCAM target: 15 anonymous cases",
		Summary: "What distinguishes the cases in which at least half of the acute trusts had adopted after a year.",
		Source:  "T8.2; T8.3",
	}}
	for _, c := range set.Conditions {
		condition := pattern.Condition{
			Name: c.Name, Label: c.Label, OneMeans: c.OneMeans, ZeroMeans: c.ZeroMeans,
			Fate: pattern.Fate(c.Fate), FateReason: c.Reason, Remark: c.Remark, Source: c.Source,
		}
		if condition.Fate == pattern.Outcome {
			table.Outcome = condition
		} else {
			table.Conditions = append(table.Conditions, condition)
		}
	}
	for _, c := range set.Codes {
		table.Codes = append(table.Codes, pattern.NoteCode{Code: c.Code, Meaning: c.Meaning, Source: c.Source})
	}
	for _, c := range set.Cases {
		table.Cases = append(table.Cases, caseOf(set, c))
	}
	for _, s := range set.Solutions {
		table.Published = append(table.Published, published(s))
	}
	return pattern.Insert(ctx, l.db, table)
}

func caseOf(set facts.CaseSet, c facts.Case) pattern.Case {
	row := pattern.Case{ID: db.NewID(), Label: c.ID, Values: map[string]int{}, Coder: "the report's authors", Source: c.Source}
	for i, condition := range set.Conditions {
		row.Values[condition.Name] = c.Values[i]
	}
	for _, n := range set.Notes {
		if n.Case == c.ID {
			row.Notes = append(row.Notes, pattern.CaseNote{Kind: n.Kind, Code: n.Code, Text: n.Text, Source: n.Source})
		}
	}
	return row
}

func published(s facts.Solution) pattern.PublishedTerm {
	groups := make([]string, len(s.Cases))
	for i, group := range s.Cases {
		groups[i] = strings.Join(group, ", ")
	}
	return pattern.PublishedTerm{
		Outcome: s.Outcome, Term: s.Term, Cases: strings.Join(groups, "; "),
		RawCoverage: s.RawCoverage, UniqueCoverage: s.UniqueCoverage, SolutionCoverage: s.SolutionCoverage, Source: s.Source,
	}
}
