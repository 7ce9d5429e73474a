package ui

import (
	"encoding/json"
	"regexp"

	"github.com/a-h/templ"
)

var oracles = []oracle{
	{component: "action-link", examples: 1, build: func(o json.RawMessage) (templ.Component, error) {
		var c ActionLink
		return &c, strict(o, &c)
	}},
	{component: "back-link", examples: 1, only: []string{"default"}, build: func(o json.RawMessage) (templ.Component, error) {
		var c BackLink
		return &c, strict(o, &c)
	}},
	{component: "breadcrumb", examples: 1, build: func(o json.RawMessage) (templ.Component, error) {
		var c Breadcrumb
		return &c, strict(o, &c)
	}},
	{component: "button", examples: 29, build: buildButton},
	{component: "card", examples: 10, only: cardsWithoutChildren, build: buildCard},
	{component: "checkboxes", examples: 40, build: func(o json.RawMessage) (templ.Component, error) {
		c, err := buildChoices(o)
		return Checkboxes{Name: c.Name, ID: c.IDPrefix, Legend: c.Fieldset.Legend.Text, LegendSize: c.Fieldset.Legend.Size,
			LegendHeading: c.Fieldset.Legend.heading, Hint: string(c.Hint), Error: string(c.ErrorMessage),
			Options: c.options(), Values: c.Values, Small: c.Small, Inline: c.Inline}, err
	}, adapt: withoutScriptedConditions},
	{component: "contents-list", examples: 1, build: buildContents},
	{component: "date-input", examples: 15, build: buildDate},
	{component: "details", examples: 9, build: buildDetails},
	{component: "do-dont-list", examples: 8, build: buildDoDont},
	{component: "error-message", examples: 2, build: func(o json.RawMessage) (templ.Component, error) {
		var c ErrorMessage
		return &c, strict(o, &c)
	}},
	{component: "error-summary", examples: 5, build: buildErrorSummary},
	{component: "fieldset", examples: 2, build: buildFieldset},
	{component: "footer", examples: 5, build: buildFooter},
	{component: "hint", examples: 1, build: func(o json.RawMessage) (templ.Component, error) {
		var c Hint
		return &c, strict(o, &c)
	}},
	{component: "input", examples: 27, build: buildInput},
	{component: "inset-text", examples: 2, build: buildInset},
	{component: "notification-banner", examples: 3, build: buildNotice},
	{component: "pagination", examples: 7, build: buildPagination},
	{component: "panel", examples: 9, build: buildPanel},
	{component: "password-input", examples: 11, build: buildPassword},
	{component: "radios", examples: 40, build: func(o json.RawMessage) (templ.Component, error) {
		c, err := buildChoices(o)
		return Radios{Name: c.Name, ID: c.IDPrefix, Legend: c.Fieldset.Legend.Text, LegendSize: c.Fieldset.Legend.Size,
			LegendHeading: c.Fieldset.Legend.heading, Hint: string(c.Hint), Error: string(c.ErrorMessage),
			Options: c.options(), Value: c.Value, Small: c.Small, Inline: c.Inline}, err
	}, adapt: withoutScriptedConditions},
	{component: "select", examples: 16, build: buildSelect},
	{component: "skip-link", examples: 3, build: func(o json.RawMessage) (templ.Component, error) {
		var c SkipLink
		return &c, strict(o, &c)
	}},
	{component: "summary-list", examples: 9, build: buildSummary},
	{component: "tables", examples: 36, build: buildTable, adapt: withoutOwnTableParts},
	{component: "tag", examples: 12, build: buildTag},
	{component: "task-list", examples: 2, build: buildTasks},
	{component: "textarea", examples: 14, build: buildTextarea},
	{component: "warning-callout", examples: 4, build: buildCallout},
}

var (
	tabindex = regexp.MustCompile(` tabindex="0"`)
	controls = regexp.MustCompile(` data-aria-controls="[^"]*"| nhsuk-(radios|checkboxes)__conditional--hidden`)
	tableID  = regexp.MustCompile(`(<table[^>]*) id="[^"]*"`)
)

// withoutOwnTableParts: nhsuk-frontend's script makes a scrolling region
// reachable by keyboard; ours is so without a script, which removes it where all
// fits. Our tables have an id of their own, from which the caption's follows.
func withoutOwnTableParts(markup string) string {
	return tableID.ReplaceAllString(tabindex.ReplaceAllString(markup, ""), "$1")
}

// withoutScriptedConditions: see Option.Conditional.
func withoutScriptedConditions(markup string) string { return controls.ReplaceAllString(markup, "") }
