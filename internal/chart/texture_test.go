package chart

import (
	"regexp"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// Textures differ from each other, and neighbouring levels have different ones.
func TestTexturesDiffer(t *testing.T) {
	drawn := map[string]texture{}
	for tx := noTexture; tx <= lattice; tx++ {
		d := tx.path(0, 0, 30, 20)
		if other, ok := drawn[d]; ok {
			t.Errorf("texture %d is drawn like %d", tx, other)
		}
		drawn[d] = tx
	}
	for i := 1; i < len(levelPatches)-1; i++ {
		if levelPatches[i].texture == levelPatches[i-1].texture {
			t.Errorf("levels %d and %d have the same texture", i, i+1)
		}
	}
}

var corner = regexp.MustCompile(`[ML](-?[\d.]+) (-?[\d.]+)`)

// A texture stays inside its rectangle.
func TestTextureStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.Float64Range(0, 200).Draw(t, "width"), rapid.Float64Range(0, 60).Draw(t, "height")
		tx := texture(rapid.IntRange(0, int(lattice)).Draw(t, "texture"))
		for _, m := range corner.FindAllStringSubmatch(tx.path(10, 20, width, height), -1) {
			x, _ := strconv.ParseFloat(m[1], 64)
			y, _ := strconv.ParseFloat(m[2], 64)
			if x < 9.9 || x > 10.1+width || y < 19.9 || y > 20.1+height {
				t.Fatalf("texture %d of %v by %v reaches %s", tx, width, height, m[0])
			}
		}
	})
}
