// Package shell is what all pages share: how a route is declared, who is
// asking, how a page is rendered, and how an error becomes a status, a page
// and a log line.
//
// A page package (web/adoption, web/account ...) declares Routes; package web
// puts them together. A handler answers an error instead of writing one. Each
// route names the policy action it serves; whoever could not do that action to
// anything is refused before the handler runs, and the use case behind it
// checks the very object.
package shell
