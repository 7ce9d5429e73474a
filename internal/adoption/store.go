package adoption

import (
	"fmt"

	"sir/internal/period"
)

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// periodKey scans a period's integer key; null is the zero Period.
type periodKey struct{ p *period.Period }

// Scan implements sql.Scanner.
func (k periodKey) Scan(value any) error {
	if value == nil {
		*k.p = period.Period{}
		return nil
	}
	key, ok := value.(int64)
	if !ok {
		return fmt.Errorf("scan period: got %T", value)
	}
	p, err := period.FromKey(int(key))
	*k.p = p
	return err
}
