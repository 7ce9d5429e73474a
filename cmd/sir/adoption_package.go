package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sir/internal/adoption"
	"sir/internal/app"
)

type adoptionPackageCommand struct {
	Programme string `required:"" help:"Code of the programme, such as tcam."`
	Out       string `required:"" placeholder:"FILE" help:"The ZIP file to write. One that is there already is replaced once the new one is whole."`
	Licence   string `placeholder:"ID" help:"Licence under which you publish, such as OGL-UK-3.0. Made-up data are CC0-1.0 unless you say otherwise."`
}

func (adoptionPackageCommand) Help() string {
	return `Examples:
  sir adoption package --programme tcam --out tcam.zip --licence OGL-UK-3.0
  sir adoption package --programme example --out example.zip

A Frictionless data package: CSV files with rates and their parts, targets, measures, levels, periods,
organisations, observations of sites and restatements, and datapackage.json, which says what each column
means. It holds what the command line may see, which is every site: think before you publish it.`
}

func (c adoptionPackageCommand) Run(env *environment) error {
	return env.with(func(a *app.App) error {
		err := writeWhole(c.Out, func(w io.Writer) error {
			return a.Adoption.Package(env.ctx, system(), c.Programme, adoption.PackageChoice{Licence: c.Licence}, w)
		})
		if err != nil {
			return inputError{err}
		}
		_, err = fmt.Fprintf(env.out, "Wrote %s\n", c.Out)
		return err
	})
}

// writeWhole writes a file that is there whole or not at all: first under
// another name beside it, then in its place.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("make a file beside %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
	}()
	if err := write(file); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("put %s in its place: %w", path, err)
	}
	return nil
}
