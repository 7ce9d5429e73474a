package pattern

import (
	"crypto/sha256"
	"encoding/json"
	"sync"
)

// keptOverviews bounds how many overviews are kept in memory.
const keptOverviews = 32

// overviews keeps what Overview computed, by the content of its table: the
// analysis of one table is the same whoever asks, and is most of the work of
// the page that everybody opens first. A changed table has another key.
var overviews = memo{held: map[[sha256.Size]byte]Overview{}}

// memo is safe for concurrent use. What it answers is shared and must not be
// changed.
type memo struct {
	mu   sync.Mutex
	held map[[sha256.Size]byte]Overview
}

// keyOf is a hash of the whole table. ok is false where it cannot be written
// down, and nothing is then kept.
func keyOf(t CaseTable) (key [sha256.Size]byte, ok bool) {
	text, err := json.Marshal(t)
	return sha256.Sum256(text), err == nil
}

// get answers what is kept for the table, or computes and keeps it. Failures
// are not kept.
func (m *memo) get(t CaseTable, compute func() (Overview, error)) (Overview, error) {
	key, ok := keyOf(t)
	if !ok {
		return compute()
	}
	m.mu.Lock()
	found, held := m.held[key]
	m.mu.Unlock()
	if held {
		return found, nil
	}
	found, err := compute()
	if err != nil {
		return found, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.held) >= keptOverviews {
		clear(m.held)
	}
	m.held[key] = found
	return found, nil
}
