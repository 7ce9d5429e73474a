// Package stories tells what people do with SIR from end to end, in Chromium,
// on a fresh demonstration: every story on every database, once in a wide and
// once in a narrow window. `make story S=NAME` tells one and leaves a picture of
// every step in build/stories/NAME.
//
// A story is a list of steps in a file of its own, entered in the table in
// story_test.go. All but this file carries the build tag browser.
package stories
