package innovation

import (
	"context"
	"strings"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// Service holds the use cases of innovations.
type Service struct{ desk *usecase.Desk }

// New makes the service.
func New(desk *usecase.Desk) *Service { return &Service{desk} }

// today is the ISO date of the desk's clock.
func (s *Service) today() string { return s.desk.Now().UTC().Format(time.DateOnly) }

// List answers the innovations that the actor may see, by name.
func (s *Service) List(ctx context.Context, actor policy.Actor) ([]Innovation, error) {
	if !policy.Can(actor, policy.ViewInnovations) {
		return nil, s.desk.Read(ctx, actor, policy.ViewInnovations, policy.Object{})
	}
	all, err := list(ctx, s.desk.DB)
	if err != nil {
		return nil, err
	}
	var seen []Innovation
	for _, i := range all {
		if policy.Allow(actor, policy.ViewInnovations, i.object(actor)) == nil {
			seen = append(seen, i)
		}
	}
	return seen, nil
}

// View is an innovation with what the reader may do to it.
type View struct {
	Innovation
	Today        string
	MayChange    bool // the record, its evidence, the readiness answers
	MayNarrate   bool
	MaySeeJudged bool // alternatives and decisions
}

// Look answers an innovation to those who may see it.
func (s *Service) Look(ctx context.Context, actor policy.Actor, code string) (View, error) {
	i, err := s.find(ctx, actor, policy.ViewInnovations, code)
	return s.view(actor, i), err
}

// Editing is Look for those who may change it.
func (s *Service) Editing(ctx context.Context, actor policy.Actor, code string) (View, error) {
	i, err := s.find(ctx, actor, policy.ChangeInnovation, code)
	return s.view(actor, i), err
}

func (s *Service) view(actor policy.Actor, i Innovation) View {
	may := func(action policy.Action) bool { return policy.Allow(actor, action, i.object(actor)) == nil }
	return View{
		Innovation: i, Today: s.today(), MayChange: may(policy.ChangeInnovation), MayNarrate: may(policy.WriteNarratives),
		MaySeeJudged: may(policy.ViewJudgement),
	}
}

// find answers an innovation to those who may do the action to it.
func (s *Service) find(ctx context.Context, actor policy.Actor, action policy.Action, code string) (Innovation, error) {
	if !policy.Can(actor, action) {
		return Innovation{}, s.desk.Read(ctx, actor, action, policy.Object{})
	}
	i, err := byCode(ctx, s.desk.DB, code)
	if err != nil {
		return Innovation{}, err
	}
	if err := s.desk.Read(ctx, actor, action, i.object(actor)); err != nil {
		return Innovation{}, err
	}
	return i, nil
}

// Keepers answers the members for which the actor may add an innovation, by
// name.
func (s *Service) Keepers(ctx context.Context, actor policy.Actor) ([]network.Member, error) {
	if !policy.Can(actor, policy.AddInnovation) {
		return nil, s.desk.Read(ctx, actor, policy.AddInnovation, policy.Object{})
	}
	members, err := network.ListMembers(ctx, s.desk.DB)
	var own []network.Member
	for _, m := range members {
		if policy.Allow(actor, policy.AddInnovation, policy.Object{Member: m.ID}) == nil {
			own = append(own, m)
		}
	}
	return own, err
}

// Add adds an innovation that a member keeps, and answers its code.
func (s *Service) Add(ctx context.Context, actor policy.Actor, memberCode string, in Innovation) (code string, err error) {
	keepers, err := s.Keepers(ctx, actor)
	if err != nil {
		return "", err
	}
	added := Innovation{ID: db.NewID(), Source: "entered by its keeper"}.described(in)
	wrong := added.faults()
	for _, m := range keepers {
		if m.Code == memberCode {
			added.KeeperID = m.ID
		}
	}
	if added.KeeperID == "" {
		wrong.Add("keeper", "Choose who keeps the record.")
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	err = s.desk.Write(ctx, actor, policy.AddInnovation, policy.Object{Member: added.KeeperID}, func(ctx context.Context) (audit.Note, error) {
		if added.Code, err = freeCode(ctx, s.desk.DB, codeOf(added.Name)); err != nil {
			return audit.Note{}, err
		}
		err := Insert(ctx, s.desk.DB, added)
		if db.IsDuplicate(err) {
			err = fault.Stale("Somebody else added an innovation of that name in the meantime. Look at the list before you add it again.")
		}
		return added.note("added", added.Name), err
	})
	return added.Code, err
}

// Change changes the record, unless somebody else changed it since the version.
func (s *Service) Change(ctx context.Context, actor policy.Actor, code string, version int64, in Innovation) error {
	return s.change(ctx, actor, policy.ChangeInnovation, code, func(ctx context.Context, i Innovation) (audit.Note, error) {
		changed := i.described(in)
		if err := changed.faults().Err(); err != nil {
			return audit.Note{}, err
		}
		note := changed.note("changed", changed.text())
		note.Detail["before"] = i.text()
		return note, update(ctx, s.desk.DB, changed, version)
	})
}

// change changes something of an innovation as a use case, one change at a
// time.
func (s *Service) change(ctx context.Context, actor policy.Actor, action policy.Action, code string,
	change func(ctx context.Context, i Innovation) (audit.Note, error),
) error {
	seen, err := s.find(ctx, actor, action, code)
	if err != nil {
		return err
	}
	return s.desk.Write(ctx, actor, action, seen.object(actor), func(ctx context.Context) (audit.Note, error) {
		if err := lock(ctx, s.desk.DB, seen.ID); err != nil {
			return audit.Note{}, err
		}
		i, err := byCode(ctx, s.desk.DB, code)
		if err != nil {
			return audit.Note{}, err
		}
		return change(ctx, i)
	})
}

// note says what was done to an innovation, and to what of it.
func (i Innovation) note(what, words string) audit.Note {
	return audit.Note{Object: policy.Object{Innovation: i.ID}.String(), Detail: map[string]string{"innovation": i.Code, what: words}}
}

// text is the record in one line, for the audit trail.
func (i Innovation) text() string {
	return strings.Join([]string{
		i.Name, i.Summary, i.Kind, i.Setting, i.Status, i.Successor, i.PathwayChange, i.PathwayNote, i.Fit, i.Supplier, i.ServiceID,
	}, "; ")
}
