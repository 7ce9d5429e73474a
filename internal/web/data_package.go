package web

import (
	"io"

	"sir/internal/adoption"
	"sir/internal/app"
	"sir/internal/web/shell"
)

// dataPackage downloads what a reader may see of a programme as a Frictionless
// data package, as it is read.
func dataPackage(a *app.App) func(*shell.Request) error {
	return func(r *shell.Request) error {
		return r.Stream("data-package.zip", "application/zip", func(w io.Writer) error {
			return a.Adoption.Package(r.Context(), r.Actor, r.PathValue("programme"), adoption.PackageChoice{}, w)
		})
	}
}
