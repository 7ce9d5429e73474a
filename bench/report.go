package main

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// report returns one finding a page: that of the role it costs most. Of pages
// alike, when they are a crowd, the costliest stands for all. Downloads are no
// pages and have no target.
func report(costs []cost) []Finding {
	worst := map[string]cost{}
	for _, c := range costs {
		if before, known := worst[c.path]; !known || c.milliseconds > before.milliseconds {
			worst[c.path] = c
		}
	}
	alike := map[string][]cost{}
	for _, p := range slices.Sorted(maps.Keys(worst)) {
		c := worst[p]
		alike[c.like()] = append(alike[c.like()], c)
	}
	var findings []Finding
	for _, like := range slices.Sorted(maps.Keys(alike)) {
		group := alike[like]
		if len(group) > crowd {
			most := slices.MaxFunc(group, func(a, b cost) int { return cmp.Compare(a.milliseconds, b.milliseconds) })
			findings = append(findings, most.finding(fmt.Sprintf(", the most of %d like it", len(group))))
			continue
		}
		for _, c := range group {
			findings = append(findings, c.finding(""))
		}
	}
	return findings
}

// like names what pages of one kind have in common: the folder they are in, or
// the page whose query varies; for downloads the media type. A page of the root
// is like no other.
func (c cost) like() string {
	bare, _, query := strings.Cut(c.path, "?")
	switch {
	case c.kind != page:
		return "download " + c.kind
	case query:
		return bare + "?"
	case path.Dir(bare) == "/":
		return bare
	}
	return path.Dir(bare) + "/"
}

// finding is the cost with the target for pages.
func (c cost) finding(note string) Finding {
	name := fmt.Sprintf("server CPU a request: %s as %s%s", c.path, c.role, note)
	if c.kind != page {
		return baseline(name, c.milliseconds, "ms")
	}
	return atMost(pageTarget, name, c.milliseconds, "ms")
}
