package api

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"sir/internal/app"
	"sir/internal/policy"
)

// Prefix is the path under which the whole of the API lies.
const Prefix = "/api/v1"

// Options are how the API is served.
type Options struct {
	Version string
	Log     *slog.Logger
	Secure  bool                       // reached over HTTPS
	Address func(*http.Request) string // where a request comes from
}

// API answers the requests of programs.
type API struct {
	app      *app.App
	options  Options
	mux      *http.ServeMux
	routes   []Route
	document *huma.OpenAPI
	text     []byte // the document as JSON
}

// Route is one operation with the action that it serves.
type Route struct {
	Method  string
	Pattern string
	Summary string
	Action  policy.Action
}

// New makes the API. It fails when a route names no known action.
func New(a *app.App, options Options) (*API, error) {
	useProblems()
	api := &API{app: a, options: options, mux: http.NewServeMux()}
	made := humago.New(api.mux, configuration(options.Version))
	api.document = made.OpenAPI()
	api.register(made)
	for _, route := range api.routes {
		if !policy.Known(route.Action) {
			return nil, fmt.Errorf("route %s %s names the action %q, which the policy does not know", route.Method, route.Pattern, route.Action)
		}
	}
	var err error
	if api.text, err = json.MarshalIndent(api.document, "", "  "); err != nil {
		return nil, fmt.Errorf("write the OpenAPI document: %w", err)
	}
	return api, nil
}

const about = "Send returns to SIR and read its figures. Every request but this document carries a key in the header " +
	"`Authorization: Bearer sir_...`; make one on the page Your account. What goes wrong is answered as application/problem+json (RFC 9457). " +
	"Lists are read in pages: follow the link with rel=next in the header Link until there is none. Answers have an ETag: send it back as If-None-Match, " +
	"and 304 says that nothing changed."

// configuration leaves out what huma would serve by itself: its page loads
// scripts from elsewhere.
func configuration(version string) huma.Config {
	config := huma.DefaultConfig("SIR", version)
	config.Info.Description = about
	config.DocsPath, config.SchemasPath, config.OpenAPIPath = "", "", ""
	config.CreateHooks, config.Transformers = nil, nil
	config.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", Description: "A key, made on the page Your account."},
	}
	config.Security = []map[string][]string{{"key": {}}}
	return config
}

// Routes lists every operation.
func (a *API) Routes() []Route { return a.routes }

// Document is the OpenAPI document.
func (a *API) Document() *huma.OpenAPI { return a.document }

// Serves tells whether a path belongs to the API. The page that people read,
// with or without a slash at its end, does not.
func Serves(path string) bool {
	return (path == Prefix || strings.HasPrefix(path, Prefix+"/")) && strings.TrimRight(path, "/") != DocsPath
}
