package improvement

import (
	"strings"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Plan is the first step of a cycle as somebody writes it. Site, Idea and
// Measure name things by code, id and code; all three may be empty.
type Plan struct {
	Title      string
	Idea       string
	Measure    string
	Site       string
	StartsOn   string // ISO dates
	EndsOn     string
	Plan       string
	Prediction string
}

// longestTitle and longestText bound what a cycle says.
const (
	longestTitle = 100
	longestText  = 2000
)

// faults lists what is wrong with a plan, by field of the form.
func (p Plan) faults(c Choices, today string) (wrong fault.Fields) {
	freetext.Required(&wrong, "title", "Give the cycle a short title.", p.Title, longestTitle)
	if _, ok := c.idea(p.Idea); p.Idea != "" && !ok {
		wrong.Add("idea", "Choose an idea of the diagrams.")
	}
	if _, ok := measureByCode(c.Measures, p.Measure); p.Measure != "" && !ok {
		wrong.Add("measure", "Choose a measure of this programme.")
	}
	if _, ok := c.site(p.Site); p.Site != "" && !ok {
		wrong.Add("site", "Choose a site of this member.")
	}
	switch {
	case !isDate(p.StartsOn):
		wrong.Add("starts-on", "Enter the first day of the test, such as 1 4 2027.")
	case !isDate(p.EndsOn):
		wrong.Add("ends-on", "Enter the last day of the test, such as 15 4 2027.")
	case p.EndsOn < p.StartsOn:
		wrong.Add("ends-on", "The test cannot end before it begins.")
	}
	freetext.Required(&wrong, "plan", "Say what you will try, where, and what you will look at.", p.Plan, longestText)
	switch {
	case strings.TrimSpace(p.Prediction) != "":
		freetext.Optional(&wrong, "prediction", p.Prediction, longestText)
	case isDate(p.StartsOn) && p.StartsOn <= today:
		wrong.Add("prediction", "Say what you expect to see before the test begins. Without a prediction there is nothing to compare with.")
	}
	return wrong
}

// into writes a plan that is right into a cycle.
func (p Plan) into(c *Cycle, choices Choices) {
	idea, _ := choices.idea(p.Idea)
	measure, _ := measureByCode(choices.Measures, p.Measure)
	site, _ := choices.site(p.Site)
	c.DriverID, c.Idea, c.MeasureID, c.MeasureName = idea.ID, idea.Body, measure.ID, measure.Name
	c.SiteID, c.SiteCode, c.SiteName = site.ID, site.Code, site.Name
	c.Title, c.StartsOn, c.EndsOn = freetext.OneLine(p.Title), p.StartsOn, p.EndsOn
	c.Plan, c.Prediction = strings.TrimSpace(p.Plan), strings.TrimSpace(p.Prediction)
}

// Choices are what a plan can name.
type Choices struct {
	Own, Shared []Node // change ideas of the member's diagram and of the programme's
	Measures    []Measure
	Sites       []Site
}

func (c Choices) idea(id string) (Node, bool) {
	for _, ideas := range [][]Node{c.Own, c.Shared} {
		for _, idea := range ideas {
			if idea.ID == id {
				return idea, true
			}
		}
	}
	return Node{}, false
}

func (c Choices) site(code string) (Site, bool) {
	for _, s := range c.Sites {
		if s.Code == code {
			return s, true
		}
	}
	return Site{}, false
}

// PlanOf is the plan of a cycle as it stands.
func (c Choices) PlanOf(cycle Cycle) Plan {
	return Plan{
		Title: cycle.Title, Idea: cycle.DriverID, Measure: MeasureByID(c.Measures, cycle.MeasureID).Code, Site: cycle.SiteCode,
		StartsOn: cycle.StartsOn, EndsOn: cycle.EndsOn, Plan: cycle.Plan, Prediction: cycle.Prediction,
	}
}

// NextPlan starts the plan of the cycle after one that was adapted: the same
// again with what is to change. Its prediction and dates are new.
func (c Choices) NextPlan(cycle Cycle) Plan {
	next := c.PlanOf(cycle)
	next.StartsOn, next.EndsOn, next.Prediction = "", "", ""
	next.Plan += "\n\nWhat we change this time: " + cycle.DecidedWhy
	return next
}
