package main

import (
	"debug/buildinfo"
	"debug/elf"
	"fmt"
	"os"
)

// executable measures the file of the built program: its size in megabytes,
// how many shared libraries it needs, and whether it was built with cgo.
func executable(path string) ([]Finding, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("the program to measure: %w (make build)", err)
	}
	findings := []Finding{below(40, "size of the binary", float64(info.Size())/1e6, "MB")}

	file, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer file.Close()
	libraries, err := file.ImportedLibraries()
	if err != nil {
		return nil, fmt.Errorf("shared libraries of %s: %w", path, err)
	}
	findings = append(findings, atMost(0, "shared libraries that the binary needs", float64(len(libraries)), "libraries"))

	build, err := buildinfo.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("build of %s: %w", path, err)
	}
	cgo := 1.0
	for _, s := range build.Settings {
		if s.Key == "CGO_ENABLED" && s.Value == "0" {
			cgo = 0
		}
	}
	return append(findings, atMost(0, "cgo in the binary (0: built without)", cgo, "cgo")), nil
}
