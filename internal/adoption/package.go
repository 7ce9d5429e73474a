package adoption

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"sir/internal/exchange"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/internal/rollout"
)

// PackageChoice says how a data package is published.
type PackageChoice struct {
	Licence string // an identifier of the Open Definition, such as OGL-UK-3.0; empty for none that is stated
}

var licencePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// madeUpLicence is that of data that somebody made up.
const madeUpLicence = "CC0-1.0"

// Package writes a programme's data package as a ZIP file: rates with their
// parts, targets, measures, levels, periods and organisations and, to a reader
// who may see sites, their observations and restatements. It is as at one
// moment. ErrInvalid where the licence is none.
func (s *Service) Package(ctx context.Context, actor policy.Actor, programme string, choice PackageChoice, w io.Writer) error {
	if choice.Licence != "" && !licencePattern.MatchString(choice.Licence) {
		return fault.Invalid("%q is no identifier of a licence: write it like OGL-UK-3.0 or CC-BY-4.0.", clipped(choice.Licence))
	}
	p, missing := rollout.ProgrammeByCode(ctx, s.desk.DB, programme)
	action, err := s.totalAction(ctx, p)
	if err != nil {
		return err
	}
	// Before the snapshot, in which a refusal could not be recorded.
	if err := s.desk.Read(ctx, actor, action, p.Object()); err != nil {
		return err
	}
	if missing != nil {
		return missing
	}
	return s.desk.DB.Snapshot(ctx, func(ctx context.Context) error {
		source := packageSource{service: s, actor: actor}
		if err := source.read(ctx, programme); err != nil {
			return err
		}
		return exchange.WritePackage(w, source.pack(ctx, choice))
	})
}

// packageSource is what a package is made of. Observations and restatements
// are read as they are written.
type packageSource struct {
	service *Service
	actor   policy.Actor
	rates   RateList
	dates   Calendar
	targets []Target
	exports []*exportOf // of the collections; none for who may see no site
}

func (p *packageSource) read(ctx context.Context, programme string) (err error) {
	s := p.service
	if p.rates, err = s.RateList(ctx, p.actor, programme); err != nil {
		return err
	}
	if p.dates, err = s.Calendar(ctx, p.actor, programme); err != nil {
		return err
	}
	if p.targets, err = targetsOf(ctx, s.desk.DB, p.dates.Programme.ID); err != nil {
		return err
	}
	if !policy.Can(p.actor, policy.ViewSiteLevels) {
		return nil
	}
	for _, c := range p.dates.Collections {
		x := &exportOf{db: s.desk.DB, actor: p.actor, programme: p.dates.Programme, c: c.Collection, open: map[[2]string]bool{}}
		if err := x.prepare(ctx); err != nil {
			return err
		}
		p.exports = append(p.exports, x)
	}
	return nil
}

func (p *packageSource) pack(ctx context.Context, choice PackageChoice) exchange.Package {
	programme := p.dates.Programme
	out := exchange.Package{
		Name: packageName(programme.Code), Title: "Adoption of " + programme.Name, Description: p.description(),
		Version: "1.0", Created: p.service.desk.Now().UTC(), Sources: p.sources(),
		Tables: []exchange.PackageTable{
			p.periodTable(), p.organisationTable(), p.measureTable(), p.levelTable(), p.targetTable(), p.rateTable(),
		},
	}
	licence := choice.Licence
	if licence == "" && programme.MadeUp {
		licence = madeUpLicence
	}
	if licence != "" {
		out.Licences = []exchange.Licence{{Name: licence}}
	}
	if len(p.exports) > 0 {
		out.Tables = append(out.Tables, p.observationTable(ctx), p.restatementTable(ctx))
	}
	return out
}

// packageName is a code as the name of a package can be.
func packageName(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r) {
			return r
		}
		return '-'
	}, strings.ToLower(code)) + "-adoption"
}

func (p *packageSource) description() string {
	programme := p.dates.Programme
	var text []string
	if programme.MadeUp {
		text = append(text, "All of it is made up: organisations, sites and figures.")
	}
	text = append(text, programme.Summary)
	if p.rates.Published {
		text = append(text, "The rates are published figures: their numerators and denominators were not published.", p.rates.Note)
	} else {
		text = append(text, "A rate is the share of the eligible sites that are known to have adopted. A blank is not known, and is no zero. "+
			"Rates that are provisional may still change.")
	}
	if len(p.exports) == 0 {
		text = append(text, "It has no figures of single sites.")
	}
	text = append(text, fmt.Sprintf("As at %s.", p.service.today()))
	return strings.Join(withoutBlanks(text), " ")
}

func (p *packageSource) sources() (list []exchange.Source) {
	for _, title := range withoutBlanks([]string{p.dates.Programme.Source, p.rates.Source}) {
		if len(list) == 0 || list[0].Title != title {
			list = append(list, exchange.Source{Title: title})
		}
	}
	return list
}

func withoutBlanks(texts []string) (kept []string) {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}
