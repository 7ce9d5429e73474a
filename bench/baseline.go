package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"

	"sir/stories/demoserver"
)

var styleSheet = regexp.MustCompile(`<link[^>]*href="(/[^"]+\.css[^"]*)"`)

// baselines measures, in the same run, what the same server spends on answers
// that take next to no work, and the memory it took to serve all.
func baselines(server *demoserver.Server) ([]Finding, error) {
	v, err := newVisitor(server.URL, "nobody")
	if err != nil {
		return nil, err
	}
	page, err := v.get(signInPath)
	if err != nil {
		return nil, err
	}
	match := styleSheet.FindStringSubmatch(page.body)
	if match == nil {
		return nil, fmt.Errorf("%s links to no style sheet", signInPath)
	}
	sheet, err := v.average(server.PID(), match[1], sureRequests)
	if err != nil {
		return nil, err
	}
	health, err := v.average(server.PID(), "/healthz", sureRequests)
	if err != nil {
		return nil, err
	}
	memory, err := peakMemory(server.PID())
	if err != nil {
		return nil, err
	}
	return []Finding{
		baseline("server CPU a request: the style sheet, a file", sheet, "ms"),
		baseline("server CPU a request: /healthz, a question to the database", health, "ms"),
		baseline("most memory the server held", memory, "MB"),
	}, nil
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory returns the megabytes a process held at most so far.
func peakMemory(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("memory of the server: %w", err)
	}
	match := highWater.FindSubmatch(status)
	if match == nil {
		return 0, fmt.Errorf("memory of the server: /proc/%d/status does not tell", pid)
	}
	kilobytes, err := strconv.ParseFloat(string(match[1]), 64)
	if err != nil {
		return 0, fmt.Errorf("memory of the server: %w", err)
	}
	return kilobytes * 1024 / 1e6, nil
}
