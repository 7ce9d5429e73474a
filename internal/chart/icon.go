package chart

import (
	"fmt"
	"io"
	"strings"
)

// Variation is what the latest point of a series says.
type Variation uint8

// The classes of variation of Making Data Count, and the lack of one.
const (
	VariationUnknown Variation = iota // not enough data
	VariationCommon
	ImprovementHigh
	ImprovementLow
	ConcernHigh
	ConcernLow
	UnusualHigh // special cause, where neither direction is better
	UnusualLow
)

// Assurance is whether a process as it is will meet its target.
type Assurance uint8

// The classes of assurance of Making Data Count, and the lack of one.
const (
	AssuranceNone Assurance = iota // no target, no direction, or not enough data
	Passes
	Fails
	HitOrMiss
)

// Icon is a small picture of one class, for a cell of a table or a heading. Its frame and its drawing differ by class, so
// that it can be read without colour. Exactly one of the classes is shown: that which Kind names.
type Icon struct {
	Kind      IconKind
	Variation Variation
	Assurance Assurance
	About     string // whose: "Referrals, Alder network"; begins the text alternative
	Silent    bool   // has no text alternative: the same words stand beside it
}

// IconKind says which class an icon shows.
type IconKind uint8

// The two kinds of icons.
const (
	ShowVariation IconKind = iota
	ShowAssurance
)

// iconLook is one drawing. Frames are drawn round a square of 32; all strokes keep 3:1 on white and on their own tint.
type iconLook struct {
	word, meaning string
	frame         string // path of the outline
	colour, tint  string
	dash          string
	lines         string // path of the drawing inside
}

const (
	roundFrame   = "M3 16a13 13 0 1 0 26 0a13 13 0 1 0 -26 0z"
	squareFrame  = "M6 4h20a2 2 0 0 1 2 2v20a2 2 0 0 1 -2 2h-20a2 2 0 0 1 -2 -2v-20a2 2 0 0 1 2 -2z"
	diamondFrame = "M16 1.5l14.5 14.5l-14.5 14.5l-14.5 -14.5z"
	hexFrame     = "M9 3.5h14l7.5 12.5l-7.5 12.5h-14l-7.5 -12.5z"

	upLines   = "M9.5 20.5h13M16 20.5v-11M11.5 13.5l4.5 -4.5l4.5 4.5"
	downLines = "M9.5 11.5h13M16 11.5v11M11.5 18.5l4.5 4.5l4.5 -4.5"

	greyLine, greyTint     = "#4c6272", "#f0f4f5"
	blueLine, blueTint     = "#005eb8", "#e1effa"
	orangeLine, orangeTint = "#a34700", "#fdebd8"
	purpleLine, purpleTint = "#330072", "#ece5f3"
)

var variationLooks = [...]iconLook{
	VariationUnknown: {"not enough data", "There are too few points to say.", roundFrame, greyLine, "#ffffff", "3 3", "M10 16h0.1M16 16h0.1M22 16h0.1"},
	VariationCommon: {"common cause", "The values vary as they always have: no significant change.", roundFrame, greyLine, greyTint, "",
		"M7.5 17l3.5 -4l3.5 6l3.5 -6l3.5 6l3 -4"},
	ImprovementHigh: {"improvement, higher", "A significant change for the better: the values are higher.", squareFrame, blueLine, blueTint, "", upLines},
	ImprovementLow:  {"improvement, lower", "A significant change for the better: the values are lower.", squareFrame, blueLine, blueTint, "", downLines},
	ConcernHigh:     {"concern, higher", "A significant change for the worse: the values are higher.", diamondFrame, orangeLine, orangeTint, "", upLines},
	ConcernLow:      {"concern, lower", "A significant change for the worse: the values are lower.", diamondFrame, orangeLine, orangeTint, "", downLines},
	UnusualHigh:     {"change, higher", "A significant change, neither better nor worse: the values are higher.", hexFrame, purpleLine, purpleTint, "", upLines},
	UnusualLow:      {"change, lower", "A significant change, neither better nor worse: the values are lower.", hexFrame, purpleLine, purpleTint, "", downLines},
}

var assuranceLooks = [...]iconLook{
	AssuranceNone: {"no assurance shown", "There is no target, or there are too few points to say.", roundFrame, greyLine, "#ffffff", "3 3", "M11 16h10"},
	Passes:        {"passes the target", "If nothing changes, the target will be met every time.", squareFrame, blueLine, blueTint, "", "M9.5 16.5l4.5 5l8.5 -10.5"},
	Fails:         {"fails the target", "If nothing changes, the target will be missed every time.", diamondFrame, orangeLine, orangeTint, "", "M11 11l10 10M21 11l-10 10"},
	HitOrMiss: {"hit or miss", "If nothing changes, the target will sometimes be met and sometimes be missed.", roundFrame, greyLine, greyTint, "",
		"M12 12.5a4 4 0 1 1 5.7 3.6q-1.7 0.9 -1.7 2.7M16 23h0.1"},
}

// Word is the class in a few words: "improvement, lower".
func (v Variation) Word() string { return variationLooks[v].word }

// Meaning is the class in a sentence.
func (v Variation) Meaning() string { return variationLooks[v].meaning }

// Word is the class in a few words: "hit or miss".
func (a Assurance) Word() string { return assuranceLooks[a].word }

// Meaning is the class in a sentence.
func (a Assurance) Meaning() string { return assuranceLooks[a].meaning }

// VariationIcon is the icon of a variation; about says whose it is.
func VariationIcon(v Variation, about string) Icon {
	return Icon{Kind: ShowVariation, Variation: v, About: about}
}

// AssuranceIcon is the icon of an assurance; about says whose it is.
func AssuranceIcon(a Assurance, about string) Icon {
	return Icon{Kind: ShowAssurance, Assurance: a, About: about}
}

// Validate wraps ErrInvalid when the class is unknown.
func (ic Icon) Validate() error {
	known := int(ic.Variation) < len(variationLooks) && int(ic.Assurance) < len(assuranceLooks) && ic.Kind <= ShowAssurance
	if !known {
		return fmt.Errorf("%w: icon of kind %d, variation %d, assurance %d is unknown", ErrInvalid, ic.Kind, ic.Variation, ic.Assurance)
	}
	return nil
}

// Render writes one SVG element of 32 by 32 units.
func (ic Icon) Render(w io.Writer) error {
	if err := ic.Validate(); err != nil {
		return err
	}
	look := variationLooks[ic.Variation]
	if ic.Kind == ShowAssurance {
		look = assuranceLooks[ic.Assurance]
	}
	c := &canvas{buf: make([]byte, 0, 768)}
	c.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	c.attrs(s("class", "sir-icon"), s("viewBox", "0 0 32 32"), n("width", 32), n("height", 32))
	if ic.Silent {
		c.attrs(s("aria-hidden", "true"))
	} else {
		c.attrs(s("role", "img"), s("aria-label", ic.alternative(look)))
	}
	c.raw(">\n")
	if !ic.Silent {
		c.element("title", ic.alternative(look))
	}
	look.draw(c)
	c.raw("</svg>\n")
	_, err := w.Write(c.buf)
	return err
}

func (ic Icon) alternative(look iconLook) string {
	if strings.TrimSpace(ic.About) == "" {
		return sentence(look.word)
	}
	return phrase(ic.About) + ": " + look.word
}

func (look iconLook) draw(c *canvas) {
	c.tag("path", []attr{s("d", look.frame), s("fill", look.tint), s("stroke", look.colour), n("stroke-width", 2), s("stroke-linejoin", "round")})
	if look.dash != "" {
		c.attrs(s("stroke-dasharray", look.dash))
	}
	c.raw("/>\n")
	c.empty("path", s("d", look.lines), s("fill", "none"), s("stroke", look.colour), n("stroke-width", 2.5), s("stroke-linecap", "round"), s("stroke-linejoin", "round"))
}
