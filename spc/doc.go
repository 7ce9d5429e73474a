// Package spc is statistical process control for measures over time: run
// charts with the Anhøj rules, XmR charts with the rules and icons of NHS
// England's Making Data Count, P and P' charts. It imports only the standard
// library.
//
//	series, err := spc.ReadCSV(file, spc.Columns{Date: "month", Value: "referrals"})
//	series.Improvement = spc.Increase
//	series.Targets = []spc.Step{{Value: spc.Defined(50)}, {From: april, Value: spc.Defined(60)}}
//	analysis, err := spc.Analyse(series, spc.Settings{})
//
// One Analysis holds all that a chart, a table and an icon show, so that they
// cannot disagree. It marshals to JSON; a figure that is missing or cannot be
// computed is undefined and marshals to null (Figure). An error that data or
// settings caused is an ErrInput and says what to do.
//
// # Choices
//
// Where published tools differ, the package takes a side or leaves it to
// Settings, and Analysis.Rules says in a sentence what was chosen:
//
//   - A missing value breaks the sequence: both moving ranges that touch it are
//     dropped, and no trend or shift goes across (as NHSRplotthedots does with
//     moving ranges). An excluded point is taken out first, so that its
//     neighbours are consecutive (as qicharts2 does). Settings.Missing and
//     Settings.Excluded change that. The Anhøj rules always pass over both.
//   - Screening of moving ranges is off, as in the Making Data Count workbook;
//     NHSRplotthedots has it on (Settings.Screen).
//   - Limits are 2.66 average moving ranges away, not 3/1.128 of qicharts2
//     (Settings.Scaling). They are not cut at 0 or 100 on an XmR chart.
//   - A trend is 7 points; the workbook can be set to 6 (Settings.Trend).
//   - A baseline is the first N dates of each part, with or without a value.
//   - A target on a limit is hit or miss. Of a constant series the limits are
//     the mean, with screening, too, and a target on the mean is met.
//   - Without two values side by side there are no limits, and the icon says
//     that there is not enough data.
//   - A rebase on a date that the series does not have is an error.
//   - Two figures that differ by 1e-12 of the largest value are equal, so that
//     rounding does not lift a point off the mean.
//
// Limits and icons are given from two values on, with a warning below 13
// (ShortPart). A page should not show them before.
//
// # Files
//
//	series.go, target.go     a series and its checks; targets and trajectories by date
//	date.go, figure.go       days; numbers that may be missing
//	settings.go              choices, and the sentence that states them
//	analysis.go              from a series to a chart
//	limits.go                centre lines and limits
//	rules.go, icon.go        special causes; what the icons say
//	runs.go                  longest run and crossings
//	cumulative.go, curve.go  growth curves: known as such, time to a level, pace
//	warning.go, words.go     what a reader has to know; what icons and rules mean
//	csv.go, notation.go      reading files, steps and notes
//	errors.go                what was wrong with the input
//
// # Sources
//
// Wheeler (2003) Making Sense of Data; NHS England, Making Data Count;
// NHSRplotthedots 0.2.2; Anhøj and Olesen (2014) Run charts revisited;
// qicharts2 0.8.1; Laney (2002) Improved control charts for attributes.
package spc
