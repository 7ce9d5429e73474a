package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"

	"sir/internal/fault"
)

// Paging is how much of a list is asked for, and from where on.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many items."`
	Cursor string `query:"cursor" maxLength:"400" doc:"Where to go on: follow the link with rel=next rather than making one."`
}

// Linked carries the link to the next page.
type Linked struct {
	Link string `header:"Link" doc:"The next page, with rel=next; left out on the last." example:"</api/v1/organisations?cursor=x&limit=100>; rel=\"next\""`
}

// place reads a cursor into the place that it was made from.
func (p Paging) place(into any) error {
	if p.Cursor == "" {
		return nil
	}
	text, err := base64.RawURLEncoding.Strict().DecodeString(p.Cursor)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fault.Invalid("The cursor is none of ours: follow the link with rel=next, or leave it out to start at the beginning.")
	}
	return nil
}

// next links to the page after a place.
func next(ctx context.Context, limit int, place any) (Linked, error) {
	text, err := json.Marshal(place)
	if err != nil {
		return Linked{}, err
	}
	u, err := url.Parse(addressIn(ctx))
	if err != nil {
		return Linked{}, err
	}
	query := u.Query()
	query.Set("limit", strconv.Itoa(limit))
	query.Set("cursor", base64.RawURLEncoding.EncodeToString(text))
	u.RawQuery = query.Encode()
	return Linked{Link: "<" + u.String() + `>; rel="next"`}, nil
}

func addressIn(ctx context.Context) string {
	if a := askedIn(ctx); a != nil {
		return a.address
	}
	return ""
}
