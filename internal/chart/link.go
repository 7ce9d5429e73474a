package chart

import (
	"fmt"
	"strings"
)

// validateLink refuses what does not stay on this service. An address from a user's text must not lead elsewhere or run.
func validateLink(where, href string) error {
	local := strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") && !strings.HasPrefix(href, `/\`)
	if href == "" || local || href[0] == '?' || href[0] == '#' {
		return nil
	}
	return fmt.Errorf("%w: %.60q leads to %.60q; use an address that starts with one slash, ? or #", ErrInvalid, where, href)
}

// link is the address where the chart may lead: none in a file that left its page.
func (f Frame) link(href string) string {
	if f.Heading {
		return ""
	}
	return href
}

// item is a part of the chart with a name of its own.
type item struct {
	label string // accessible name
	href  string // where it leads; always a stop for the keyboard
	stop  bool
}

// openItem starts an item that closeItem ends.
func (c *canvas) openItem(it item) {
	attrs := []attr{s("class", "sir-chart__item")}
	if it.href != "" {
		c.tag("a", append(attrs, s("href", it.href), s("aria-label", it.label)))
		c.raw(">\n")
		return
	}
	attrs = append(attrs, s("role", "graphics-object"), s("aria-label", it.label))
	if it.stop {
		attrs = append(attrs, s("tabindex", "0"))
	}
	c.openGroup(attrs...)
}

func (c *canvas) closeItem(it item) {
	if it.href != "" {
		c.close("a")
		return
	}
	c.close("g")
}

// hit is the area that the pointer and the focus light up.
func (c *canvas) hit(x, y, width, height float64) {
	c.empty("rect", s("class", "sir-chart__hit"), n("x", x), n("y", y), n("width", width), n("height", height),
		s("fill", "none"), s("fill-opacity", "0.5"), s("pointer-events", "all"))
}
