package api

import "net/http"

// DocumentPath is where the OpenAPI document is, and DocsPath the page that
// people read.
const (
	DocumentPath = Prefix + "/openapi.json"
	DocsPath     = Prefix + "/docs"
)

// serveDocument answers the OpenAPI document, which is made once.
func (a *API) serveDocument() {
	a.mux.HandleFunc("GET "+DocumentPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json;version=3.1")
		w.Header().Set("Content-Disposition", `attachment; filename="sir-openapi.json"`)
		_, _ = w.Write(a.text) // the program may be gone by now
	})
}
