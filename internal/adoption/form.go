package adoption

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/network"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// FormName names a form: a member's sites in a period of a collection, or one
// site, by codes.
type FormName struct {
	Programme  string
	Collection string
	Period     period.Period
	Member     string // empty for the form of one site
	Site       string // empty for the form of a member
}

// Form is what a member or a site is asked for in a period, and what is known
// of it.
type Form struct {
	Programme  rollout.Programme
	Collection Collection
	Period     period.Period
	Before     period.Period // the period before; zero where nothing was asked for
	DueOn      string        // ISO date
	Member     network.Member
	Measures   []Measure
	Sites      []FormSite // by name
	Approved   bool       // the member's figures are approved: changes need a reason
	MayRestate bool
	MayApprove bool
}

// FormSite is one site of a form. Now and Last hold the values reported for
// the period and for the one before, by key of the measure.
type FormSite struct {
	Key                     int64
	Code, Name              string
	SubmittedOn, CompleteOn string // ISO dates; empty where it did not come
	WhyMissing              string
	Now, Last               map[int64]int64

	siteID, memberID string
}

// ReturnForm answers a form. One that names nothing that the actor may send
// for is refused.
func (s *Service) ReturnForm(ctx context.Context, actor policy.Actor, name FormName) (Form, error) {
	p, c, err := s.openTo(ctx, actor, policy.SubmitReturns, name.Programme, name.Collection)
	if err != nil {
		return Form{}, err
	}
	if !c.Asks(name.Period) || !Ended(name.Period, s.desk.Now()) {
		return Form{}, fault.NotFound("%s asks for nothing for %s.", c.Name, name.Period.Label())
	}
	object, member, site, err := s.formObject(ctx, p, name)
	if err != nil {
		return Form{}, err
	}
	if err := s.desk.Read(ctx, actor, policy.SubmitReturns, object); err != nil {
		return Form{}, err
	}
	form := Form{
		Programme: p, Collection: c, Period: name.Period, DueOn: c.DueOn(name.Period), Member: member,
		MayRestate: policy.Allow(actor, policy.RestateReturns, object) == nil,
		MayApprove: policy.Allow(actor, policy.ApproveReturns, memberObject(p, member.ID)) == nil,
	}
	if before := name.Period.Prev(); c.Asks(before) {
		form.Before = before
	}
	if err := s.fillForm(ctx, &form, site.Key); err != nil {
		return Form{}, err
	}
	if len(form.Sites) == 0 {
		return Form{}, fault.NotFound("No site is asked for %s in %s here.", c.Name, name.Period.Label())
	}
	return form, nil
}

// formObject finds what a form is for. A site's member is the one that it last
// counted under.
func (s *Service) formObject(ctx context.Context, p rollout.Programme, name FormName) (object policy.Object, m network.Member, site network.Site, err error) {
	if name.Site == "" {
		m, err = network.MemberByCode(ctx, s.desk.DB, name.Member)
		return memberObject(p, m.ID), m, site, err
	}
	_, site, memberID, err := s.findSite(ctx, p.Code, name.Site)
	if err != nil {
		return object, m, site, err
	}
	members, err := network.ListMembers(ctx, s.desk.DB)
	return siteObject(p, memberID, site.ID), memberNames(members)[memberID], site, err
}

func (s *Service) fillForm(ctx context.Context, form *Form, siteKey int64) (err error) {
	d := s.desk.DB
	if form.Measures, err = measuresIn(ctx, d, form.Collection); err != nil {
		return err
	}
	memberKey := form.Member.Key
	if siteKey > 0 {
		memberKey = 0
	}
	err = s.withList(ctx, form.Collection, form.Period, func(ctx context.Context) error {
		form.Sites, err = formSites(ctx, d, form.Collection, form.Period, memberKey, siteKey)
		return err
	})
	if err != nil {
		return err
	}
	if err := addFormValues(ctx, d, *form); err != nil {
		return err
	}
	approvals, err := approvalsOf(ctx, d, form.Collection, form.Member.ID)
	form.Approved = standingOf(approvals, form.Period, form.Member.ID) != nil
	return err
}

// withList reads under a period's eligible list. Where there is none yet, it
// is as it would be made.
func (s *Service) withList(ctx context.Context, c Collection, p period.Period, read func(context.Context) error) error {
	there, err := listed(ctx, s.desk.DB, c, p)
	if err != nil {
		return err
	}
	if there {
		return read(ctx)
	}
	err = s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		if err := ListEligible(ctx, s.desk.DB, c, p); err != nil {
			return err
		}
		if err := read(ctx); err != nil {
			return err
		}
		return errDryRun
	})
	return ignoreDryRun(err)
}

// FormCell is one cell of a form that came back: what it says, and what it
// said when it was shown (nil for a blank).
type FormCell struct {
	Entry Entry
	Was   *int64
}

// typed is what the cell says; nil for a blank.
func (c FormCell) typed() *int64 {
	if c.Entry.Clear {
		return nil
	}
	return &c.Entry.Value
}

// Explanation is why a site sends no return, and what stood there when the
// form was shown.
type Explanation struct {
	SiteKey   int64
	Why, Was  string
	HasValues bool // the form has values for the site, too
}

// FormSending is a form that came back.
type FormSending struct {
	Cells        []FormCell
	Explanations []Explanation
	Reason       string // why figures that were approved are restated
}

// Clash is a cell that somebody else changed while the form was open.
type Clash struct {
	SiteKey, MeasureKey int64
	Was, Now, Typed     *int64 // nil is a blank
}

// SendForm takes a form. A cell that its sender left as it was changes
// nothing, also where somebody else has changed it since; one that both have
// changed is a clash, and then nothing is taken and the error is ErrStale.
func (s *Service) SendForm(ctx context.Context, actor policy.Actor, name FormName, sent FormSending) (Receipt, []Clash, error) {
	form, err := s.ReturnForm(ctx, actor, name)
	if err != nil {
		return Receipt{}, nil, err
	}
	var receipt Receipt
	var clashes []Clash
	err = s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		receipt, clashes = Receipt{}, nil
		if err := lockCollection(ctx, s.desk.DB, form.Collection); err != nil {
			return err
		}
		now, err := formValues(ctx, s.desk.DB, form.Collection, form.Period, sent.siteKeys())
		if err != nil {
			return err
		}
		var entries []Entry
		if entries, clashes = sent.against(now); len(clashes) > 0 {
			return fault.Stale("Somebody else changed %s while this form was open. Nothing was saved.", countOf(len(clashes), "value", "values"))
		}
		if len(entries) > 0 {
			receipt, err = s.Submit(ctx, actor, name.Programme, name.Collection, Sending{Source: "page", Reason: sent.Reason}, List(entries))
			if err != nil {
				return err
			}
		}
		return s.explain(ctx, actor, form, sent.Explanations)
	})
	return receipt, clashes, err
}

func (f FormSending) siteKeys() []int64 {
	var keys []int64
	for _, c := range f.Cells {
		keys = append(keys, c.Entry.SiteKey)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// against compares the form with what is known by now.
func (f FormSending) against(now map[[2]int64]int64) (entries []Entry, clashes []Clash) {
	for _, c := range f.Cells {
		var known *int64
		if value, ok := now[[2]int64{c.Entry.SiteKey, c.Entry.MeasureKey}]; ok {
			known = &value
		}
		touched := !same(c.typed(), c.Was)
		switch {
		case touched && !same(known, c.Was) && !same(known, c.typed()):
			clashes = append(clashes, Clash{c.Entry.SiteKey, c.Entry.MeasureKey, c.Was, known, c.typed()})
		case touched || known != nil && same(known, c.Was):
			entries = append(entries, c.Entry)
		}
	}
	return entries, clashes
}

func same(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// longestWhy bounds the words on why there is no return.
const longestWhy = 300

// explain keeps why sites send no return.
func (s *Service) explain(ctx context.Context, actor policy.Actor, form Form, all []Explanation) error {
	changed := slices.DeleteFunc(slices.Clone(all), func(e Explanation) bool { return e.Why == e.Was })
	if len(changed) == 0 {
		return nil
	}
	object := memberObject(form.Programme, form.Member.ID)
	if len(form.Sites) == 1 {
		object = siteObject(form.Programme, form.Sites[0].memberID, form.Sites[0].siteID)
	}
	return s.desk.Write(ctx, actor, policy.SubmitReturns, object, func(ctx context.Context) (audit.Note, error) {
		if err := form.checkExplanations(changed); err != nil {
			return audit.Note{}, err
		}
		for _, e := range changed {
			if err := keepWhyMissing(ctx, s.desk.DB, form.Collection, form.Period, e.SiteKey, e.Why); err != nil {
				return audit.Note{}, err
			}
		}
		return audit.Note{Object: object.String(), Detail: map[string]string{
			"programme": form.Programme.Code, "collection": form.Collection.Code, "period": form.Period.Slug(),
			"why there is no return": countOf(len(changed), "site", "sites"),
		}}, nil
	})
}

func (f Form) checkExplanations(changed []Explanation) error {
	var wrong fault.Fields
	for _, e := range changed {
		field := WhyField(e.SiteKey)
		i := slices.IndexFunc(f.Sites, func(s FormSite) bool { return s.Key == e.SiteKey })
		switch {
		case i < 0:
			return fault.NotFound("The form is not for that site.")
		case f.Approved && !f.MayRestate:
			wrong.Add(field, "The figures of %s are approved: ask for them to be opened again.", f.Sites[i].Name)
		case e.HasValues && strings.TrimSpace(e.Why) != "":
			wrong.Add(field, "%s has values, so it has a return: clear the values, or the reason why there is none.", f.Sites[i].Name)
		case utf8.RuneCountInString(e.Why) > longestWhy:
			wrong.Add(field, "Say in at most %d characters why %s has no return.", longestWhy, f.Sites[i].Name)
		}
	}
	return wrong.Err()
}

// WhyField is the name of the form's field for why a site has no return.
func WhyField(siteKey int64) string { return fmt.Sprintf("why-%d", siteKey) }

// lockCollection makes others who send wait until the transaction ends.
func lockCollection(ctx context.Context, d *db.DB, c Collection) error {
	_, err := d.Exec(ctx, `UPDATE collection SET submissions = submissions WHERE key = $1`, c.Key)
	return wrap("lock the collection", err)
}
