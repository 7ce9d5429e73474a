package api_test

import (
	"net/http"
	"strings"
	"testing"

	"sir/internal/adoption"
	"sir/internal/api"
	"sir/internal/policy"
)

// A target says what it is of, and whose it is; an innovator sees the national
// ones alone.
func TestTargetsSayWhatTheyAreOf(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *service) {
		err := s.app.Adoption.AddNationalTarget(t.Context(), policy.System("test"), madeUp, adoption.Target{
			Measure: "referrals", Basis: adoption.EachBasis, StartsOn: "2024-04-01", Value: 12.5, Inclusive: true, AgreedBy: "Board", AgreedOn: "2024-01-10",
		})
		if err != nil {
			t.Fatal(err)
		}
		read := func(role policy.Role) (of map[string]int, units string) {
			of = map[string]int{}
			for _, item := range as[api.List[api.ListedTarget]](s.get(t, "/programmes/"+madeUp+"/targets", s.key(t, role)), http.StatusOK).Items {
				of[item.Measure+" "+item.Basis]++
				if !strings.Contains(units, item.Unit) {
					units += item.Unit
				}
				if item.Basis == "each" && (item.Value != 12.5 || item.Sign != ">=" || item.Kind != "target" || item.AgreedBy != "Board" || item.Own) {
					t.Errorf("the target of referrals is %+v", item)
				}
			}
			return of, units
		}
		if of, units := read(policy.ProgrammeLead); of["referrals each"] != 1 || of["level rate"] == 0 || len(of) != 2 || !strings.Contains(units, "MU-N") {
			t.Errorf("a programme lead sees targets of %v for %s", of, units)
		}
		if _, units := read(policy.Innovator); units != "*" {
			t.Errorf("an innovator sees the targets of %s", units)
		}
	})
}
