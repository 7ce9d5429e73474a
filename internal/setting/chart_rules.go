package setting

import (
	"context"
	"encoding/json"
	"fmt"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/fault"
	"sir/internal/policy"
	"sir/spc"
)

// ChartRules are the rules by which every chart of the instance is judged (see
// spc.Settings). What a missing value or a point left out does to its
// neighbours is not among them: a blank is never passed over as if it were
// known.
type ChartRules struct {
	Trend             int  `json:"trend"`              // points that rise or fall in a row: 6 or 7
	Shift             int  `json:"shift"`              // points in a row on one side of the mean: 6 to 9
	TwoOfThree        bool `json:"two_of_three"`       // whether 2 of 3 points near a limit are a signal
	Screen            bool `json:"screen"`             // whether unusually large moving ranges are left out of the limits
	PreferImprovement bool `json:"prefer_improvement"` // what is shown where two rules disagree; else the first
	LimitsFrom        int  `json:"limits_from"`        // values of a part from which it has limits and icons
}

// FewestForLimits and MostForLimits bound the values from which there may be
// limits: fewer than a baseline needs make no limits, and three years of
// months would make none for most measures.
const (
	FewestForLimits = spc.ShortBaseline
	MostForLimits   = 36
)

const chartRulesName = "chart-rules"

// UsualChartRules are the defaults of spc (see spc.Settings), which hold until somebody
// chooses others.
func UsualChartRules() ChartRules {
	return ChartRules{Trend: 7, Shift: 7, TwoOfThree: true, LimitsFrom: spc.ShortPart}
}

// Faults lists what is wrong with rules, by name of the field.
func (r ChartRules) Faults() (wrong fault.Fields) {
	if r.Trend != 6 && r.Trend != 7 {
		wrong.Add("trend", "A trend is 6 or 7 points.")
	}
	if r.Shift < 6 || r.Shift > 9 {
		wrong.Add("shift", "A shift is 6 to 9 points.")
	}
	if r.LimitsFrom < FewestForLimits || r.LimitsFrom > MostForLimits {
		wrong.Add("limits-from", "Enter a whole number from %d to %d, such as %d.", FewestForLimits, MostForLimits, spc.ShortPart)
	}
	return wrong
}

// Settings are the rules for an analysis.
func (r ChartRules) Settings() spc.Settings {
	settings := spc.Settings{Trend: r.Trend, Shift: r.Shift, NoTwoOfThree: !r.TwoOfThree, Screen: r.Screen}
	if r.PreferImprovement {
		settings.Conflict = spc.PreferImprovement
	}
	return settings
}

// String says the rules in a line.
func (r ChartRules) String() string {
	near, steps, first := "2 of 3 near a limit", "all steps count", "the first rule names the point"
	if !r.TwoOfThree {
		near = "no rule of 2 of 3"
	}
	if r.Screen {
		steps = "large steps left out"
	}
	if r.PreferImprovement {
		first = "improvement is shown where rules disagree"
	}
	return fmt.Sprintf("trend %d, shift %d, %s, %s, %s, limits from %d values", r.Trend, r.Shift, near, steps, first, r.LimitsFrom)
}

// ChartRulesOf answers the rules in force, for whoever judges a chart. They are
// printed on every chart, so it asks no permission. version is 0 while nobody
// has chosen any.
func ChartRulesOf(ctx context.Context, d *db.DB) (rules ChartRules, version int64, err error) {
	text, version, err := read(ctx, d, chartRulesName)
	if err != nil || version == 0 {
		return UsualChartRules(), 0, err
	}
	return keptRules(text), version, nil
}

// keptRules reads rules from the database. Those that this release does not
// know must not take every chart down, nor the page on which others are chosen:
// the usual ones hold instead.
func keptRules(text string) (rules ChartRules) {
	if err := json.Unmarshal([]byte(text), &rules); err != nil || len(rules.Faults()) > 0 {
		return UsualChartRules()
	}
	return rules
}

// ChooseChartRules sets the rules. version is the one the chooser saw; another
// one by now is ErrStale, and rules that cannot be are an ErrInvalid that names
// the fields.
func (s *Service) ChooseChartRules(ctx context.Context, actor policy.Actor, rules ChartRules, version int64) error {
	if err := rules.Faults().Err(); err != nil {
		return err
	}
	value, err := json.Marshal(rules)
	if err != nil {
		return fmt.Errorf("write chart rules: %w", err)
	}
	return s.desk.Write(ctx, actor, policy.ChangeSettings, policy.Object{}, func(ctx context.Context) (audit.Note, error) {
		before, _, err := ChartRulesOf(ctx, s.desk.DB)
		if err != nil {
			return audit.Note{}, err
		}
		note := audit.Note{Object: "setting " + chartRulesName, Detail: map[string]string{"from": before.String(), "to": rules.String()}}
		return note, s.put(ctx, chartRulesName, string(value), version)
	})
}
