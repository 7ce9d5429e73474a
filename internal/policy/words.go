package policy

import "strings"

// Words says in plain words what an action is, such as "Disable an account".
// An action that is no longer in the table is its code.
func Words(action Action) string {
	words := table[action].words
	if words == "" {
		return string(action)
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
