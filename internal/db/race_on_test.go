//go:build race

package db_test

// The race detector makes SQLite, which is Go here, some fifty times slower:
// the storm is smaller under it, and what no race can touch is left out.
const underRace = true
