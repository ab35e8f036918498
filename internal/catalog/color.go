package catalog

import (
	"math"
	"strconv"
	"strings"
)

// Family is a colour as people look for it: makers call it 오트밀 or 크림, a shopper says 베이지.
type Family string

// The families, in the order in which they are shown.
const (
	Black  Family = "black"
	Grey   Family = "grey"
	White  Family = "white"
	Ivory  Family = "ivory"
	Beige  Family = "beige"
	Brown  Family = "brown"
	Red    Family = "red"
	Pink   Family = "pink"
	Orange Family = "orange"
	Yellow Family = "yellow"
	Green  Family = "green"
	Khaki  Family = "khaki"
	Sky    Family = "sky"
	Blue   Family = "blue"
	Navy   Family = "navy"
	Purple Family = "purple"
)

// Families lists every family, in their order.
var Families = []Family{Black, Grey, White, Ivory, Beige, Brown, Red, Pink, Orange, Yellow, Green, Khaki, Sky, Blue, Navy, Purple}

// Family returns the family that the colour's swatch belongs to. A colour without a readable swatch is grey.
func (c Color) Family() Family {
	h, s, l := hsl(c.Hex)
	chroma := s * (1 - math.Abs(2*l-1)) // light colours seem less coloured than their saturation says
	switch {
	case l < .17 && s < .35:
		return Black
	case l > .95:
		return White
	case l > .82 && h >= 25 && h < 75 && chroma < .15:
		return Ivory
	case s < .1:
		return Grey
	}
	return hued(h, s, l)
}

// hued names a colour that has a hue, in degrees.
func hued(h, s, l float64) Family {
	switch {
	case h < 12 || h >= 345:
		return reddish(s, l)
	case h < 40:
		return earthy(h, s, l)
	case h < 68:
		return yellowish(s, l)
	case h < 170:
		return Green
	case h < 255:
		return bluish(s, l)
	case h < 300:
		return Purple
	case l > .55:
		return Pink
	}
	return Purple
}

func reddish(s, l float64) Family {
	switch {
	case l > .68:
		return Pink
	case s < .25:
		return Brown
	}
	return Red
}

func earthy(h, s, l float64) Family {
	switch {
	case l > .62 && s < .55:
		return Beige
	case l > .45 && s > .45 && h < 30:
		return Orange
	case l > .45 && s > .6:
		return Orange
	}
	return Brown
}

func yellowish(s, l float64) Family {
	switch {
	case l < .52 && s < .4:
		return Khaki
	case l > .6 && s < .42:
		return Beige
	}
	return Yellow
}

func bluish(s, l float64) Family {
	switch {
	case l < .32:
		return Navy
	case l > .6:
		return Sky
	case s < .1:
		return Grey
	}
	return Blue
}

// hsl reads "#rrggbb" as hue in degrees, saturation and lightness from 0 to 1.
func hsl(hex string) (h, s, l float64) {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		return 0, 0, .5
	}
	r, g, b := float64(n>>16)/255, float64(n>>8&255)/255, float64(n&255)/255
	top, low := max(r, g, b), min(r, g, b)
	l = (top + low) / 2
	d := top - low
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch top {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h * 60, s, l
}
