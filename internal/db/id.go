package db

import "github.com/google/uuid"

// NewID answers a new id: a UUID version 7 as text, which sorts by the time it
// was made and needs no sequence shared between instances.
func NewID() string {
	return uuid.Must(uuid.NewV7()).String()
}
