package auth

import (
	"context"
	"sync"
	"testing"
	"time"

	"sir/internal/audit"
	"sir/internal/db"
	"sir/internal/policy"
	"sir/internal/usecase"
)

// clock stands still until it is moved.
type clock struct {
	moving sync.Mutex
	at     time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.moving.Lock()
	defer c.moving.Unlock()
	return c.at
}

func (c *clock) move(by time.Duration) {
	c.moving.Lock()
	defer c.moving.Unlock()
	c.at = c.at.Add(by)
}

func serviceOn(d *db.DB, c *clock) *Service { return New(&usecase.Desk{DB: d, Now: c.now}) }

const rightPassword = "correct horse battery"

// rightHash is the hash of rightPassword, made once because it is dear.
var rightHash = sync.OnceValue(func() string {
	hash, err := hashPassword(context.Background(), rightPassword)
	if err != nil {
		panic(err)
	}
	return hash
})

// enrol adds an account with rightPassword and the grants.
func enrol(t testing.TB, s *Service, name string, grants ...policy.Grant) Account {
	t.Helper()
	account := Account{
		ID: db.NewID(), SignInName: name, Name: "Made-up " + name, Epoch: 1, CreatedAt: s.desk.Now(),
		Grants: grants, passwordHash: rightHash(),
	}
	if err := s.insertAccount(context.Background(), account); err != nil {
		t.Fatal(err)
	}
	return account
}

// addMembers adds two made-up members, for roles to be held for.
func addMembers(t testing.TB, d *db.DB) {
	t.Helper()
	for i, id := range []string{"m1", "m2"} {
		_, err := d.Exec(context.Background(), `
			INSERT INTO unit (id, key, kind, code, name, made_up, source) VALUES ($1, $2, 'member', $1, $1, TRUE, 'test')`, id, i+1)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// trail answers the audit trail as "action outcome object", oldest first.
func trail(t testing.TB, d *db.DB) (lines []string) {
	t.Helper()
	entries, err := audit.List(context.Background(), d, audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		e := entries[len(entries)-1-i]
		lines = append(lines, e.Action+" "+string(e.Outcome)+" "+e.Object)
	}
	return lines
}

func last(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}
