package signals

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	area "sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// choiceNames are the names of a choice in an address.
var choiceNames = []string{"show", "chart", "trend", "baseline", "screen", "target"}

// usual are the words by which the forms name what is shown without a choice.
var usual = []string{string(area.RateBasis), string(area.ShareBasis), string(area.TotalBasis), usualChart}

const usualChart = "usual"

// choiceOf reads from the address how a series is to be read. What is no number
// is kept as one that the area refuses.
func choiceOf(r *shell.Request) (area.SignalChoice, error) {
	text := map[string]string{}
	for _, name := range choiceNames {
		value, err := r.Choice(name)
		if err != nil {
			return area.SignalChoice{}, err
		}
		text[name] = value
	}
	for _, name := range []string{"show", "chart"} { // the first of each list is what is shown without a choice
		if slices.Contains(usual, text[name]) {
			text[name] = ""
		}
	}
	return area.SignalChoice{
		Show: area.Basis(text["show"]), Chart: area.ChartKind(text["chart"]), Trend: whole(text["trend"]), Baseline: whole(text["baseline"]),
		Screen: area.Screening(text["screen"]), Target: text["target"],
	}, nil
}

// whole reads a whole number; 0 where there is none, and -1 for anything else.
func whole(text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// queryOf is the part of an address that asks for the choice again.
func queryOf(c area.SignalChoice) string {
	query := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			query.Set(name, value)
		}
	}
	set("show", string(c.Show))
	set("chart", string(c.Chart))
	set("trend", strconv.Itoa(c.Trend))
	set("baseline", strconv.Itoa(c.Baseline))
	set("screen", string(c.Screen))
	set("target", c.Target)
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

// choiceErrors is what a reader can put right in an address; none where err is
// of another kind.
func choiceErrors(err error) ui.FieldErrors {
	var wrong *fault.Error
	if !errors.Is(err, fault.ErrInvalid) || !errors.As(err, &wrong) || len(wrong.Fields) == 0 {
		return nil
	}
	return shell.FieldErrors(wrong)
}

// choiceForm is the form that changes how a series is read.
type choiceForm struct {
	Action   string
	Open     bool
	Show     ui.Select
	Chart    *ui.Select
	Settings bool // trend, baseline, screening and target apply
	Trend    ui.Select
	Baseline ui.Input
	Screen   ui.Select
	Target   ui.Input
}

// formOf is the form with what was chosen in it, rightly or wrongly.
func formOf(s area.Signal, typed url.Values, wrong ui.FieldErrors) *choiceForm {
	chosen := func(name, usual string) string {
		if value := typed.Get(name); value != "" {
			return value
		}
		return usual
	}
	form := &choiceForm{Action: signalPath(s.Series), Open: len(wrong) > 0 || s.Choice != area.SignalChoice{}}
	form.Show = ui.Select{
		Name: "show", Label: "What to show", Options: readings(s.Series), Value: chosen("show", string(s.Choice.Show)), Error: wrong.For("show"),
	}
	if s.Reading == area.RateBasis {
		return form
	}
	form.Settings = true
	chart := ui.Select{Name: "chart", Label: "Chart", Options: charts(s), Value: chosen("chart", string(s.Choice.Chart)), Error: wrong.For("chart")}
	form.Chart = &chart
	form.Trend = ui.Select{
		Name: "trend", Label: "Points that make a trend", Options: []ui.SelectOption{{Value: "7", Text: "7"}, {Value: "6", Text: "6"}},
		Value: chosen("trend", strconv.Itoa(s.Rules.Trend)), Error: wrong.For("trend"),
	}
	form.Baseline = ui.Input{
		Name: "baseline", Label: "First points that set the limits", Hint: "Empty: all points", Width: 4, InputMode: "numeric",
		Value: chosen("baseline", ""), Error: wrong.For("baseline"),
	}
	form.Screen = ui.Select{
		Name: "screen", Label: "Unusually large steps", Options: []ui.SelectOption{{Value: "no", Text: "Count for the limits"}, {Value: "yes", Text: "Are left out"}},
		Value: chosen("screen", string(usualScreening(s))), Error: wrong.For("screen"),
	}
	form.Target = ui.Input{
		Name: "target", Label: "A target to try", Hint: "It is not kept", Width: 10, InputMode: "decimal", Value: chosen("target", ""), Error: wrong.For("target"),
	}
	if s.Reading == area.ShareBasis {
		form.Target.Suffix = "%"
	}
	return form
}

// usualScreening is what the instance does with large steps.
func usualScreening(s area.Signal) area.Screening {
	if s.Rules.Screen {
		return area.Screened
	}
	return area.Unscreened
}

// readings are the ways in which a series can be read.
func readings(s area.Series) []ui.SelectOption {
	switch s.Basis() {
	case area.RateBasis:
		return []ui.SelectOption{{Value: string(area.RateBasis), Text: "The rate"}, {Value: string(area.FlowBasis), Text: "The change each period"}}
	case area.ShareBasis:
		return []ui.SelectOption{{Value: string(area.ShareBasis), Text: "The proportion"}}
	}
	return []ui.SelectOption{
		{Value: string(area.TotalBasis), Text: "The total"}, {Value: string(area.EachBasis), Text: "The average of those that reported"},
		{Value: string(area.FlowBasis), Text: "The change each period"},
	}
}

func charts(s area.Signal) []ui.SelectOption {
	options := []ui.SelectOption{{Value: usualChart, Text: "The one that fits"}, {Value: string(area.RunChart), Text: "Run chart"}}
	if s.Reading == area.ShareBasis {
		options = append(options, ui.SelectOption{Value: string(area.PChart), Text: "P chart"}, ui.SelectOption{Value: string(area.PPrimeChart), Text: "P′ chart"})
	}
	return options
}
