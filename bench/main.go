// Command bench runs one benchmark program and writes what it measured to
// build/bench/NAME.json: `make bench B=NAME`. It fails when a target does not
// hold.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// programs are the benchmarks by name. Each measures the built program and
// returns its findings.
var programs = map[string]func(binary string) ([]Finding, error){
	"adoption": adoptionAtScale,
	"pages":    pages,
	"users":    manyUsers,
}

func main() {
	name := flag.String("name", "", "the benchmark to run")
	binary := flag.String("binary", filepath.Join("bin", "sir"), "the program to measure")
	flag.Parse()
	if err := run(*name, *binary); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(name, binary string) error {
	program, known := programs[name]
	if !known {
		return fmt.Errorf("there is no benchmark %q; there are: %s (make bench B=NAME)",
			name, strings.Join(slices.Sorted(maps.Keys(programs)), ", "))
	}
	findings, err := program(binary)
	if err != nil {
		return fmt.Errorf("benchmark %s: %w", name, err)
	}
	path := filepath.Join("build", "bench", name+".json")
	if err := write(path, findings); err != nil {
		return err
	}
	show(os.Stdout, findings)
	fmt.Println("Written to", path)
	return verdict(findings)
}
