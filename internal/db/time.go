package db

import (
	"fmt"
	"time"
)

// Time stores an instant as whole microseconds since 1970 in UTC, in a BIGINT
// column, so that both engines keep, compare and aggregate it alike. Pass
// At(t) as an argument, and scan into (*Time)(&t); a NULL scans as the zero
// time, and the zero time is stored as NULL.
type Time time.Time

// At makes an argument for a query from t.
func At(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// Scan implements sql.Scanner.
func (t *Time) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time(time.UnixMicro(v).UTC())
	default:
		return fmt.Errorf("scan time: got %T, want microseconds as an integer", value)
	}
	return nil
}

// Text scans a text column in which NULL stands for "none" as an empty
// string; pass NullText to store it.
type Text string

// Scan implements sql.Scanner.
func (t *Text) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*t = ""
	case string:
		*t = Text(v)
	case []byte:
		*t = Text(v)
	default:
		return fmt.Errorf("scan text: got %T", value)
	}
	return nil
}

// NullText makes an argument that stores an empty string as NULL.
func NullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}
