package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"sir/qca"
	"sir/qca/drawn"
)

func init() { programs["growth"] = func(string) ([]Finding, error) { return growth() } }

// growth draws what the program qca measured, without measuring again, into
// docs/images: how the time grows with the number of cases and of conditions.
func growth() ([]Finding, error) {
	path := filepath.Join("build", "bench", "qca.json")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not there: measure first with make bench B=qca", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read what was measured: %w", err)
	}
	var measured []Finding
	if err := json.Unmarshal(text, &measured); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	peers, err := readRTimes()
	if err != nil {
		return nil, err
	}
	ours, theirs := timesOf(measured), make(map[string]cellTime, len(peers))
	for name, seconds := range peers {
		theirs[name] = cellTime{ms: seconds * 1000, proved: true}
	}
	panels := growthPanels(ours, theirs)
	for name, width := range map[string]float64{"qca-growth.svg": 640, "qca-growth-narrow.svg": 288} {
		if err := os.WriteFile(filepath.Join("docs", "images", name), []byte(drawGrowth(panels, width)), 0o640); err != nil {
			return nil, fmt.Errorf("write the plot: %w", err)
		}
	}
	points := 0
	for _, p := range panels {
		for _, s := range p.series {
			points += len(s.points)
		}
	}
	return []Finding{baseline("growth with k and n: points drawn", float64(points), "points")}, nil
}

// cellTime is the time of one solution of one table.
type cellTime struct {
	ms     float64
	proved bool
}

var measuredName = regexp.MustCompile(`^(\S+ k=\d+ n=\d+ \w+): (.*)$`)

// timesOf returns the measured times by cell and solution.
func timesOf(measured []Finding) map[string]cellTime {
	times := make(map[string]cellTime)
	for _, f := range measured {
		if m := measuredName.FindStringSubmatch(f.Name); m != nil && f.Unit == "ms" {
			times[m[1]] = cellTime{f.Value, !strings.Contains(m[2], "not proved minimal")}
		}
	}
	return times
}

// growthPanel is one plot: time against one size, a line for each of the other.
type growthPanel struct {
	title  string
	across string
	ticks  []int
	series []growthSeries
}

// growthSeries is one line; R's are the peer's.
type growthSeries struct {
	label  string
	style  int
	peer   bool
	points []growthPoint
}

type growthPoint struct {
	size, place int // place of the size among the ticks
	cellTime
}

// growthPanels are those of the structured data: by cases and by conditions,
// for the two solutions that need no expectation.
func growthPanels(ours, theirs map[string]cellTime) []growthPanel {
	ks, ns := []int{8, 12, 16, 20}, []int{30, 100, 300, 1000}
	var panels []growthPanel
	for i, kind := range []qca.SolutionKind{qca.Conservative, qca.Parsimonious} {
		name := []string{"Conservative", "Parsimonious"}[i]
		cell := func(k, n int) string { return qcaCell{drawn.Struct, k, n}.String() + " " + kind.String() }
		byCases := growthPanel{title: name + ", by cases", across: "cases (n)", ticks: ns}
		byConditions := growthPanel{title: name + ", by conditions", across: "conditions (k)", ticks: []int{8, 10, 12, 14, 16, 18, 20}}
		for i, k := range ks {
			byCases.add("k = "+strconv.Itoa(k), i, ours, theirs, func(n int) string { return cell(k, n) })
		}
		for i, n := range ns {
			byConditions.add("n = "+strconv.Itoa(n), i, ours, theirs, func(k int) string { return cell(k, n) })
		}
		panels = append(panels, byCases, byConditions)
	}
	return panels
}

// add adds a line of ours and, where R came to an end, one of its.
func (p *growthPanel) add(label string, style int, ours, theirs map[string]cellTime, name func(size int) string) {
	for _, times := range []map[string]cellTime{ours, theirs} {
		s := growthSeries{label: label, style: style, peer: len(p.series)%2 == 1}
		for i, size := range p.ticks {
			if time, ok := times[name(size)]; ok {
				s.points = append(s.points, growthPoint{size, i, time})
			}
		}
		p.series = append(p.series, s)
	}
}
