package auth

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"maps"
	"slices"
	"time"
)

// sessionCodec writes what a session holds so that equal content is equal
// bytes: with the keys in order. The codec of scs writes a map as it comes, by
// which every page view would look like a change to be kept.
type sessionCodec struct{}

type sessionContent struct {
	Deadline time.Time
	Keys     []string
	Values   []any
}

// Encode implements scs.Codec.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	content := sessionContent{Deadline: deadline, Keys: slices.Sorted(maps.Keys(values))}
	for _, key := range content.Keys {
		content.Values = append(content.Values, values[key])
	}
	var text bytes.Buffer
	if err := gob.NewEncoder(&text).Encode(content); err != nil {
		return nil, fmt.Errorf("encode session: %w", err)
	}
	return text.Bytes(), nil
}

// Decode implements scs.Codec.
func (sessionCodec) Decode(data []byte) (deadline time.Time, values map[string]any, err error) {
	var content sessionContent
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&content); err != nil {
		return time.Time{}, nil, fmt.Errorf("decode session: %w", err)
	}
	if len(content.Keys) != len(content.Values) {
		return time.Time{}, nil, fmt.Errorf("decode session: %d keys for %d values", len(content.Keys), len(content.Values))
	}
	values = make(map[string]any, len(content.Keys))
	for i, key := range content.Keys {
		values[key] = content.Values[i]
	}
	return content.Deadline, values, nil
}
