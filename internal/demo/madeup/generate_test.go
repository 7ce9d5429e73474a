package madeup_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/demo/madeup"
	"sir/internal/period"
)

// defaultHash is the SHA-256 of the JSON of the default programme. It changes when the generator does; addresses, screenshots
// and stories that show its figures then change too, so do that on purpose.
const defaultHash = "42c8e1612a9eaa9347ecb24e72e11947672feb56055d37514242638db53179a7"

func encode(t testing.TB, p madeup.Programme) []byte {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSameSeedSameBytes(t *testing.T) {
	first, again := encode(t, madeup.Generate(madeup.DefaultSeed)), encode(t, madeup.Generate(madeup.DefaultSeed))
	if !bytes.Equal(first, again) {
		t.Error("two runs with one seed differ")
	}
	sum := sha256.Sum256(first)
	if got := hex.EncodeToString(sum[:]); got != defaultHash {
		t.Errorf("hash of the default programme is %s, want %s", got, defaultHash)
	}
}

func TestOtherSeedOtherProgramme(t *testing.T) {
	a, b := madeup.Generate(1), madeup.Generate(2)
	b.Seed = a.Seed
	if bytes.Equal(encode(t, a), encode(t, b)) {
		t.Error("seeds 1 and 2 give the same programme")
	}
}

// Nothing of one programme is shared with the next: a caller may change what it got.
func TestProgrammesShareNothing(t *testing.T) {
	want := encode(t, madeup.Generate(1))
	spoiled := madeup.Generate(1)
	spoiled.Levels[0].Label, spoiled.Sites[0].Name, spoiled.Returns[0].Level = "x", "x", 9
	if !bytes.Equal(encode(t, madeup.Generate(1)), want) {
		t.Error("a change to one programme shows in the next")
	}
}

// Every kind of event that the demo is to show happens, whatever the seed.
func TestEveryEventHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := madeup.Generate(rapid.Uint64().Draw(t, "seed"))
		counts := events(p)
		want := map[string]int{ // at least
			"early start": 2, "late start": 4, "stopped with a lesson": 1, "paused": 1, "handed over": 1, "active": 10,
			"merged site": 2, "successor": 1, "closure": 1, "change of network": 1,
			"became eligible later": 3, "no longer eligible": 2,
			"late return": 20, "missing return": 15, "return sent by the successor": 2,
			"restated referrals": 1, "restated completed": 1, "restated level": 1,
			"level down": 2, "fell below the adopted level": 1, "level 0": 20, "level 1": 20, "level 2": 20, "level 3": 20, "level 4": 20,
			"champion": 70, "champion left": 10, "deputy": 10, "deputy stepped up": 1, "site without a champion": 5,
			"national target step": 3, "local target step": 10,
		}
		for event, least := range want {
			if counts[event] < least {
				t.Errorf("seed %d: %s: %d, want at least %d", p.Seed, event, counts[event], least)
			}
		}
		for event := range counts {
			if _, ok := want[event]; !ok {
				t.Errorf("%s is counted but not asked for", event)
			}
		}
	})
}

func events(p madeup.Programme) map[string]int {
	n := map[string]int{}
	countPlaces(p, n)
	countPeople(p, n)
	countReturns(p, n)
	for _, t := range p.Targets {
		if t.Network == "" {
			n["national target step"]++
		} else {
			n["local target step"]++
		}
	}
	return n
}

var stateEvents = map[string]string{
	madeup.Active: "active", madeup.Paused: "paused", madeup.Stopped: "stopped with a lesson", madeup.HandedOver: "handed over",
}

func countPlaces(p madeup.Programme, n map[string]int) {
	for _, r := range p.Rollouts {
		switch {
		case r.ActualStart.Before(r.PlannedStart):
			n["early start"]++
		case r.StartReason != "":
			n["late start"]++
		}
		n[stateEvents[r.State]]++
	}
	successors := map[string]bool{}
	for _, s := range p.Sites {
		switch {
		case s.Successor != "":
			n["merged site"]++
			successors[s.Successor] = true
		case !s.Closed.IsZero():
			n["closure"]++
		}
	}
	n["successor"] = len(successors)
	networks := map[string]int{}
	for _, m := range p.Memberships {
		if networks[m.Site]++; networks[m.Site] > 1 {
			n["change of network"]++
		}
	}
	for _, e := range p.Eligibilities {
		if e.StartReason == "Opened a ward that sends patients home" {
			n["became eligible later"]++
		}
		if e.EndReason == "Its discharge ward moved to another site" {
			n["no longer eligible"]++
		}
	}
}

func countPeople(p madeup.Programme, n map[string]int) {
	sites := map[string]bool{}
	for _, c := range p.Champions {
		sites[c.Site] = true
		if c.Deputy {
			n["deputy"]++
			if c.LeavingReason == "Became the champion" {
				n["deputy stepped up"]++
			}
			continue
		}
		n["champion"]++
		if !c.To.IsZero() {
			n["champion left"]++
		}
	}
	n["site without a champion"] = len(p.Sites) - len(sites)
}

func countReturns(p madeup.Programme, n map[string]int) {
	n["missing return"] = len(p.Missing)
	for _, r := range p.Returns {
		if r.Late() {
			n["late return"]++
		}
		if r.SentBy != r.Site {
			n["return sent by the successor"]++
		}
	}
	for _, c := range p.Restatements {
		n["restated "+c.Field]++
	}
	all := p.Restated()
	for i, r := range all {
		n["level "+string(rune('0'+r.Level))]++
		if i == 0 || all[i-1].Site != r.Site || r.Level >= all[i-1].Level {
			continue
		}
		n["level down"]++
		if p.Levels[all[i-1].Level].Adopted && !p.Levels[r.Level].Adopted {
			n["fell below the adopted level"]++
		}
	}
}

// adopted is the share of reporting sites that have adopted, in per cent, by period.
func adopted(p madeup.Programme, keep func(site string) bool) []float64 {
	count, all := map[period.Period]float64{}, map[period.Period]float64{}
	for _, r := range p.Restated() {
		if keep(r.Site) {
			all[r.Period]++
			if p.Levels[r.Level].Adopted {
				count[r.Period]++
			}
		}
	}
	var shares []float64
	for _, q := range p.Periods {
		shares = append(shares, 100*count[q]/max(1, all[q]))
	}
	return shares
}

// Adoption rises along an S: slowly in the first year, fast in the second and the third, slower again at the end. A single
// programme is too rough for that, so the shares are means over seeds.
func TestAdoptionFollowsAnS(t *testing.T) {
	const seeds = 30
	var mean [12]float64
	for seed := range uint64(seeds) {
		for i, share := range adopted(madeup.Generate(seed), func(string) bool { return true }) {
			mean[i] += share / seeds
		}
	}
	first, middle, last := (mean[3]-mean[0])/3, (mean[8]-mean[3])/5, (mean[11]-mean[9])/2
	if mean[0] > 6 || mean[11] < 50 || mean[11] > 80 || middle < 2*first || last > 0.9*middle {
		t.Errorf("rise a quarter %.1f, %.1f, %.1f; shares %.0f", first, middle, last, mean)
	}
}

// Champions and readiness speed adoption up in the pooled figures of a few seeds.
func TestWhatHelpsHelps(t *testing.T) {
	with, without := 0.0, 0.0
	for seed := range uint64(20) {
		p := madeup.Generate(seed)
		ready := map[string]string{}
		for _, s := range p.Sites {
			ready[s.Code] = s.Readiness
		}
		with += adopted(p, func(s string) bool { return ready[s] == madeup.HighReadiness })[7]
		without += adopted(p, func(s string) bool { return ready[s] == madeup.LowReadiness })[7]
	}
	if with < without+20*10 {
		t.Errorf("after two years %.0f%% of ready and %.0f%% of unready sites have adopted", with/20, without/20)
	}
}

func BenchmarkGenerate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		madeup.Generate(madeup.DefaultSeed)
	}
}
