package draw

import (
	"fmt"
	"strings"
)

// patterns defines the cloth's pattern up to three times: upright for the body, turned along the right and the left sleeve.
func (c *canvas) patterns() {
	tile, w, h := c.tile()
	if tile == "" {
		return
	}
	turn := sleeveAngle(c.Spec)
	for i, id := range []string{"p", "q", "r"} {
		angle := []float64{0, -turn, turn}[i]
		if c.Pattern == Twill {
			angle -= 35
		}
		c.put(`<pattern id="%s" width="%d" height="%d" patternUnits="userSpaceOnUse" patternTransform="rotate(%.3g)">%s</pattern>`, id, w, h, angle, tile)
		if c.seamless() {
			return
		}
	}
}

// seamless says that one pattern is enough: there are no sleeves, or the print has no direction.
func (c *canvas) seamless() bool {
	_, worn := habits[c.Kind]
	return !worn || c.Sleeve == Sleeveless || c.Pattern == Dot || c.Pattern == Floral
}

// pat is the id of the body's pattern, empty for plain cloth.
func (c *canvas) pat() string {
	if tile, _, _ := c.tile(); tile == "" {
		return ""
	}
	return "p"
}

// tile returns the elements of one repeat and its width and height.
func (c *canvas) tile() (elements string, w, h int) {
	switch c.Pattern {
	case Stripe:
		return box(0, 0, 60, 17, c.accent.base, ""), 60, 46
	case Pinstripe:
		return box(0, 0, 3, 60, c.accent.base, ""), 22, 60
	case Check:
		return box(0, 0, 60, 22, c.accent.base, ".45") + box(0, 0, 22, 60, c.accent.base, ".45") +
			box(40, 0, 2, 60, c.accent.base, ".6") + box(0, 40, 60, 2, c.accent.base, ".6"), 60, 60
	case Dot:
		return dot(10, 10, 5, c.accent.base) + dot(30, 30, 5, c.accent.base), 40, 40
	case Rib:
		return box(0, 0, 3, 20, c.seam, ".6"), 11, 20
	case Cord:
		return box(0, 0, 2, 20, c.shade, "") + box(4, 0, 2, 20, c.glow, ".25"), 8, 20
	case Cable:
		return cable(c.shade), 84, 60
	case Herringbone:
		return line("M0 10L10 0L20 10M0 20L10 10L20 20", c.seam, "1.6"), 20, 20
	case Twill:
		return box(0, 0, 2, 9, c.seam, ".35"), 9, 9
	case Floral:
		return flower(22, 24, c.accent.base, c.glow) + flower(66, 62, c.accent.base, c.glow) +
			line("M60 20q8 -8 12 2M16 70q6 8 14 2", c.accent.base, "3"), 88, 84
	}
	return "", 0, 0
}

func box(x, y, w, h int, fill rgb, opacity string) string {
	var b strings.Builder
	b.WriteString(fmt.Sprintf(`<path d="M%d %dh%dv%dh-%dZ" fill="%s"`, x, y, w, h, w, fill))
	if opacity != "" {
		b.WriteString(fmt.Sprintf(` opacity="%s"`, opacity))
	}
	b.WriteString("/>")
	return b.String()
}

func dot(x, y, r int, fill rgb) string {
	return fmt.Sprintf(`<circle cx="%d" cy="%d" r="%d" fill="%s"/>`, x, y, r, fill)
}

func line(d string, tone rgb, width string) string {
	return fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linecap="round"/>`, d, tone, width)
}

func cable(tone rgb) string {
	return line("M26 0C26 20 50 20 50 30S26 40 26 60M50 0C50 12 42 18 38 22M32 38C28 46 50 50 50 60M10 0V60M66 0V60", tone, "4")
}

func flower(x, y int, petal, heart rgb) string {
	return dot(x-7, y, 6, petal) + dot(x+7, y, 6, petal) + dot(x, y-7, 6, petal) + dot(x, y+7, 6, petal) + dot(x, y, 5, heart)
}
