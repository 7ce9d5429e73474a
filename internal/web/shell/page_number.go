package shell

import (
	"strconv"

	"sir/internal/fault"
)

// PageNumber answers which page of a list the address asks for, from 1.
func (r *Request) PageNumber() (int, error) {
	text, err := r.Choice("page")
	if err != nil || text == "" {
		return 1, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxPage {
		return 0, fault.NotFound("The list has no such page.")
	}
	return n, nil
}

const maxPage = 100_000
