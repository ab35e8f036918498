package draw

import (
	"fmt"
	"strconv"
)

type rgb struct{ r, g, b float64 } // 0 to 255, sRGB

var (
	ink   = rgb{38, 32, 28}
	white = rgb{255, 255, 255}
	warm  = rgb{236, 233, 228} // the studio
)

// parse reads "#rrggbb"; anything else is mid-grey.
func parse(hex string) rgb {
	if len(hex) == 7 && hex[0] == '#' {
		if n, err := strconv.ParseUint(hex[1:], 16, 32); err == nil {
			return rgb{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255)}
		}
	}
	return rgb{140, 138, 134}
}

func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(c.r+.5), int(c.g+.5), int(c.b+.5))
}

// mix goes from c towards d by t, 0 to 1.
func (c rgb) mix(d rgb, t float64) rgb {
	return rgb{c.r + (d.r-c.r)*t, c.g + (d.g-c.g)*t, c.b + (d.b-c.b)*t}
}

// light is how bright the eye finds c, 0 to 1.
func (c rgb) light() float64 { return (.2126*c.r + .7152*c.g + .0722*c.b) / 255 }

// tones are the colours that one cloth needs.
type tones struct{ base, line, seam, shade, glow, inner rgb }

// tonesOf derives them. Seams on dark cloth are lighter than the cloth, or nobody would see them.
func tonesOf(c rgb) tones {
	if c.light() < .26 {
		return tones{c, c.mix(ink, .6), c.mix(white, .19), c.mix(rgb{}, .5), c.mix(white, .2), c.mix(rgb{}, .42)}
	}
	depth := .16 + .1*(1-c.light())
	return tones{c, c.mix(ink, .5), c.mix(ink, .3), c.mix(ink, depth), c.mix(white, .5), c.mix(ink, .34)}
}
