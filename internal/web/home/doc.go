// Package home has the pages on which readers find their way: the start page
// with the loop and what is in each of its steps, and the landing pages of the
// steps Plan and Share, which lead to the shelves that serve them.
//
// They show what is loaded: a fresh instance without shelves gets pages that
// say how to fill it.
package home
