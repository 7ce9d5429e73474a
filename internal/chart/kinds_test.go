package chart_test

import (
	"testing"

	"sir/internal/chart"
)

// kinds are the charts with a table beside them, by the name of their golden files. Every one goes through the golden,
// hostile-text, fuzz and benchmark tests, in every layout.
func kinds(t testing.TB) map[string]chart.Responsive {
	return map[string]chart.Responsive{
		"control":      sampleControl(),
		"run":          sampleRun(),
		"scurve":       sampleCurves(t),
		"elapsed":      sampleElapsed(),
		"heatmap":      sampleHeat(12),
		"heatmap-long": sampleHeat(30),
		"tilemap":      sampleTiles(true),
		"tilegrid":     sampleTiles(false),
		"levels":       sampleLevels(),
		"targetbars":   sampleBars(),
		"groupdots":    sampleGroups(),
		"tree":         sampleTree(),
		"timeline":     sampleTimeline(),
	}
}

// hostile are the same kinds with text wherever a user's may stand.
func hostile(t testing.TB, text string) []chart.Responsive {
	return []chart.Responsive{
		hostileControl(text),
		hostileCurves(t, text), hostileElapsed(text),
		hostileHeat(text), hostileTiles(text), hostileLevels(text), hostileBars(text), hostileGroups(text), hostileTree(text), hostileTimeline(text),
	}
}

func hostileFrame(text string) chart.Frame {
	return chart.Frame{ID: "hostile", Title: text, Note: text, Heading: true}
}

var allLayouts = map[string]chart.Layout{"wide": chart.Wide, "narrow": chart.Narrow, "full": chart.Full}
