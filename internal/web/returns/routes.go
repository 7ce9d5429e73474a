// Package returns has the pages on which figures come in and are vouched for:
// how returns came, the forms, approvals, targets and the quality of the data.
package returns

import (
	"strings"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/period"
	"sir/internal/policy"
	"sir/internal/rollout"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

type pages struct{ adoption *area.Service }

// The patterns of the addresses.
const (
	programmePattern = ui.MeasurePath + "/{programme}"
	returnsPattern   = programmePattern + "/returns"
	partPattern      = returnsPattern + "/{collection}/{period}"
	memberPattern    = partPattern + "/members/{member}"
	sitePattern      = partPattern + "/sites/{site}"
	uploadsPattern   = programmePattern + "/uploads/{collection}"
)

// Routes answers the routes of this package. Each asks for the least that any
// of its readers has; the use case behind it checks the very member or site.
func Routes(adoption *area.Service) []shell.Route {
	p := pages{adoption}
	return []shell.Route{
		{Method: "GET", Pattern: returnsPattern, Action: policy.ViewTotalRate, Serve: p.showStatus},
		{Method: "GET", Pattern: programmePattern + "/returns.csv", Action: policy.ViewTotalRate, Serve: p.downloadStatus},
		{Method: "GET", Pattern: programmePattern + "/owing.csv", Action: policy.ViewSiteLevels, Serve: p.downloadOwing},
		{Method: "GET", Pattern: memberPattern, Action: policy.SubmitReturns, Serve: p.showForm},
		{Method: "POST", Pattern: memberPattern, Action: policy.SubmitReturns, Serve: p.sendForm},
		{Method: "GET", Pattern: memberPattern + "/sent", Action: policy.SubmitReturns, Serve: p.showSent},
		{Method: "GET", Pattern: memberPattern + "/approve", Action: policy.ApproveReturns, Serve: p.showApprove},
		{Method: "POST", Pattern: memberPattern + "/approve", Action: policy.ApproveReturns, Serve: p.approve},
		{Method: "GET", Pattern: memberPattern + "/reopen", Action: policy.ReopenReturns, Serve: p.showReopen},
		{Method: "POST", Pattern: memberPattern + "/reopen", Action: policy.ReopenReturns, Serve: p.reopen},
		{Method: "GET", Pattern: sitePattern, Action: policy.SubmitReturns, Serve: p.showForm},
		{Method: "POST", Pattern: sitePattern, Action: policy.SubmitReturns, Serve: p.sendForm},
		{Method: "GET", Pattern: sitePattern + "/sent", Action: policy.SubmitReturns, Serve: p.showSent},
		{Method: "GET", Pattern: memberPattern + "/template.csv", Action: policy.SubmitReturns, Serve: p.downloadTemplate},
		{Method: "GET", Pattern: memberPattern + "/template.xlsx", Action: policy.SubmitReturns, Serve: p.downloadTemplate},
		{Method: "GET", Pattern: sitePattern + "/template.csv", Action: policy.SubmitReturns, Serve: p.downloadTemplate},
		{Method: "GET", Pattern: sitePattern + "/template.xlsx", Action: policy.SubmitReturns, Serve: p.downloadTemplate},
		{Method: "GET", Pattern: uploadsPattern, Action: policy.SubmitReturns, Serve: p.askUpload},
		{Method: "POST", Pattern: uploadsPattern, Action: policy.SubmitReturns, Serve: p.keepUpload, MaxBody: area.LargestUpload + formRoom},
		{Method: "GET", Pattern: uploadsPattern + "/{upload}", Action: policy.SubmitReturns, Serve: p.showUpload},
		{Method: "POST", Pattern: uploadsPattern + "/{upload}", Action: policy.SubmitReturns, Serve: p.confirmUpload},
		{Method: "GET", Pattern: uploadsPattern + "/{upload}/conflicts.csv", Action: policy.SubmitReturns, Serve: p.downloadConflicts},
		{Method: "GET", Pattern: programmePattern + "/quality", Action: policy.ViewMemberRates, Serve: p.showQuality},
		{Method: "GET", Pattern: programmePattern + "/quality.csv", Action: policy.ViewMemberRates, Serve: p.downloadQuality},
		{Method: "GET", Pattern: programmePattern + "/targets", Action: policy.ViewTotalRate, Serve: p.showTargets},
		{Method: "POST", Pattern: programmePattern + "/targets", Action: policy.SetLocalTarget, Serve: p.addTarget},
		{Method: "GET", Pattern: programmePattern + "/targets/{target}", Action: policy.SetLocalTarget, Serve: p.askWithdraw},
		{Method: "POST", Pattern: programmePattern + "/targets/{target}", Action: policy.SetLocalTarget, Serve: p.withdraw},
	}
}

func programmePath(code string) string { return ui.MeasurePath + "/" + code }
func returnsPath(code string) string   { return programmePath(code) + "/returns" }

// partPath is where a period of a collection has its forms.
func partPath(programme string, c area.Collection, p period.Period) string {
	return returnsPath(programme) + "/" + c.Code + "/" + p.Slug()
}

func memberPath(programme string, c area.Collection, p period.Period, member string) string {
	return partPath(programme, c, p) + "/members/" + member
}

// statusPath is the page of returns at a period.
func statusPath(programme string, c area.Collection, p period.Period) string {
	return returnsPath(programme) + "?collection=" + c.Code + "&period=" + p.Slug()
}

func breadcrumbs(p rollout.Programme, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Start", Href: "/"}, {Text: "Measure", Href: ui.MeasurePath}, {Text: p.Name, Href: programmePath(p.Code)}}, more...)
}

// periodNamed reads a period of an address, which has but one spelling there.
func periodNamed(slug string) (period.Period, error) {
	p, err := period.Parse(slug)
	if err != nil || p.Slug() != slug {
		return period.Period{}, fault.NotFound("There is no period %q. Use the links on the pages.", slug)
	}
	return p, nil
}

// part is the member's figures that an address names.
func part(r *shell.Request) (area.Part, error) {
	p, err := periodNamed(r.PathValue("period"))
	return area.Part{
		Programme: r.PathValue("programme"), Collection: r.PathValue("collection"), Member: r.PathValue("member"), Period: p,
	}, err
}

// formName is the form that an address names.
func formName(r *shell.Request) (area.FormName, error) {
	p, err := periodNamed(r.PathValue("period"))
	return area.FormName{
		Programme: r.PathValue("programme"), Collection: r.PathValue("collection"), Period: p,
		Member: r.PathValue("member"), Site: r.PathValue("site"),
	}, err
}

// sentence joins what there is to say, without empty parts.
func sentence(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}
