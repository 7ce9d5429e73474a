package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sir/qca/replicate"
)

// qcaReplicate is where the files for repeating an analysis go.
type qcaReplicate struct {
	Replicate string `placeholder:"DIR" help:"Write data, settings, an R script and files for TOSMANA and fs/QCA to this new or empty folder, so that others can repeat the analysis."`
}

// check refuses, before any work, a folder that cannot be written.
func (r qcaReplicate) check() error {
	if r.Replicate == "" {
		return nil
	}
	entries, err := os.ReadDir(r.Replicate)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return r.checkParent()
	case err != nil:
		return inputError{fmt.Errorf("--replicate %s: %w; name a new or empty folder", r.Replicate, reason(err))}
	case len(entries) > 0:
		return inputError{fmt.Errorf("--replicate %s: the folder is not empty (it holds %s); name a new or empty one", r.Replicate, entries[0].Name())}
	}
	return nil
}

// checkParent tries whether a folder can be made beside the one to come.
func (r qcaReplicate) checkParent() error {
	trial, err := os.MkdirTemp(filepath.Dir(filepath.Clean(r.Replicate)), ".sir-replicate-*")
	if err == nil {
		err = os.Remove(trial)
	}
	if err != nil {
		return inputError{fmt.Errorf("--replicate %s: %w; name a folder in one that can be written", r.Replicate, reason(err))}
	}
	return nil
}

// note says where the bundle is.
func (r qcaReplicate) note() []string {
	if r.Replicate == "" {
		return nil
	}
	return []string{"The files for repeating it are in " + r.Replicate + "."}
}

// save writes the bundle of an analysis: to a folder beside the one asked for,
// which takes its name once all is written.
func (r qcaReplicate) save(a replicate.Analysis) error {
	if r.Replicate == "" {
		return nil
	}
	a.Version, a.Command = version, append([]string{"sir"}, os.Args[1:]...)
	files, err := a.Files()
	if err != nil {
		return fmt.Errorf("--replicate: %w", err)
	}
	target := filepath.Clean(r.Replicate)
	if err := writeFolder(target, files); err != nil {
		return fmt.Errorf("--replicate %s: %w", r.Replicate, err)
	}
	return nil
}

func writeFolder(target string, files []replicate.File) (err error) {
	beside, err := os.MkdirTemp(filepath.Dir(target), ".sir-replicate-*")
	if err != nil {
		return reason(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(beside)) }()
	folder := filepath.Join(beside, "bundle")
	if err := os.Mkdir(folder, 0o750); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.Name), f.Content, 0o640); err != nil {
			return err
		}
	}
	// Removes an empty folder only; one that was filled meanwhile stays.
	if err := os.Remove(target); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(folder, target)
}
