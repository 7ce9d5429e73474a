// Package network has the page of the members: who they are, how openly each
// works to an approach, and whom the report's authors interviewed. Members stand
// in alphabetical order; made-up ones apart from the others.
package network
