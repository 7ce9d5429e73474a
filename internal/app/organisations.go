package app

import (
	"context"
	"fmt"
	"time"

	"sir/internal/adoption"
	"sir/internal/db"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
)

// ImportOrganisations imports an organisation file (see
// network.Service.ImportOrganisations) and brings what adoption derives from
// it in step, in one transaction: the eligible lists of the periods since a
// site moved are made anew. What is approved stays as it is.
func (a *App) ImportOrganisations(ctx context.Context, actor policy.Actor, file network.OrganisationFile) (network.Outcome, error) {
	// Before the transaction, which would take the record of a refusal with it.
	if err := a.Desk.Read(ctx, actor, policy.ImportOrganisations, policy.Object{}); err != nil {
		return network.Outcome{}, err
	}
	var outcome network.Outcome
	err := a.Desk.DB.InTx(ctx, func(ctx context.Context) (err error) {
		if outcome, err = a.Network.ImportOrganisations(ctx, actor, file); err != nil {
			return err
		}
		return a.relist(ctx, outcome.Moves)
	})
	return outcome, err
}

// relist makes the eligible lists anew that moves have a bearing on: those of
// the programmes that the sites are in, for periods whose last day is that of
// the first move or later. Lists that are not there yet are made when their
// periods open (adoption.Service.OpenLists).
func (a *App) relist(ctx context.Context, moves []network.Move) error {
	if len(moves) == 0 {
		return nil
	}
	since, keys := moves[0].Since, make([]int64, len(moves))
	for i, m := range moves {
		since, keys[i] = min(since, m.Since), m.SiteKey
	}
	programmes, err := db.List(ctx, a.Desk.DB, func(row db.Scanner) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	}, `SELECT DISTINCT r.programme_id FROM rollout r JOIN rollout_site rs ON rs.rollout_id = r.id JOIN site s ON s.id = rs.site_id
		WHERE s.key IN `+a.Desk.DB.IntsAt(1, "k")+` ORDER BY 1`, db.Column(keys).Param())
	if err != nil {
		return fmt.Errorf("list the programmes of sites that moved: %w", err)
	}
	for _, programme := range programmes {
		if err := a.relistProgramme(ctx, programme, since); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) relistProgramme(ctx context.Context, programme, since string) error {
	collections, err := adoption.CollectionsOf(ctx, a.Desk.DB, programme)
	if err != nil {
		return err
	}
	for _, c := range collections {
		periods, err := a.listed(ctx, c)
		if err != nil {
			return err
		}
		for _, p := range periods {
			if p.End().Format(time.DateOnly) < since {
				continue
			}
			if err := adoption.ListEligible(ctx, a.Desk.DB, c, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// listed answers the periods of a collection that have an eligible list: each
// is counted for the whole programme, whose key is 0.
func (a *App) listed(ctx context.Context, c adoption.Collection) ([]period.Period, error) {
	periods, err := db.List(ctx, a.Desk.DB, func(row db.Scanner) (period.Period, error) {
		var key int
		if err := row.Scan(&key); err != nil {
			return period.Period{}, err
		}
		return period.FromKey(key)
	}, `SELECT period FROM return_rollup WHERE collection_key = $1 AND unit_key = 0 ORDER BY period`, c.Key)
	if err != nil {
		return nil, fmt.Errorf("list the periods of %s: %w", c.Code, err)
	}
	return periods, nil
}
