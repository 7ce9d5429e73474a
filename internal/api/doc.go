// Package api serves /api/v1, by which programs send returns and read figures.
//
// A program brings a key (see auth.Token) in the Authorization header and acts
// as its account; cookies count for nothing here, and no other site's pages
// are let in. Every route goes through the use cases of an area, as pages do.
// What goes wrong is a problem of RFC 9457, whose status comes from the same
// table as that of a page. An answer to a GET has an entity tag.
//
// The routes are declared with huma, which reads and checks what comes in and
// writes the OpenAPI document; routes.go lists them all.
package api
