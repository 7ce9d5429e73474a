package auth

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"sir/internal/db"
	"sir/internal/fault"
)

// After the free failures each further one doubles the wait, from a second up
// to maxWait. Failures are forgotten after forgetAfter without a new one.
// They stand in the database, so that a restart does not reset them and all
// instances count together.
const (
	freeByAccount = 5
	freeByAddress = 20
	maxWait       = 15 * time.Minute
	forgetAfter   = 24 * time.Hour
)

type subject struct {
	key  string
	free int64
}

func subjects(name, address string) [2]subject {
	return [2]subject{
		{"account " + clip(name), freeByAccount},
		{"address " + clip(address), freeByAddress},
	}
}

// countAttempt counts an attempt as failed before its password is looked at,
// so that a hundred attempts at once do not slip through together; a
// successful one is taken back by forgetAttempt.
func (s *Service) countAttempt(ctx context.Context, name, address string) error {
	now := s.desk.Now()
	return s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		for _, subject := range subjects(name, address) {
			if err := s.countFailure(ctx, subject, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) countFailure(ctx context.Context, subject subject, now time.Time) error {
	var failures int64
	var last time.Time
	// Changing nothing locks the row, so that attempts at the same moment, also
	// on other instances, are counted one after another.
	err := s.desk.DB.Row(ctx, `
		INSERT INTO sign_in_failure (subject, failures, last_at) VALUES ($1, 0, $2)
		ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failure.failures RETURNING failures, last_at`,
		subject.key, db.At(now)).Scan(&failures, (*db.Time)(&last))
	if err != nil {
		return fmt.Errorf("read sign-in failures: %w", err)
	}
	if now.Sub(last) > forgetAfter {
		failures = 0
	}
	if wait := last.Add(waitAfter(failures - subject.free)).Sub(now); failures >= subject.free && wait > 0 {
		return fault.TooMany("There were too many failed attempts. Wait %s, then try again.", inWords(wait))
	}
	err = s.desk.DB.ExecOne(ctx, `UPDATE sign_in_failure SET failures = $1, last_at = $2 WHERE subject = $3`,
		failures+1, db.At(now), subject.key)
	if err != nil {
		return fmt.Errorf("count sign-in attempt: %w", err)
	}
	return nil
}

// waitAfter is how long to wait after the last attempt, for a number of
// failures beyond the free ones.
func waitAfter(beyond int64) time.Duration {
	if beyond < 0 {
		return 0
	}
	return min(time.Second<<min(beyond, 20), maxWait)
}

// forgetAttempt clears the account's failures after a success, and takes back
// the one that countAttempt noted for the address.
func (s *Service) forgetAttempt(ctx context.Context, name, address string) error {
	both := subjects(name, address)
	return s.desk.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.desk.DB.Exec(ctx, `DELETE FROM sign_in_failure WHERE subject = $1 OR last_at < $2`,
			both[0].key, db.At(s.desk.Now().Add(-forgetAfter)))
		if err != nil {
			return fmt.Errorf("clear sign-in failures: %w", err)
		}
		_, err = s.desk.DB.Exec(ctx, `UPDATE sign_in_failure SET failures = failures - 1 WHERE subject = $1 AND failures > 0`, both[1].key)
		if err != nil {
			return fmt.Errorf("clear sign-in failures: %w", err)
		}
		return nil
	})
}

// inWords rounds a wait up, so that who waits that long need not wait again.
func inWords(wait time.Duration) string {
	switch seconds := int((wait + time.Second - 1) / time.Second); {
	case seconds == 1:
		return "1 second"
	case seconds < 90:
		return fmt.Sprintf("%d seconds", seconds)
	default:
		return fmt.Sprintf("%d minutes", (seconds+59)/60)
	}
}

// printable drops what has no place in a log line or a key.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
