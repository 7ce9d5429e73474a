package pattern

import (
	"context"

	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of case tables and their analyses.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk: desk} }

// Sets answers the case sets, by title.
func (s *Service) Sets(ctx context.Context, actor policy.Actor) ([]SetSummary, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewCases, policy.Object{}); err != nil {
		return nil, err
	}
	return listSets(ctx, s.desk.DB)
}

// CaseTable answers a case table without the notes on its cases.
func (s *Service) CaseTable(ctx context.Context, actor policy.Actor, code string) (CaseTable, error) {
	if err := s.desk.Read(ctx, actor, policy.ViewCases, policy.Object{}); err != nil {
		return CaseTable{}, err
	}
	return tableByCode(ctx, s.desk.DB, code)
}

// CaseNotes answers a case table with what its source says about each case.
func (s *Service) CaseNotes(ctx context.Context, actor policy.Actor, code string) (CaseTable, error) {
	table, err := s.CaseTable(ctx, actor, code)
	if err != nil {
		return table, err
	}
	return table, readNotes(ctx, s.desk.DB, &table)
}
